"""Numbers and customers as tests play them."""

import asyncio
import base64
import time
from typing import Any

from server.channels.simulator import people
from server.channels.simulator.burst import Burst, burst
from server.channels.simulator.graph import templates
from server.channels.simulator.provider import Provider
from server.channels.simulator.webhooks import values
from server.channels.simulator.webhooks.inbound import tapped
from server.channels.simulator.world import Customer, Message, Number, Template

Json = dict[str, Any]


class PlayedNumber:
    def __init__(self, provider: Provider, number: Number) -> None:
        self._provider = provider
        self.number = number
        self.phone_number_id = number.phone_number_id
        self.display_phone_number = number.display_phone_number
        self.waba_id = number.account.waba_id
        self.access_token = number.account.access_token
        self.app_secret = number.account.app_secret
        self.verify_token = number.account.verify_token

    def customer(self, address: str, *, name: str = "", **wanted: Any) -> "PlayedCustomer":
        """By phone or BSUID; `wa_id` and `username` may be given."""
        known = {"name": name, "waId": wanted.get("wa_id"), "username": wanted.get("username")}
        person = self._provider.meet(self.number, address, {k: v for k, v in known.items() if v})
        return PlayedCustomer(self._provider, self.number, person)

    def configure(self, **settings: Any) -> None:
        self._provider.world.configure(settings, self.number)

    def expire_token(self) -> None:
        self.number.account.token_valid = False

    def template(self, name: str) -> Template:
        return next(t for t in self.number.account.templates.values() if t.name == name)

    async def reviews_template(self, name: str, event: str, reason: str = "NONE") -> None:
        """APPROVED, REJECTED, PAUSED, DISABLED: kept, and told by webhook."""
        templates.set_status(self._provider, self.number.account, self.template(name), event, reason)

    async def webhook(self, field: str, value: Json) -> None:
        """Any change, signed and delivered; a `messages` value gets its heading."""
        heading = values.heading(self.number) if field == "messages" else {}
        self._provider.announce(self.number, field, heading | value)

    async def sends_status(self, wamid: str, status: str) -> None:
        """A status webhook whatever came before it."""
        self._provider.statuses.announce(self.number, self.number.messages[wamid], status)

    async def burst(
        self, *, customers: int, messages: int, per_second: float | None = None, batch: int = 1
    ) -> Burst:
        return await burst(
            self._provider,
            self.number,
            customers=customers,
            messages=messages,
            per_second=per_second,
            batch=batch,
        )


class PlayedCustomer:
    def __init__(self, provider: Provider, number: Number, customer: Customer) -> None:
        self._provider = provider
        self._number = number
        self.customer = customer

    async def says(self, text: str, **more: Any) -> str:
        """The wamid of a text message; `context={"id": wamid}` makes it a reply."""
        return await self.sends("text", text={"body": text}, **more)

    async def sends(self, kind: str, content: Any = None, **more: Any) -> str:
        """A message of any kind: `sends("location", {"latitude": …})`, `sends("image")` (a sample),
        `sends("image", {"content": bytes, "mime_type": …, "caption": …})`, `sends("button", button={…})`.
        """
        body: Json = {"type": kind} | more
        if isinstance(content, dict) and isinstance(content.get("content"), bytes):
            content = content | {"content": base64.b64encode(content["content"]).decode()}
        if content is not None:
            body[kind] = content
        return self._provider.hear(self._number, self.customer, body).wamid

    async def taps(self, wamid: str, choice: str) -> str:
        """A button, list row or quick reply of that message, by id or title."""
        return self._provider.hear(self._number, self.customer, tapped(self._number, wamid, choice)).wamid

    async def reacts(self, wamid: str, emoji: str) -> str:
        return await self.sends("reaction", {"message_id": wamid, "emoji": emoji})

    async def reads(self) -> int:
        """Everything received so far; how many were unread."""
        return self._provider.statuses.reads(self._number, self.customer)

    def changes(self, **wanted: Any) -> None:
        """As `people.apply` takes them: `online`, `opened`, `windowOpen`, …"""
        people.apply(self._provider, self._number, self.customer, wanted)

    async def edits(self, wamid: str, text: str) -> str:
        said = {"type": "text", "text": {"body": text}}
        return await self.sends("edit", {"original_message_id": wamid, "message": said})

    async def deletes(self, wamid: str) -> str:
        return await self.sends("revoke", {"original_message_id": wamid})

    async def moves(self, phone: str) -> str:
        """To another phone number; the wamid of WhatsApp's own message about it."""
        return people.move(self._provider, self._number, self.customer, phone).wamid

    @property
    def thread(self) -> list[Message]:
        return list(self.customer.thread)

    @property
    def received(self) -> list[Message]:
        return [message for message in self.customer.thread if message.sender == "business"]

    @property
    def sees_typing(self) -> bool:
        return self.customer.typing_until > self._provider.clock.now()

    async def receives(self, count: int = 1, timeout: float = 60.0) -> list[Message]:
        """Waits until the business has sent `count` messages in all. TimeoutError."""
        deadline = time.monotonic() + timeout
        while len(self.received) < count:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(self.received)} of {count} messages after {timeout} s")
            await asyncio.sleep(0.01)
        return self.received
