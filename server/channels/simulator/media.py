"""Uploaded and received files: limits, expiry, addresses that die after five minutes (whatsapp.md 1.3)."""

import base64
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from server.channels.simulator import identity, samples
from server.channels.simulator.contents import Contents
from server.channels.simulator.graph.errors import GraphError
from server.channels.simulator.journal import Journal
from server.channels.simulator.world import Clock, Media, Number

Json = dict[str, Any]
MEGABYTE = 1024 * 1024
UPLOAD_SECONDS = 30 * 24 * 3600.0
INBOUND_SECONDS = 7 * 24 * 3600.0
KEPT_BYTES = 256 * MEGABYTE
DOWNLOAD_PATH = "/whatsapp_business/attachments/"
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(slots=True, frozen=True)
class Kind:
    mime_types: tuple[str, ...]
    limit: int


KINDS: dict[str, Kind] = {
    "image": Kind(("image/jpeg", "image/png"), 5 * MEGABYTE),
    "video": Kind(("video/mp4", "video/3gpp"), 16 * MEGABYTE),
    "audio": Kind(("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"), 16 * MEGABYTE),
    "sticker": Kind(("image/webp",), 500 * 1024),
    "document": Kind(
        (
            "text/plain",
            "application/pdf",
            "application/msword",
            f"{_OFFICE}.wordprocessingml.document",
            "application/vnd.ms-excel",
            f"{_OFFICE}.spreadsheetml.sheet",
            "application/vnd.ms-powerpoint",
            f"{_OFFICE}.presentationml.presentation",
        ),
        100 * MEGABYTE,
    ),
}
_KIND_OF = {mime: name for name, kind in KINDS.items() for mime in kind.mime_types}


def bare(mime_type: str) -> str:
    """Without parameters: `audio/ogg; codecs=opus` is `audio/ogg`."""
    return mime_type.partition(";")[0].strip().lower()


def check_upload(mime_type: str, size: int) -> None:
    """131053 for a type WhatsApp does not take, or a file above the limit of its type."""
    kind = _KIND_OF.get(bare(mime_type))
    if kind is None:
        known = ", ".join(_KIND_OF)
        raise GraphError(
            131053, details=f"Received file of type '{mime_type[:100]}'. Supported types are {known}."
        )
    if size > KINDS[kind].limit:
        raise GraphError(
            131053, details=f"File of {size} bytes is above the limit of {KINDS[kind].limit} for {kind}."
        )
    if size == 0:
        raise GraphError(131053, details="The file is empty.")


class MediaStore:
    """Beside the journal, in `data_dir`; without one in memory. Above `room` bytes the oldest goes."""

    def __init__(self, clock: Clock, journal: Journal, data_dir: Path | None) -> None:
        self.public_url = ""
        self.room = KEPT_BYTES
        self._clock = clock
        self._journal = journal
        self._contents = Contents(data_dir / "media" if data_dir else None)
        self._items: dict[str, Media] = {}

    def keep(
        self, number: Number, mime_type: str, content: bytes, *, seconds: float, filename: str = ""
    ) -> Media:
        item = Media(
            id=identity.new_number_id(),
            phone_number_id=number.phone_number_id,
            account=number.account,
            mime_type=bare(mime_type),
            sha256=self._contents.put(content),
            size=len(content),
            expires_at=self._clock.now() + seconds,
            filename=filename,
        )
        self._items[item.id] = item
        self._journal.media(item)
        while self._contents.size > self.room and len(self._items) > 1:
            self.drop(next(iter(self._items)))
        return item

    def restore(self, items: Iterable[Media]) -> None:
        """Those of earlier runs that have not expired. What else lies there goes: a process died before the journal
        had its line.
        """
        for item in items:
            if item.expires_at >= self._clock.now() and self._contents.hold(item.sha256, item.size):
                self._items[item.id] = item
        self._contents.sweep()

    def find(self, media_id: str, number: Number | None = None) -> Media | None:
        """None when unknown, expired or another number's."""
        item = self._items.get(media_id)
        if item is None or item.expires_at < self._clock.now():
            return None
        return item if number is None or item.phone_number_id == number.phone_number_id else None

    def content(self, item: Media) -> bytes:
        return self._contents.read(item.sha256)

    def drop(self, media_id: str) -> None:
        item = self._items.pop(media_id)
        self._journal.media_dropped(media_id)
        self._contents.release(item.sha256, item.size)

    def clear(self) -> None:
        self._items.clear()
        self._contents.clear()

    def url(self, item: Media, base: str, seconds: float) -> str:
        expires = int(self._clock.now() + seconds)
        query = {"mid": item.id, "source": "webhook", "ext": expires, "hash": _hash(item, str(expires))}
        return f"{base}{DOWNLOAD_PATH}?{urlencode(query)}"

    def at_url(self, query: Json) -> Media | None:
        """The file of a download address; None when the address is forged or has died."""
        item = self.find(query.get("mid", ""))
        expires = query.get("ext", "")
        if item is None or not hmac.compare_digest(
            _hash(item, expires).encode(), query.get("hash", "").encode()
        ):
            return None
        return item if float(expires) >= self._clock.now() else None

    def inbound(self, number: Number, kind: str, given: Json) -> Json:
        """A webhook's media object. `given` names a kept file by `id`, or brings `content` in base64 and a
        `mime_type`, or neither: then a small sample stands in. Other members are passed on.
        """
        passed = {name: value for name, value in given.items() if name not in ("content", "mime_type")}
        item = self.find(str(given.get("id", "")), number) or self._received(number, kind, given)
        shown: Json = {
            "id": item.id,
            "mime_type": given.get("mime_type")
            or item.mime_type.replace("audio/ogg", "audio/ogg; codecs=opus"),
            "sha256": base64.b64encode(item.sha256).decode(),
        }
        if kind == "audio":
            shown["voice"] = True
        if kind == "sticker":
            shown["animated"] = False
        if kind == "document":
            shown["filename"] = item.filename or "documento.pdf"
        if number.settings.media_url_inbound:
            shown["url"] = self.url(item, self.public_url, number.settings.media_url_seconds)
        return shown | passed

    def _received(self, number: Number, kind: str, given: Json) -> Media:
        mime_type, content = samples.of(kind)
        if "content" in given:
            content = base64.b64decode(given["content"], validate=True)
            mime_type = str(given.get("mime_type") or mime_type)
        filename = str(given.get("filename", ""))
        return self.keep(number, mime_type, content, seconds=INBOUND_SECONDS, filename=filename)


def _hash(item: Media, expires: str) -> str:
    return hmac.digest(item.account.app_secret.encode(), f"{item.id} {expires}".encode(), "sha256").hex()
