"""Edits and revocations: before their message, after it, twice, in any order, they end in the same text."""

from itertools import permutations
from typing import Any

from tests.channels.conftest import House, body_of, change_about
from tests.workers import work_off
from workers import sweeps

Json = dict[str, Any]
WAMID = "wamid.FIRST"


def correction(house: House, kind: str, at: int, text: str | None = None) -> bytes:
    said: Json = {"original_message_id": WAMID}
    if text is not None:
        said["message"] = {"type": "text", "text": {"body": text}}
    change = change_about(house.number.phone_number_id)
    change["value"]["messages"] = [
        {"from": "5511999999999", "id": f"wamid.{at}", "timestamp": str(at), "type": kind, kind: said}
    ]
    return body_of((house.number.waba_id, [change]))


def message(house: House) -> bytes:
    return body_of((house.number.waba_id, [change_about(house.number.phone_number_id, "Olá", WAMID)]))


async def delivered(house: House, *bodies: bytes) -> Json:
    """One after the other, each worked off; then what the clock does every few seconds."""
    for raw in bodies:
        assert (await house.deliver(raw)).status == 200
        await work_off(house.session.runtime)
    await sweeps.apply_amendments(house.session.runtime)
    (found,) = await house.session.db.messages.all()
    return dict(found)


async def test_an_edit_reaches_the_agents(house: House) -> None:
    before = await delivered(house, message(house))
    await delivered(house, correction(house, "edit", 1699881300, "Olá, João"))
    answer = await house.session.get(f"/api/messages/{before['_id']}")
    assert (await answer.json())["content"] == "Olá, João"
    row = await (await house.session.get(f"/api/conversations/{before['conversation_id']}")).json()
    assert row["lastMessage"]["content"] == "Olá, João"
    found = await (await house.session.get("/api/messages/search", params={"query": "joão"})).json()
    assert [hit["id"] for hit in found["data"]] == [before["_id"]]
    assert (await house.session.db.events.all(sort=[("_id", -1)]))[0]["kind"] == "message.changed"


async def test_every_order_ends_in_the_same_message(house: House) -> None:
    said = [
        message(house),
        correction(house, "edit", 1699881300, "um"),
        correction(house, "edit", 1699881400, "dois"),
        correction(house, "revoke", 1699881500),
        correction(house, "revoke", 1699881600),
    ]
    seen: list[list[Any]] = []
    for order in permutations(said):
        found = await delivered(house, *order[:3], *order)
        seen.append([found.get(field) for field in ("text", "edited_at", "deleted_at", "words")])
        for noun in ("messages", "amendments", "webhook_inbox", "conversations"):
            await getattr(house.session.db, noun).delete_all({})
    assert len(set(map(str, seen))) == 1
    assert (seen[0][0], seen[0][1].timestamp(), seen[0][2].timestamp()) == ("dois", 1699881400, 1699881500)


async def test_an_edit_of_a_message_that_never_comes_waits_and_harms_nobody(house: House) -> None:
    assert (await house.deliver(correction(house, "edit", 1699881300, "x"))).status == 200
    await work_off(house.session.runtime)
    (waiting,) = await house.session.db.amendments.all()
    assert waiting["applied"] is False
    assert (await house.journaled())[0]["state"] == "DONE"
