"""Keeps what must survive a restart or a kill -9 in one append-only file of JSON lines.

A line is handed to the operating system before the answer that depends on it; what a crash cuts off
mid-line is dropped on the next start. What files hold lies beside it (contents.py); faults are not kept.
"""

import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from server.channels.simulator.world import Account, Customer, Media, Message, Number, Template

Json = dict[str, Any]


class Journal:
    def __init__(self, directory: Path | None) -> None:
        self._path = directory / "simulator.jsonl" if directory else None
        self._file: int | None = None

    def open(self) -> Iterator[Json]:
        """Every record of earlier runs; from then on records are appended."""
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
        whole = self._path.read_bytes()
        complete = whole.rfind(b"\n") + 1
        os.ftruncate(self._file, complete)
        for line in whole[:complete].splitlines():
            yield orjson.loads(line)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def clear(self) -> None:
        if self._file is not None:
            os.ftruncate(self._file, 0)

    def number(self, number: Number) -> None:
        account = asdict(number.account)
        account["templates"] = list(account["templates"].values())
        self._write(
            "number",
            phone_number_id=number.phone_number_id,
            display_phone_number=number.display_phone_number,
            verified_name=number.verified_name,
            overrides=number.overrides,
            account=account,
        )

    def callbacks(self, number: Number) -> None:
        """Who gets this number's webhooks now."""
        account = number.account
        self._write(
            "callbacks",
            number=number.phone_number_id,
            subscribed=account.subscribed,
            callback=account.callback,
            app_callback=account.app_callback,
            number_callback=number.callback,
        )

    def template(self, account: Account, template: Template) -> None:
        self._write("template", account=account.waba_id, template=asdict(template))

    def template_deleted(self, account: Account, template: Template) -> None:
        self._write("template_deleted", account=account.waba_id, template=template.id)

    def customer(self, number: Number, customer: Customer) -> None:
        self._write("customer", number=number.phone_number_id, customer=_person(customer))

    def moved(self, number: Number, user_id: str, customer: Customer) -> None:
        """Who was `user_id` is now `customer`."""
        self._write("moved", number=number.phone_number_id, user_id=user_id, customer=_person(customer))

    def forgotten(self, number: Number, customer: Customer) -> None:
        self._write("forgotten", number=number.phone_number_id, user_id=customer.user_id)

    def heard(self, number: Number, customer: Customer, value: Json, at: float) -> None:
        self._write("heard", number=number.phone_number_id, customer=_person(customer), value=value, at=at)

    def accepted(self, number: Number, message: Message) -> None:
        self._write(
            "accepted",
            number=number.phone_number_id,
            customer=_person(message.customer),
            wamid=message.wamid,
            type=message.type,
            content=message.content,
            context=message.context,
            opaque=message.opaque,
            category=message.category,
            drawn=message.drawn,
            failure=message.failure,
            at=message.at,
        )

    def lost(self, message: Message) -> None:
        self._write("lost", wamid=message.wamid)

    def acknowledged(self, wamid: str, status: str) -> None:
        """The webhook was answered 200: a restart need not send it again."""
        self._write("acknowledged", wamid=wamid, status=status)

    def media(self, item: Media) -> None:
        self._write(
            "media",
            number=item.phone_number_id,
            id=item.id,
            mime_type=item.mime_type,
            sha256=item.sha256.hex(),
            size=item.size,
            expires_at=item.expires_at,
            filename=item.filename,
        )

    def media_dropped(self, media_id: str) -> None:
        self._write("media_dropped", media=media_id)

    def _write(self, kind: str, **fields: Any) -> None:
        if self._file is not None:
            os.write(self._file, orjson.dumps({"kind": kind} | fields) + b"\n")


def _person(customer: Customer) -> Json:
    return {
        "key": customer.key,
        "user_id": customer.user_id,
        "phone": customer.phone,
        "wa_id": customer.wa_id,
        "name": customer.name,
        "username": customer.username,
        "last_wrote_at": customer.last_wrote_at,
        "referred_at": customer.referred_at,
        "on_whatsapp": customer.on_whatsapp,
        "blocks_business": customer.blocks_business,
        "wants_marketing": customer.wants_marketing,
    }
