"""Saved views: one's own and everyone's."""

from typing import Any

from server.desk.views import MOST
from tests.conftest import Session
from tests.factories import body_of, made

Json = dict[str, Any]
WAITING = {"status": ["OPEN", "WAITING"], "assignedToId": "none", "unread": True}


async def test_not_without_signing_in(hotel: Session) -> None:
    for method, path in [("GET", "/api/views"), ("POST", "/api/views"), ("DELETE", "/api/views/1")]:
        assert (await hotel.client.request(method, path)).status == 401


async def test_ones_own(hotel: Session) -> None:
    maria = await hotel.colleague()
    view = await made(maria, "/api/views", name=" Sem resposta ", filters=WAITING)
    assert (view["name"], view["shared"]) == ("Sem resposta", False)
    assert {k: v for k, v in view["filters"].items() if v is not None} == WAITING
    assert (await body_of(await maria.get("/api/views")))["data"] == [view]
    assert (await body_of(await hotel.get("/api/views")))["data"] == []
    assert (await hotel.delete(f"/api/views/{view['id']}")).status == 404
    assert (await maria.post("/api/views", {"name": "Sem resposta", "filters": {}})).status == 409
    assert (await maria.delete(f"/api/views/{view['id']}")).status == 204
    assert await hotel.db.views.count({}) == 0


async def test_everyones(hotel: Session) -> None:
    maria = await hotel.colleague()
    assert (await maria.post("/api/views", {"name": "Fila", "filters": {}, "shared": True})).status == 403
    view = await made(hotel, "/api/views", name="Fila", filters={"priority": "URGENT"}, shared=True)
    assert (await body_of(await maria.get("/api/views")))["data"] == [view]
    assert (await maria.delete(f"/api/views/{view['id']}")).status == 403
    assert (await hotel.delete(f"/api/views/{view['id']}")).status == 204
    [said, gone] = await hotel.db.events.all({"kind": "catalog.changed", "payload.noun": "views"})
    assert said["payload"]["id"] == gone["payload"]["id"] == view["id"]


async def test_what_is_refused(hotel: Session) -> None:
    for wrong, field in [
        ({"name": "", "filters": {}}, "name"),
        ({"name": "x"}, "filters"),
        ({"name": "x", "filters": {"status": ["LOST"]}}, "filters.status.0"),
        ({"name": "x", "filters": {"$where": "1"}}, "filters.$where"),
    ]:
        body = await body_of(await hotel.post("/api/views", wrong), 400)
        assert body["details"][0]["field"] == field
    for number in range(MOST):
        await made(hotel, "/api/views", name=f"v{number}", filters={})
    assert (await hotel.post("/api/views", {"name": "uma a mais", "filters": {}})).status == 400


async def test_only_the_unread(hotel: Session, conversation: Json) -> None:
    async def unread() -> list[str]:
        page = await body_of(await hotel.get("/api/conversations?unread=true"))
        assert page["pagination"]["total"] == len(page["data"])
        return [row["id"] for row in page["data"]]

    assert await unread() == [conversation["id"]]
    await hotel.post(f"/api/conversations/{conversation['id']}/read")
    assert await unread() == []
