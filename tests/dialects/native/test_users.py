"""The people of the account: native-api.md, Tenant, channels, people."""

import asyncio
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from server.app import make_app
from server.settings import Settings
from tests.conftest import PASSWORD, Client, Session
from tests.factories import a_channel, a_conversation

FIELDS = {
    "id", "email", "name", "role", "status", "avatarUrl", "lastLogin", "conversationsCount", "teamIds", "capacity",
    "createdAt", "updatedAt",
}  # fmt: skip


def maria(**changes: Any) -> dict[str, Any]:
    return {"email": "maria@hotel.com", "name": "Maria Atendente", "password": PASSWORD, **changes}


async def create(session: Session, **changes: Any) -> dict[str, Any]:
    answer = await session.post("/api/users", maria(**changes))
    body: dict[str, Any] = await answer.json()
    assert answer.status == 201, body
    return body


@pytest.mark.parametrize(
    "method, path",
    [("GET", ""), ("POST", ""), ("GET", "/x"), ("PATCH", "/x"), ("DELETE", "/x")],
)
async def test_strangers_are_refused(client: Client, method: str, path: str) -> None:
    answer = await client.request(method, f"/api/users{path}")
    assert answer.status == 401
    assert (await answer.json())["error"] == "UNAUTHENTICATED"


async def test_agents_see_their_colleagues_and_edit_nobody(hotel: Session) -> None:
    agent = await hotel.colleague()
    listed = await (await agent.get("/api/users")).json()
    assert {user["name"] for user in listed["data"]} == {"Admin", "Maria Atendente"}
    mine = f"/api/users/{agent.user['id']}"
    assert (await agent.get(mine)).status == 200
    for refused in (
        await agent.post("/api/users", maria()),
        await agent.patch(mine, {"role": "ADMIN"}),
        await agent.delete(mine),
    ):
        assert refused.status == 403
        assert (await refused.json())["error"] == "FORBIDDEN"
    stored = await hotel.db.users.by_id(agent.user["id"])
    assert stored
    assert (stored["role"], stored["name"]) == ("AGENT", "Maria Atendente")


async def test_a_supervisor_manages_agents_and_viewers_and_nobody_above(hotel: Session) -> None:
    supervisor, peer = await hotel.colleague("SUPERVISOR"), await hotel.colleague("SUPERVISOR")
    agent = await create(supervisor, role="AGENT")
    viewer = await create(supervisor, email="leitor@hotel.com", role="VIEWER")
    for user in (agent, viewer):
        changed = await supervisor.patch(f"/api/users/{user['id']}", {"name": "Outra", "role": "AGENT"})
        assert (changed.status, (await changed.json())["name"]) == (200, "Outra")
    assert (await supervisor.delete(f"/api/users/{viewer['id']}")).status == 204
    before = await hotel.db.users.all(sort=[("_id", 1)])
    for refused in (
        await supervisor.post("/api/users", maria(email="x@hotel.com", role="SUPERVISOR")),
        await supervisor.post("/api/users", maria(email="x@hotel.com", role="ADMIN")),
        await supervisor.patch(f"/api/users/{agent['id']}", {"role": "SUPERVISOR"}),
        await supervisor.patch(f"/api/users/{agent['id']}", {"role": "ADMIN", "name": "X"}),
        await supervisor.patch(f"/api/users/{supervisor.user['id']}", {"role": "ADMIN"}),
        await supervisor.patch(f"/api/users/{peer.user['id']}", {"name": "X"}),
        await supervisor.patch(f"/api/users/{hotel.user['id']}", {"password": "nova-senha"}),
        await supervisor.delete(f"/api/users/{peer.user['id']}"),
        await supervisor.delete(f"/api/users/{hotel.user['id']}"),
    ):
        assert (refused.status, (await refused.json())["error"]) == (403, "FORBIDDEN")
    assert await hotel.db.users.all(sort=[("_id", 1)]) == before


