"""After a conversation the customer is asked how it was, and his answer opens nothing new."""

from typing import Any

import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer
from tests.channels.conftest import House
from tests.workers import work_off

Json = dict[str, Any]
QUESTION = "Como foi o atendimento?"


@pytest.fixture
def joao(house: House) -> PlayedCustomer:
    return house.number.customer("5511999999999", name="João Silva")


async def closed(house: House, simulator: Simulator, joao: PlayedCustomer, **closing: Any) -> str:
    """The id of a conversation that was served and closed."""
    await joao.says("Olá")
    assert await simulator.settled()
    await work_off(house.session.runtime)
    [conversation] = await house.session.db.conversations.all({"open": True})
    answer = await house.session.post(f"/api/conversations/{conversation['_id']}/close", closing)
    assert (await answer.json())["status"] == "CLOSED"
    await work_off(house.session.runtime)
    return str(conversation["_id"])


async def asking(house: House) -> None:
    answer = await house.session.patch("/api/tenant", {"settings": {"replies": {"survey": QUESTION}}})
    assert answer.status == 200, await answer.text()


async def tapped(house: House, simulator: Simulator, joao: PlayedCustomer, title: str, wamid: str) -> None:
    await joao.taps(wamid, title)
    assert await simulator.settled()
    await work_off(house.session.runtime)


def questions(joao: PlayedCustomer) -> list[Any]:
    return [message for message in joao.received if message.content.get("body", {}).get("text") == QUESTION]


async def test_his_answer_is_the_rating(house: House, simulator: Simulator, joao: PlayedCustomer) -> None:
    await asking(house)
    id = await closed(house, simulator, joao, resolution="RESOLVED")
    [question] = questions(joao)
    await tapped(house, simulator, joao, "★★★★ Bom", question.wamid)
    row = await house.session.db.conversations.by_id(id)
    assert row
    assert (row["rating"], row["open"], row["unread_count"], row["status"]) == (4, False, 0, "CLOSED")
    assert await house.session.db.conversations.count({}) == 1
    messages = await house.session.db.messages.all({"conversation_id": id}, sort=[("seq", 1)])
    assert [(m["seq"], m["direction"]) for m in messages] == [(1, "INBOUND"), (2, "OUTBOUND"), (3, "INBOUND")]
    assert messages[1]["automatic"] == "SURVEY"
    assert row["last_message"]["id"] == messages[2]["_id"]
    figures = await (await house.session.get("/api/reports/figures")).json()
    assert (figures["total"]["ratings"], figures["total"]["rating"]) == (1, 4.0)
    # He thinks again; and then has something else to say.
    await tapped(house, simulator, joao, "★★ Ruim", question.wamid)
    await joao.says("Na verdade, outra coisa")
    assert await simulator.settled()
    await work_off(house.session.runtime)
    rows = await house.session.db.conversations.all(sort=[("_id", 1)])
    assert [(r["open"], r.get("rating")) for r in rows] == [(False, 2), (True, None)]


async def test_an_answer_that_comes_again_counts_once(
    house: House, simulator: Simulator, joao: PlayedCustomer
) -> None:
    await asking(house)
    id = await closed(house, simulator, joao)
    [question] = questions(joao)
    await tapped(house, simulator, joao, "★ Péssimo", question.wamid)
    await house.session.db.webhook_inbox.update_all({}, {"$set": {"state": "NEW"}})
    await work_off(house.session.runtime)
    assert await house.session.db.messages.count({"conversation_id": id}) == 3
    assert await house.session.db.events.count({"payload.changed": "rating"}) == 1


async def test_when_nobody_is_asked(house: House, simulator: Simulator, joao: PlayedCustomer) -> None:
    id = await closed(house, simulator, joao)
    assert not questions(joao)
    await asking(house)
    await house.session.post(f"/api/conversations/{id}/reopen")
    await house.session.post(f"/api/conversations/{id}/close", {"resolution": "ABANDONED"})
    await work_off(house.session.runtime)
    assert not questions(joao)
    for _ in range(2):
        await house.session.post(f"/api/conversations/{id}/reopen")
        await house.session.post(f"/api/conversations/{id}/close")
    await work_off(house.session.runtime)
    assert len(questions(joao)) == 1


async def test_outside_the_window_he_is_left_in_peace(
    house: House, simulator: Simulator, joao: PlayedCustomer
) -> None:
    await asking(house)
    await joao.says("Olá")
    assert await simulator.settled()
    await work_off(house.session.runtime)
    [conversation] = await house.session.db.conversations.all()
    past = conversation["created_at"]
    await house.session.db.conversations.update_all({}, {"$set": {"window_expires_at": past}})
    answer = await house.session.post(f"/api/conversations/{conversation['_id']}/close")
    assert answer.status == 200
    await work_off(house.session.runtime)
    assert not questions(joao)


async def test_nobody_rates_for_another(
    house: House, neighbour: House, simulator: Simulator, joao: PlayedCustomer
) -> None:
    """Of another customer, or another house, it is a message like any other."""
    await asking(house)
    id = await closed(house, simulator, joao)
    ana = house.number.customer("5511888888888", name="Ana")
    rating = {"type": "list_reply", "list_reply": {"id": f"rating:{id}:1", "title": "★ Péssimo"}}
    await ana.sends("interactive", interactive=rating)
    await neighbour.number.customer("5511999999999").sends("interactive", interactive=rating)
    assert await simulator.settled()
    await work_off(house.session.runtime)
    row = await house.session.db.conversations.by_id(id)
    assert row
    assert row.get("rating") is None
    assert await house.session.db.conversations.count({"open": True}) == 1
    assert await neighbour.session.db.conversations.count({"open": True}) == 1
