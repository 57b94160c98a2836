"""The simulated provider: its parts, and what can happen in it."""

import asyncio
import time
from pathlib import Path
from typing import Any

from server.channels.simulator import identity, starter
from server.channels.simulator.faults import Faults
from server.channels.simulator.graph.errors import GraphError
from server.channels.simulator.graph.template_send import drawn
from server.channels.simulator.journal import Journal
from server.channels.simulator.limits import SendRates
from server.channels.simulator.media import MediaStore
from server.channels.simulator.restore import Restoration
from server.channels.simulator.settings import Settings
from server.channels.simulator.stream import Stream
from server.channels.simulator.timers import Timers
from server.channels.simulator.webhooks import inbound, values
from server.channels.simulator.webhooks.dispatch import Change, Dispatcher
from server.channels.simulator.webhooks.statuses import Statuses
from server.channels.simulator.world import (
    Acceptance,
    Account,
    Customer,
    Message,
    Number,
    Template,
    Utterance,
    World,
)

Json = dict[str, Any]
TYPING_SECONDS = 25.0

# What becomes of a message by the last digits of its recipient.
REFUSED_SUFFIX = "0000"
FAILED_SUFFIXES = {"0001": 131026, "0002": 131049, "0003": 131050}
OFFLINE_SUFFIX = "0004"


