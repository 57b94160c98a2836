"""The house answers by itself: once, at the right time, and never beside a person."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer
from server.desk import replies
from server.jobs import Job
from tenants.context import Kick
from tests.channels.conftest import House
from tests.factories import tenant_of
from tests.workers import work_off
from workers import runner, sweeps

Json = dict[str, Any]
REPLIES = {"greeting": "Olá! Como podemos ajudar?", "away": "Voltamos amanhã às 8h."}


@pytest.fixture
def joao(house: House) -> PlayedCustomer:
    return house.number.customer("5511999999999", name="João Silva")


async def decided(house: House, **settings: Any) -> None:
    answer = await house.session.patch("/api/tenant", {"settings": settings})
    assert answer.status == 200, await answer.text()


def closed_all_week() -> Json:
    """Open yesterday, so that it has closed since; and no more."""
    today = datetime.now(UTC) - timedelta(hours=3)
    yesterday = (today - timedelta(days=1)).strftime("%A").upper()
    return {"weekly": {yesterday: [{"opens": "08:00", "closes": "12:00"}]}}


async def said(house: House, simulator: Simulator, joao: PlayedCustomer, text: str) -> list[str]:
    """João writes; what he has been told by then."""
    await joao.says(text)
    return await told(house, simulator, joao)


async def told(house: House, simulator: Simulator, joao: PlayedCustomer) -> list[str]:
    """All that João has been told once the workers have nothing left to do."""
    assert await simulator.settled()
    lanes = runner.Lanes(house.session.runtime)
    for _ in range(2):
        await work_off(house.session.runtime)
        await sweeps.answer(house.session.runtime)
        lanes.ring(Kick(Job.ANSWER, (house.session.tenant["id"],)))
        await lanes.settled()
    await work_off(house.session.runtime)
    return [message.content["body"] for message in joao.received]


async def test_a_greeting_comes_once(house: House, simulator: Simulator, joao: PlayedCustomer) -> None:
    await decided(house, replies=REPLIES)
    assert await said(house, simulator, joao, "Olá") == [REPLIES["greeting"]]
    assert await said(house, simulator, joao, "Alguém?") == [REPLIES["greeting"]]
    (conversation,) = await house.session.db.conversations.all()
    assert (conversation["answer_due"], conversation.get("first_response_at")) == (False, None)
    sent = await house.session.db.messages.one({"direction": "OUTBOUND"})
    assert sent
    assert (sent["automatic"], sent["sent_by_id"]) == ("GREETING", None)


async def test_out_of_hours_he_is_told_so_once(
    house: House, simulator: Simulator, joao: PlayedCustomer
) -> None:
    await decided(house, replies=REPLIES, hours=closed_all_week())
    assert await said(house, simulator, joao, "Olá") == [REPLIES["away"]]
    assert await said(house, simulator, joao, "Olá?") == [REPLIES["away"]]
    await decided(house, hours=None)
    assert await said(house, simulator, joao, "Bom dia") == [REPLIES["away"], REPLIES["greeting"]]


async def test_not_beside_a_person(house: House, simulator: Simulator, joao: PlayedCustomer) -> None:
    assert await said(house, simulator, joao, "Olá") == []
    (conversation,) = await house.session.db.conversations.all()
    assert (await house.session.post(f"/api/conversations/{conversation['_id']}/claim")).status == 200
    await decided(house, replies=REPLIES, hours=closed_all_week())
    assert await said(house, simulator, joao, "Olá?") == []


async def test_not_beside_a_person_who_came_meanwhile(
    house: House, simulator: Simulator, joao: PlayedCustomer
) -> None:
    """What the worker has read of the conversation is of before that."""
    await decided(house, replies=REPLIES)
    assert await said(house, simulator, joao, "Olá") == [REPLIES["greeting"]]
    (as_read,) = await house.session.db.conversations.all()
    assert (await house.session.post(f"/api/conversations/{as_read['_id']}/claim")).status == 200
    await decided(house, replies=REPLIES, hours={"weekly": {}})
    async with house.session.runtime.enter(await tenant_of(house.session)) as ctx:
        assert not await replies.reply(ctx, as_read)


async def test_a_worker_that_died_in_between_repeats_nothing(
    house: House, simulator: Simulator, joao: PlayedCustomer
) -> None:
    await decided(house, replies=REPLIES)
    await said(house, simulator, joao, "Olá")
    await house.session.db.conversations.update_all({}, {"$set": {"answer_due": True}})
    assert await said(house, simulator, joao, "?") == [REPLIES["greeting"]]
