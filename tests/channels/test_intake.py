import asyncio
import gzip
import hashlib
from typing import Any

import orjson
import pytest

from server.channels.intake import MAX_BYTES
from server.channels.recipients import Recipients
from server.jobs import QueueName, queue_name
from tenants.db import Database
from tests.channels.conftest import House, body_of, change_about, signature

Json = dict[str, Any]
# Where Meta's app has one address for all its numbers.
SHARED = "/webhooks/whatsapp"


# Who may write


async def test_without_a_signature_nothing_is_stored(house: House) -> None:
    for path in (house.path, SHARED):
        answer = await house.session.client.post(
            path, data=house.raw, headers={"Content-Type": "application/json"}
        )
        assert answer.status == 403
        assert (await answer.json())["error"] == "INVALID_SIGNATURE"
    assert await house.journaled() == []


@pytest.mark.parametrize(
    "forge",
    [
        lambda right: right[:-1] + ("0" if right[-1] != "0" else "1"),
        lambda right: right[:-1],
        lambda right: right.upper(),
        lambda right: right.removeprefix("sha256="),
        lambda right: right.replace("sha256", "sha1"),
        lambda right: right[:7],
        lambda right: right[:7] + "ção",
    ],
)
async def test_a_wrong_signature_is_refused(house: House, forge: Any) -> None:
    forged = {"X-Hub-Signature-256": forge(signature(house.number.app_secret, house.raw))}
    answer = await house.session.client.post(house.path, data=house.raw, headers=forged)
    assert answer.status == 403
    assert await house.journaled() == []


async def test_an_unknown_tenant_or_number_is_404(house: House) -> None:
    strange = body_of(("999", [change_about("888")]))
    for path in (f"{SHARED}/nobody-here", SHARED):
        answer = await house.deliver(strange, path=path)
        assert answer.status == 404
        assert (await answer.json())["error"] == "NOT_FOUND"
    assert await house.journaled() == []


async def test_another_tenants_secret_does_not_open_this_one(house: House, neighbour: House) -> None:
    for path in (house.path, SHARED):
        assert (await house.deliver(house.raw, secret=neighbour.number.app_secret, path=path)).status == 403
    assert await house.journaled() == await neighbour.journaled() == []


# What is stored


async def test_a_signed_body_is_stored_byte_for_byte(house: House) -> None:
    escaped = house.raw.replace("á".encode(), rb"\u00e1") + b"\n"
    answer = await house.deliver(escaped)
    assert (answer.status, await answer.text()) == (200, "EVENT_RECEIVED")
    assert answer.content_type == "text/plain"
    [row] = await house.journaled()
    assert row["raw"] == escaped
    assert row["digest"] == hashlib.sha256(escaped).hexdigest()
    assert (row["state"], row["n"], row["shared"]) == ("NEW", 0, False)


async def test_a_redelivery_is_accepted_and_stored_once(house: House) -> None:
    at_once = await asyncio.gather(*(house.deliver(house.raw) for _ in range(5)))
    later = await house.deliver(house.raw, path=SHARED)
    assert {answer.status for answer in [*at_once, later]} == {200}
    assert len(await house.journaled()) == 1


async def test_a_burst_is_stored_whole_and_rings_one_bell(house: House) -> None:
    bodies = [
        body_of((house.number.waba_id, [change_about(house.number.phone_number_id, wamid=f"wamid.{n}")]))
        for n in range(60)
    ]
    answers = await asyncio.gather(*(house.deliver(raw) for raw in bodies))
    assert {answer.status for answer in answers} == {200}
    assert {row["raw"] for row in await house.journaled()} == set(bodies)
    waiting = f"rq:queue:{queue_name(house.session.runtime.settings.mongo_database, QueueName.INBOUND)}"
    async with asyncio.timeout(30):
        while not await house.session.runtime.redis.llen(waiting):
            await asyncio.sleep(0.01)
    assert await house.session.runtime.redis.llen(waiting) == 1


