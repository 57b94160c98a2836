"""What could not be applied, as an administrator sees it: native-api.md, Dead letters."""

from functools import partial
from typing import Any

import orjson
import pytest

from server.channels.drain import drain
from server.channels.simulator.play import PlayedNumber
from server.redaction import HIDDEN
from tests.channels.conftest import House, body_of, change_about, connected
from tests.conftest import Client
from tests.factories import body_of as answered
from tests.factories import tenant_of

Json = dict[str, Any]
PATH = "/api/dead-letters"
FOREIGN = "999000999"
TOKEN = "EAA" + "b" * 40


async def drained(house: House) -> None:
    await drain(partial(house.session.runtime.enter, await tenant_of(house.session)))


async def listed(house: House, **query: Any) -> Json:
    return await answered(await house.session.get(PATH, params=query))


async def a_foreign_one(house: House, number: str = FOREIGN, text: str = "Segredo") -> Json:
    """As the list shows it."""
    own = change_about(house.number.phone_number_id, "nossa", f"wamid.own.{text}")
    await house.deliver(body_of((house.number.waba_id, [change_about(number, text, f"wamid.{text}"), own])))
    await drained(house)
    [letter] = [each for each in (await listed(house))["data"] if each["reason"] == "foreign_number"]
    return dict(letter)


async def a_dead_one(house: House, raw: bytes | None = None) -> Json:
    """A body that killed its readers, or that nobody can read."""
    if raw is None:
        await house.deliver(house.raw)
        await house.session.db.webhook_inbox.update_all({"state": "NEW"}, {"$set": {"n": 8}})
    else:
        row = {
            "_id": "dead",
            "digest": "dead",
            "raw": raw,
            "state": "NEW",
            "n": 8,
            "at": house.session.runtime.clock(),
        }
        await house.session.db.webhook_inbox.insert(row)
    await drained(house)
    [letter] = [each for each in (await listed(house))["data"] if each["reason"] == "unreadable"]
    return dict(letter)


@pytest.mark.parametrize(
    "method, path", [("GET", ""), ("GET", "/x"), ("POST", "/x/replay"), ("DELETE", "/x")]
)
async def test_strangers_are_refused(client: Client, method: str, path: str) -> None:
    answer = await client.request(method, f"{PATH}{path}")
    assert (answer.status, (await answer.json())["error"]) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize("role", ["VIEWER", "AGENT", "SUPERVISOR"])
async def test_only_admins(house: House, role: str) -> None:
    colleague, path = await house.session.colleague(role), f"{PATH}/{(await a_dead_one(house))['id']}"
    for answer in (
        await colleague.get(PATH), await colleague.get(path), await colleague.post(f"{path}/replay"),
        await colleague.delete(path),
    ):  # fmt: skip
        assert (answer.status, (await answer.json())["error"]) == (403, "FORBIDDEN")
    assert await house.session.db.webhook_inbox.count({"state": "DEAD"}) == 1


async def test_another_tenants_does_not_exist(house: House, neighbour: House) -> None:
    for letter in (await a_dead_one(house), await a_foreign_one(house)):
        path = f"{PATH}/{letter['id']}"
        for answer in (
            await neighbour.session.get(path),
            await neighbour.session.post(f"{path}/replay"),
            await neighbour.session.delete(path),
        ):
            assert answer.status == 404
    assert (await listed(neighbour))["data"] == []
    assert len((await listed(house))["data"]) == 2


async def test_the_list_tells_what_it_is_and_not_what_is_in_it(house: House) -> None:
    foreign, dead = await a_foreign_one(house), await a_dead_one(house)
    change = change_about(FOREIGN, "Segredo", "wamid.Segredo")
    assert foreign == {
        "id": foreign["id"], "at": foreign["at"], "reason": "foreign_number", "error": None, "channel": None,
        "phoneNumberId": FOREIGN, "size": len(orjson.dumps(change)),
    }  # fmt: skip
    assert dead == {
        "id": dead["id"], "at": dead["at"], "reason": "unreadable", "error": "its readers died",
        "channel": {"id": house.channel["id"], "name": house.channel["name"]},
        "phoneNumberId": house.number.phone_number_id, "size": len(house.raw),
    }  # fmt: skip
    unknown = {"field": "something_of_2027", "value": {"a": 1}}
    await house.deliver(body_of((house.number.waba_id, [unknown])))
    await drained(house)
    found = await listed(house)
    assert [each["reason"] for each in found["data"]] == ["unknown_field", "unreadable", "foreign_number"]
    assert found["data"][0]["channel"]["id"] == house.channel["id"]
    assert found["counts"] == {"unreadable": 1, "foreign_number": 1, "unknown_field": 1}
    assert "Segredo" not in str(found)