class Provider:
    def __init__(self, settings: Settings, data_dir: Path | None = None, seed: int | None = None) -> None:
        self.world = World(settings)
        self.clock = self.world.clock
        self.stream = Stream()
        self.faults = Faults(seed, on_change=lambda: self.stream.tell("faults", {}))
        self.rates = SendRates()
        self.journal = Journal(data_dir)
        self.media = MediaStore(self.clock, self.journal, data_dir)
        self.dispatcher = Dispatcher(self.faults, self.clock)
        self.timers = Timers()
        self.statuses = Statuses(
            self.clock, self.timers, self.dispatcher, self.stream, self.journal, faults=self.faults
        )

    async def start(self) -> None:
        await self.dispatcher.start()
        restoration = Restoration(self.world)
        for record in self.journal.open():
            restoration.apply(record)
        self.media.restore(restoration.files.values())
        for change in restoration.unheard():
            self._deliver_said(change.number, change.lane, change.value)
        for number, message in restoration.unfinished():
            self.statuses.begin(number, message)
        self._make_default_number()

    async def close(self) -> None:
        self.stream.close()
        self.timers.forget()
        await self.dispatcher.close()
        self.journal.close()

    def reset(self) -> None:
        """As after the first start: no faults, no numbers but the default one, the journal empty."""
        self.timers.forget()
        self.dispatcher.forget()
        self.faults.clear()
        self.media.clear()
        self.world.clear()
        self.journal.clear()
        self.rates = SendRates()
        self._make_default_number()

    async def settled(self, timeout: float) -> bool:
        """Waits until no status and no webhook is under way. False when `timeout` seconds were not enough."""
        deadline = time.monotonic() + timeout
        while self.timers.pending or self.dispatcher.pending:
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(0.005)
        return True

    def add_number(self, wanted: Json) -> Number:
        """A fresh number, in an existing account when `wabaId` names one. ValueError if its id is taken."""
        if str(wanted.get("phoneNumberId")) in self.world.numbers:
            raise ValueError(f"the number {wanted['phoneNumberId']} exists already")
        account = self.world.accounts.get(str(wanted.get("wabaId"))) or starter.new_account(wanted)
        number = starter.new_number(wanted, account, self.world.settings, len(self.world.numbers) + 1)
        self.world.add_number(number)
        if callback := wanted.get("callbackUrl"):
            account.app_callback, account.subscribed = str(callback), True
        self.journal.number(number)
        self.stream.tell("number", {"phoneNumberId": number.phone_number_id})
        return number

    def redirected(self, number: Number) -> None:
        """Its webhooks go somewhere else from now on."""
        self.journal.callbacks(number)
        self.stream.tell("number", {"phoneNumberId": number.phone_number_id})

    def meet(self, number: Number, address: str, wanted: Json) -> Customer:
        """The customer with this phone or BSUID, created when unknown. ValueError for something else."""
        if not identity.is_user_id(address) and not 7 <= len(identity.digits(address)) <= 15:
            raise ValueError(f"{address!r} is neither a phone nor a business-scoped user id")
        known = number.find(address)
        wa_id = wanted.get("waId")
        customer = known or number.meet(address, wa_id=str(wa_id) if wa_id else None)
        customer.name = str(wanted.get("name") or customer.name or customer.phone or "")
        customer.username = wanted.get("username", customer.username)
        if not known:
            customer.online = not address.endswith(OFFLINE_SUFFIX)
        return customer

    def hear(self, number: Number, customer: Customer, body: Json, *, batch: int = 1) -> Message:
        """The customer says something: into the thread and out by webhook. ValueError as `compose`."""
        now = self.clock.now()
        said = inbound.compose(number, customer, body, self.media, now)
        if said["type"] != "system":
            customer.last_wrote_at = now
        if "referral" in said:
            customer.referred_at = now
        message = Message(
            wamid=said["id"],
            sender="customer",
            type=said["type"],
            content=said.get(said["type"]),
            at=now,
            customer=customer,
            status="sent",
            context=said.get("context"),
            referral=said.get("referral"),
        )
        self._place(number, message)
        value = values.of_message(number, customer, said)
        address = customer.address
        self.world.spoken[message.wamid] = Utterance(
            message.wamid, number.phone_number_id, address, message.type, now
        )
        self.journal.heard(number, customer, value, now)
        self._deliver_said(number, customer.key, value, batch)
        return message

    def accept(
        self, number: Number, customer: Customer, body: Json, kind: str, template: Template | None
    ) -> Message:
        """A checked send becomes a message; from here on the business's answer no longer matters."""
        category = template.category.lower() if template else "service"
        message = Message(
            wamid=identity.new_wamid(customer.key),
            sender="business",
            type=kind,
            content=body[kind],
            at=self.clock.now(),
            customer=customer,
            context=body.get("context"),
            opaque=body.get("biz_opaque_callback_data"),
            category=category,
            drawn=drawn(template, body[kind]) if template else None,
            failure=self._failure(number, customer, kind, category),
        )
        self.journal.accepted(number, message)
        self.world.accepted.append(
            Acceptance(
                message.wamid, number.phone_number_id, customer.address, kind, message.opaque, message.at
            )
        )
        self._place(number, message)
        return message

    def check_recipient(self, number: Number, customer: Customer, kind: str) -> None:
        """131021, 131026 and 131047; see the suffixes above."""
        phone = customer.phone or ""
        if phone == number.phone:
            raise GraphError(131021, details="Recipient and sender are the same number")
        if phone.endswith(REFUSED_SUFFIX):
            raise GraphError(131026, details="Message Undeliverable.")
        if number.settings.window == "answer" and self._window_closed(customer, kind):
            raise self._reengagement()

    def reads(self, number: Number, wamid: str, *, typing: bool) -> None:
        """The business has read this message and all before it. 131009 when it is unknown."""
        message = number.messages.get(wamid)
        if message is None or message.sender != "customer":
            raise GraphError(131009, details="Message id is invalid: no such inbound message")
        customer = message.customer
        for earlier in customer.thread:
            if earlier.sender == "customer" and earlier.at <= message.at:
                earlier.status = "read"
        told = {"phoneNumberId": number.phone_number_id, "customer": customer.key}
        self.stream.tell("read", told | {"wamid": wamid, "at": message.at})
        if typing:
            customer.typing_until = self.clock.now() + TYPING_SECONDS
            self.stream.tell("typing", told | {"seconds": TYPING_SECONDS})

    def announce(self, number: Number, field: str, value: Json) -> None:
        """Any webhook of the account, or of the number when `value` carries `metadata`."""
        self.dispatcher.send(Change(number=number, field=field, value=value))

    def announce_account(self, account: Account, field: str, value: Json) -> None:
        for number in self.world.numbers_of(account)[:1]:
            self.announce(number, field, value)

    def _place(self, number: Number, message: Message) -> None:
        customer = message.customer
        number.add(message)
        if message.sender == "business":
            customer.typing_until = 0.0
        if self.stream.watched:
            told = {"phoneNumberId": number.phone_number_id, "customer": customer.key}
            self.stream.tell("message", told | {"message": message.as_json()})

    def _deliver_said(self, number: Number, lane: str, value: Json, batch: int = 1) -> None:
        wamid = value["messages"][0]["id"]
        self.dispatcher.send(
            Change(
                number=number,
                field="messages",
                value=value,
                lane=lane,
                batch=batch,
                on_acknowledged=lambda: self._heard(number, wamid),
            )
        )

    def _heard(self, number: Number, wamid: str) -> None:
        utterance = self.world.spoken[wamid]
        if utterance.acknowledged_at is not None:
            return
        utterance.acknowledged_at = self.clock.now()
        self.journal.acknowledged(wamid, "delivered")
        message = number.messages.get(wamid)
        if message and message.status == "sent":
            message.status = "delivered"
            told = {"phoneNumberId": number.phone_number_id, "customer": message.customer.key}
            self.stream.tell("status", told | {"wamid": wamid, "status": "delivered"})

    def _failure(self, number: Number, customer: Customer, kind: str, category: str) -> Json | None:
        code = FAILED_SUFFIXES.get((customer.phone or "")[-4:])
        if not customer.on_whatsapp:
            code = 131026
        elif category == "marketing" and not customer.wants_marketing:
            code = 131050
        if code:
            return GraphError(code).in_status()
        if number.settings.window == "status" and self._window_closed(customer, kind):
            return self._reengagement().in_status()
        return None

    def _window_closed(self, customer: Customer, kind: str) -> bool:
        return kind != "template" and not customer.window_open(self.clock.now())

    @staticmethod
    def _reengagement() -> GraphError:
        return GraphError(
            131047,
            details="Message failed to send because more than 24 hours have passed since the customer last replied"
            " to this number.",
        )

    def _make_default_number(self) -> None:
        if starter.DEFAULT_NUMBER["phoneNumberId"] not in self.world.numbers:
            self.add_number(starter.DEFAULT_NUMBER)
