"""GET /api/events: the change feed for clients without sockets."""

import pytest

from tests.conftest import Client, Session

PATH = "/api/events"


async def tagged(session: Session, *names: str) -> list[str]:
    """A durable event for each name; returns the tags' ids."""
    ids = []
    for name in names:
        created = await session.post("/api/tags", {"name": name, "color": "#4CAF50"})
        assert created.status == 201, await created.text()
        ids.append((await created.json())["id"])
        await session.runtime.bus.close()
    return ids


async def test_it_needs_a_token(client: Client) -> None:
    answer = await client.get(PATH)
    assert answer.status == 401
    assert (await answer.json())["error"] == "UNAUTHENTICATED"


async def test_it_replays_in_pages(hotel: Session) -> None:
    first, second, third = await tagged(hotel, "um", "dois", "três")
    page = await (await hotel.get(PATH, params={"after": "0", "limit": "2"})).json()
    assert page.keys() == {"events", "through", "more"}
    assert [event["seq"] for event in page["events"]] == [1, 2]
    assert page["through"] == 2
    assert page["more"] is True
    assert page["events"][0].keys() == {"seq", "at", "kind", "frames"}
    assert page["events"][0]["frames"] == [["catalog:updated", {"noun": "tags", "id": first}]]
    rest = await (await hotel.get(PATH, params={"after": "2"})).json()
    assert rest["events"][0]["frames"] == [["catalog:updated", {"noun": "tags", "id": third}]]
    assert (rest["through"], rest["more"]) == (3, False)
    assert await (await hotel.get(PATH, params={"after": "3"})).json() == {
        "events": [],
        "through": 3,
        "more": False,
    }
    stored = await hotel.db.events.all(sort=[("seq", 1)])
    assert [event["payload"]["id"] for event in stored] == [first, second, third]


async def test_an_empty_feed(hotel: Session) -> None:
    assert await (await hotel.get(PATH)).json() == {"events": [], "through": 0, "more": False}


async def test_a_tenant_reads_its_own_feed_only(hotel: Session, rival: Session) -> None:
    await tagged(rival, "segredo")
    assert (await (await hotel.get(PATH)).json())["events"] == []


async def test_a_cursor_that_the_log_does_not_reach_is_reset(hotel: Session) -> None:
    await tagged(hotel, "um", "dois", "três")
    assert await (await hotel.get(PATH, params={"after": "9"})).json() == {"reset": True, "through": 3}
    await hotel.db.events.delete_all({"seq": {"$lte": 2}})
    assert await (await hotel.get(PATH, params={"after": "1"})).json() == {"reset": True, "through": 3}
    assert (await (await hotel.get(PATH, params={"after": "2"})).json())["through"] == 3


@pytest.mark.parametrize(
    "query", [{"after": "-1"}, {"after": "x"}, {"limit": "0"}, {"limit": "501"}, {"after": str(2**63)}]
)
async def test_bad_input(hotel: Session, query: dict[str, str]) -> None:
    answer = await hotel.get(PATH, params=query)
    assert answer.status == 400
    body = await answer.json()
    assert body["error"] == "VALIDATION_ERROR"
    assert [detail["field"] for detail in body["details"]] == list(query)
