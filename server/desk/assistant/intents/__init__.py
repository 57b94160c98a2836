"""The intents that the assistant knows."""

from server.desk.assistant.intents.billing import BILLING
from server.desk.assistant.intents.intent import Intent as Intent
from server.desk.assistant.intents.intent import Need as Need
from server.desk.assistant.intents.manners import MANNERS
from server.desk.assistant.intents.plans import PLANS
from server.desk.assistant.intents.support import SUPPORT

INTENTS: tuple[Intent, ...] = (*SUPPORT, *BILLING, *PLANS, *MANNERS)
BY_NAME = {intent.name: intent for intent in INTENTS}
# Not of the table: nobody says them, they are how the assistant names its own part of the talk.
UNKNOWN = "nao_entendido"
IDENTIFICATION = "identificacao"
