"""What a dialect's table of requests and events is made of."""

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from server.realtime import Vocabulary
from server.web.endpoint import Route
from tenants.models import Role
from tenants.permissions import ROLE_PERMISSIONS, Permission
from tests.conftest import Session
from tests.wall.listening import Listener

World = Mapping[str, str]
MARK = "segredo"
_serial = itertools.count(1)
_NUMBER = re.compile(r"[$@]\w+_number")  # a noun that is a whole number


class Ask(NamedTuple):
    """One request. `$noun` stands for the other tenant's, `@noun` for the caller's own, `#` for a number never used yet;
    the path's ids are the other's.

    `own` is what the path's ids are instead, where the point of the request is its body. `status` is what a stranger is
    told, `owner` what the owner of everything is told, where that is not a success. `exact`: only this very value means
    something there, so that another in its place is another request. `nothing`: what is written where nothing is found,
    instead of the wire's.
    """

    body: Any = None
    query: Any = None
    headers: dict[str, str] | None = None
    upload: bool = False
    own: bool = False
    status: int = 404
    owner: int | None = None
    exact: bool = False
    nothing: str = ""


def refused(body: Any = None, *, query: Any = None) -> Ask:
    """The caller's own path, with another's id in the body or the query."""
    return Ask(body, query, own=True, status=400)


def searches(**query: str) -> Ask:
    """A list that must be empty for the stranger."""
    return Ask(query=query, status=200)


OPEN = Ask(status=200)


class Tried(NamedTuple):
    """What a stranger says with an event, `$noun` standing for the other's. `exact`: only this very value means something."""

    said: Any
    refused: bool = True
    exact: bool = False


# What a route or an event asks of a role: the permissions of its verbs. None: whoever is signed in may.
Needs = Mapping[str, frozenset[Permission]]


def needing(table: Mapping[Permission | tuple[Permission, ...] | None, str]) -> Needs:
    """By name; the table has the names by what they need, with commas between them."""
    return {
        name.strip(): frozenset(
            () if needed is None else (needed,) if isinstance(needed, Permission) else needed
        )
        for needed, names in table.items()
        for name in names.split(",")
    }


def may(role: Role, needed: frozenset[Permission]) -> bool:
    return needed <= ROLE_PERMISSIONS[role]


@dataclass(frozen=True, repr=False)
class Wire:
    """A dialect, and what is tried over it. Routes are named `METHOD path`.

    `public`: nobody's in particular, or the way to become somebody; their ids and secrets are tried in
    tests/wall/test_signing_in.py and test_webhooks.py. `nouns`: what stands before an id in a path says whose id it is,
    but for `exceptions`. `headers`: what a stranger says beside his token. `code`: where an error has its code, and
    `error` all that it has. `nothing`: a list without rows, as it is written. `answers`: what a stranger's socket may
    hear: the server's pulse, answers to itself, and that it has come.
    """

    name: str
    routes: Sequence[Route]
    public: frozenset[str]
    asks: Mapping[str, Sequence[Ask]]
    needs: Needs
    nouns: Mapping[str, str]
    code: str
    error: frozenset[str]
    nothing: str
    vocabulary: Vocabulary
    events: Mapping[str, Sequence[Tried]]
    event_needs: Needs
    answers: frozenset[str]
    listening: Callable[[Session], AbstractAsyncContextManager[Listener]]
    headers: Mapping[str, str] = field(default_factory=dict)
    exceptions: Mapping[str, str] = field(default_factory=dict)

    @property
    def behind_the_door(self) -> list[Route]:
        return [route for route in self.routes if not route.public]

    def address(self, route: Route, ids: World) -> str:
        def filled(match: re.Match[str]) -> str:
            return f"/{match[1]}/{ids[self.exceptions.get(name_of(route), self.nouns[match[1]])]}"

        return re.sub(r"/([\w-]+)/{\w+}", filled, route.path)


class Row(NamedTuple):
    wire: Wire
    route: Route
    ask: Ask

    @property
    def name(self) -> str:
        return name_of(self.route)

    @property
    def needed(self) -> frozenset[Permission]:
        return self.wire.needs[self.name]

    @property
    def names_another(self) -> bool:
        in_path = bool(self.route.path_parameters) and not self.ask.own
        return in_path or "$" in f"{self.ask.body} {self.ask.query}"

    def __repr__(self) -> str:
        return f"{self.name} {self.ask}"


def rows(*wires: Wire) -> Iterator[Row]:
    """Those that take something away come last, so that the others still find it."""
    routes = [(wire, route) for wire in wires for route in wire.behind_the_door]
    for wire, route in sorted(routes, key=lambda pair: _takes_away(pair[1])):
        yield from (Row(wire, route, ask) for ask in wire.asks[name_of(route)])


def _takes_away(route: Route) -> tuple[bool, bool, bool]:
    return route.path.endswith("/logout"), route.method == "DELETE", route.path.endswith("/merge")


def name_of(route: Route) -> str:
    return f"{route.method} {route.path}"


def filled(value: Any, other: World, own: World) -> Any:
    """With real ids in the places of `$noun` and `@noun`, and numbers in those of `#`."""
    if isinstance(value, dict):
        return {name: filled(part, other, own) for name, part in value.items()}
    if isinstance(value, list):
        return [filled(part, other, own) for part in value]
    if not isinstance(value, str):
        return value
    value = re.sub("#", lambda _: str(next(_serial)), value)
    with_other = re.sub(r"\$(\w+)", lambda match: other[match[1]], value)
    text = re.sub(r"^@(\w+)", lambda match: own[match[1]], with_other)
    return int(text) if _NUMBER.fullmatch(value) else text
