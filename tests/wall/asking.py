"""The rows of tests/asks.py, put to the house as somebody."""

from typing import Any, NamedTuple

from server.web.endpoint import Route
from tenants.models import Role
from tests.asks import Ask, World, address, filled
from tests.conftest import Session
from tests.factories import a_form

# What may stand in the place of an id; each is tried in the place of each.
KINDS = (
    "tenant", "session", "channel", "user", "tag", "team", "canned_response", "media", "contact", "conversation",
    "message", "template", "event", "integration",
)  # fmt: skip


class Answer(NamedTuple):
    """`asked`: what was said in asking."""

    status: int
    body: str
    headers: dict[str, str]
    asked: str


async def put(session: Session, route: Route, ask: Ask, other: World, own: World) -> Answer:
    path = address(route, own if ask.own else other)
    body, query = filled(ask.body, other, own), filled(ask.query, other, own)
    said: dict[str, Any] = {"data": a_form()} if ask.upload else {"json": body}
    answer = await session.request(route.method, path, params=query, headers=ask.headers or {}, **said)
    text = (await answer.read()).decode(errors="replace")
    return Answer(answer.status, text, dict(answer.headers), f"{path} {body} {query}")


async def acting_as(role: Role, admin: Session) -> Session:
    """Someone of the admin's tenant with this role."""
    return admin if role is Role.ADMIN else await admin.colleague(role)
