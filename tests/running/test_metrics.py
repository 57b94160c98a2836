"""`/metrics` tells of the whole house, whoever is asked; the dashboard for Grafana asks for nothing else."""

import asyncio
import json
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families

from server import metrics
from server.app import make_app
from server.channels.simulator import Simulator
from server.jobs import QueueName
from server.processes import spawn
from server.settings import Settings
from tests.conftest import Client, Session
from tests.factories import a_channel, a_message, arrive, body_of, made
from tests.workers import environment, running

ROOT = Path(__file__).parents[2]
BOARD = json.loads((ROOT / "docs/grafana/balcao.json").read_text())
# As seed 003 lists them.
DOCUMENTED = {
    "http_requests_total", "http_request_duration_seconds", "websocket_connections_active",
    "conversations_active_total", "messages_sent_total", "chatbot_responses_total",
}  # fmt: skip
Sample = tuple[str, tuple[tuple[str, str], ...]]


@pytest.fixture
def settings(settings: Settings, simulator: Simulator) -> Settings:
    return settings.model_copy(update={"graph_api_url": simulator.url, "simulator_url": simulator.url})


async def told(client: Client) -> dict[Sample, float]:
    text = await (await client.get("/metrics")).text()
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def named(client: Client) -> set[str]:
    """Every name that `/metrics` knows, whether there is anything to tell of it yet or not."""
    return set(re.findall(r"^# TYPE (\S+)", await (await client.get("/metrics")).text(), re.MULTILINE))


QUERIES = [target["expr"] for panel in BOARD["panels"] for target in panel.get("targets", [])]
# What else a query is made of.
LANGUAGE = {"sum", "by", "rate", "histogram_quantile", "topk", "or", "vector", "instance", "__rate_interval"}


def asked() -> set[str]:
    """What the dashboard asks for."""
    found: set[str] = set()
    for query in QUERIES:
        names = re.findall(r"([a-z_]+)\{instance=", query)
        assert names, query
        found.update(re.sub("_(bucket|count|sum)$", "", name) for name in names)
    return found


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_names_nothing_that_is_not_there(query: str) -> None:
    """Neither a metric beside the one it selects, nor a part that its kind has not, nor a label."""
    [(name, part)] = re.findall(r"\b([a-z_]+?)(_bucket|_count|_sum)?\{instance=\"\$instance\"\}", query)
    labels = metrics.FAMILIES[name].labels if name in metrics.FAMILIES else ()
    words = set(re.findall(r"[a-z_]+", query)) - LANGUAGE - set(labels) - {name + part}
    assert words <= ({"le"} if part == "_bucket" else set())
    assert bool(part) == bool(name in metrics.FAMILIES and metrics.FAMILIES[name].buckets)
    assert ("rate(" in query) == (name in metrics.FAMILIES)


async def test_every_documented_name_is_there(client: Client) -> None:
    assert await named(client) >= DOCUMENTED


async def test_the_dashboard_shows_all_there_is_and_nothing_else(client: Client) -> None:
    assert asked() == await named(client)