async def test_whoever_only_reads_is_given_no_conversation(hotel: Session) -> None:
    viewer = await hotel.colleague("VIEWER")
    conversation = await a_conversation(hotel, await a_channel(hotel))
    path = f"/api/conversations/{conversation['id']}"
    assert (await viewer.get(path)).status == 200
    assert (await viewer.get("/api/tags")).status == 200
    for way, body in (("assign", {"userId": viewer.user["id"]}), ("transfer", {"userId": viewer.user["id"]})):
        refused = await hotel.post(f"{path}/{way}", body)
        assert (refused.status, (await refused.json())["details"][0]["field"]) == (400, "userId")
    for refused in (
        await viewer.post(f"{path}/claim"),
        await viewer.post("/api/messages", {"conversationId": conversation["id"], "content": "x"}),
        await viewer.post("/api/contacts", {"phoneNumber": "5511977776666"}),
        await viewer.post("/api/tags", {"name": "x"}),
        await viewer.get("/api/reports/overview"),
        await viewer.get("/api/channels"),
    ):
        assert refused.status == 403
    assert await hotel.db.conversations.count({"assigned_to_id": None}) == 1


async def test_another_tenants_user_does_not_exist(hotel: Session, rival: Session) -> None:
    path = f"/api/users/{rival.user['id']}"
    for answer in (
        await hotel.get(path),
        await hotel.patch(path, {"name": "X"}),
        await hotel.delete(path),
    ):
        assert answer.status == 404
        assert (await answer.json())["error"] == "NOT_FOUND"
    listed = await (await hotel.get("/api/users")).json()
    assert [user["id"] for user in listed["data"]] == [hotel.user["id"]]


async def test_creating_a_user(hotel: Session) -> None:
    body = await create(hotel, email=" MARIA@hotel.com", role="SUPERVISOR", capacity=3)
    assert body.keys() == FIELDS
    assert (body["email"], body["role"], body["status"]) == ("maria@hotel.com", "SUPERVISOR", "ACTIVE")
    assert (body["lastLogin"], body["conversationsCount"], body["teamIds"]) == (None, 0, [])
    stored = await hotel.db.users.by_id(body["id"])
    assert stored
    assert (stored["number"], stored["capacity"], body["capacity"]) == (2, 3, 3)
    assert (await create(hotel, email="ana@hotel.com"))["capacity"] is None
    said = await hotel.db.events.one({"kind": "user.changed", "payload.user._id": body["id"]})
    assert said
    assert "password_hash" not in said["payload"]["user"]


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"email": "maria"}, "email"),
        ({"password": "curta"}, "password"),
        ({"role": "OWNER"}, "role"),
        ({"name": ""}, "name"),
        ({"teamIds": ["nowhere"]}, "teamIds"),
        ({"capacity": 0}, "capacity"),
        ({"admin": True}, "admin"),
    ],
)
async def test_a_bad_user_names_its_field(hotel: Session, wrong: dict[str, Any], field: str) -> None:
    answer = await hotel.post("/api/users", maria(**wrong))
    body = await answer.json()
    assert (answer.status, body["error"]) == (400, "VALIDATION_ERROR")
    assert [detail["field"] for detail in body["details"]] == [field]
    assert await hotel.db.users.count({}) == 1


async def test_an_email_is_taken_once_within_the_tenant(hotel: Session, rival: Session) -> None:
    await create(hotel)
    again = await hotel.post("/api/users", maria(name="Outra"))
    assert again.status == 409
    assert (await again.json())["error"] == "CONFLICT"
    await create(rival)
    other = await create(hotel, email="jose@hotel.com")
    moved = await hotel.patch(f"/api/users/{other['id']}", {"email": "maria@hotel.com"})
    assert moved.status == 409


async def test_an_email_that_was_given_up_no_longer_logs_in(client: Client, hotel: Session) -> None:
    user = await create(hotel)
    await hotel.patch(f"/api/users/{user['id']}", {"email": "Maria.Nova@hotel.com"})
    old = {"email": "maria@hotel.com", "password": PASSWORD}
    assert (await client.post("/auth/login", json=old)).status == 401
    new = {"email": "maria.nova@hotel.com", "password": PASSWORD}
    assert (await client.post("/auth/login", json=new)).status == 200


