"""The outbox against a provider on a bad day: what was certainly not sent goes again, what may have been does not."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import orjson
import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer
from server.channels.simulator.starter import new_template
from server.desk import channels
from server.desk.messages.receiving import receive
from server.jobs import Job
from server.settings import Settings
from tenants.context import Kick
from tests.channels.conftest import House
from tests.factories import a_file, a_message, tenant_of
from tests.workers import work_off
from workers import outbound, runner, sweeps

Json = dict[str, Any]
JOAO = "5511999999999"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"send_timeout": 1.5, "send_lease": 3.0, "unconfirmed_after": 0.6})


@pytest.fixture
def joao(house: House) -> PlayedCustomer:
    return house.number.customer(JOAO, name="João Silva")


@pytest.fixture
async def conversation(house: House, joao: PlayedCustomer) -> str:
    """João has written: his window is open on both sides."""
    await joao.says("Olá")

    async def opened() -> Json | None:
        await work_off(house.session.runtime)
        return await house.session.db.conversations.one({})

    return str((await until(opened))["_id"])


async def until(look: Callable[[], Awaitable[Any]], *, within: float = 30) -> Any:
    deadline = time.monotonic() + within
    while not (seen := await look()):
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.05)
    return seen


async def send(house: House, conversation: str, text: str = "oi") -> str:
    answer = await house.session.post(
        "/api/messages", {"conversationId": conversation, "type": "TEXT", "content": text}
    )
    assert answer.status == 201, await answer.text()
    return str((await answer.json())["id"])


async def stored(house: House, id: str) -> Json:
    found = await house.session.db.messages.by_id(id)
    assert found
    return dict(found)


async def settles(house: House, id: str, *deliveries: str) -> Json:
    """Work until the message is in one of these states."""

    async def there() -> Json | None:
        await work_off(house.session.runtime)
        message = await stored(house, id)
        return message if message["delivery"] in deliveries else None

    return dict(await until(there))


async def test_a_message_is_sent_once_and_its_wamid_kept(
    house: House, conversation: str, simulator: Simulator, joao: PlayedCustomer
) -> None:
    id = await send(house, conversation, "Olá João! Como posso ajudá-lo?")
    message = await settles(house, id, "ACCEPTED")
    assert [entry.wamid for entry in simulator.log] == [message["wamid"]]
    assert orjson.loads(simulator.log[0].opaque or "") == {"m": id, "a": 1}
    assert len(simulator.log[0].opaque or "") < 60
    assert joao.received[0].content["body"] == "Olá João! Como posso ajudá-lo?"


@pytest.mark.parametrize("fault", ["http_429", {"kind": "error", "code": 130429, "status": 400}])
async def test_a_throttled_message_goes_later(
    house: House, conversation: str, simulator: Simulator, fault: Any
) -> None:
    named = fault if isinstance(fault, dict) else {"kind": fault}
    simulator.faults.add(named.pop("kind"), count=1, **named)
    message = await settles(house, await send(house, conversation), "ACCEPTED")
    assert message["attempt"] == 2
    assert len(simulator.log) == 1


async def test_a_full_pair_waits_alone(house: House, conversation: str, simulator: Simulator) -> None:
    """131056 is about one customer: another's message passes him."""
    other = house.number.customer("5511988888888", name="Maria")
    await other.says("Oi")
    second = await until(lambda: _conversation_of(house, "5511988888888"))
    simulator.faults.add("error", count=1, code=131056, status=400)
    waiting = await send(house, conversation)
    await settles(house, waiting, "QUEUED")
    passing = await send(house, second)
    await settles(house, passing, "ACCEPTED")
    assert (await stored(house, waiting))["delivery"] == "QUEUED"
    await settles(house, waiting, "ACCEPTED")


async def _conversation_of(house: House, phone: str) -> str | None:
    await work_off(house.session.runtime)
    found = await house.session.db.conversations.one({"contact.phone": phone})
    return found["_id"] if found else None


