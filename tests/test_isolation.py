"""Nothing of one tenant is seen, changed or even confirmed to exist by another, on any route there is, in any role."""

import re
from collections.abc import Iterator

import pytest

from server.web.endpoint import Route
from tenants import feed
from tenants.ids import new_id
from tenants.models import Role
from tenants.permissions import ROLE_PERMISSIONS, Permission
from tests.asks import MARK, ROUTES, Ask, World, address, key, rows
from tests.conftest import Client, Session
from tests.factories import NO_SECRET, a_world
from tests.wall.asking import KINDS, Answer, acting_as, put
from tests.wall.fields import places_of_others
from tests.wall.looking import everything, everything_but
from tests.wall.needs import NEEDS, may


async def test_without_a_token_nobody_comes_in(client: Client) -> None:
    for route in ROUTES:
        path = re.sub(r"{\w+}", "x", route.path)
        for authorization in ("", "Bearer", "Bearer nonsense", "Basic eDp4", "Bearer a.b.c"):
            headers = {"Authorization": authorization} if authorization else {}
            answer = await client.request(route.method, path, headers={**headers, "X-Tenant-Slug": "hotel"})
            body = await answer.json()
            assert (answer.status, body.get("error")) == (401, "UNAUTHENTICATED"), key(route)
            assert set(body) == {"error", "message"}
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            assert answer.headers["X-Request-ID"]


async def test_a_token_opens_its_own_tenant_only(hotel: Session, rival: Session) -> None:
    for route in ROUTES:
        path = re.sub(r"{\w+}", "x", route.path)
        for slug in (hotel.slug, hotel.slug.upper(), "nobody", f"{rival.slug}x"):
            answer = await rival.request(route.method, path, headers={"X-Tenant-Slug": slug})
            body = await answer.json()
            assert (answer.status, body.get("error")) == (403, "TENANT_MISMATCH"), key(route)
            assert set(body) == {"error", "message"}
        if not path.startswith("/auth/"):
            answer = await rival.request(route.method, path, headers={"X-Tenant-Slug": ""})
            assert answer.status == 400, key(route)


def strangers_worlds(route: Route, ask: Ask, other: World) -> Iterator[World]:
    """The other's, as it is; then each of its ids in the place of each, and last an id that nobody has."""
    yield other
    names_another = any(places_of_others([ask.body, ask.query])) or (route.path_parameters and not ask.own)
    if names_another and not ask.exact:
        for id in (*(other[kind] for kind in KINDS), new_id()):
            yield {**other, **dict.fromkeys([*KINDS, "other_contact", "failed_message", "phone"], id)}


def without_its_id(answer: Answer, world: World) -> tuple[int, str]:
    """What an answer says, whatever was asked about."""
    asked = "|".join(re.escape(world[noun]) for noun in KINDS)
    return answer.status, re.sub(asked, "id", answer.body)


@pytest.mark.parametrize("role", Role)
async def test_a_stranger_sees_nothing_and_changes_nothing(
    hotel: Session, rival: Session, role: Role
) -> None:
    """And what is another's, of another kind or nowhere at all reads the same, byte for byte."""
    hotels, rivals = await a_world(hotel, MARK), await a_world(rival, "quarto", "21")
    stranger = await acting_as(role, rival)
    await feed.stamp(hotel.db)
    before = await everything_but(rival)
    assert all(before[noun] for noun in ("messages", "conversations", "contacts", "files.chunks", "tenants"))
    for route, ask in rows():
        expected = ask.status if may(role, NEEDS[key(route)]) else 403
        told = set()
        for world in strangers_worlds(route, ask, hotels):
            answer = await put(stranger, route, ask, other=world, own=rivals)
            assert answer.status == expected, (key(route), ask, answer)
            assert not leaks(answer, hotels), (key(route), ask, answer)
            if route.method == "GET" and expected == 200 and ask.query and "cursor" not in ask.query:
                assert '"data":[]' in answer.body, (key(route), ask, answer)
            told.add(without_its_id(answer, world))
        assert len(told) == 1 or expected < 400, (key(route), ask, told)
    assert await everything_but(rival) == before


def leaks(answer: Answer, hotels: World) -> list[str]:
    """What of the hotel's is in an answer, in a header or in the body, without having been said in asking."""
    seen = f"{answer.body} {answer.headers}"
    known = [value for name, value in hotels.items() if name not in NO_SECRET]
    return [value for value in (*known, MARK) if value in seen and value not in answer.asked]


@pytest.mark.parametrize("role", Role)
async def test_the_owner_is_served_all_that_his_role_may(hotel: Session, role: Role) -> None:
    """So that what refuses the stranger is the wall, and not a mistake in the rows above."""
    world, owner = await a_world(hotel), await acting_as(role, hotel)
    for route, ask in rows():
        answer = await put(owner, route, ask, other=world, own=world)
        expected = {ask.owner} if ask.owner else {200, 201, 204}
        allowed = expected if may(role, NEEDS[key(route)]) else {403}
        assert answer.status in allowed, (key(route), ask, answer)


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
    for route, ask in rows():
        needed = NEEDS[key(route)]
        if needed and needed not in held:
            answer = await put(agent, route, ask, other=world, own=world)
            assert (answer.status, '"FORBIDDEN"' in answer.body) == (403, True), (key(route), ask, answer)
    assert await everything(hotel.runtime) == before
    if lacking is None:
        for route, ask in rows():
            if NEEDS[key(route)] is None:
                assert (await put(agent, route, ask, other=world, own=world)).status != 403


async def test_a_method_that_is_not_there_tells_nothing(hotel: Session, rival: Session) -> None:
    hotels, rivals = await a_world(hotel, MARK), await a_world(rival, "quarto", "21")
    nowhere = {**hotels, **dict.fromkeys(hotels, new_id())}
    there = {(route.method, route.path) for route in ROUTES}
    for route in ROUTES:
        for method in {"HEAD", "PUT", "TRACE"} - {method for method, path in there if path == route.path}:
            told = set()
            for world in (hotels, rivals, nowhere):
                answer = await rival.request(method, address(route, world))
                told.add((answer.status, await answer.text()))
            assert len(told) == 1, (method, route.path, told)


async def test_a_key_of_one_tenant_means_nothing_in_another(hotel: Session, rival: Session) -> None:
    hotels, rivals = await a_world(hotel, MARK), await a_world(rival, "quarto", "21")
    for given in ({"clientMessageId": "chave-1"}, {"Idempotency-Key": "chave-2"}):
        body = {"content": "x", **({} if "Idempotency-Key" in given else given)}
        headers = {} if "clientMessageId" in given else given
        sent = []
        for session, world in ((hotel, hotels), (rival, rivals), (hotel, hotels), (rival, rivals)):
            said = {**body, "conversationId": world["conversation"]}
            answer = await session.post("/api/messages", said, headers=headers)
            sent.append((answer.status, (await answer.json())["id"]))
        assert [status for status, _ in sent] == [201, 201, 200, 200]
        assert sent[0][1] == sent[2][1] != sent[1][1] == sent[3][1]