async def test_the_list_filters_and_pages(hotel: Session) -> None:
    for name in ("Bruna", "Carlos", "Duda"):
        await create(hotel, email=f"{name}@hotel.com", name=name)
    carlos = await hotel.db.users.one({"name": "Carlos"})
    assert carlos
    await hotel.delete(f"/api/users/{carlos['_id']}")

    async def names(query: str) -> list[str]:
        return [user["name"] for user in (await (await hotel.get(f"/api/users?{query}")).json())["data"]]

    assert await names("") == ["Admin", "Bruna", "Carlos", "Duda"]
    assert await names("status=ACTIVE") == ["Admin", "Bruna", "Duda"]
    assert await names("status=INACTIVE") == ["Carlos"]
    assert await names("role=ADMIN") == ["Admin"]
    assert await names("limit=2&page=2") == ["Carlos", "Duda"]
    page = await (await hotel.get("/api/users?limit=3")).json()
    assert page["pagination"] == {"page": 1, "limit": 3, "total": 4, "pages": 2, "totalPages": 2}
    for wrong in ("status=GONE", "limit=0", "limit=101", "page=0", "limit=x"):
        assert (await hotel.get(f"/api/users?{wrong}")).status == 400


async def test_rows_count_open_conversations(hotel: Session) -> None:
    user = await create(hotel)
    for place, status in enumerate(["OPEN", "IN_PROGRESS", "WAITING", "CLOSED"]):
        await hotel.db.conversations.insert(
            {
                "_id": str(place),
                "number": place,
                "channel_id": "c",
                "contact_id": str(place),
                "assigned_to_id": user["id"],
                "status": status,
                "open": status != "CLOSED",
            }
        )
    rows = (await (await hotel.get("/api/users?status=ACTIVE")).json())["data"]
    assert {row["id"]: row["conversationsCount"] for row in rows} == {hotel.user["id"]: 0, user["id"]: 3}
    assert (await (await hotel.get(f"/api/users/{user['id']}")).json())["conversationsCount"] == 3


async def test_changing_a_user(hotel: Session) -> None:
    user = await create(hotel)
    path = f"/api/users/{user['id']}"
    changes = {"name": "Maria Silva", "avatarUrl": "https://cdn.hotel.com/m.png", "capacity": 3}
    body = await (await hotel.patch(path, changes)).json()
    assert {name: body[name] for name in changes} == changes
    assert body["updatedAt"] > user["updatedAt"]
    assert (await (await hotel.patch(path, {"avatarUrl": None})).json())["avatarUrl"] is None
    for wrong in (
        {"name": None},
        {"avatarUrl": "javascript:alert(1)"},
        {"id": "x"},
        {"email": ""},
        {"status": "X"},
        {"capacity": 0},
    ):
        assert (await hotel.patch(path, wrong)).status == 400
    stored = await hotel.db.users.by_id(user["id"])
    assert stored
    assert (stored["name"], stored["email"]) == ("Maria Silva", "maria@hotel.com")
    assert stored["capacity"] == 3
    assert (await (await hotel.patch(path, {"capacity": None})).json())["capacity"] is None


async def test_a_new_name_shows_on_the_users_conversations(hotel: Session) -> None:
    user = await create(hotel)
    await hotel.db.conversations.insert(
        {
            "_id": "1",
            "number": 1,
            "channel_id": "c",
            "contact_id": "1",
            "assigned_to_id": user["id"],
            "assigned_to": {"id": user["id"], "name": user["name"], "email": user["email"]},
        }
    )
    await hotel.patch(f"/api/users/{user['id']}", {"name": "Maria Silva"})
    stored = await hotel.db.conversations.by_id("1")
    assert stored
    assert stored["assigned_to"] == {"id": user["id"], "name": "Maria Silva", "email": "maria@hotel.com"}