async def test_opened_it_shows_no_secret(house: House) -> None:
    change = change_about(FOREIGN, f"Meu token: {TOKEN}", "wamid.1")
    change["value"]["access_token"] = "abc123"
    await house.deliver(body_of((house.number.waba_id, [change])))
    await drained(house)
    [letter] = (await listed(house))["data"]
    found = await answered(await house.session.get(f"{PATH}/{letter['id']}"))
    content = orjson.loads(found["content"])
    assert found == {**letter, "content": found["content"], "cut": False}
    assert content["value"]["access_token"] == HIDDEN
    assert content["value"]["messages"][0]["from"] == "5511999999999"
    assert TOKEN not in found["content"]
    assert "abc123" not in found["content"]


async def test_what_is_no_json_and_what_is_huge(house: House) -> None:
    raw = b'\xff{"access_token": "abc123", ' + b"x" * 100_000
    letter = await a_dead_one(house, raw)
    found = await answered(await house.session.get(f"{PATH}/{letter['id']}"))
    assert found["content"].startswith(f'\N{REPLACEMENT CHARACTER}{{"access_token": "{HIDDEN}"')
    assert (len(found["content"]), found["cut"], found["size"]) == (64 * 1024, True, len(raw))


async def test_once_the_number_is_connected_it_is_applied(house: House, simulator: Any) -> None:
    number: PlayedNumber = await simulator.add_number()
    letter = await a_foreign_one(house, number.phone_number_id)
    assert (await house.session.post(f"{PATH}/{letter['id']}/replay")).status == 204
    await drained(house)
    [again] = (await listed(house))["data"]
    assert again["id"] != letter["id"], "it still belongs to nobody here, and is back"
    await connected(house.session, number)
    assert (await house.session.post(f"{PATH}/{again['id']}/replay")).status == 204
    await drained(house)
    texts = await house.session.db.messages.distinct("text")
    assert sorted(texts) == ["Segredo", "nossa"]
    assert await house.session.db.messages.count({}) == 2, "what was applied already is not there twice"
    assert await listed(house) == {
        "data": [],
        "nextCursor": None,
        "counts": {"unreadable": 0, "foreign_number": 0, "unknown_field": 0},
    }


async def test_a_dead_body_is_read_again(house: House) -> None:
    letter = await a_dead_one(house)
    found = await answered(await house.session.get(f"{PATH}/{letter['id']}"))
    assert '"body": "Olá"' in found["content"], "as deep as a message stands in its body"
    assert (await house.session.post(f"{PATH}/{letter['id']}/replay")).status == 204
    [row] = await house.journaled()
    assert (row["state"], row["n"]) == ("NEW", 1), "taken alone: it may kill its reader again"
    await drained(house)
    [message] = await house.session.db.messages.all()
    assert message["text"] == "Olá"
    assert (await house.session.post(f"{PATH}/{letter['id']}/replay")).status == 404


async def test_one_whose_body_is_gone_stays(house: House) -> None:
    letter = await a_foreign_one(house)
    await house.session.db.webhook_inbox.delete_all({})
    answer = await house.session.post(f"{PATH}/{letter['id']}/replay")
    assert (answer.status, (await answer.json())["error"]) == (409, "CONFLICT")
    assert [each["id"] for each in (await listed(house))["data"]] == [letter["id"]]


async def test_removing(house: House) -> None:
    for letter in (await a_dead_one(house), await a_foreign_one(house)):
        path = f"{PATH}/{letter['id']}"
        assert (await house.session.delete(path)).status == 204
        assert (await house.session.get(path)).status == 404
    # What is only journaled is nobody's to remove.
    done = [row["_id"] for row in await house.journaled()]
    assert len(done) == 1
    assert (await house.session.delete(f"{PATH}/{done[0]}")).status == 404
    assert await house.session.db.quarantine.count({}) == 0
    told = (await answered(await house.session.get("/api/audit", params={"noun": "dead_letters"})))["data"]
    assert [entry["action"] for entry in told] == ["dead_letter.removed"] * 2


async def test_pages(house: House) -> None:
    changes = [change_about(FOREIGN, f"m{i}", f"wamid.{i}") for i in range(4)]
    await house.deliver(body_of((house.number.waba_id, changes)))
    await drained(house)
    await a_dead_one(house)
    whole, seen, query = (await listed(house))["data"], list[Json](), {"limit": 2}
    while True:
        page = await listed(house, **query)
        seen += page["data"]
        if not page["nextCursor"]:
            break
        query["cursor"] = page["nextCursor"]
    assert (seen, len(seen)) == (whole, 5)