async def test_a_body_as_large_as_meta_sends_is_taken(house: House) -> None:
    changes = [change_about(house.number.phone_number_id, "x" * 2400, f"wamid.{n}") for n in range(1000)]
    raw = body_of((house.number.waba_id, changes))
    assert 2_500_000 < len(raw) <= MAX_BYTES
    assert (await house.deliver(raw)).status == 200
    [row] = await house.journaled()
    assert row["raw"] == raw


# What is refused whoever signed it


async def test_a_larger_body_is_413(house: House) -> None:
    raw = b" " * (MAX_BYTES + 1)
    assert (await house.deliver(raw)).status == 413
    assert await house.journaled() == []


async def test_a_compressed_body_is_415(house: House) -> None:
    zipped = gzip.compress(house.raw)
    answer = await house.deliver(zipped, Content_Encoding="gzip")
    assert answer.status == 415
    assert await house.journaled() == []


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"text"', b'{"entry": [}', b"[" * 100_000])
async def test_what_is_not_a_json_object_is_400(house: House, raw: bytes) -> None:
    for path in (house.path, SHARED):
        answer = await house.deliver(raw, path=path)
        assert answer.status == 400
        assert (await answer.json())["error"] == "INVALID_JSON"
    assert await house.journaled() == []


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"entry": None},
        {"entry": [None, 5, "x", {"changes": "x"}]},
        {"entry": [{"id": {"$gt": ""}, "changes": [{"value": [1]}, {"value": {"metadata": 7}}, None]}]},
        {"entry": [{"id": 1, "changes": [{"value": {"metadata": {"phone_number_id": {"$ne": None}}}}]}]},
        {"entry": [{"id": "a\nb", "changes": [{"value": {"metadata": {"phone_number_id": "../\0"}}}]}]},
    ],
)
async def test_odd_shapes_name_nobody_but_are_kept_where_the_address_names_the_tenant(
    house: House, payload: Json
) -> None:
    raw = orjson.dumps(payload)
    assert (await house.deliver(raw, path=SHARED)).status == 404
    assert await house.journaled() == []
    assert (await house.deliver(raw)).status == 200
    assert [row["raw"] for row in await house.journaled()] == [raw]


async def test_while_the_store_is_down_nothing_is_acknowledged(house: House) -> None:
    assert (await house.deliver(house.raw)).status == 200
    runtime = house.session.runtime
    store, runtime.database = runtime.database, Database("mongodb://127.0.0.1:9", "nowhere")
    again = body_of((house.number.waba_id, [change_about(house.number.phone_number_id, wamid="wamid.2")]))
    answer = await house.deliver(again)
    assert (answer.status, (await answer.json())["error"]) == (503, "UNAVAILABLE")
    assert answer.headers["Retry-After"]
    runtime.database.close()
    runtime.database = store
    assert (await house.deliver(again)).status == 200
    assert [row["raw"] for row in await house.journaled()] == [house.raw, again]


# Whose it is


async def test_the_tenant_may_be_named_by_header(house: House) -> None:
    placeholders = body_of(("WHATSAPP_BUSINESS_ACCOUNT_ID", [change_about("PHONE_NUMBER_ID")]))
    answer = await house.deliver(placeholders, path=SHARED, X_Tenant_Slug=house.session.slug)
    assert (answer.status, await answer.text()) == (200, "EVENT_RECEIVED")
    assert len(await house.journaled()) == 1


async def test_the_tenant_is_found_by_number_or_by_account(house: House) -> None:
    of_account = body_of(
        (house.number.waba_id, [{"field": "account_update", "value": {"event": "DISABLED_UPDATE"}}])
    )
    assert (await house.deliver(house.raw, path=SHARED)).status == 200
    assert (await house.deliver(of_account, path=SHARED)).status == 200
    assert [row["raw"] for row in await house.journaled()] == [house.raw, of_account]


async def test_a_body_full_of_numbers_is_not_remembered(house: House) -> None:
    """Nobody has proven anything yet: what anyone may send must not stay in memory."""
    recipients = Recipients(house.session.runtime)
    known = house.number.phone_number_id
    for mark in range(3):
        asked = [known, *(f"{mark}-{i}" * 6 for i in range(900))]
        assert list(await recipients.owners(asked, [])) == [house.session.tenant["id"]]
    assert not recipients._owners._known


