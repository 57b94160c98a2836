"""Two agents cannot collide: not over who has a conversation, and not over who answers it (issue 3, part 5).

`python -m bench.clients collisions` is the same with 160 agents and 800 conversations.
"""

import asyncio

from bench.clients.collisions import collide
from server.settings import Settings
from tests.conftest import Session
from tests.factories import a_channel, a_conversation, body_of


async def test_of_those_who_reach_for_it_at_once_one_has_it(settings: Settings) -> None:
    race = await collide(settings, agents=24, conversations=80, rivals=4)
    assert race.clashes == []
    assert race.statuses(race.claims) == {200: 80, 409: 240}
    assert race.statuses(race.replies) == {201: 80, 409: 240}


async def test_a_claim_that_comes_twice_is_won_twice(hotel: Session) -> None:
    """A button that was pressed twice: nobody is told that he has lost to himself."""
    maria = await hotel.colleague()
    channel = await a_channel(hotel)
    for number in range(5):
        conversation = await a_conversation(hotel, channel, phone=f"551190000000{number}")
        path = f"/api/conversations/{conversation['id']}/claim"
        for answer in await asyncio.gather(*(maria.post(path) for _ in range(4))):
            assert (await body_of(answer))["assignedToId"] == maria.user["id"]


async def test_who_is_warned_sees_what_was_answered_and_may_answer_all_the_same(hotel: Session) -> None:
    maria = await hotel.colleague(name="Maria")
    conversation = await a_conversation(hotel, await a_channel(hotel))
    reply = {"conversationId": conversation["id"], "content": "Pois não?", "lastSeenSeq": 1}
    first = await body_of(await maria.post("/api/messages", reply), 201)
    warned = await body_of(await hotel.post("/api/messages", reply), 409)
    assert warned["error"] == "ANSWERED_MEANWHILE"
    assert [message["id"] for message in warned["messages"]] == [first["id"]]
    seen = {**reply, "lastSeenSeq": warned["messages"][-1]["seq"]}
    assert (await hotel.post("/api/messages", seen)).status == 201
    assert (await maria.post("/api/messages", {**reply, "force": True})).status == 201
