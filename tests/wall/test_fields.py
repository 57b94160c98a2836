"""No dialect, no route, no event and no place of an id without a row: a new one fails here until someone has thought about it."""

from typing import Annotated

import pytest
from pydantic import BaseModel, Field

from server.app import make_app
from server.dialects.isp.sockets import PATHS
from server.settings import Settings
from server.web.endpoint import Route
from tests.asks import WIRES
from tests.asks.wire import Wire, name_of
from tests.wall.fields import id_places, places_of_others

# What is served beside the dialects' routes: the console, and the doors to the sockets.
BESIDE = {"/", "/assets/{path}", "/vendor/{path}", "/socket.io/", *PATHS}
ROUTES = [(wire, route) for wire in WIRES.values() for route in wire.behind_the_door]
EVENTS = [(wire, name) for wire in WIRES.values() for name in wire.vocabulary.handlers]


def test_nothing_is_served_that_is_in_no_table() -> None:
    served = {
        (route.method, route.resource.canonical)
        for route in make_app(Settings.load(app_env="test")).router.routes()
        if route.resource and route.method != "OPTIONS"
    }
    known = {(route.method, route.path) for wire in WIRES.values() for route in wire.routes}
    assert {path for _, path in served - known} <= BESIDE
    assert known <= served


@pytest.mark.parametrize("wire", WIRES.values(), ids=list(WIRES))
def test_every_route_and_event_has_its_rows(wire: Wire) -> None:
    assert {name_of(route) for route in wire.behind_the_door} == wire.asks.keys() == wire.needs.keys()
    assert {name_of(route) for route in wire.routes if route.public} == wire.public
    assert wire.vocabulary.handlers.keys() == wire.events.keys() == wire.event_needs.keys()
    assert all(wire.asks.values())
    assert all(wire.events.values())


@pytest.mark.parametrize(("wire", "route"), ROUTES, ids=[name_of(route) for _, route in ROUTES])
def test_every_place_of_an_id_is_tried(wire: Wire, route: Route) -> None:
    asks = wire.asks[name_of(route)]
    tried = {place for ask in asks for said in (ask.body, ask.query) for place in places_of_others(said)}
    assert not untried(id_places(route.body) | id_places(route.query), tried)
    assert not route.path_parameters or any(not ask.own for ask in asks), "nobody tries the path"


@pytest.mark.parametrize(("wire", "name"), EVENTS, ids=[f"{wire.name} {name}" for wire, name in EVENTS])
def test_every_place_of_an_id_in_an_event_is_tried(wire: Wire, name: str) -> None:
    tried = {place for event in wire.events[name] for place in places_of_others(event.said)}
    assert not untried(id_places(wire.vocabulary.handlers[name].body), tried)


def untried(places: set[str], tried: set[str]) -> set[str]:
    """A free-form place is tried where something inside of it is."""
    return {place for place in places if not any(f"{t}.".startswith(f"{place}.") for t in tried)}


class Nested(BaseModel):
    owner_id: str


class Sample(BaseModel):
    name: str
    owner_number: Annotated[int, Field(ge=1)] | None = None
    after: str | None = None
    owner: Nested | None = None
    owners: list[Nested] = []
    metadata: dict[str, object] = {}


def test_a_new_place_is_noticed_however_deep() -> None:
    assert id_places(Sample) == {"owner_number", "after", "owner.owner_id", "owners.owner_id", "metadata"}
    tried = set(
        places_of_others({"after": "$x", "owners": [{"owner_id": "$x"}], "metadata": {"mediaId": "$x"}})
    )
    assert untried(id_places(Sample), tried) == {"owner_number", "owner.owner_id"}
