import asyncio
import hashlib
import io
from datetime import timedelta
from typing import Any

import aiohttp
import orjson
import pytest
from aiohttp import ClientResponse

from server.channels.simulator import Simulator
from server.desk.messages.models import Direction, Kind
from server.jobs import Job
from tenants import models
from tenants.ids import new_id
from tests.channels.conftest import House
from tests.conftest import Client, Session
from workers import runner
from workers.media import LEASE, MAX_ATTEMPTS

fetch = runner.WORK[Job.FETCH_MEDIA]
Json = dict[str, Any]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
MP4 = b"\0\0\0\x18ftypisom" + bytes(600_000)
MEGABYTE = 1024 * 1024


async def upload(
    session: Session, content: bytes, *, filename: str = "foto.png", path: str = "/api/media", **more: Any
) -> ClientResponse:
    form = aiohttp.FormData()
    form.add_field("note", "outro campo")
    form.add_field("file", content, filename=filename, **more)
    return await session.request("POST", path, data=form)


async def uploaded(session: Session, content: bytes, **more: Any) -> Json:
    answer = await upload(session, content, **more)
    assert answer.status == 201, await answer.text()
    stored: Json = await answer.json()
    return stored


# Uploading


@pytest.mark.parametrize("path", ["/api/media", "/api/media/upload"])
async def test_a_token_is_required(client: Client, path: str) -> None:
    assert (await client.post(path, data={"file": io.BytesIO(PNG)})).status == 401
    assert (await client.get("/api/media/x")).status == 401


@pytest.mark.parametrize("path", ["/api/media", "/api/media/upload"])
async def test_an_upload_is_stored_and_described(hotel: Session, path: str) -> None:
    agent = await hotel.colleague("AGENT")
    stored = await uploaded(agent, PNG, path=path)
    assert stored["url"] == f"/api/media/{stored['id']}"
    assert (stored["kind"], stored["mimeType"], stored["size"]) == ("IMAGE", "image/png", len(PNG))
    assert (stored["filename"], stored["sha256"]) == ("foto.png", hashlib.sha256(PNG).hexdigest())
    row = await hotel.db.media.by_id(stored["id"])
    assert row
    assert row["created_by_id"] == agent.user["id"]
    assert await hotel.db.files.read(stored["id"]) == PNG


async def test_the_bytes_and_not_the_sender_say_what_a_file_is(hotel: Session) -> None:
    stored = await uploaded(hotel, PNG, filename="pagina.html", content_type="text/html")
    assert stored["mimeType"] == "image/png"


@pytest.mark.parametrize(
    "content", [b"MZ\x90\0" + bytes(200), b"GIF89a" + bytes(50), b"PK\x03\x04" + bytes(50)]
)
async def test_what_whatsapp_does_not_carry_is_415(hotel: Session, content: bytes) -> None:
    answer = await upload(hotel, content, content_type="image/png")
    assert answer.status == 415
    assert (await answer.json())["error"] == "UNSUPPORTED_MEDIA_TYPE"
    assert await hotel.db.media.all() == []


async def test_a_file_beyond_the_limit_of_its_kind_is_413(hotel: Session) -> None:
    answer = await upload(hotel, PNG + bytes(5 * MEGABYTE))
    assert answer.status == 413
    assert (await answer.json())["error"] == "PAYLOAD_TOO_LARGE"
    assert await hotel.db.media.all() == []


async def test_what_is_not_a_file_is_refused(hotel: Session) -> None:
    assert (await upload(hotel, b"")).status == 400
    assert (await hotel.post("/api/media", {"file": "x"})).status == 415
    form = aiohttp.FormData({"other": "x"}, default_to_multipart=True)
    answer = await hotel.request("POST", "/api/media", data=form)
    assert answer.status == 400
    assert (await answer.json())["details"][0]["field"] == "file"
    for headers in (
        {"Content-Type": "multipart/form-data"},
        {"Content-Type": "multipart/form-data; boundary=b"},
    ):
        assert (await hotel.request("POST", "/api/media", data=b"nonsense", headers=headers)).status == 400


