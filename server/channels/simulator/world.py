"""Everything the simulator knows, in memory: accounts, numbers, customers, messages, templates."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from server.channels.simulator import identity
from server.channels.simulator.settings import Settings, changed

Json = dict[str, Any]
THREAD_LENGTH = 500
FREE_ENTRY_POINT_HOURS = 72


class Clock:
    """Seconds since 1970. `advance` lets windows close and ids expire without waiting."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def now(self) -> float:
        return time.time() + self.ahead

    def advance(self, seconds: float) -> None:
        self.ahead += seconds


@dataclass(slots=True)
class Template:
    id: str
    name: str
    language: str
    category: str
    components: list[Json]
    status: str = "APPROVED"
    parameter_format: str = "POSITIONAL"
    rejected_reason: str = "NONE"
    quality: str = "UNKNOWN"

    def component(self, kind: str) -> Json | None:
        return next((part for part in self.components if part["type"].upper() == kind), None)


@dataclass(slots=True)
class Account:
    """A WhatsApp Business Account with its app. `callback` is the override of `subscribed_apps`,
    `app_callback` the address in the app's own settings.
    """

    waba_id: str
    app_id: str
    app_secret: str
    access_token: str
    verify_token: str
    templates: dict[str, Template] = field(default_factory=dict)
    subscribed: bool = False
    callback: str | None = None
    app_callback: str | None = None
    token_valid: bool = True


@dataclass(slots=True)
class Media:
    """A file of a number's; what it holds is kept by its SHA-256."""

    id: str
    phone_number_id: str
    account: Account
    mime_type: str
    sha256: bytes
    size: int
    expires_at: float
    filename: str = ""


@dataclass(slots=True)
class Message:
    """One bubble. `sender` is "customer" or "business"; `content` is the object named by `type`."""

    wamid: str
    sender: str
    type: str
    content: Any
    at: float
    customer: "Customer"
    status: str = "accepted"
    context: Json | None = None
    opaque: str | None = None
    category: str = "service"
    drawn: Json | None = None  # a template with its parameters filled in
    reactions: Json = field(default_factory=dict)  # sender → emoji
    failure: Json | None = None
    referral: Json | None = None  # the ad that the customer answers
    edited: bool = False
    revoked: bool = False
    lost: bool = False  # sent to somebody who had blocked the business: it never arrives

    def as_json(self) -> Json:
        shown = {
            "wamid": self.wamid,
            "sender": self.sender,
            "type": self.type,
            "content": self.content,
            "at": self.at,
            "status": self.status,
            "context": self.context,
            "drawn": self.drawn,
            "reactions": self.reactions or None,
            "failure": self.failure,
            "referral": self.referral,
            "edited": self.edited or None,
            "revoked": self.revoked or None,
            "lost": self.lost or None,
        }
        return {name: value for name, value in shown.items() if value is not None}


@dataclass(slots=True)
class Customer:
    """A person with a phone. Without `phone` the business sees only the business-scoped `user_id`."""

    key: str
    user_id: str
    phone: str | None = None
    wa_id: str | None = None
    name: str = ""
    username: str | None = None
    online: bool = True
    opened: bool = False
    on_whatsapp: bool = True
    blocks_business: bool = False
    wants_marketing: bool = True
    last_wrote_at: float | None = None
    referred_at: float | None = None
    typing_until: float = 0.0
    thread: deque[Message] = field(default_factory=lambda: deque(maxlen=THREAD_LENGTH))

    @property
    def address(self) -> str:
        return self.wa_id or self.user_id

    def window_open(self, now: float) -> bool:
        """24 hours after the customer's last message (whatsapp.md 1.2)."""
        return self.last_wrote_at is not None and now - self.last_wrote_at <= 24 * 3600

    def free_entry_point(self, now: float) -> bool:
        return self.referred_at is not None and now - self.referred_at <= FREE_ENTRY_POINT_HOURS * 3600

    def as_json(self, now: float) -> Json:
        return {
            "key": self.key,
            "phone": self.phone,
            "waId": self.wa_id,
            "userId": self.user_id,
            "name": self.name,
            "username": self.username,
            "online": self.online,
            "opened": self.opened,
            "onWhatsApp": self.on_whatsapp,
            "blocksBusiness": self.blocks_business,
            "wantsMarketing": self.wants_marketing,
            "windowOpen": self.window_open(now),
            "typing": self.typing_until > now,
            "lastMessage": self.thread[-1].as_json() if self.thread else None,
            "unread": sum(
                1
                for m in self.thread
                if m.sender == "business" and m.status not in ("read", "played", "failed") and not m.lost
            ),
        }


