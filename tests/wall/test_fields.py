"""No route, no event and no place of an id without a row: a new one fails here until someone has thought about it."""

import pytest
from pydantic import BaseModel

from server.dialects import native
from server.web.endpoint import Route
from tests.asks import ASKS, ROUTES
from tests.test_isolation_live import EVENTS
from tests.wall.fields import id_places, places_of_others
from tests.wall.needs import EVENT_NEEDS, NEEDS, name_of

# Nobody's in particular, or the way to become somebody. Their ids and secrets are tried in test_signing_in.py and
# test_webhooks.py.
PUBLIC = """
    POST /auth/register, POST /auth/login, POST /auth/refresh, POST /auth/logout, GET /webhooks/whatsapp,
    GET /webhooks/whatsapp/{tenantSlug}, POST /webhooks/whatsapp, POST /webhooks/whatsapp/{tenantSlug}, GET /health,
    GET /ready, GET /metrics, GET /api/schema/, GET /api/docs/, GET /api/docs/start.js, GET /api/redoc/,
    GET /api/redoc/start.js
"""


def test_every_route_and_event_has_its_rows() -> None:
    names = {name_of(route) for route in ROUTES}
    assert names == ASKS.keys() == NEEDS.keys()
    assert {name_of(route) for route in native.routes if route.public} == {
        n.strip() for n in PUBLIC.split(",")
    }
    assert native.vocabulary.handlers.keys() == EVENTS.keys() == EVENT_NEEDS.keys()


@pytest.mark.parametrize("route", ROUTES, ids=name_of)
def test_every_place_of_an_id_is_tried(route: Route) -> None:
    asks = ASKS[name_of(route)]
    assert asks
    tried = {place for ask in asks for said in (ask.body, ask.query) for place in places_of_others(said)}
    assert not untried(id_places(route.body) | id_places(route.query), tried)
    assert not route.path_parameters or any(not ask.own for ask in asks), "nobody tries the path"


@pytest.mark.parametrize("name", native.vocabulary.handlers)
def test_every_place_of_an_id_in_an_event_is_tried(name: str) -> None:
    said = EVENTS[name].said
    tried = {"conversationId"} if said == "$conversation" else set(places_of_others(said))
    assert not untried(id_places(native.vocabulary.handlers[name].body), tried)


def untried(places: set[str], tried: set[str]) -> set[str]:
    """A free-form place is tried where something inside of it is."""
    return {place for place in places if not any(f"{t}.".startswith(f"{place}.") for t in tried)}


class Nested(BaseModel):
    owner_id: str


class Sample(BaseModel):
    name: str
    count: int
    after: str | None = None
    owner: Nested | None = None
    owners: list[Nested] = []
    metadata: dict[str, object] = {}


def test_a_new_place_is_noticed_however_deep() -> None:
    assert id_places(Sample) == {"after", "owner.owner_id", "owners.owner_id", "metadata"}
    tried = set(
        places_of_others({"after": "$x", "owners": [{"owner_id": "$x"}], "metadata": {"mediaId": "$x"}})
    )
    assert untried(id_places(Sample), tried) == {"owner.owner_id"}