async def test_a_file_name_is_only_a_name(hotel: Session) -> None:
    """As browsers write it: UTF-8, with `"` and line breaks percent-encoded."""
    part = 'Content-Disposition: form-data; name="file"; filename="../..\\etc/conta ção.pdf"'
    body = f"--b\r\n{part}\r\n\r\n%PDF-1.7 \r\n--b--\r\n".encode()
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    stored = await (await hotel.request("POST", "/api/media", data=body, headers=headers)).json()
    assert stored["filename"] == "conta ção.pdf"
    answer = await hotel.get(stored["url"])
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''conta%20%C3%A7%C3%A3o.pdf"


# Downloading


async def test_a_picture_is_shown_to_the_tenant_and_nobody_else(hotel: Session, rival: Session) -> None:
    stored = await uploaded(hotel, PNG)
    agent = await hotel.colleague("AGENT")
    answer = await agent.get(stored["url"])
    assert (answer.status, await answer.read()) == (200, PNG)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Cache-Control"].startswith("private")
    assert answer.headers["X-Request-ID"]
    assert (await rival.get(stored["url"])).status == 404
    assert (await hotel.get("/api/media/unknown")).status == 404


async def test_a_document_is_a_download_of_no_active_type(hotel: Session) -> None:
    stored = await uploaded(hotel, b"<script>alert(1)</script>", filename="nota.html")
    assert (stored["kind"], stored["mimeType"]) == ("DOCUMENT", "text/plain")
    answer = await hotel.get(stored["url"])
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_a_file_that_is_known_is_not_sent_again(hotel: Session) -> None:
    stored = await uploaded(hotel, PNG)
    tag = (await hotel.get(stored["url"])).headers["ETag"]
    answer = await hotel.get(stored["url"], headers={"If-None-Match": tag})
    assert (answer.status, await answer.read()) == (304, b"")


@pytest.mark.parametrize(
    "asked, status, part",
    [
        ("bytes=0-99", 206, MP4[:100]),
        ("bytes=300000-", 206, MP4[300_000:]),
        ("bytes=-10", 206, MP4[-10:]),
        (f"bytes={len(MP4) - 1}-{len(MP4) + 50}", 206, MP4[-1:]),
        (f"bytes={len(MP4)}-", 416, b""),
        ("bytes=5-2", 200, MP4),
        ("lines=1-2", 200, MP4),
    ],
)
async def test_a_player_may_ask_for_a_part(hotel: Session, asked: str, status: int, part: bytes) -> None:
    stored = await uploaded(hotel, MP4, filename="video.mp4")
    answer = await hotel.get(stored["url"], headers={"Range": asked})
    assert (answer.status, await answer.read()) == (status, part)
    if status == 206:
        start = MP4.index(part) if asked == "bytes=0-99" else len(MP4) - len(part)
        assert answer.headers["Content-Range"] == f"bytes {start}-{start + len(part) - 1}/{len(MP4)}"


# Fetching what customers send


async def received(house: House, **media: Any) -> str:
    """A stored inbound message whose file is still at the provider."""
    inserted = await house.session.db.messages.insert(
        {
            "_id": new_id(),
            "number": await house.session.db.next_number("messages"),
            "conversation_id": "conversation",
            "contact_id": "contact",
            "channel_id": house.channel["id"],
            "seq": await house.session.db.next_number("test"),
            "direction": Direction.INBOUND,
            "kind": Kind.IMAGE,
            "status": "DELIVERED",
            "timestamp": models.now(),
            "created_at": models.now(),
            "media": {"pending": True, "attempts": 0, "due_at": models.now(), **media},
        }
    )
    return str(inserted["_id"])


async def photo(house: House) -> Json:
    """What the webhook says of a picture that a customer has just sent."""
    await house.number.customer("5511999999999").sends("image", {"content": PNG, "mime_type": "image/png"})
    async with asyncio.timeout(30):
        while not (rows := await house.journaled()):
            await asyncio.sleep(0.01)
    told = orjson.loads(rows[0]["raw"])["entry"][0]["changes"][0]["value"]["messages"][0]["image"]
    return {"provider_id": told["id"], "mime_type": told["mime_type"], "sha256": told["sha256"]}


