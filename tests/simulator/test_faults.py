"""Every fault, seen from the business's side of the wire."""

import time
from typing import Any

import aiohttp
import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.faults import ANSWER_KINDS, OPERATIONS, WEBHOOK_KINDS
from server.channels.simulator.play import PlayedCustomer, PlayedNumber
from tests.simulator.conftest import JOAO, Graph, Receiver

Json = dict[str, Any]


async def test_an_error_by_code_accepts_nothing(sim: Simulator, graph: Graph, joao: PlayedCustomer) -> None:
    sim.faults.add("error", count=2, code=131016, details="em manutenção")
    sim.faults.add("error", count=1, code=130429, status=503)
    answers = [await graph.send("text", {"body": str(n)}) for n in range(4)]
    codes = [(status, answer.get("error", {}).get("code")) for status, answer in answers]
    assert codes == [(500, 131016), (500, 131016), (503, 130429), (200, None)]
    assert answers[0][1]["error"]["error_data"]["details"] == "em manutenção"
    assert len(sim.log) == 1


@pytest.mark.parametrize("kind, status", [("http_500", 500), ("http_429", 429)])
async def test_an_http_error_accepts_nothing(
    sim: Simulator, graph: Graph, joao: PlayedCustomer, kind: str, status: int
) -> None:
    sim.faults.add(kind, count=1)
    assert (await graph.send("text", {"body": "oi"}))[0] == status
    assert sim.log == []
    assert (await graph.send("text", {"body": "oi"}))[0] == 200


@pytest.mark.parametrize("kind, accepted", [("accepted_late", 1), ("late", 0)])
async def test_an_answer_that_never_comes(
    *, sim: Simulator, graph: Graph, joao: PlayedCustomer, receiver: Receiver, kind: str, accepted: int
) -> None:
    sim.faults.add(kind, count=1, seconds=5)
    with pytest.raises(TimeoutError):
        await graph.send("text", {"body": "oi"}, biz_opaque_callback_data="m1")
    await sim.settled()
    assert len(sim.log) == accepted
    assert [s["biz_opaque_callback_data"] for s in receiver.statuses] == ["m1"] * 2 * accepted


@pytest.fixture(autouse=True)
def impatient(graph: Graph) -> None:
    """The business waits a second and a half."""
    graph.session._timeout = aiohttp.ClientTimeout(total=1.5)


@pytest.mark.parametrize("kind, accepted", [("accepted_reset", 1), ("reset", 0)])
async def test_a_connection_that_is_reset(
    *, sim: Simulator, graph: Graph, joao: PlayedCustomer, receiver: Receiver, kind: str, accepted: int
) -> None:
    sim.faults.add(kind, count=1)
    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
        await graph.send("text", {"body": "oi"})
    await sim.settled()
    assert len(sim.log) == accepted
    assert len(receiver.statuses) == 2 * accepted


async def test_accepted_although_500(sim: Simulator, graph: Graph, joao: PlayedCustomer) -> None:
    sim.faults.add("accepted_500", count=1)
    assert (await graph.send("text", {"body": "oi"}))[0] == 500
    assert len(sim.log) == 1


async def test_statuses_before_the_answer(
    sim: Simulator, graph: Graph, joao: PlayedCustomer, receiver: Receiver
) -> None:
    sim.faults.add("status_first", count=1)
    wamid = await graph.sends()
    assert [(s["id"], s["status"]) for s in receiver.statuses] == [(wamid, "sent"), (wamid, "delivered")]
    await sim.settled()
    assert len(receiver.statuses) == 2


async def test_a_refused_send_stays_refused_under_a_fault(
    sim: Simulator, graph: Graph, joao: PlayedCustomer
) -> None:
    sim.faults.add("accepted_late", seconds=0.01)
    status, answer = await graph.send("text", {"body": ""})
    assert (status, answer["error"]["code"]) == (400, 100)
    assert sim.log == []


async def test_latency_holds_every_answer(sim: Simulator, graph: Graph, joao: PlayedCustomer) -> None:
    sim.configure(latency=0.2)
    started = time.monotonic()
    await graph.sends()
    assert time.monotonic() - started >= 0.2


async def test_faults_by_number_and_by_chance(sim: Simulator, graph: Graph, joao: PlayedCustomer) -> None:
    other = await sim.add_number()
    sim.faults.add("http_500", number=other.phone_number_id)
    await graph.sends()
    sim.faults.add("http_500", probability=0.5)
    outcomes = [(await graph.send("text", {"body": str(n)}))[0] for n in range(60)]
    assert 15 < outcomes.count(500) < 45
    assert outcomes.count(200) == len(sim.log) - 1
    sim.faults.clear()
    await graph.sends()


