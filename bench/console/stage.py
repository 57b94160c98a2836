"""A house with a full inbox, and customers who write to it while somebody looks."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from bench.furnishing import STILL_OPEN, Life, furnished
from bench.hotel import PASSWORD
from bench.house import House
from server.desk.contacts.models import IdentityKind, phone_key
from server.desk.messages.inbound import Received, Sender
from server.desk.messages.models import Kind
from server.desk.messages.receiving import receive
from tenants import users
from tenants.credentials import hash_password
from tenants.ids import new_id
from tenants.models import Role
from tenants.users import NewUser

TALKER = Sender(wa_id="5511900000001", name="Zélia Tagarela")
BATCH = 100
WRITERS = 40
_serial = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Writer:
    channel_id: str
    sender: Sender


@dataclass(frozen=True, slots=True)
class Stage:
    """`talker` has the longest conversation, `talk_id`; the conversations of `others` are in the inbox too."""

    house: House
    life: Life
    signed_in: dict[str, Any]
    talk_id: str
    talker: Writer
    others: list[Writer]

    @property
    def url(self) -> str:
        return self.house.url

    async def write(self, writer: Writer, count: int) -> str:
        """So many messages at once; answers the last one's id."""
        async with self.life.hotel.enter() as ctx:
            written = [
                Received(
                    wamid=f"wamid.console.{next(_serial)}", at=ctx.now(), sender=writer.sender, kind=Kind.TEXT,
                    text="Gostaria de confirmar a reserva do quarto com vista para o mar, por favor.",
                )
                for _ in range(count)
            ]  # fmt: skip
            return str((await receive(ctx, writer.channel_id, written))[-1]["_id"])

    async def write_steadily(self, writers: Sequence[Writer], count: int, *, seconds: float) -> None:
        """One message at a time, each of the writers in turn."""
        began = time.monotonic()
        for turn, writer in zip(range(count), itertools.cycle(writers), strict=False):
            await asyncio.sleep(max(0.0, began + turn * seconds / count - time.monotonic()))
            await self.write(writer, 1)


@asynccontextmanager
async def staged(house: House, conversations: int, messages: int) -> AsyncIterator[Stage]:
    """An inbox of so many open conversations, and one more that has so many messages."""
    async with furnished(house, conversations, STILL_OPEN) as (full, life), full.web():
        talker = Writer(life.channels[0].id, TALKER)
        stage = Stage(full, life, await _sign_in(full, life), "", talker, await _writers(life))
        for start in range(0, messages, BATCH):
            await stage.write(talker, min(BATCH, messages - start))
        async with life.hotel.enter() as ctx:
            talk = await ctx.db.conversations.one({"contact.name": TALKER.name})
        assert talk is not None
        yield Stage(full, life, stage.signed_in, talk["_id"], talker, stage.others)


async def _sign_in(house: House, life: Life) -> dict[str, Any]:
    """What the console keeps of a person who has signed in: one who sees all, and whom no alarm of the house concerns."""
    person = NewUser(
        email=f"gerente@{life.hotel.tenant.slug}.com", name="Gerente", password=PASSWORD, role=Role.SUPERVISOR
    )
    password_hash = await hash_password(PASSWORD, rounds=house.settings.bcrypt_rounds)
    async with life.hotel.enter() as ctx:
        await users.store(ctx.db, person, password_hash=password_hash, at=ctx.now())
    asked = {"email": person.email, "password": PASSWORD, "tenantSlug": life.hotel.tenant.slug}
    async with aiohttp.ClientSession() as http, http.post(f"{house.url}/auth/login", json=asked) as answer:
        answer.raise_for_status()
        return dict(await answer.json())


async def _writers(life: Life) -> list[Writer]:
    async with life.hotel.enter() as ctx:
        found = await ctx.db.conversations.all({"_id": {"$in": life.conversations[-WRITERS:]}})
        await ctx.db.contact_identities.insert_all(
            [
                {
                    "_id": new_id(), "kind": IdentityKind.PHONE, "value": phone_key(row["contact"]["wa_id"]),
                    "contact_id": row["contact_id"],
                }
                for row in found
            ]
        )  # fmt: skip
    return [
        Writer(row["channel_id"], Sender(wa_id=row["contact"]["wa_id"], name=row["contact"]["name"]))
        for row in found
    ]
