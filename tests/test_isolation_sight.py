"""Inside one tenant: what an agent of a closed house may not see is not there for him, over any wire."""

import re
from dataclasses import dataclass
from typing import Any

import pytest

from server.realtime import digesting
from tenants import feed
from tenants.ids import new_id
from tenants.models import Role
from tests.asks.wire import MARK, Row, Wire, World, filled, rows
from tests.conftest import Session
from tests.factories import a_conversation, a_message, a_world, arrive, body_of, made
from tests.realtime.plain import Dial, dial
from tests.test_isolation import on_each_wire
from tests.wall.asking import Answer, put
from tests.wall.listening import an_ear
from tests.wall.looking import everything

__all__ = ["dial"]
Json = dict[str, Any]
HIDDEN = ("conversation", "other_conversation", "message", "failed_message", "wamid")
SECRET = "o quarto 204 não foi pago"


@dataclass
class House:
    """`world`'s conversations are José's and a team's; `own` has one that nobody has, in its place."""

    hotel: Session
    jose: Session
    world: World
    own: World

    def hides(self, text: str) -> bool:
        return not any(self.world[noun] in text for noun in HIDDEN) and SECRET not in text


@pytest.fixture
async def house(hotel: Session) -> House:
    await body_of(await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}}))
    world, jose = await a_world(hotel), await hotel.colleague(name="José")
    failed = await hotel.db.messages.by_id(world["failed_message"])
    assert failed
    world["other_conversation"] = failed["conversation_id"]
    free = await a_conversation(hotel, {"id": world["channel"]}, phone="5511977776666")
    [said] = await hotel.db.messages.all({"conversation_id": free["id"]})
    own = {**world, "conversation": free["id"], "message": said["_id"], "wamid": said["wamid"]}
    for id, to in (
        (world["conversation"], {"userId": jose.user["id"]}),
        (failed["conversation_id"], {"teamId": world["team"]}),
    ):
        await body_of(await hotel.post(f"/api/conversations/{id}/transfer", to))
    await feed.stamp(hotel.db)
    return House(hotel, jose, world, own)


def names_hidden(row: Row) -> bool:
    said = f"{row.ask.body} {row.ask.query}"
    in_path = row.wire.address(row.route, {noun: f"${noun}" for noun in _nouns(row.wire)})
    return bool(re.search(rf"\$({'|'.join(HIDDEN)})\b", said if row.ask.own else f"{said} {in_path}"))


def _nouns(wire: Wire) -> set[str]:
    return {*wire.nouns.values(), *wire.exceptions.values()}


def nobodys(world: World) -> World:
    return {**world, **dict.fromkeys(HIDDEN, new_id())}


def without_ids(answer: Answer, world: World) -> tuple[int, str]:
    return answer.status, re.sub("|".join(world[noun] for noun in HIDDEN), "id", answer.body)


@on_each_wire
@pytest.mark.parametrize("role", [Role.AGENT, Role.VIEWER])
async def test_what_he_may_not_see_is_answered_as_what_nobody_has(
    house: House, wire: Wire, role: Role
) -> None:
    maria = await house.hotel.colleague(role, name="Maria")
    await feed.stamp(house.hotel.db)
    before, tried = await everything(house.hotel.runtime), 0
    for row in filter(names_hidden, rows(wire)):
        told = set()
        for world in (house.world, nobodys(house.world)):
            answer = await put(maria, row, other=world, own=house.own)
            assert MARK not in answer.body or MARK in answer.asked, (row, answer)
            told.add(without_ids(answer, world))
        assert len(told) == 1, (row, told)
        tried += 1
    assert tried >= 7
    assert await everything(house.hotel.runtime) == before


@on_each_wire
async def test_no_list_shows_it(house: House, wire: Wire) -> None:
    """Nor any number beside the line of those who wait, which is everybody's."""
    maria = await house.hotel.colleague(name="Maria")
    for row in rows(wire):
        if row.route.method == "GET" and not names_hidden(row):
            answer = await put(maria, row, other=house.own, own=house.own)
            assert house.hides(without_removals(answer.body)), (row, answer)


def without_removals(text: str) -> str:
    """Of what she could see before, she is told to drop it."""
    return re.sub(
        r'"kind":"conversation\.removed","conversationId":"(\w+)",.*?\{"conversationId":"\1"\}', "", text
    )


async def test_no_number_counts_it(house: House) -> None:
    maria = await house.hotel.colleague(name="Maria")
    stats = await body_of(await maria.get("/api/conversations/stats"))
    counts = await body_of(await maria.get("/api/conversations/counts"))
    listed = await body_of(await maria.get("/api/conversations"))
    also = await body_of(await maria.get("/api/v1/conversations"))
    seen = (stats["total"], counts["all"]["conversations"], listed["pagination"]["total"], also["total"])
    assert seen == (1, 1, 1, 1)
    assert await house.hotel.db.conversations.count({}) == 3


async def test_no_second_way_leads_to_it(house: House) -> None:
    """Whoever has the customer's number or card hears that a colleague talks to him, and no more."""
    maria, world = await house.hotel.colleague(name="Maria"), house.world
    before = await house.hotel.db.messages.count({})
    for path, body in (
        ("/api/conversations", {"contactId": world["contact"], "channelId": world["channel"]}),
        ("/api/v1/whatsapp/send", {"to": world["phone"], "content": "x"}),
        ("/api/v1/whatsapp/send-template", {"to": world["phone"], "template_name": "x"}),
    ):
        answer = await maria.post(path, body)
        assert (answer.status, house.hides(await answer.text())) == (409, True), path
    assert await house.hotel.db.messages.count({}) == before


@on_each_wire
async def test_nothing_of_it_is_heard(
    dial: Dial, house: House, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digesting, "DIGEST_AFTER", 0.05)
    maria, watching = await house.hotel.colleague(name="Maria"), await dial(house.hotel)
    async with an_ear(house.hotel) as insider, wire.listening(maria) as listener:
        for name, tries in wire.events.items():
            for tried in (tried for tried in tries if "$" in str(tried.said) and not tried.exact):
                told = set()
                for world in (house.world, nobodys(house.world)):
                    answer = await listener.tries(name, filled(tried.said, world, house.own))
                    told.add(re.sub("|".join(world[noun] for noun in HIDDEN), "id", answer))
                assert len(told) == 1, (name, told)
        known = len(listener.heard)
        await it_goes_on(house)
        await insider.hears("contact:updated")
        assert len((await watching.hears("queue_update"))["queue"]) == 2
        await listener.settles()
        assert house.hides(str(listener.heard[known:])), listener.heard[known:]


async def it_goes_on(house: House) -> None:
    """A customer and a colleague talk, out of her sight; and something moves in the line that she sees."""
    there = house.world["conversation"]
    async with an_ear(house.jose) as joses:
        await joses.asks("conversation:typing", {"conversationId": there, "isTyping": True})
    await arrive(house.hotel, {"id": house.world["channel"]}, a_message(SECRET, phone=house.world["phone"]))
    await made(house.jose, "/api/messages", conversationId=there, content=SECRET)
    await made(house.jose, f"/api/conversations/{there}/notes", content=SECRET)
    for id in (there, house.world["other_conversation"]):
        assert (await house.hotel.patch(f"/api/conversations/{id}", {"priority": "URGENT"})).ok
    assert (await house.jose.post(f"/api/conversations/{there}/close")).ok
    assert (await house.hotel.patch(f"/api/contacts/{house.world['contact']}", {"notes": "x"})).ok
    await feed.stamp(house.hotel.db)
