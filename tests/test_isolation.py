"""Nothing of one tenant is seen, changed or even confirmed to exist by another, on any route of any dialect, in any role."""

import re
from collections.abc import Iterator

import pytest

from tenants import feed
from tenants.ids import new_id
from tenants.models import Role
from tenants.permissions import ROLE_PERMISSIONS, Permission
from tests.asks import WIRES
from tests.asks.wire import MARK, Row, Wire, World, may, name_of, rows
from tests.conftest import Client, Session
from tests.factories import NO_SECRET, a_world
from tests.wall.asking import KINDS, NOBODYS_NUMBER, PLACES, Answer, acting_as, put
from tests.wall.looking import everything, everything_but

on_each_wire = pytest.mark.parametrize("wire", WIRES.values(), ids=list(WIRES))


@on_each_wire
async def test_without_a_token_nobody_comes_in(client: Client, wire: Wire) -> None:
    for route in wire.behind_the_door:
        path = re.sub(r"{\w+}", "x", route.path)
        for authorization in ("", "Bearer", "Bearer nonsense", "Basic eDp4", "Bearer a.b.c"):
            headers = {"Authorization": authorization} if authorization else {}
            answer = await client.request(route.method, path, headers={**headers, "X-Tenant-Slug": "hotel"})
            body = await answer.json()
            assert (answer.status, body.get(wire.code)) == (401, "UNAUTHENTICATED"), name_of(route)
            assert set(body) == wire.error
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            assert answer.headers["X-Request-ID"]


async def test_a_token_opens_its_own_tenant_only(hotel: Session, rival: Session) -> None:
    """Over the native wire another tenant may be named, and is refused."""
    wire = WIRES["native"]
    for route in wire.behind_the_door:
        path = re.sub(r"{\w+}", "x", route.path)
        for slug in (hotel.slug, hotel.slug.upper(), "nobody", f"{rival.slug}x"):
            answer = await rival.request(route.method, path, headers={"X-Tenant-Slug": slug})
            body = await answer.json()
            assert (answer.status, body.get(wire.code)) == (403, "TENANT_MISMATCH"), name_of(route)
            assert set(body) == wire.error
        if not path.startswith("/auth/"):
            answer = await rival.request(route.method, path, headers={"X-Tenant-Slug": ""})
            assert answer.status == 400, name_of(route)


async def test_where_the_token_says_whose_no_header_does(hotel: Session, rival: Session) -> None:
    """The other routes of this wire are asked with such a header below."""
    for row in rows(WIRES["isp"]):
        if row.route.method == "GET" and not row.route.path_parameters and row.ask.query is None:
            told = set()
            for slug in (rival.slug, hotel.slug, hotel.slug.upper(), "nobody", ""):
                answer = await rival.get(row.route.path, headers={"X-Tenant-Slug": slug})
                told.add((answer.status, await answer.text()))
            assert [status for status, _ in told] == [200], (row, told)


def strangers_worlds(row: Row, other: World) -> Iterator[World]:
    """The other's, as it is; then each of its ids in the place of each, and last what nobody has."""
    yield other
    if row.names_another and not row.ask.exact:
        for id in (other[kind] for kind in KINDS):
            yield {**other, **dict.fromkeys(PLACES, id)}
        yield {**other, **dict.fromkeys(PLACES, new_id()), "user_number": NOBODYS_NUMBER}


def without_its_id(answer: Answer, world: World) -> tuple[int, str]:
    """What an answer says, whatever was asked about."""
    asked = "|".join(re.escape(world[noun]) for noun in KINDS)
    return answer.status, re.sub(asked, "id", answer.body)


@on_each_wire
@pytest.mark.parametrize("role", Role)
async def test_a_stranger_sees_nothing_and_changes_nothing(
    hotel: Session, rival: Session, wire: Wire, role: Role
) -> None:
    """And what is another's, of another kind or nowhere at all reads the same, byte for byte."""
    hotels, rivals = await a_world(hotel, MARK), await a_world(rival, "quarto", "21")
    stranger = await acting_as(role, rival)
    await feed.stamp(hotel.db)
    before = await everything_but(rival)
    assert all(before[noun] for noun in ("messages", "conversations", "contacts", "files.chunks", "tenants"))
    for row in rows(wire):
        told = set()
        for world in strangers_worlds(row, hotels):
            answer = await put(stranger, row, other=world, own=rivals)
            assert answer.status in told_to_strangers(row, role), (row, answer)
            assert not leaks(answer, hotels), (row, answer)
            if finds_nothing(row) and answer.status == 200:
                assert (row.ask.nothing or wire.nothing) in answer.body, (row, answer)
            told.add(without_its_id(answer, world))
        assert len(told) == 1 or row.ask.status < 400, (row, told)
    assert await everything_but(rival) == before


def told_to_strangers(row: Row, role: Role) -> set[int]:
    """Whoever may not do it at all is told so, or that there is no such thing."""
    if may(role, row.needed):
        return {row.ask.status}
    return {403, 404} if row.ask.status == 404 else {403}