async def media_of(house: House, message_id: str) -> Json:
    message = await house.session.db.messages.by_id(message_id)
    assert message
    media: Json = message["media"]
    return media


async def test_a_received_picture_is_fetched_kept_and_announced(house: House) -> None:
    id = await received(house, **await photo(house))
    await fetch(house.session.runtime, house.session.tenant["id"])
    media = await media_of(house, id)
    assert (media["pending"], media["size"], media["mime_type"]) == (False, len(PNG), "image/png")
    answer = await house.session.get(f"/api/media/{media['id']}")
    assert (answer.status, await answer.read()) == (200, PNG)
    [event] = await house.session.db.events.all({"kind": "message.changed"})
    assert event["conversation_id"] == "conversation"
    assert event["payload"]["message"]["media"]["id"] == media["id"]


async def test_workers_side_by_side_fetch_a_file_once(house: House) -> None:
    known = await photo(house)
    ids = [await received(house, **known) for _ in range(6)]
    await asyncio.gather(*(fetch(house.session.runtime, house.session.tenant["id"]) for _ in range(3)))
    found = [await media_of(house, id) for id in ids]
    assert [media["pending"] for media in found] == [False] * 6
    assert [media["attempts"] for media in found] == [1] * 6
    assert await house.session.db.media.count({}) == 6
    assert await house.session.db.events.count({"kind": "message.changed"}) == 6


async def test_a_file_that_is_gone_is_given_up_with_a_reason(house: House) -> None:
    id = await received(house, provider_id="404404404")
    await fetch(house.session.runtime, house.session.tenant["id"])
    media = await media_of(house, id)
    assert (media["pending"], media.get("id")) == (False, None)
    assert media["error"]
    assert await house.session.db.events.count({"kind": "message.changed"}) == 1


async def test_a_file_that_is_not_what_was_announced_is_not_kept(house: House, simulator: Simulator) -> None:
    known = await photo(house)
    simulator.provider.media._contents._shelf.write(hashlib.sha256(PNG).hexdigest(), PNG[:-1] + b"!")
    id = await received(house, **known)
    await fetch(house.session.runtime, house.session.tenant["id"])
    media = await media_of(house, id)
    assert (media["pending"], media.get("id")) == (False, None)
    assert media["error"]
    assert await house.session.db.media.count({}) == 0


async def test_a_provider_in_trouble_is_asked_again_later_and_not_for_ever(house: House) -> None:
    id = await received(house, **await photo(house))
    house.number.expire_token()
    tenant_id = house.session.tenant["id"]
    await fetch(house.session.runtime, tenant_id)
    media = await media_of(house, id)
    assert (media["pending"], media["attempts"]) == (True, 1)
    assert models.now() < media["due_at"] < models.now() + LEASE
    overdue = {"$set": {"media.due_at": models.now() - timedelta(days=1)}}
    for _ in range(MAX_ATTEMPTS - 1):
        await house.session.db.messages.update({"_id": id}, overdue)
        await fetch(house.session.runtime, tenant_id)
    media = await media_of(house, id)
    assert (media["pending"], media["attempts"]) == (False, MAX_ATTEMPTS)
    assert media["error"]


async def test_one_that_fails_in_an_unknown_way_takes_no_other_with_it(house: House) -> None:
    """A file on a channel whose token was sealed with a key that is gone."""
    known = await photo(house)
    channel = await house.session.db.channels.by_id(house.channel["id"])
    assert channel
    other = {**channel, "_id": new_id(), "number": 99, "address": "99", "phone_number_id": "99"}
    await house.session.db.channels.insert({**other, "secrets": {"access_token": "not ours"}})
    broken = await received(house, **known)
    await house.session.db.messages.update({"_id": broken}, {"$set": {"channel_id": other["_id"]}})
    ids = [await received(house, **known) for _ in range(5)]
    await fetch(house.session.runtime, house.session.tenant["id"])
    assert [(await media_of(house, id))["pending"] for id in ids] == [False] * 5
    assert (await media_of(house, broken))["pending"] is True
