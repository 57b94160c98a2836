"""What every provider offers the desk.

A provider is a folder, a line in `server/channels/registry.py`, and rows in the shared contract test.
"""

from collections.abc import AsyncIterator
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from pydantic import BaseModel

from server.desk.messages.models import Kind, Media, SendError


class Outgoing(BaseModel):
    """One message on its way out. `to` is the customer's `wa_id` (digits) or, without a phone, his `user_id`.

    `details` as in `desk/messages/content.py`, with ids already resolved: `media.provider_id` or `media.link` is set for
    media, `target_wamid` for a reaction.
    """

    to: str | None
    user_id: str | None = None
    kind: Kind
    text: str
    details: dict[str, Any]
    media: Media | None = None
    reply_to: str | None = None  # wamid
    target_wamid: str | None = None
    opaque: str | None = None


class Receipt(NamedTuple):
    """The provider has it. `wa_id` is who it says the recipient is."""

    wamid: str
    wa_id: str | None = None
    held: bool = False


class Verdict(StrEnum):
    """What may have become of a send that did not end in a receipt (protocol.md, error classes)."""

    NOT_SENT = "not_sent"  # certainly not accepted: it may be tried again
    REJECTED = "rejected"  # refused with a reason: it will not be tried again by itself
    UNKNOWN = "unknown"  # it may have been accepted


class Remedy(StrEnum):
    """What the outbox does about it, by the provider's code. Data, never an `isinstance` in the sender."""

    RETRY = "retry"  # soon, with back-off
    PAUSE_NUMBER = (
        "pause_number"  # the number's or the app's rate: nothing leaves on this channel for a while
    )
    PAUSE_RECIPIENT = "pause_recipient"  # the pair's rate: only this customer waits
    PARK_CHANNEL = "park_channel"  # broken until an admin acts; the queue is kept
    OFFER_TEMPLATE = "offer_template"  # the 24-hour window is closed
    GIVE_UP = "give_up"


class SendFailed(Exception):
    def __init__(
        self, verdict: Verdict, remedy: Remedy, error: SendError, *, retry_after: float | None = None
    ) -> None:
        self.verdict, self.remedy, self.error, self.retry_after = verdict, remedy, error, retry_after
        super().__init__(f"{error.code} {error.title}")


class MediaGone(Exception):
    """The provider no longer has the file, or it is not what was announced. The text is for a person."""


class FetchedMedia(NamedTuple):
    mime_type: str
    size: int | None
    chunks: AsyncIterator[bytes]


class RemoteTemplate(BaseModel):
    """An approved or pending template, as the provider lists it."""

    name: str
    language: str
    status: str
    category: str | None = None
    components: list[dict[str, Any]] = []
    parameter_format: str | None = None
    quality: str | None = None
    rejected_reason: str | None = None


class Check(BaseModel):
    """One line of the guided check: what was looked at, how it stands, why, and what to do next (pt-BR).

    `code`: of the provider's error, where the line is about that; `detail` as in `SendError`.
    """

    name: str  # token, number, webhook, subscription; held: by another tenant
    ok: bool
    title: str
    cause: str = ""
    next_step: str = ""
    code: str | None = None
    detail: str = ""
    checked_at: datetime | None = None
    known: bool = True  # False: the provider could not be asked


class Channel(Protocol):
    """One connected number. Every call may raise SendFailed; none retries by itself."""

    async def send(self, outgoing: Outgoing, *, deadline: float) -> Receipt:
        """`deadline` (time.monotonic()) is checked right before the request is written (protocol.md, R4)."""
        ...

    async def mark_read(self, wamid: str, *, typing: bool = False) -> None: ...

    async def upload(self, content: bytes, *, mime_type: str, filename: str) -> str:
        """Returns the provider's media id."""
        ...

    async def fetch(self, media: Media, *, limit: int) -> FetchedMedia:
        """Raises MediaGone for what will never come (expired, too large, wrong hash)."""
        ...

    async def templates(self) -> list[RemoteTemplate]: ...

    async def prove(self) -> None:
        """Returns only if the provider lets our token act for this very number. Changes nothing there."""
        ...

    async def subscribe(self, callback_url: str, verify_token: str) -> None:
        """Have the provider deliver this number's webhooks to `callback_url`."""
        ...

    async def check(self, callback_url: str) -> list[Check]: ...
