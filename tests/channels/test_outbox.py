"""The outbox at its edges: what is given up, what comes late, what several machines' clocks say."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer
from server.desk.messages import outbox
from server.desk.messages.outbox import Accepted
from server.settings import Settings
from tests.channels.conftest import House
from tests.channels.test_sender import conversation, joao, send, settles, stored
from tests.factories import body_of, tenant_of
from tests.workers import work_off

Json = dict[str, Any]
__all__ = ["conversation", "joao"]  # fixtures


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"send_timeout": 1.5, "send_lease": 3.0, "unconfirmed_after": 2.0})


async def told(house: House, id: str) -> list[str]:
    """The deliveries that the feed told of a message, in their order."""
    events = await house.session.db.events.all({"kind": "message.status_changed"}, sort=[("_id", 1)])
    return [e["payload"]["message"]["delivery"] for e in events if e["payload"]["message"]["_id"] == id]


async def test_a_dead_sender_is_told_of(house: House, conversation: str) -> None:
    id = await send(house, conversation)
    dead = {"delivery": "SENDING", "attempt": 1, "lease_until": "$$NOW", "stages.sending": "$$NOW"}
    await house.session.db.messages.update({"_id": id}, [{"$set": dead}])
    await settles(house, id, "UNCONFIRMED")
    assert await told(house, id) == ["UNCERTAIN", "UNCONFIRMED"]


async def test_an_unconfirmed_message_may_be_discarded_and_a_late_report_still_counts(
    house: House, conversation: str, simulator: Simulator, joao: PlayedCustomer
) -> None:
    simulator.faults.add("accepted_reset", count=1)
    for status in ("sent", "delivered"):
        simulator.faults.add("drop_status", count=1, status=status)
    id = await send(house, conversation)
    await settles(house, id, "UNCONFIRMED")
    shown = await body_of(await house.session.post(f"/api/messages/{id}/discard"))
    assert (shown["deliveryState"], shown["status"], shown["error"]["code"]) == (
        "CANCELLED",
        "FAILED",
        "DISCARDED",
    )
    assert "pode ter sido entregue" in shown["error"]["cause"]
    assert (await stored(house, id))["moving"] is False
    assert (await house.session.post(f"/api/messages/{id}/discard")).status == 409

    await joao.reads()
    message = await settles(house, id, "ACCEPTED")
    assert (message["status"], message["error"], message["wamid"]) == ("READ", None, simulator.log[0].wamid)


async def test_a_waiting_message_may_be_discarded_and_lets_the_next_one_pass(
    house: House, conversation: str, simulator: Simulator, joao: PlayedCustomer
) -> None:
    first, second = await send(house, conversation, "um"), await send(house, conversation, "dois")
    assert (await house.session.post(f"/api/messages/{first}/discard")).status == 200
    await settles(house, second, "ACCEPTED")
    assert [message.content["body"] for message in joao.received] == ["dois"]
    assert (await stored(house, first))["delivery"] == "CANCELLED"
    assert await told(house, first) == ["CANCELLED"]
    assert (await house.session.post(f"/api/messages/{second}/discard")).status == 409

    assert (await house.session.post(f"/api/messages/{first}/retry")).status == 200
    await settles(house, first, "ACCEPTED")
    assert len(simulator.log) == 2


async def test_what_cannot_be_discarded(house: House, conversation: str) -> None:
    page = await body_of(await house.session.get(f"/api/conversations/{conversation}/messages"))
    theirs = page["data"][0]["id"]
    assert (await house.session.post(f"/api/messages/{theirs}/discard")).status == 409
    refused = await house.session.client.post(f"/api/messages/{theirs}/discard")
    assert refused.status == 401
    sending = await send(house, conversation)
    await house.session.db.messages.update({"_id": sending}, {"$set": {"delivery": "SENDING"}})
    assert (await house.session.post(f"/api/messages/{sending}/discard")).status == 409
    assert (await stored(house, sending))["delivery"] == "SENDING"


async def test_order_holds_though_the_machines_clocks_differ(house: House) -> None:
    """The first message's id is the highest, as of a web process whose clock is ahead, behind hundreds of others."""
    db, now = house.session.db, datetime.now(UTC)
    waiting = {
        "channel_id": house.channel["id"], "moving": True, "delivery": "QUEUED", "attempt": 0, "due_at": now,
        "conversation_id": "c", "direction": "OUTBOUND",
    }  # fmt: skip
    later = [{**waiting, "_id": f"{i:026}", "seq": i + 2} for i in range(300)]
    await db.messages.insert_all([{**waiting, "_id": "z" * 26, "seq": 1}, *later])
    async with house.session.runtime.enter(await tenant_of(house.session)) as ctx:
        (head,) = await outbox.heads(ctx, house.channel["id"], busy=set(), limit=10)
    assert head["seq"] == 1


async def test_a_wamid_that_is_taken_costs_the_others_nothing(house: House, conversation: str) -> None:
    """No provider should answer with one id twice; two that did must not undo what else was accepted."""
    ids = [await send(house, conversation, text) for text in ("um", "dois", "três")]
    async with house.session.runtime.enter(await tenant_of(house.session)) as ctx:
        queued = [dict(await stored(house, id)) for id in ids]
        claimed = await outbox.claim(ctx, queued, lease=timedelta(seconds=5))
        accepted = zip(claimed, ["wamid.A", "wamid.A", "wamid.B"], strict=True)
        await outbox.record_outcomes(ctx, [Accepted(message, wamid) for message, wamid in accepted])
    found = [await stored(house, id) for id in ids]
    assert [message["delivery"] for message in found] == ["ACCEPTED", "UNCERTAIN", "ACCEPTED"]
    await settles(house, ids[1], "UNCONFIRMED")


@pytest.mark.parametrize("webhooks_flow", [True, False])
async def test_resend_only_where_silence_means_something(
    house: House, conversation: str, simulator: Simulator, joao: PlayedCustomer, webhooks_flow: bool
) -> None:
    simulator.faults.add("http_500", count=1)
    answer = await house.session.post(
        "/api/messages", {"conversationId": conversation, "content": "Seu código: 1234", "policy": "resend"}
    )
    id = (await body_of(answer, 201))["id"]
    uncertain = await settles(house, id, "UNCERTAIN")
    # Its time is up when this says so, and not while the customer still writes.
    much_later = {"due_at": datetime.now(UTC) + timedelta(hours=1)}
    await house.session.db.messages.update({"_id": id}, {"$set": much_later})
    # It all was a while ago; what the customer writes now came through after the attempt.
    tried = uncertain["stages"]["sending"] - timedelta(seconds=10)
    before = {"created_at": tried - timedelta(minutes=1), "timestamp": tried - timedelta(minutes=1)}
    await house.session.db.messages.update_all({"direction": "INBOUND"}, {"$set": before})
    past = {"stages.sending": tried, "created_at": tried, "due_at": tried}
    if webhooks_flow:
        await joao.says("chegou?")
        assert await simulator.settled()
        await work_off(house.session.runtime)
    await house.session.db.messages.update({"_id": id}, {"$set": past})
    message = await settles(house, id, "ACCEPTED" if webhooks_flow else "UNCONFIRMED")
    assert message["attempt"] == (2 if webhooks_flow else 1)
    assert len(simulator.log) == (1 if webhooks_flow else 0)
