"""An API key: what a program shows in the place of a person's token. The verbs are `server/desk/api_keys.py`."""

import hashlib
from datetime import datetime

from tenants.models import Actor, ActorKind, Document, Role
from tenants.problems import Forbidden

# Says what it is wherever it is found: in a log, in a repository, in a chat.
START = "bk_"


class ApiKey(Document):
    """`prefix`: how the key begins, to tell it from another. `created_by`: the user's id and name."""

    name: str
    role: Role
    prefix: str
    created_by: dict[str, str | None]
    created_at: datetime
    expires_at: datetime | None = None
    last_used_at: datetime | None = None

    @property
    def actor(self) -> Actor:
        return Actor(id=self.id, name=self.name, kind=ActorKind.API_KEY, role=self.role)


class ForPeopleOnly(Forbidden):
    message = "Isto só pode ser feito por uma pessoa, não por uma chave de API."


def digest(key: str) -> str:
    """Of what is long and random a plain hash tells nothing."""
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
