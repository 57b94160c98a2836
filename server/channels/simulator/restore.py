"""Reads a journal back into the world and takes up what was under way."""

from typing import Any

from server.channels.simulator.webhooks.dispatch import Change
from server.channels.simulator.webhooks.statuses import ORDER
from server.channels.simulator.world import (
    Acceptance,
    Account,
    Customer,
    Media,
    Message,
    Number,
    Template,
    Utterance,
    World,
)

Json = dict[str, Any]


class Restoration:
    """`unfinished` afterwards: messages with webhooks that nobody had acknowledged."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.files: dict[str, Media] = {}
        self._values: dict[str, Json] = {}
        self._owners: dict[str, Number] = {}

    def apply(self, record: Json) -> None:
        kind = record.pop("kind")
        getattr(self, f"_{kind}")(**record)

    def unheard(self) -> list[Change]:
        """The customers' messages to deliver again."""
        return [
            Change(number=self._owners[wamid], field="messages", value=value, lane=self._lane(wamid))
            for wamid, value in self._values.items()
        ]

    def unfinished(self) -> list[tuple[Number, Message]]:
        found = []
        for number in self._world.numbers.values():
            found += [(number, m) for m in number.messages.values() if m.sender == "business"]
        return [(number, m) for number, m in found if m.status in ("accepted", "sent")]

    def _lane(self, wamid: str) -> str:
        return self._owners[wamid].messages[wamid].customer.key

    def _number(self, *, account: Json, phone_number_id: str, overrides: Json, **fields: Any) -> None:
        """A number is written again when it has changed."""
        number = self._world.numbers.get(phone_number_id)
        if number is None:
            owner = self._world.accounts.get(account["waba_id"]) or _account(account)
            settings = self._world.settings
            number = Number(phone_number_id=phone_number_id, account=owner, settings=settings, **fields)
            self._world.add_number(number)
        number.account.token_valid = account["token_valid"]
        number.verified_name = fields["verified_name"]
        self._world.configure(overrides, number)

    def _callbacks(
        self,
        *,
        number: str,
        subscribed: bool,
        callback: str | None,
        app_callback: str | None,
        number_callback: str | None,
    ) -> None:
        found = self._world.numbers[number]
        found.callback = number_callback
        account = found.account
        account.subscribed, account.callback, account.app_callback = subscribed, callback, app_callback

    def _template(self, *, account: str, template: Json) -> None:
        self._world.accounts[account].templates[template["id"]] = Template(**template)

    def _template_deleted(self, *, account: str, template: str) -> None:
        self._world.accounts[account].templates.pop(template, None)

    def _customer(self, *, number: str, customer: Json) -> Customer:
        owner = self._world.numbers[number]
        found = owner.user_ids.get(customer["user_id"])
        found = found or Customer(key=customer["key"], user_id=customer["user_id"])
        for name, value in customer.items():
            setattr(found, name, value)
        owner.join(found)
        return found

    def _moved(self, *, number: str, user_id: str, customer: Json) -> None:
        owner = self._world.numbers[number]
        found = owner.user_ids[user_id]
        owner.leave(found)
        for name, value in customer.items():
            setattr(found, name, value)
        owner.join(found)

    def _forgotten(self, *, number: str, user_id: str) -> None:
        owner = self._world.numbers[number]
        found = owner.user_ids[user_id]
        for message in found.thread:
            self._values.pop(message.wamid, None)
        owner.forget(found)

    def _heard(self, *, number: str, customer: Json, value: Json, at: float) -> None:
        owner, person = self._world.numbers[number], self._customer(number=number, customer=customer)
        said = value["messages"][0]
        message = Message(
            wamid=said["id"],
            sender="customer",
            type=said["type"],
            content=said.get(said["type"]),
            at=at,
            customer=person,
            status="sent",
            context=said.get("context"),
            referral=said.get("referral"),
        )
        owner.add(message)
        self._world.spoken[message.wamid] = Utterance(message.wamid, number, person.address, message.type, at)
        self._values[message.wamid], self._owners[message.wamid] = value, owner

    def _accepted(self, *, number: str, customer: Json, **fields: Any) -> None:
        owner, person = self._world.numbers[number], self._customer(number=number, customer=customer)
        message = Message(sender="business", customer=person, **fields)
        owner.add(message)
        self._owners[message.wamid] = owner
        acceptance = Acceptance(
            message.wamid, number, person.address, message.type, message.opaque, message.at
        )
        self._world.accepted.append(acceptance)

    def _media(self, *, number: str, sha256: str, **fields: Any) -> None:
        account = self._world.numbers[number].account
        item = Media(phone_number_id=number, account=account, sha256=bytes.fromhex(sha256), **fields)
        self.files[item.id] = item

    def _media_dropped(self, *, media: str) -> None:
        self.files.pop(media, None)

    def _lost(self, *, wamid: str) -> None:
        self._owners[wamid].messages[wamid].lost = True

    def _acknowledged(self, *, wamid: str, status: str) -> None:
        message = self._owners[wamid].messages.get(wamid)
        if message and ORDER[status] > ORDER[message.status]:
            message.status = status
        if self._values.pop(wamid, None) is not None:
            spoken = self._world.spoken[wamid]
            spoken.acknowledged_at = spoken.at


def _account(fields: Json) -> Account:
    templates = [Template(**each) for each in fields.pop("templates")]
    return Account(**fields, templates={each.id: each for each in templates})