async def test_a_foreign_number_under_ones_own_slug_stays_with_the_signer(
    house: House, neighbour: House
) -> None:
    assert (await neighbour.deliver(house.raw)).status == 200
    assert len(await neighbour.journaled()) == 1
    assert await house.journaled() == []


async def test_tenants_that_share_an_app_each_get_their_own_part(house: House, neighbour: House) -> None:
    await neighbour.change(appSecret=house.number.app_secret)
    mine = change_about(house.number.phone_number_id, "para o hotel", "wamid.1")
    theirs = change_about(neighbour.number.phone_number_id, "para a pousada", "wamid.2")
    raw = body_of((house.number.waba_id, [mine]), (neighbour.number.waba_id, [theirs, theirs]))
    assert (await house.deliver(raw, path=SHARED)).status == 200
    [row] = await house.journaled()
    assert orjson.loads(row["raw"])["entry"] == [{"id": house.number.waba_id, "changes": [mine]}]
    [row] = await neighbour.journaled()
    assert orjson.loads(row["raw"])["entry"] == [
        {"id": neighbour.number.waba_id, "changes": [theirs, theirs]}
    ]
    assert row["shared"] is True


async def test_a_part_that_the_signature_does_not_prove_is_not_stored(house: House, neighbour: House) -> None:
    raw = body_of(
        (house.number.waba_id, [change_about(house.number.phone_number_id)]),
        (neighbour.number.waba_id, [change_about(neighbour.number.phone_number_id, "forjada")]),
    )
    assert (await house.deliver(raw, path=SHARED)).status == 200
    [row] = await house.journaled()
    assert b"forjada" not in row["raw"]
    assert await neighbour.journaled() == []


async def test_a_new_secret_counts_at_once(house: House) -> None:
    assert (await house.deliver(house.raw)).status == 200
    assert (await house.deliver(house.raw, secret="b" * 32)).status == 403
    await house.change(appSecret="b" * 32)
    assert (await house.deliver(house.raw, secret="b" * 32)).status == 200


# The handshake


def handshake(token: str, **more: str) -> list[tuple[str, str]]:
    given = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": token}
    return list((given | more).items())


async def test_the_handshake_returns_the_challenge_as_text(house: House) -> None:
    await house.session.db.channels.update(
        {"_id": house.channel["id"]}, {"$set": {"webhook_verified_at": None}}
    )
    for path in (house.path, SHARED):
        answer = await house.session.client.get(path, params=handshake(house.number.verify_token))
        assert (answer.status, await answer.text()) == (200, "1158201444")
        assert answer.content_type == "text/plain"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    stored = await house.session.db.channels.by_id(house.channel["id"])
    assert stored
    assert stored["webhook_verified_at"]


async def test_a_wrong_token_or_mode_is_refused(house: House) -> None:
    for path in (house.path, SHARED):
        assert (await house.session.client.get(path, params=handshake("wrong"))).status == 403
        other_mode = handshake(house.number.verify_token, **{"hub.mode": "unsubscribe"})
        assert (await house.session.client.get(path, params=other_mode)).status == 403
    unknown = f"{SHARED}/nobody-here"
    assert (
        await house.session.client.get(unknown, params=handshake(house.number.verify_token))
    ).status == 404


@pytest.mark.parametrize("name", ["hub.mode", "hub.challenge", "hub.verify_token"])
async def test_each_parameter_comes_exactly_once(house: House, name: str) -> None:
    whole = handshake(house.number.verify_token)
    without = [(key, value) for key, value in whole if key != name]
    operator = [*without, (f"{name}[$ne]", "x")]
    twice = [*whole, (name, dict(whole)[name])]
    for params in (without, operator, twice):
        answer = await house.session.client.get(house.path, params=params)
        assert answer.status == 400
        assert (await answer.json())["details"][0]["field"] == name


async def test_two_tenants_may_choose_the_same_token(house: House, neighbour: House) -> None:
    await neighbour.change(verifyToken=house.number.verify_token)
    await neighbour.session.delete(f"/api/channels/{neighbour.channel['id']}")
    answer = await house.session.client.get(SHARED, params=handshake(house.number.verify_token))
    assert answer.status == 200
