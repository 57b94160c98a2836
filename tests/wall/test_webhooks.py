"""Webhooks: whoever can sign for one tenant says nothing about another, whatever the body names."""

import re
from typing import Any

import orjson
import pytest
from aiohttp import ClientResponse

from server.jobs import Job
from tenants.context import Kick
from tests.asks.wire import MARK, World
from tests.channels.conftest import body_of, change_about, signature
from tests.channels.meta_samples import FILES, samples
from tests.conftest import Session
from tests.factories import a_channel, a_world
from tests.wall.looking import everything_but
from tests.wall.ringing import ring

Json = dict[str, Any]
OWN = "/webhooks/whatsapp"  # and the slug
# For everyone, one a dialect. A header may say whose.
SHARED = (OWN, "/api/v1/whatsapp/webhook")


@pytest.fixture
async def hotels(hotel: Session) -> World:
    return await _without_a_journal(hotel, await a_world(hotel, MARK))


@pytest.fixture
async def rivals(rival: Session) -> World:
    return await _without_a_journal(rival, await a_world(rival, "quarto", "21"))


async def _without_a_journal(session: Session, world: World) -> World:
    """What comes in is counted here."""
    await session.db.webhook_inbox.delete_all({})
    return world


async def deliver(session: Session, raw: bytes, *, secret: str, path: str, slug: str = "") -> ClientResponse:
    headers = {"X-Hub-Signature-256": signature(secret, raw), "X-Tenant-Slug": slug}
    return await session.client.post(path, data=raw, headers=headers)


async def drained(session: Session) -> None:
    await ring(session.runtime, Kick(Job.DRAIN_INBOX, (session.tenant["id"],)))
    assert await session.db.webhook_inbox.lightly.distinct("state") == ["DONE"]


def about(number: str, others: World) -> list[Json]:
    """All that Meta may say, on this number, and all of it about the other's customers, messages and templates."""
    opaque = orjson.dumps({"m": others["failed_message"], "a": 0}).decode()
    changes = []
    for change in [change for file in FILES for change in samples(file).values()]:
        text = re.sub(r'"wamid\.[^"]*"', f'"{others["wamid"]}"', orjson.dumps(change).decode())
        text = re.sub(r'"phone_number_id":"[^"]*"', f'"phone_number_id":"{number}"', text)
        text = re.sub(r'"(wa_id|from|recipient_id)":"[^"]*"', rf'"\1":"{others["phone"]}"', text)
        text = re.sub(r'"biz_opaque_callback_data":"(?:[^"\\]|\\.)*"', _field("biz_opaque_callback_data", opaque), text)  # fmt: skip
        changes.append(orjson.loads(text))
    return changes


def _field(name: str, value: str) -> str:
    """As a replacement: its backslashes are not the pattern's."""
    return f'"{name}":{orjson.dumps(value).decode()}'.replace("\\", r"\\")


@pytest.mark.parametrize("shared", [*SHARED, None])
async def test_a_foreign_number_in_ones_own_body_is_set_aside(
    rival: Session, hotels: World, rivals: World, shared: str | None
) -> None:
    before = await everything_but(rival)
    changes = about(hotels["phone_number_id"], hotels)
    raw = body_of((hotels["waba_id"], changes))
    path, slug = (shared, rival.slug) if shared else (f"{OWN}/{rival.slug}", "")
    assert (await deliver(rival, raw, secret=rivals["app_secret"], path=path, slug=slug)).status == 200
    messages = await rival.db.messages.count({})
    await drained(rival)
    assert await rival.db.quarantine.distinct("reason") == ["foreign_number"]
    assert await rival.db.quarantine.count({}) == len(changes)
    assert await rival.db.messages.count({}) == messages
    assert await everything_but(rival) == before


async def test_what_ones_own_number_says_of_anothers_things_moves_none_of_them(
    rival: Session, hotels: World, rivals: World
) -> None:
    """Statuses, reactions, edits and new identities with another's wamids, message ids, phones and templates."""
    before = await everything_but(rival)
    raw = body_of((rivals["waba_id"], about(rivals["phone_number_id"], hotels)))
    path = f"{OWN}/{rival.slug}"
    assert (await deliver(rival, raw, secret=rivals["app_secret"], path=path)).status == 200
    await drained(rival)
    assert await rival.db.quarantine.count({"reason": "foreign_number"}) == 0
    assert await everything_but(rival) == before


async def test_anothers_secret_opens_no_way_in(
    hotel: Session, rival: Session, hotels: World, rivals: World
) -> None:
    """Also after a webhook that was in order, so that whose the secret is is remembered."""
    own = body_of((rivals["waba_id"], [change_about(rivals["phone_number_id"])]))
    for path in (f"{OWN}/{rival.slug}", *SHARED):
        assert (await deliver(rival, own, secret=rivals["app_secret"], path=path)).status == 200
    number, account = hotels["phone_number_id"], hotels["waba_id"]
    of_account = {"field": "account_update", "value": {"event": "DISABLED_UPDATE"}}
    for changes in ([change_about(number)], [of_account], [change_about(number), of_account]):
        raw = body_of((account, changes))
        to_all = [(path, slug) for path in SHARED for slug in ("", hotel.slug)]
        for path, slug in ((f"{OWN}/{hotel.slug}", ""), *to_all):
            answer = await deliver(rival, raw, secret=rivals["app_secret"], path=path, slug=slug)
            assert answer.status == 403, (path, slug)
            assert MARK not in await answer.text()
    assert await hotel.db.webhook_inbox.count({}) == 0
    assert [row["raw"] for row in await rival.db.webhook_inbox.all()] == [own]


@pytest.mark.parametrize("path", SHARED)
async def test_a_shared_app_shares_no_numbers(
    hotel: Session, rival: Session, hotels: World, path: str
) -> None:
    """Both sign with one secret, and the rival has entered the hotel's number and account, each in the other's place."""
    shared = hotels["app_secret"]
    await a_channel(
        rival, appSecret=shared, wabaId=hotels["phone_number_id"], phoneNumberId=hotels["waba_id"]
    )
    of_account = {"field": "phone_number_quality_update", "value": {"event": "FLAGGED"}}
    raw = body_of((hotels["waba_id"], [change_about(hotels["phone_number_id"], MARK), of_account]))
    assert (await deliver(rival, raw, secret=shared, path=path)).status == 200
    assert await hotel.db.webhook_inbox.count({}) == 1
    assert await rival.db.webhook_inbox.count({}) == 0


async def test_a_verify_token_is_its_own_tenants(
    hotel: Session, rival: Session, hotels: World, rivals: World
) -> None:
    async def shake(token: str, path: str, slug: str = "") -> int:
        asked = {"hub.mode": "subscribe", "hub.challenge": "1158", "hub.verify_token": token}
        answer = await rival.client.get(path, params=asked, headers={"X-Tenant-Slug": slug})
        return answer.status

    before = await everything_but(rival)
    assert await shake(hotels["verify_token"], f"{OWN}/{rival.slug}") == 403
    assert await shake(rivals["verify_token"], f"{OWN}/{hotel.slug}") == 403
    for path in SHARED:
        assert await shake(hotels["verify_token"], path, rival.slug) == 403
        assert await shake(rivals["verify_token"], path) == 200
    assert await everything_but(rival) == before
