from typing import Any

import pytest

from server.desk import templates
from server.desk.messages.inbound import TemplateReported
from server.jobs import Job
from tenants import registry
from tests.channels.conftest import House, connected
from tests.conftest import Client, Session
from workers import process, runner

assert process.JOBS  # imported, so that every job is registered
sync = runner.WORK[Job.SYNC_TEMPLATES]
Json = dict[str, Any]


async def listed(session: Session, **query: str) -> list[Json]:
    answer = await session.get("/api/templates", params=query)
    assert answer.status == 200, await answer.text()
    rows: list[Json] = (await answer.json())["data"]
    return rows


@pytest.fixture
async def synced(house: House) -> House:
    answer = await house.session.post("/api/templates/sync")
    assert await answer.json() == {"synced": 4}
    return house


@pytest.mark.parametrize("method, path", [("GET", "/api/templates"), ("POST", "/api/templates/sync")])
async def test_a_token_is_required(client: Client, method: str, path: str) -> None:
    assert (await client.request(method, path)).status == 401


async def test_agents_read_templates_but_do_not_sync(synced: House) -> None:
    agent = await synced.session.colleague("AGENT")
    assert len(await listed(agent)) == 4
    assert (await agent.post("/api/templates/sync")).status == 403


async def test_a_template_shows_its_text_and_how_many_values_it_asks_for(synced: House) -> None:
    rows = {row["name"]: row for row in await listed(synced.session)}
    assert list(rows) == sorted(rows)
    booking = rows["confirmacao_reserva"]
    assert booking["channelId"] == synced.channel["id"]
    assert (booking["language"], booking["status"], booking["category"]) == ("pt_BR", "APPROVED", "UTILITY")
    assert booking["body"].startswith("Olá {{1}}, sua reserva de {{2}} a {{3}}")
    assert booking["parameterCount"] == 3
    assert {part["type"] for part in booking["components"]} == {"HEADER", "BODY", "FOOTER", "BUTTONS"}
    assert rows["hello_world"]["parameterCount"] == 0


async def test_they_are_filtered_by_channel_status_and_language(synced: House) -> None:
    assert [row["name"] for row in await listed(synced.session, language="en_US")] == ["hello_world"]
    assert await listed(synced.session, status="REJECTED") == []
    assert len(await listed(synced.session, channelId=synced.channel["id"], status="APPROVED")) == 4
    assert await listed(synced.session, channelId="another") == []


async def test_another_tenant_sees_and_syncs_nothing_of_it(synced: House, rival: Session) -> None:
    assert await listed(rival) == []
    answer = await rival.post("/api/templates/sync", params={"channelId": synced.channel["id"]})
    assert answer.status == 404


async def test_a_second_sync_follows_the_provider_and_announces_only_what_changed(synced: House) -> None:
    account = synced.number.number.account
    told = await synced.session.db.events.count({"kind": "template.changed"})
    await synced.session.post("/api/templates/sync")
    assert await synced.session.db.events.count({"kind": "template.changed"}) == told
    gone = synced.number.template("hello_world")
    del account.templates[gone.id]
    synced.number.template("boas_vindas").status = "PAUSED"
    answer = await synced.session.post("/api/templates/sync", params={"channelId": synced.channel["id"]})
    assert await answer.json() == {"synced": 3}
    rows = {row["name"]: row["status"] for row in await listed(synced.session)}
    assert rows == {"boas_vindas": "PAUSED", "codigo_acesso": "APPROVED", "confirmacao_reserva": "APPROVED"}
    assert await synced.session.db.events.count({"kind": "template.changed"}) == told + 1


async def test_a_provider_that_refuses_is_409_with_the_cause(synced: House) -> None:
    synced.number.expire_token()
    answer = await synced.session.post("/api/templates/sync")
    assert answer.status == 409
    body = await answer.json()
    assert body["error"] == "PROVIDER_REFUSED"
    assert "oken" in body["message"]
    assert len(await listed(synced.session)) == 4


async def test_the_job_reads_the_templates_of_a_connected_channel(house: House) -> None:
    tenant_id = house.session.tenant["id"]
    await sync(house.session.runtime, tenant_id, house.channel["id"])
    assert len(await listed(house.session)) == 4
    await house.session.db.templates.delete_all({})
    house.number.expire_token()
    await sync(house.session.runtime, tenant_id, house.channel["id"])
    await sync(house.session.runtime, tenant_id, "removed")
    await sync(house.session.runtime, "nobody", house.channel["id"])
    assert await listed(house.session) == []


async def test_each_channel_has_its_own_copy(house: House, neighbour: House) -> None:
    await house.session.post("/api/templates/sync")
    second = await connected(
        house.session, type(house.number)(house.number._provider, house.number._provider.add_number({}))
    )
    await house.session.post("/api/templates/sync")
    assert len(await listed(house.session)) == 8
    assert len(await listed(house.session, channelId=second["id"])) == 4
    assert await listed(neighbour.session) == []


async def test_what_a_webhook_reports_is_applied(synced: House) -> None:
    tenant = await registry.tenant_by_id(synced.session.runtime.database, synced.session.tenant["id"])
    assert tenant
    async with synced.session.runtime.enter(tenant) as ctx:
        assert len(await templates.approved(ctx, synced.channel["id"])) == 4
        rejected = TemplateReported(
            name="boas_vindas",
            language="pt_BR",
            change="status",
            state={"status": "REJECTED", "rejected_reason": "SCAM"},
        )
        unknown = rejected.model_copy(update={"name": "unheard_of"})
        deleted = rejected.model_copy(
            update={"name": "hello_world", "language": "en_US", "state": {"status": "DELETED"}}
        )
        reports = [rejected, unknown, deleted]
        assert [await templates.report(ctx, [synced.channel["id"]], r) for r in reports] == [
            True,
            False,
            True,
        ]
        usable = [template.name for template in await templates.approved(ctx, synced.channel["id"])]
    assert usable == ["codigo_acesso", "confirmacao_reserva"]
    [shown] = [row for row in await listed(synced.session) if row["name"] == "boas_vindas"]
    assert (shown["status"], shown["rejectedReason"]) == ("REJECTED", "SCAM")