def test_the_dashboard_is_one_that_grafana_imports() -> None:
    assert {"uid", "title", "schemaVersion", "templating", "time", "panels"} <= BOARD.keys()
    assert [variable["name"] for variable in BOARD["templating"]["list"]] == ["datasource", "instance"]
    ids = [panel["id"] for panel in BOARD["panels"]]
    assert len(set(ids)) == len(ids)
    taken: set[tuple[int, int]] = set()
    for panel in BOARD["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        own = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not own & taken, panel["title"]
        taken |= own
        assert [t["refId"] for t in panel.get("targets", [])] == list("ABC")[: len(panel.get("targets", []))]
        assert panel["type"] == "row" or panel["datasource"]["uid"] == "${datasource}"


async def test_one_process_tells_what_another_counted(client: Client, settings: Settings) -> None:
    """Any of those that share a port may be the one that is asked."""
    before = await told(client)
    script = (
        "import asyncio; from server import metrics; from server.runtime import Runtime;"
        "from server.settings import Settings;"
        "metrics.count('chatbot_responses_total', 7, provider='rules');"
        "metrics.observe('message_send_seconds', 0.3, result='accepted'); metrics.sockets.inc()\n"
        "async def hand_over():\n"
        "    runtime = await Runtime.open(Settings.load())\n"
        "    await metrics.flush(runtime.redis, runtime.settings.mongo_database); await runtime.close()\n"
        "asyncio.run(hand_over())"
    )
    other = await spawn([sys.executable, "-c", script], env=environment(settings))
    assert await asyncio.wait_for(other.wait(), 90) == 0
    after = await told(client)

    def grown(name: str, **labels: str) -> float:
        sample = (name, tuple(sorted(labels.items())))
        return after[sample] - before.get(sample, 0)

    assert grown("chatbot_responses_total", provider="rules") == 7
    assert grown("websocket_connections_active") == 1
    assert grown("message_send_seconds_bucket", result="accepted", le="0.25") == 0
    assert grown("message_send_seconds_bucket", result="accepted", le="0.5") == 1
    assert grown("message_send_seconds_bucket", result="accepted", le="+Inf") == 1
    assert grown("message_send_seconds_sum", result="accepted") == pytest.approx(0.3)


async def test_who_has_died_no_longer_counts(hotel: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    redis, prefix = hotel.runtime.redis, hotel.runtime.settings.mongo_database
    await redis.hset(f"{prefix}:sockets", "dead", "5 1000000000.0")
    assert (await told(hotel.client))["websocket_connections_active", ()] == metrics.sockets.value
    assert not await redis.hexists(f"{prefix}:sockets", "dead")


async def test_counters_never_fall_while_redis_is_away(settings: Settings) -> None:
    away = settings.model_copy(update={"redis_url": "redis://127.0.0.1:9/0"})
    async with TestClient(TestServer(make_app(away))) as client:
        seen = []
        for _ in range(2):
            await client.get("/health")
            counted = await told(client)
            seen.append(sum(n for (name, _), n in counted.items() if name == "http_requests_total"))
    assert seen[0] < seen[1]


async def test_the_workers_part_is_told_too(hotel: Session, simulator: Simulator, settings: Settings) -> None:
    """A message in and one out, by worker processes: how many, how long, and nothing left waiting."""
    channel = await body_of(await hotel.post("/api/channels/sandbox", {"name": "Recepção"}), 201)
    async with running(settings, QueueName.INBOUND, QueueName.OUTBOUND):
        await simulator.number(channel["phoneNumberId"]).customer("5511999999999").says("Olá")

        async def conversation() -> Any:
            return await hotel.db.conversations.one({})

        found = await until(conversation)

        async def waits() -> bool:
            return (await told(hotel.client))["conversations_waiting", ()] == 1

        await until(waits)
        await made(hotel, "/api/messages", conversationId=found["_id"], content="Bom dia!")

        async def counted() -> Any:
            now = await told(hotel.client)
            sent = now.get(("messages_sent_total", ()), 0)
            nobody_waits = now["conversations_waiting", ()] == 0
            return now if sent and nobody_waits and now["messages_received_total", ()] else None

        now = await until(counted)
    assert now["message_send_seconds_count", (("result", "accepted"),)] >= 1
    assert now["conversations_window", (("state", "open"),)] == 1
    assert now["conversations_active_total", ()] == 1


async def until(look: Any, *, within: float = 90) -> Any:
    async with asyncio.timeout(within):
        while not (seen := await look()):
            await asyncio.sleep(0.1)
    return seen


async def test_what_waits_is_told_with_its_age(hotel: Session) -> None:
    now = hotel.runtime.clock()
    aged = now - timedelta(days=365)
    row = {"_id": "r", "digest": "d", "raw": b"{}", "at": aged, "state": "NEW", "n": 0}
    await hotel.db.webhook_inbox.insert(row)
    message = {"_id": "m", "number": 1, "conversation_id": "c", "seq": 1, "channel_id": "x", "moving": True}
    await hotel.db.messages.insert({**message, "delivery": "QUEUED", "due_at": now, "created_at": now})
    counted = await told(hotel.client)
    assert (counted["webhook_journal_waiting", ()], counted["outbox_waiting", ()]) == (1, 1)
    assert counted["webhook_journal_lag_seconds", ()] > 364 * 86_400
    assert 0 <= counted["outbox_lag_seconds", ()] < 60


async def test_windows_are_open_or_closed(hotel: Session) -> None:
    channel = await a_channel(hotel)
    old, _ = await arrive(hotel, channel, a_message(), a_message(phone="5511988887777"))
    await hotel.db.conversations.update(
        {"_id": old["conversation_id"]}, {"$set": {"window_expires_at": hotel.runtime.clock()}}
    )
    counted = await told(hotel.client)
    states = {state: counted["conversations_window", (("state", state),)] for state in ("open", "closed")}
    assert states == {"open": 1, "closed": 1}


async def test_refusals_have_their_reasons(hotel: Session) -> None:
    before = await told(hotel.client)
    for body, signature in (("{}", ""), ("no JSON", "")):
        await hotel.client.post("/webhooks/whatsapp", data=body, headers={"X-Hub-Signature-256": signature})
    channel = await made(hotel, "/api/channels/sandbox", name="Recepção")
    change = {"value": {"metadata": {"phone_number_id": channel["phoneNumberId"]}}}
    body = json.dumps({"entry": [{"id": channel["wabaId"], "changes": [change]}]})
    await hotel.client.post("/webhooks/whatsapp", data=body, headers={"X-Hub-Signature-256": "sha256=0"})
    wrong = {"hub.mode": "subscribe", "hub.verify_token": "wrong", "hub.challenge": "1"}
    await hotel.client.get("/webhooks/whatsapp", params=wrong)
    after = await told(hotel.client)
    for reason in ("not_found", "invalid_json", "invalid_signature", "verification_refused"):
        sample = ("webhook_refusals_total", (("reason", reason),))
        assert after[sample] == before.get(sample, 0) + 1, reason


async def test_a_method_of_ones_own_makes_no_series(client: Client) -> None:
    await client.request("PURGE", "/health")
    counted = await told(client)
    methods = {dict(labels)["method"] for (name, labels) in counted if name == "http_requests_total"}
    assert "other" in methods
    assert "PURGE" not in methods
