"""The rows of tests/asks, put to the house as somebody."""

from typing import Any, NamedTuple

from tenants.models import Role
from tests.asks.wire import Row, World, filled
from tests.conftest import Session
from tests.factories import a_form

# What may stand in the place of an id; each is tried in the place of each.
KINDS = (
    "tenant", "session", "channel", "user", "tag", "team", "canned_response", "media", "contact", "conversation",
    "message", "template", "event", "integration", "api_key",
    "webhook", "delivery", "dead_letter",
)  # fmt: skip
# What else an id leads to, in the places of which each is tried too.
PLACES = (*KINDS, "other_contact", "failed_message", "phone")
NOBODYS_NUMBER = "999999"


class Answer(NamedTuple):
    """`asked`: what was said in asking."""

    status: int
    body: str
    headers: dict[str, str]
    asked: str


async def put(session: Session, row: Row, *, other: World, own: World) -> Answer:
    wire, route, ask = row
    path = wire.address(route, own if ask.own else other)
    body, query = filled(ask.body, other, own), filled(ask.query, other, own)
    headers = filled({**wire.headers, **(ask.headers or {})}, other, own)
    said: dict[str, Any] = {"data": a_form()} if ask.upload else {"json": body}
    answer = await session.request(route.method, path, params=query, headers=headers, **said)
    text = (await answer.read()).decode(errors="replace")
    return Answer(answer.status, text, dict(answer.headers), f"{path} {body} {query}")


async def acting_as(role: Role, admin: Session) -> Session:
    """Someone of the admin's tenant with this role."""
    return admin if role is Role.ADMIN else await admin.colleague(role)
