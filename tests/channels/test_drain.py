"""From the journal to the desk: each thing applied once, the foreign set apart, the poisoned alone."""

from collections import Counter
from typing import Any

import orjson

from server.channels.simulator import Simulator
from tests.channels.conftest import House, body_of, change_about
from tests.workers import work_off

Json = dict[str, Any]


async def drained(house: House) -> list[Json]:
    await work_off(house.session.runtime)
    return await house.session.db.messages.all(sort=[("seq", 1)])


async def test_a_delivered_webhook_becomes_a_message(house: House) -> None:
    await house.deliver(house.raw)
    (message,) = await drained(house)
    assert (message["text"], message["wamid"]) == ("Olá", "wamid.HBgNNTU1")
    (row,) = await house.journaled()
    assert (row["state"], row["n"]) == ("DONE", 1)


async def test_a_repeated_webhook_changes_nothing(house: House) -> None:
    await house.deliver(house.raw)
    await drained(house)
    # The same message in other bytes, as Meta repeats it inside another batch.
    await house.deliver(house.raw + b"\n")
    assert len(await drained(house)) == 1


async def test_a_thousand_updates_in_one_body(house: House) -> None:
    changes = [change_about(house.number.phone_number_id, f"m{i}", f"wamid.{i}") for i in range(1000)]
    await house.deliver(body_of((house.number.waba_id, changes)))
    messages = await drained(house)
    assert [message["text"] for message in messages] == [f"m{i}" for i in range(1000)]
    assert [message["seq"] for message in messages] == list(range(1, 1001))
    together = Counter(message["stages"]["stored"] for message in messages)
    assert max(together.values()) <= 500, "one transaction must end before the store ends it"


async def test_a_foreign_number_is_set_apart_and_never_applied(house: House, neighbour: House) -> None:
    """Signed with our own secret, but about the neighbour's number."""
    changes = [
        change_about(neighbour.number.phone_number_id),
        change_about(house.number.phone_number_id, "nossa"),
    ]
    await house.deliver(body_of((house.number.waba_id, changes)))
    assert [message["text"] for message in await drained(house)] == ["nossa"]
    assert await neighbour.session.db.messages.count({}) == 0
    (kept,) = await house.session.db.quarantine.all()
    assert kept["reason"] == "foreign_number"
    assert orjson.loads(kept["change"]) == changes[0]


async def test_an_unknown_field_is_kept(house: House) -> None:
    change = {"field": "something_of_2027", "value": {"a": 1}}
    await house.deliver(body_of((house.number.waba_id, [change])))
    await drained(house)
    (kept,) = await house.session.db.quarantine.all()
    assert kept["reason"] == "unknown_field"


async def test_a_poisoned_row_stops_nobody_and_is_kept(house: House) -> None:
    """A row that cannot be read at all: not one that Meta would send, but nothing may hang on it."""
    db = house.session.db
    poison = {"_id": "0", "digest": "0", "raw": b"\xff not json", "state": "NEW", "n": 0, "at": None}
    await db.webhook_inbox.insert(poison)
    await house.deliver(house.raw)
    assert len(await drained(house)) == 1
    await db.webhook_inbox.update({"_id": "0"}, {"$set": {"n": 7, "retry_at": None}})
    await drained(house)
    row = await db.webhook_inbox.by_id("0")
    assert row
    assert (row["state"], row["raw"]) == ("DEAD", poison["raw"])
    assert "JSONDecodeError" in row["error"]
    alerts = await db.events.all({"kind": "notification.raised"})
    assert alerts[-1]["payload"]["notification"]["type"] == "inbox.dead"


async def test_a_row_that_kills_its_readers_is_buried(house: House) -> None:
    """Nobody lived to say what was wrong with it: its count does."""
    await house.deliver(house.raw)
    await house.session.db.webhook_inbox.update_all({}, {"$set": {"n": 8}})
    later = body_of(
        (house.number.waba_id, [change_about(house.number.phone_number_id, "depois", "wamid.later")])
    )
    await house.deliver(later)
    assert [message["text"] for message in await drained(house)] == ["depois"]
    dead, done = await house.journaled()
    assert (dead["state"], dead["error"], done["state"]) == ("DEAD", "its readers died", "DONE")


async def test_after_a_crash_each_row_is_tried_alone(house: House) -> None:
    """Eight deaths in a row must not bury those that only stood near the culprit."""
    for i in range(3):
        change = change_about(house.number.phone_number_id, f"m{i}", f"wamid.{i}")
        await house.deliver(body_of((house.number.waba_id, [change])))
    await house.session.db.webhook_inbox.update_all({}, {"$set": {"n": 7}})
    assert [message["text"] for message in await drained(house)] == ["m0", "m1", "m2"]
    assert [row["n"] for row in await house.journaled()] == [8, 8, 8]


async def test_every_kind_of_message_arrives(house: House, simulator: Simulator) -> None:
    joao = house.number.customer("5511999999999", name="João")
    contents: dict[str, Any] = {
        "text": {"body": "Olá"},
        "image": None, "video": None, "audio": None, "document": None, "sticker": None,
        "location": {"latitude": -23.5, "longitude": -46.6, "name": "Hotel"},
        "contacts": [{"name": {"formatted_name": "Maria"}, "phones": [{"phone": "+5511988887777"}]}],
        "order": {"catalog_id": "1", "product_items": [{"product_retailer_id": "a", "quantity": 1}]},
        "unsupported": None,
    }  # fmt: skip
    kinds = list(contents)
    for kind, content in contents.items():
        await joao.sends(kind, content)
    assert await simulator.settled()
    messages = await drained(house)
    assert [message["kind"] for message in messages] == [kind.upper() for kind in kinds]
    await drained(house)
    for message in await drained(house):
        if message["kind"] in {"IMAGE", "VIDEO", "AUDIO", "DOCUMENT", "STICKER"}:
            assert message["media"]["pending"] is False, message["media"]
            answer = await house.session.get(f"/api/media/{message['media']['id']}")
            assert answer.status == 200
            assert len(await answer.read()) == message["media"]["size"]