@dataclass(slots=True)
class Number:
    phone_number_id: str
    display_phone_number: str
    verified_name: str
    account: Account
    settings: Settings
    overrides: Json = field(default_factory=dict)
    callback: str | None = None
    quality_rating: str = "GREEN"
    registered: bool = True
    customers: dict[str, Customer] = field(default_factory=dict)
    user_ids: dict[str, Customer] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def phone(self) -> str:
        return identity.digits(self.display_phone_number)

    def find(self, address: str) -> Customer | None:
        """By phone with or without the ninth digit, or by BSUID."""
        found = self.user_ids.get(address)
        return found or self.customers.get(identity.phone_key(identity.digits(address)))

    def meet(self, address: str, *, name: str = "", wa_id: str | None = None) -> Customer:
        customer = self.find(address)
        if customer is None:
            customer = self._introduce(address, wa_id)
        if name:
            customer.name = name
        return customer

    def _introduce(self, address: str, wa_id: str | None) -> Customer:
        if identity.is_user_id(address):
            customer = Customer(key=address, user_id=address)
        else:
            phone = identity.digits(address)
            key = identity.phone_key(phone)
            user_id = identity.user_id_of(self.account.waba_id, key)
            customer = Customer(
                key=key, user_id=user_id, phone=phone, wa_id=wa_id or identity.wa_id_of(phone)
            )
        self.join(customer)
        return customer

    def add(self, message: Message) -> None:
        self.messages[message.wamid] = message
        message.customer.thread.append(message)
        if change := _CHANGES.get(message.type):
            target = self.messages.get(_target_of(message.content))
            if target:
                change(target, message)

    def move(self, customer: Customer, phone: str) -> None:
        """The same person on another phone, under another key."""
        self.leave(customer)
        customer.phone, customer.wa_id = phone, identity.wa_id_of(phone)
        customer.key = identity.phone_key(phone)
        customer.user_id = identity.user_id_of(self.account.waba_id, customer.key)
        self.join(customer)

    def join(self, customer: Customer) -> None:
        self.user_ids[customer.user_id] = customer
        if customer.phone:
            self.customers[customer.key] = customer

    def leave(self, customer: Customer) -> None:
        self.user_ids.pop(customer.user_id, None)
        self.customers.pop(customer.key, None)

    def forget(self, customer: Customer) -> None:
        """With all that was said."""
        self.leave(customer)
        for message in customer.thread:
            self.messages.pop(message.wamid, None)

    def everyone(self) -> list[Customer]:
        return list(self.user_ids.values())


def _target_of(content: Any) -> str:
    named = content if isinstance(content, dict) else {}
    return str(named.get("message_id") or named.get("original_message_id"))


def _react(target: Message, reaction: Message) -> None:
    target.reactions[reaction.sender] = reaction.content.get("emoji") or ""


def _edit(target: Message, edit: Message) -> None:
    written = edit.content.get("message") or {}
    target.content, target.edited = written.get(written.get("type"), target.content), True


def _revoke(target: Message, revocation: Message) -> None:
    target.revoked = True


# What changes the message it names.
_CHANGES: dict[str, Callable[[Message, Message], None]] = {
    "reaction": _react,
    "edit": _edit,
    "revoke": _revoke,
}


@dataclass(slots=True)
class Acceptance:
    """A send that was accepted: the provider's own truth, for whoever checks the sender."""

    wamid: str
    phone_number_id: str
    to: str
    type: str
    opaque: str | None
    at: float

    def as_json(self) -> Json:
        return {
            "wamid": self.wamid,
            "phoneNumberId": self.phone_number_id,
            "to": self.to,
            "type": self.type,
            "opaque": self.opaque,
            "at": self.at,
        }


@dataclass(slots=True)
class Utterance:
    """A customer's message; `acknowledged_at` is when its webhook was first answered 200."""

    wamid: str
    phone_number_id: str
    customer: str
    type: str
    at: float
    acknowledged_at: float | None = None

    def as_json(self) -> Json:
        return {
            "wamid": self.wamid,
            "phoneNumberId": self.phone_number_id,
            "from": self.customer,
            "type": self.type,
            "at": self.at,
            "acknowledgedAt": self.acknowledged_at,
        }


class World:
    def __init__(self, settings: Settings) -> None:
        self.clock = Clock()
        self.settings = settings
        self.accounts: dict[str, Account] = {}
        self.tokens: dict[str, Account] = {}
        self.numbers: dict[str, Number] = {}
        self.accepted: list[Acceptance] = []
        self.spoken: dict[str, Utterance] = {}

    def add_number(self, number: Number) -> None:
        account = number.account
        self.accounts[account.waba_id] = account
        self.tokens[account.access_token] = account
        self.numbers[number.phone_number_id] = number

    def configure(self, patch: Json, number: Number | None = None) -> None:
        """Patches the settings of one number or of all; a number keeps its own. ValueError as `changed`."""
        if number:
            number.settings = changed(number.settings, patch)
            number.overrides |= patch
            return
        self.settings = changed(self.settings, patch)
        for each in self.numbers.values():
            each.settings = changed(self.settings, each.overrides)

    def numbers_of(self, account: Account) -> list[Number]:
        return [number for number in self.numbers.values() if number.account is account]

    def clear(self) -> None:
        for held in (self.accounts, self.tokens, self.numbers, self.accepted, self.spoken):
            held.clear()