@pytest.mark.parametrize("code,title", [(131026, "entreg"), (132001, "odelo"), (100, "")])
async def test_a_refusal_is_final_and_says_why(
    house: House, conversation: str, simulator: Simulator, code: int, title: str
) -> None:
    simulator.faults.add("error", count=1, code=code, status=400)
    message = await settles(house, await send(house, conversation), "FAILED")
    assert message["status"] == "FAILED"
    assert message["error"]["code"] == str(code)
    assert title in message["error"]["title"]
    assert simulator.log == []


@pytest.mark.parametrize("fault", ["accepted_late", "accepted_reset", "accepted_500"])
async def test_what_may_have_been_sent_is_confirmed_by_its_status(
    house: House, conversation: str, simulator: Simulator, fault: str
) -> None:
    """Accepted, but we never heard: the webhook's mark tells, and it is not sent again."""
    more: Json = {"seconds": 5.0} if fault == "accepted_late" else {}
    simulator.faults.add(fault, count=1, **more)
    message = await settles(house, await send(house, conversation), "ACCEPTED")
    assert [entry.wamid for entry in simulator.log] == [message["wamid"]]
    assert message["attempt"] == 1


@pytest.mark.parametrize("fault", ["late", "reset", "http_500"])
async def test_what_nothing_confirms_is_shown_as_unconfirmed(
    house: House, conversation: str, simulator: Simulator, fault: str
) -> None:
    more: Json = {"seconds": 5.0} if fault == "late" else {}
    simulator.faults.add(fault, count=1, **more)
    id = await send(house, conversation)
    message = await settles(house, id, "UNCONFIRMED")
    assert simulator.log == []
    assert message["error"]["code"] == "UNCONFIRMED"
    seen = await (await house.session.get(f"/api/messages/{id}")).json()
    assert (seen["deliveryState"], seen["unconfirmed"], seen["error"]["retryable"]) == (
        "AMBIGUOUS",
        True,
        True,
    )

    assert (await house.session.post(f"/api/messages/{id}/retry")).status == 200
    await settles(house, id, "ACCEPTED")
    assert len(simulator.log) == 1


async def test_a_status_may_be_quicker_than_the_answer(
    house: House, conversation: str, simulator: Simulator
) -> None:
    simulator.faults.add("status_first", count=1)
    id = await send(house, conversation)
    await settles(house, id, "ACCEPTED")

    async def delivered() -> bool:
        await work_off(house.session.runtime)
        return bool((await stored(house, id))["status"] == "DELIVERED")

    await until(delivered)
    row = await (await house.session.get(f"/api/conversations/{conversation}")).json()
    assert row["lastMessage"]["id"] == id
    assert row["lastMessage"]["status"] == "DELIVERED"


async def test_blocked_conversations_hide_no_other(house: House, conversation: str) -> None:
    """Hundreds wait for a confirmation; the one behind them goes out."""
    db = house.session.db
    blocked = {
        "channel_id": house.channel["id"], "moving": True, "delivery": "UNCERTAIN", "attempt": 1, "kind": "TEXT",
        "due_at": datetime.now(UTC) + timedelta(minutes=5), "status": "SENT", "direction": "OUTBOUND",
    }  # fmt: skip
    await db.messages.insert_all(
        [{**blocked, "_id": f"{i:026}", "conversation_id": f"c{i}", "seq": 1} for i in range(450)]
    )
    await settles(house, await send(house, conversation), "ACCEPTED")


async def test_order_is_kept_behind_a_message_that_waits(
    house: House, conversation: str, simulator: Simulator, joao: PlayedCustomer
) -> None:
    simulator.faults.add("http_429", count=1)
    ids = [await send(house, conversation, f"m{i}") for i in range(5)]
    for id in ids:
        await settles(house, id, "ACCEPTED")
    assert [message.content["body"] for message in joao.received] == [f"m{i}" for i in range(5)]