@pytest.mark.parametrize(
    "operation", ["read", "upload", "media", "download", "templates", "subscribe", "node"]
)
async def test_faults_of_other_operations(
    *,
    sim: Simulator,
    number: PlayedNumber,
    graph: Graph,
    joao: PlayedCustomer,
    receiver: Receiver,
    operation: str,
) -> None:
    assert operation in OPERATIONS
    await joao.sends("image")
    await sim.settled()
    image = receiver.messages[0]
    sim.faults.add("http_500", count=1, operation=operation)
    seen: dict[str, int] = {}
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": image["id"]}
    seen["read"], _ = await graph.post(body)
    form = aiohttp.FormData({"messaging_product": "whatsapp"})
    form.add_field("file", b"oi", filename="a.txt", content_type="text/plain")
    seen["upload"], _ = await graph.call("POST", f"{number.phone_number_id}/media", data=form)
    seen["media"], _ = await graph.call("GET", image["image"]["id"])
    headers = {"Authorization": f"Bearer {graph.token}"}
    async with graph.session.get(image["image"]["url"], headers=headers) as answer:
        seen["download"] = answer.status
    seen["templates"], _ = await graph.call("GET", f"{number.waba_id}/message_templates")
    seen["subscribe"], _ = await graph.call("POST", f"{number.waba_id}/subscribed_apps")
    seen["node"], _ = await graph.call("GET", number.phone_number_id)
    assert {name for name, status in seen.items() if status == 500} == {operation}
    assert {name for name, status in seen.items() if status == 200} == set(seen) - {operation}


async def test_duplicated_webhooks(sim: Simulator, number: PlayedNumber, receiver: Receiver) -> None:
    sim.faults.add("duplicate", count=1, times=3)
    joao = number.customer(JOAO)
    await joao.says("uma")
    await joao.says("duas")
    await sim.settled()
    bodies = [posted.body for posted in receiver.posted]
    assert (len(bodies), len(set(bodies))) == (4, 2)


async def test_shuffled_webhooks(sim: Simulator, number: PlayedNumber, receiver: Receiver) -> None:
    sim.faults.add("shuffle", seconds=0.2)
    joao = number.customer(JOAO)
    wamids = [await joao.says(str(n)) for n in range(12)]
    await sim.settled()
    arrived = [message["id"] for message in receiver.messages]
    assert arrived != wamids
    assert sorted(arrived) == sorted(wamids)


async def test_delayed_webhooks_keep_their_order(
    sim: Simulator, number: PlayedNumber, receiver: Receiver
) -> None:
    sim.faults.add("delay", count=1, seconds=0.3)
    joao = number.customer(JOAO)
    started = time.monotonic()
    wamids = [await joao.says("atrasada"), await joao.says("logo atrás")]
    await sim.settled()
    assert [message["id"] for message in receiver.messages] == wamids
    assert receiver.posted[0].at - started >= 0.3


async def test_batched_webhooks(sim: Simulator, number: PlayedNumber, receiver: Receiver) -> None:
    sibling = await sim.add_number(wabaId=number.waba_id)
    account = number.number.account
    stranger = await sim.add_number(appSecret=account.app_secret, webhook=receiver.url)
    sim.faults.add("batch", size=1000, seconds=0.1)
    everyone = [
        each.customer(f"551198888{n:04d}") for n in range(400) for each in (number, sibling, stranger)
    ]
    wamids = [await each.says("oi") for each in everyone]
    await sim.settled()
    assert [len([m for v in p.values for m in v["messages"]]) for p in receiver.posted] == [1000, 200]
    assert [message["id"] for message in receiver.messages] == wamids
    entries = receiver.posted[0].json["entry"]
    assert {entry["id"] for entry in entries} == {number.waba_id, stranger.waba_id}
    assert max(len(entry["changes"]) for entry in entries) > 1
    assert len(receiver.posted[0].body) < 3 * 1024 * 1024


async def test_a_batch_merges_messages_of_one_number(
    sim: Simulator, number: PlayedNumber, graph: Graph, joao: PlayedCustomer, receiver: Receiver
) -> None:
    sim.faults.add("batch", size=40, seconds=0.1)
    for n in range(20):
        await joao.says(str(n))
    for n in range(20):
        await graph.sends(str(n))
    await sim.settled()
    assert max(len(value.get("messages", [])) for value in receiver.values) > 1
    assert max(len(value.get("statuses", [])) for value in receiver.values) > 1
    assert all(("messages" in value) != ("statuses" in value) for value in receiver.values)
    assert all(len(value["contacts"]) == 1 for value in receiver.values)
    assert len(receiver.messages) == 20
    assert len(receiver.statuses) == 40


async def test_dropped_statuses(
    sim: Simulator, graph: Graph, joao: PlayedCustomer, receiver: Receiver
) -> None:
    sim.faults.add("drop_status", count=1, status="sent")
    await graph.sends()
    await sim.settled()
    sim.faults.add("drop_status", count=2)
    await graph.sends()
    await sim.settled()
    assert [status["status"] for status in receiver.statuses] == ["delivered"]
    await joao.says("ainda chego")
    await sim.settled()
    assert len(receiver.messages) == 1


@pytest.mark.parametrize(
    "kind, parameters",
    [
        ("gremlins", {}),
        ("error", {}),
        ("http_500", {"operation": "dance"}),
        ("http_500", {"count": 0}),
        ("http_500", {"probability": 0}),
        ("http_500", {"probability": 2}),
        ("http_500", {"weight": 1}),
        ("batch", {"size": 1001}),
    ],
)
def test_a_fault_that_cannot_be_is_refused(sim: Simulator, kind: str, parameters: Json) -> None:
    with pytest.raises(ValueError, match=r"unknown|needs|is"):
        sim.faults.add(kind, **parameters)


def test_each_fault_says_what_it_does() -> None:
    assert not set(ANSWER_KINDS) & set(WEBHOOK_KINDS)
    assert all({**ANSWER_KINDS, **WEBHOOK_KINDS}.values())