@pytest.mark.parametrize(
    "change", [{"role": "SUPERVISOR"}, {"status": "INACTIVE"}, {"password": "nova-senha"}]
)
async def test_what_touches_access_signs_the_user_out_at_once(
    client: Client, hotel: Session, change: dict[str, str]
) -> None:
    agent = await hotel.colleague()
    assert (await agent.get("/api/tenant")).status == 200
    assert (await hotel.patch(f"/api/users/{agent.user['id']}", change)).status == 200
    assert (await agent.get("/api/tenant")).status == 401
    renewed = await client.post("/auth/refresh", json={"refreshToken": agent.refresh_token})
    assert renewed.status == 401
    stored = await hotel.db.users.by_id(agent.user["id"])
    assert stored
    assert stored["session_version"] == 2


async def test_a_new_name_signs_nobody_out(hotel: Session) -> None:
    agent = await hotel.colleague()
    await hotel.patch(f"/api/users/{agent.user['id']}", {"name": "Maria Silva"})
    assert (await (await agent.get("/auth/me")).json())["name"] == "Maria Silva"


async def test_deactivating_and_bringing_back(client: Client, hotel: Session) -> None:
    agent = await hotel.colleague()
    gone = await hotel.delete(f"/api/users/{agent.user['id']}")
    assert (gone.status, await gone.read()) == (204, b"")
    credentials = {"email": agent.user["email"], "password": PASSWORD}
    assert (await client.post("/auth/login", json=credentials)).status == 401
    assert (await hotel.delete(f"/api/users/{agent.user['id']}")).status == 204
    back = await hotel.patch(f"/api/users/{agent.user['id']}", {"status": "ACTIVE"})
    assert (await back.json())["status"] == "ACTIVE"
    assert (await client.post("/auth/login", json=credentials)).status == 200
    assert (await agent.get("/api/tenant")).status == 401


async def test_the_last_admin_stays(hotel: Session) -> None:
    path = f"/api/users/{hotel.user['id']}"
    for answer in (
        await hotel.delete(path),
        await hotel.patch(path, {"role": "AGENT"}),
        await hotel.patch(path, {"status": "INACTIVE"}),
    ):
        assert answer.status == 409
        assert (await answer.json())["error"] == "CONFLICT"
    assert (await hotel.get("/api/tenant")).status == 200


async def test_two_admins_cannot_remove_each_other_at_once(hotel: Session) -> None:
    for _ in range(4):
        other = await hotel.colleague("ADMIN")
        answers = await asyncio.gather(
            hotel.patch(f"/api/users/{other.user['id']}", {"role": "AGENT"}),
            other.patch(f"/api/users/{hotel.user['id']}", {"role": "AGENT"}),
        )
        assert {answer.status for answer in answers} <= {200, 401, 403, 409}
        assert await hotel.db.users.count({"role": "ADMIN", "status": "ACTIVE"}) >= 1
        if (await hotel.get("/api/tenant")).status != 200:
            break


async def until_both_listen(session: Session) -> None:
    channel = f"{session.runtime.settings.mongo_database}:signals"
    async with asyncio.timeout(30):
        while (await session.runtime.redis.pubsub_numsub(channel))[0][1] < 2:
            await asyncio.sleep(0.01)


async def test_other_processes_hear_of_it(
    settings: Settings, hotel: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So long that it would not notice by itself.
    monkeypatch.setattr("tenants.access.STALE_AFTER", 600.0)
    agent = await hotel.colleague()
    async with TestClient(TestServer(make_app(settings))) as elsewhere:
        assert (await elsewhere.get("/api/tenant", headers=agent.headers)).status == 200
        await until_both_listen(hotel)
        await hotel.patch(f"/api/users/{agent.user['id']}", {"role": "SUPERVISOR"})
        async with asyncio.timeout(30):
            while (await elsewhere.get("/api/tenant", headers=agent.headers)).status == 200:
                await asyncio.sleep(0.02)