async def test_a_dead_token_parks_the_channel_and_keeps_the_queue(
    house: House, conversation: str, simulator: Simulator
) -> None:
    house.number.expire_token()
    id = await send(house, conversation)
    await work_off(house.session.runtime)
    channel = await (await house.session.get(f"/api/channels/{house.channel['id']}")).json()
    assert channel["status"] == "PARKED"
    assert channel["statusReason"]
    assert channel["statusCode"] == "190"
    await asyncio.sleep(0.1)
    await work_off(house.session.runtime)
    message = await stored(house, id)
    assert (message["delivery"], message["status"]) == ("QUEUED", "SENT")
    assert simulator.log == []


async def test_a_token_that_was_replaced_meanwhile_parks_nothing(house: House, conversation: str) -> None:
    """A busy sender still has the old one in hand, and Meta refuses it."""
    runtime, tenant = house.session.runtime, await tenant_of(house.session)
    async with runtime.enter(tenant) as ctx:
        channel = await channels.by_id(ctx, house.channel["id"])
    old = {"access_token": runtime.keys.vault.seal(tenant.id, "EAAold")}
    before = channel.model_copy(update={"secrets": old})
    id = await send(house, conversation)
    await outbound.sender_of(runtime, tenant, before).drain(asyncio.Event())
    async with runtime.enter(tenant) as ctx:
        assert (await channels.by_id(ctx, channel.id)).status == "CONNECTED"
    await settles(house, id, "ACCEPTED")


async def test_a_lane_that_died_in_the_middle_leaves_it_uncertain(house: House, conversation: str) -> None:
    """The claim is durable before the send, so a crash in between is known, and never sent again by itself."""
    id = await send(house, conversation)
    await house.session.db.messages.update(
        {"_id": id}, [{"$set": {"delivery": "SENDING", "attempt": 1, "lease_until": "$$NOW"}}]
    )
    await asyncio.sleep(0.01)
    await work_off(house.session.runtime)
    assert (await stored(house, id))["delivery"] == "UNCERTAIN"
    await settles(house, id, "UNCONFIRMED")


async def test_the_number_keeps_to_its_rate(house: House, simulator: Simulator) -> None:
    """80 a second: 120 messages to 60 customers take longer than a second and are all sent."""
    tenant = await tenant_of(house.session)
    async with house.session.runtime.enter(tenant) as ctx:
        phones = [f"55119{90001000 + 10 * i + 9}" for i in range(60)]
        hellos = await receive(ctx, house.channel["id"], [a_message(phone=phone) for phone in phones])
    for phone in phones:
        house.number.customer(phone).changes(windowOpen=True)
    for hello in hellos * 2:
        await send(house, hello["conversation_id"])
    began = time.monotonic()

    async def all_sent() -> bool:
        await work_off(house.session.runtime)
        return len(simulator.log) == 120

    await until(all_sent, within=60)
    assert 120 / (time.monotonic() - began) < 130


async def test_reading_shows_the_customer_blue_ticks(
    house: House, conversation: str, joao: PlayedCustomer
) -> None:
    assert (await house.session.post(f"/api/conversations/{conversation}/read")).status == 204
    await work_off(house.session.runtime)
    assert joao.thread[0].status == "read"
    row = await house.session.db.conversations.by_id(conversation)
    assert row
    assert row["receipt"]["due"] is False


async def test_our_file_is_handed_over_and_sent(
    house: House, conversation: str, joao: PlayedCustomer, simulator: Simulator
) -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
    answer = await house.session.client.post(
        "/api/media", data={"file": BytesIO(png)}, headers=house.session.headers
    )
    assert answer.status == 201, await answer.text()
    media = await answer.json()
    for _ in range(2):
        sent = await house.session.post(
            "/api/messages",
            {
                "conversationId": conversation,
                "type": "IMAGE",
                "mediaId": media["id"],
                "metadata": {"caption": "Quarto"},
            },
        )
        assert sent.status == 201, await sent.text()
        await settles(house, (await sent.json())["id"], "ACCEPTED")
    assert [message.type for message in joao.received] == ["image", "image"]
    kept = await house.session.db.media.by_id(media["id"])
    assert kept
    assert list(kept["uploads"]) == [house.channel["id"]]