def finds_nothing(row: Row) -> bool:
    ask = row.ask
    return row.route.method == "GET" and ask.status == 200 and bool(ask.query) and "cursor" not in ask.query


def leaks(answer: Answer, hotels: World) -> list[str]:
    """What of the hotel's is in an answer, in a header or in the body, without having been said in asking."""
    seen = f"{answer.body} {answer.headers}"
    known = [value for name, value in hotels.items() if name not in NO_SECRET]
    return [value for value in (*known, MARK) if value in seen and value not in answer.asked]


@on_each_wire
@pytest.mark.parametrize("role", Role)
async def test_the_owner_is_served_all_that_his_role_may(hotel: Session, wire: Wire, role: Role) -> None:
    """So that what refuses the stranger is the wall, and not a mistake in the rows."""
    world, owner = await a_world(hotel), await acting_as(role, hotel)
    for row in rows(wire):
        answer = await put(owner, row, other=world, own=world)
        expected = {row.ask.owner} if row.ask.owner else {200, 201, 204}
        allowed = expected if may(role, row.needed) else {403}
        assert answer.status in allowed, (row, answer)


@pytest.mark.parametrize("lacking", [*Permission, None])
async def test_a_missing_permission_is_missed_and_leaves_no_trace(
    hotel: Session, monkeypatch: pytest.MonkeyPatch, lacking: Permission | None
) -> None:
    """A role that may do all but one thing; and one that may do nothing."""
    world, agent = await a_world(hotel), await hotel.colleague("AGENT")
    held = frozenset(Permission) - {lacking} if lacking else frozenset()
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.AGENT, held)
    await feed.stamp(hotel.db)
    before = await everything(hotel.runtime)
    for row in rows(*WIRES.values()):
        if row.needed - held:
            answer = await put(agent, row, other=world, own=world)
            assert (answer.status, '"FORBIDDEN"' in answer.body) == (403, True), (row, answer)
    assert await everything(hotel.runtime) == before
    if lacking is None:
        for row in rows(*WIRES.values()):
            if not row.needed:
                assert (await put(agent, row, other=world, own=world)).status != 403, row


@on_each_wire
async def test_a_method_that_is_not_there_tells_nothing(hotel: Session, rival: Session, wire: Wire) -> None:
    hotels, rivals = await a_world(hotel, MARK), await a_world(rival, "quarto", "21")
    nowhere = {**hotels, **dict.fromkeys(hotels, new_id())}
    there = {(route.method, route.path) for route in wire.routes}
    for route in wire.behind_the_door:
        for method in {"HEAD", "PUT", "TRACE"} - {method for method, path in there if path == route.path}:
            told = set()
            for world in (hotels, rivals, nowhere):
                answer = await rival.request(method, wire.address(route, world))
                told.add((answer.status, await answer.text()))
            assert len(told) == 1, (method, route.path, told)


@pytest.mark.parametrize(
    ("path", "body", "headers"),
    [
        ("/api/conversations/{}/messages", {"content": "x", "clientMessageId": "chave"}, {}),
        ("/api/conversations/{}/messages", {"content": "x"}, {"Idempotency-Key": "chave"}),
        ("/api/v1/conversations/{}/messages", {"content": "x"}, {"Idempotency-Key": "chave"}),
    ],
)
async def test_a_key_of_one_tenant_means_nothing_in_another(
    hotel: Session, rival: Session, path: str, body: dict[str, str], headers: dict[str, str]
) -> None:
    worlds = {
        session.slug: await a_world(session, MARK, area) for session, area in ((hotel, "11"), (rival, "21"))
    }
    sent = []
    for session in (hotel, rival, hotel, rival):
        there = path.format(worlds[session.slug]["conversation"])
        answer = await session.post(there, body, headers=headers)
        sent.append((answer.status, (await answer.json())["id"]))
    assert [status for status, _ in sent] == [201, 201, 200, 200]
    assert sent[0][1] == sent[2][1] != sent[1][1] == sent[3][1]


async def test_anothers_customer_is_anybody(hotel: Session, rival: Session) -> None:
    """A telephone number that is known elsewhere is answered as one that nobody knows, and leads to nothing there."""
    hotels = await a_world(hotel, MARK)
    await a_world(rival, "quarto", "21")
    before, told = await everything_but(rival), set()
    for phone in (hotels["phone"], "5531955554444"):
        for route, body in (("send", {"content": "x"}), ("send-template", {"template_name": "x"})):
            answer = await rival.post(f"/api/v1/whatsapp/{route}", {"to": phone, **body})
            said = await answer.json()
            told.add((route, answer.status, said.get("error_code"), *sorted(said)))
    assert {(route, status) for route, status, *_ in told} == {("send", 409), ("send-template", 201)}
    assert len(told) == 2
    assert await everything_but(rival) == before
    assert not set(await rival.db.contacts.distinct("name")) & {MARK}
