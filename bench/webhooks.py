"""Signed webhooks as Meta sends them (whatsapp.md 1.4), cheap to make by the thousand."""

import hashlib
import hmac
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass

_ENVELOPE = (
    '{"object":"whatsapp_business_account","entry":[{"id":"%s","time":%d,"changes":[{"field":"messages","value":'
    '{"messaging_product":"whatsapp","metadata":{"display_phone_number":"5511400000000","phone_number_id":"%s"},'
    '"contacts":[{"profile":{"name":"Cliente %d"},"wa_id":"%s"}],"messages":[%s]}}]}]}'
)
_MESSAGE = '{"from":"%s","id":"wamid.%s","timestamp":"%d","type":"text","text":{"body":"%s"}}'


@dataclass(frozen=True, slots=True)
class Sender:
    """Customers of one number who write in turn; no two bodies are equal."""

    waba_id: str
    phone_number_id: str
    secret: str
    customers: int
    run: str  # makes the ids of this run its own

    def bodies(self) -> Callable[[str, int], bytes]:
        """A function of the text and of how many messages share the body."""
        turns = itertools.count()

        def body(text: str, messages: int = 1) -> bytes:
            turn = next(turns)
            customer = turn % self.customers
            phone = f"5511{900_000_000 + customer}"
            now = int(time.time())
            written = ",".join(
                _MESSAGE % (phone, f"{self.run}.{turn}.{place}", now, text) for place in range(messages)
            )
            filled = _ENVELOPE % (self.waba_id, now, self.phone_number_id, customer, phone, written)
            return filled.encode()

        return body

    def signature(self, body: bytes) -> str:
        return f"sha256={hmac.digest(self.secret.encode(), body, hashlib.sha256).hex()}"