async def test_our_file_heads_a_template(house: House, conversation: str, joao: PlayedCustomer) -> None:
    """WhatsApp is given its own id of the file, which it can see; no address of ours."""
    parts = [{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Olá {{1}}"}]
    made = {"name": "oferta", "language": "pt_BR", "category": "MARKETING", "components": parts}
    template = new_template(made)
    house.number.number.account.templates[template.id] = template
    file = await a_file(house.session)
    body = {
        "conversationId": conversation, "templateName": "oferta", "parameters": ["João"], "mediaId": file["id"],
    }  # fmt: skip
    sent = await (await house.session.post("/api/messages/template", body)).json()
    assert (sent["type"], sent["media"]["id"], "mediaId" in sent["metadata"]) == (
        "TEMPLATE",
        file["id"],
        False,
    )
    await settles(house, sent["id"], "ACCEPTED")
    kept = (await house.session.db.media.by_id(file["id"]) or {})["uploads"][house.channel["id"]]
    [shown] = joao.received
    assert shown.content["components"][0] == {
        "type": "header", "parameters": [{"type": "image", "image": {"id": kept["id"]}}],
    }  # fmt: skip


async def test_a_broken_file_harms_no_other(house: House, conversation: str) -> None:
    """Its bytes are gone: it waits for its next attempt, and what leaves beside it is known to have left."""
    await house.number.customer("5511988888888", name="Maria").says("Oi")
    second = await until(lambda: _conversation_of(house, "5511988888888"))
    file = await a_file(house.session)
    await house.session.runtime.database._database["files.chunks"].delete_many({})
    broken = await house.session.post(
        "/api/messages", {"conversationId": conversation, "type": "IMAGE", "mediaId": file["id"]}
    )
    passing = await send(house, second)
    await work_off(house.session.runtime)
    assert "accepted" in (await stored(house, passing))["stages"]
    waiting = (await broken.json())["id"]
    assert (await stored(house, waiting))["upload_attempts"] == 1
    tired = {"upload_attempts": 11, "due_at": datetime.now(UTC)}
    await house.session.db.messages.update({"_id": waiting}, {"$set": tired})
    await work_off(house.session.runtime)
    assert (await stored(house, waiting))["delivery"] == "FAILED"


async def test_what_waits_for_a_removed_channel_fails_and_says_why(house: House, conversation: str) -> None:
    assert (await house.session.post(f"/api/conversations/{conversation}/read")).status == 204
    id = await send(house, conversation)
    assert (await house.session.delete(f"/api/channels/{house.channel['id']}")).status == 204
    message = await settles(house, id, "FAILED")
    assert (message["status"], message["moving"]) == ("FAILED", False)
    assert message["error"]["code"] == "CHANNEL_REMOVED"
    assert [kick async for kick in sweeps.outbound(house.session.runtime)] == []


async def test_a_slow_receipt_holds_up_no_message(
    house: House, conversation: str, simulator: Simulator
) -> None:
    simulator.faults.add("late", operation="read", count=1, seconds=14.0)
    assert (await house.session.post(f"/api/conversations/{conversation}/read")).status == 204
    lanes = runner.Lanes(house.session.runtime)

    async def ring() -> None:
        async for kick in sweeps.outbound(house.session.runtime):
            lanes.ring(kick)

    await ring()
    await asyncio.sleep(0.2)
    id = await send(house, conversation)

    async def left() -> bool:
        await ring()
        return bool((await stored(house, id))["delivery"] == "ACCEPTED")

    await until(left, within=10)
    await lanes.stop(within=0)


async def test_a_worker_that_is_stopped_stores_what_has_left(
    house: House, conversation: str, simulator: Simulator
) -> None:
    simulator.faults.add("accepted_late", count=1, seconds=0.3)
    id = await send(house, conversation)
    lanes = runner.Lanes(house.session.runtime)
    lanes.ring(Kick(Job.DRAIN_OUTBOX, (house.session.tenant["id"], house.channel["id"])))

    async def leaving() -> bool:
        return bool(simulator.log)

    await until(leaving)
    await lanes.stop(within=0)
    assert "accepted" in (await stored(house, id))["stages"]
