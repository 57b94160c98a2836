"""`python -m server demo`."""

from typing import Any

import pytest

from server import demo
from server.channels.simulator import Simulator
from server.runtime import Runtime
from server.settings import Settings
from tests.conftest import Client


async def everything(runtime: Runtime) -> dict[str, list[Any]]:
    database = runtime.database._database
    names = await database.list_collection_names(filter={"type": "collection"})
    return {name: await database[name].find().sort("_id", 1).to_list(None) for name in names}


async def log_in(client: Client, email: str, password: str) -> dict[str, Any]:
    answer = await client.post("/auth/login", json={"email": email, "password": password})
    body: dict[str, Any] = await answer.json()
    assert answer.status == 200, body
    return body


async def test_it_furnishes_a_hotel_once(client: Client, runtime: Runtime) -> None:
    said = await demo.furnish(runtime)
    password_file = runtime.settings.data_dir / "demo_password"
    password = password_file.read_text()
    assert password_file.stat().st_mode & 0o777 == 0o600
    assert f"admin@hotel.demo  {password}  (empresa hotel-demo)" in said
    await runtime.bus.close()  # until its events are numbered
    before = await everything(runtime)
    assert await demo.furnish(runtime) == said
    assert await everything(runtime) == before

    body = await log_in(client, "admin@hotel.demo", password)
    assert body["tenant"] == {"id": body["tenant"]["id"], "slug": "hotel-demo", "name": "Hotel Demo"}
    headers = {"Authorization": f"Bearer {body['token']}", "X-Tenant-Slug": "hotel-demo"}

    async def rows(path: str) -> list[dict[str, Any]]:
        listed = await (await client.get(path, headers=headers)).json()
        found: list[dict[str, Any]] = listed["data"]
        return found

    users = {user["name"]: user for user in await rows("/api/users")}
    assert {name: user["role"] for name, user in users.items()} == {
        "Administração": "ADMIN", "Ana Souza": "AGENT", "Bruno Lima": "AGENT",
    }  # fmt: skip
    [team] = await rows("/api/teams")
    assert set(team["memberIds"]) == {users["Ana Souza"]["id"], users["Bruno Lima"]["id"]}
    assert len(await rows("/api/tags")) == len(demo.TAGS)
    assert len(await rows("/api/canned-responses")) == len(demo.RESPONSES)
    assert await rows("/api/channels") == []
    assert (await log_in(client, "ana@hotel.demo", password))["user"]["role"] == "AGENT"


async def test_a_password_that_was_changed_is_neither_shown_nor_undone(
    client: Client, runtime: Runtime
) -> None:
    await demo.furnish(runtime)
    password = (runtime.settings.data_dir / "demo_password").read_text()
    body = await log_in(client, "admin@hotel.demo", password)
    headers = {"Authorization": f"Bearer {body['token']}"}
    change = {"oldPassword": password, "newPassword": "minha-senha"}
    assert (await client.post("/auth/change-password", json=change, headers=headers)).status == 204
    assert password not in await demo.furnish(runtime)
    await log_in(client, "admin@hotel.demo", "minha-senha")


class TestWithASimulator:
    @pytest.fixture
    def settings(self, settings: Settings, simulator: Simulator) -> Settings:
        return settings.model_copy(update={"simulator_url": simulator.url, "graph_api_url": simulator.url})

    async def test_it_connects_a_number_once(self, runtime: Runtime) -> None:
        await demo.furnish(runtime)
        await demo.furnish(runtime)
        channels = [channel async for channel in runtime.database._database.channels.find()]
        assert [(channel["name"], channel["status"]) for channel in channels] == [("Recepção", "CONNECTED")]
