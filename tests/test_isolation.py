"""Nothing of one tenant is seen, changed or even confirmed to exist by another, on any route there is."""

import re
from typing import Any

from server.web.endpoint import Route
from tenants import feed
from tests.asks import ASKS, MARK, ROUTES, Ask, World, address, filled, key, rows
from tests.conftest import Client, Session
from tests.factories import a_world

Json = dict[str, Any]
# Names that others gave: they mean nothing inside the house.
NOT_OURS = {"clientMessageId", "wabaId"}


async def put(session: Session, route: Route, ask: Ask, other: World, own: World) -> tuple[int, str, str]:
    """Asks; the status, what was answered, and what was said in asking."""
    path = address(route, own if ask.own else other)
    body, query = filled(ask.body, other, own), filled(ask.query, other, own)
    answer = await session.request(route.method, path, json=body, params=query)
    return answer.status, (await answer.read()).decode(errors="replace"), f"{path} {body} {query}"


def id_fields(route: Route) -> set[str]:
    models = [model for model in (route.body, route.query) if model]
    named = {name for model in models for name in model.model_fields if re.search(r"(Id|Ids)$", name)}
    return named - NOT_OURS


def test_every_route_has_its_rows_and_every_id_in_a_body_is_tried() -> None:
    assert {key(route) for route in ROUTES} == ASKS.keys()
    for route in ROUTES:
        asks = ASKS[key(route)]
        assert asks, key(route)
        tried = {
            name
            for ask in asks
            for name, value in {**(ask.body or {}), **(ask.query or {})}.items()
            if "$" in str(value)
        }
        assert id_fields(route) <= tried | set(route.path_parameters), key(route)
        if route.path_parameters:
            assert any(not ask.own for ask in asks), f"{key(route)}: nobody tries the path"


async def test_without_a_token_nobody_comes_in(client: Client) -> None:
    for route in ROUTES:
        path = re.sub(r"{\w+}", "x", route.path)
        for authorization in ("", "Bearer", "Bearer nonsense", "Basic eDp4", "Bearer a.b.c"):
            headers = {"Authorization": authorization} if authorization else {}
            answer = await client.request(route.method, path, headers={**headers, "X-Tenant-Slug": "hotel"})
            body = await answer.json()
            assert (answer.status, body["error"]) == (401, "UNAUTHENTICATED"), key(route)
            assert set(body) == {"error", "message"}
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            assert answer.headers["X-Request-ID"]


async def test_a_token_opens_its_own_tenant_only(hotel: Session, rival: Session) -> None:
    for route in ROUTES:
        path = re.sub(r"{\w+}", "x", route.path)
        for slug in (hotel.slug, hotel.slug.upper(), "nobody", f"{rival.slug}x"):
            answer = await rival.request(route.method, path, headers={"X-Tenant-Slug": slug})
            body = await answer.json()
            assert (answer.status, body["error"]) == (403, "TENANT_MISMATCH"), key(route)
            assert set(body) == {"error", "message"}
        if not path.startswith("/auth/"):
            answer = await rival.request(route.method, path, headers={"X-Tenant-Slug": ""})
            assert answer.status == 400, key(route)


async def everything_but(session: Session) -> dict[str, list[Json]]:
    """Every document of the database that does not belong to this tenant, by collection."""
    mine = session.tenant["id"]

    def belongs(document: Json) -> bool:
        owners = (document.get("tenant_id"), document.get("metadata", {}).get("tenant_id"), document["_id"])
        return mine in owners or str(document.get("files_id", "")).startswith(mine)

    database = session.runtime.database._database
    found = {}
    for name in await database.list_collection_names():
        documents = await database[name].find({}, sort=[("_id", 1)]).to_list(None)
        found[name] = [document for document in documents if not belongs(document)]
    return found


async def test_a_stranger_sees_nothing_and_changes_nothing(hotel: Session, rival: Session) -> None:
    hotels, rivals = await a_world(hotel, MARK), await a_world(rival, "quarto", "21")
    await feed.stamp(hotel.db)
    before = await everything_but(rival)
    assert all(before[noun] for noun in ("messages", "conversations", "contacts", "files.chunks", "tenants"))
    for route, ask in rows():
        status, answer, asked = await put(rival, route, ask, other=hotels, own=rivals)
        assert status == ask.status, (key(route), ask, answer)
        seen = [value for value in hotels.values() if value in answer and value not in asked]
        assert not seen, (key(route), ask, answer)
        assert MARK not in answer or MARK in asked, (key(route), ask, answer)
        if route.method == "GET" and ask.status == 200 and ask.query:
            assert '"data":[]' in answer, (key(route), ask, answer)
    assert await everything_but(rival) == before


async def test_the_owner_is_served_all_of_it(hotel: Session) -> None:
    """So that what refuses the stranger is the wall, and not a mistake in the rows above."""
    world = await a_world(hotel)
    for route, ask in rows():
        status, answer, _ = await put(hotel, route, ask, other=world, own=world)
        expected = {ask.owner} if ask.owner else {200, 201, 204}
        assert status in expected, (key(route), ask, status, answer)
