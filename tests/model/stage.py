"""What the model plays on: real stores, the simulator as the far side, and a post office that holds every webhook back."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson
import redis.asyncio
from aiohttp import web

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer, PlayedNumber
from server.channels.simulator.webhooks import wire
from server.desk import channels
from server.runtime import Runtime
from server.settings import Settings
from tenants import models, registry
from tenants.context import Context
from tenants.db import ScopedDatabase
from tenants.ids import new_id
from tenants.models import Tenant

Json = dict[str, Any]
TIMEOUT = 0.3  # seconds: of a send; its lease and W pass only when the model says so
QUICK = {"sentAfter": 0.0, "deliveredAfter": 0.0, "readAfter": 0.0, "window": "off", "autoRead": True}
# The simulator lets every message to the second one fail.
PHONES = ("5511988881111", "5511988880001", "5511988882222")
_serial = itertools.count(1)


@dataclass
class Letter:
    """A webhook's body as the provider sent it; `acknowledged` once an accept of it was answered 200."""

    raw: bytes
    signature: str
    acknowledged: bool = False


class Desk(NamedTuple):
    """Where the house's processes find a branch."""

    tenant: Tenant
    channel_id: str


@dataclass
class Branch:
    """A tenant with one connected number, and the letters that its provider has sent."""

    desk: Desk
    number: PlayedNumber
    db: ScopedDatabase
    letters: list[Letter] = field(default_factory=list)
    # Set while webhooks overtake the answers to sends: each is passed on before the provider has its 200.
    marks: bool = True  # whether statuses echo what we attached to the send
    pass_on: Callable[[Letter], Coroutine[Any, Any, None]] | None = None

    def sign(self, raw: bytes) -> Letter:
        return Letter(raw, wire.signature(self.number.app_secret, raw))

    def customer(self, place: int) -> PlayedCustomer:
        phone = PHONES[place % len(PHONES)]
        return self.number.customer(phone, name=f"Cliente {place}")

    @property
    def waiting(self) -> list[Letter]:
        return [letter for letter in self.letters if not letter.acknowledged]


class Stage:
    def __init__(self, settings: Settings, simulator: Simulator, house: Runtime) -> None:
        self.settings, self.simulator = settings, simulator
        self.house = house  # a process that looks on: it sets up and checks, and is never stopped
        self.branches: dict[str, Branch] = {}
        self.url = ""

    async def branch(self) -> Branch:
        """A new tenant with its number, of which nothing is known yet."""
        name = f"model-{next(_serial)}-{new_id()[-6:].lower()}"
        number = await self.simulator.add_number(webhook=f"{self.url}/{name}")
        tenant = Tenant(id=new_id(), slug=name, name=name, created_at=models.now())
        await registry.insert_tenant(
            self.house.database, {**tenant.model_dump(exclude={"id"}), "_id": tenant.id}
        )
        await registry.claim_address(
            self.house.database, registry.phone_number_key(number.phone_number_id), tenant.id
        )
        async with self.house.enter(tenant) as ctx:
            channel_id = await _connected(ctx, number)
        self.branches[name] = Branch(Desk(tenant, channel_id), number, self.house.database.scoped(tenant.id))
        return self.branches[name]

    async def take(self, request: web.Request) -> web.Response:
        branch = self.branches[request.match_info["branch"]]
        letter = Letter(await request.read(), request.headers["X-Hub-Signature-256"])
        letter = letter if branch.marks else branch.sign(_unmarked(letter.raw))
        branch.letters.append(letter)
        if branch.pass_on:
            await branch.pass_on(letter)
        return web.Response()

    async def forget_redis(self) -> None:
        """B1: all that Redis holds for this house."""
        client = redis.asyncio.Redis.from_url(self.settings.redis_url)
        await client.flushdb()
        await client.aclose()

    async def end_transactions(self, sessions: Sequence[Json]) -> None:
        """What mongod does by itself some seconds after a client died or stood still in one (docs/decisions/0010)."""
        if sessions:
            await self.house.database._client.admin.command({"killSessions": list(sessions)})


def _unmarked(raw: bytes) -> bytes:
    body = orjson.loads(raw)
    for entry in body["entry"]:
        for change in entry["changes"]:
            for status in change["value"].get("statuses", []):
                status.pop("biz_opaque_callback_data", None)
    return orjson.dumps(body)


async def _connected(ctx: Context, number: PlayedNumber) -> str:
    new = channels.NewChannel(
        name="Recepção",
        phone_number_id=number.phone_number_id,
        waba_id=number.waba_id,
        access_token=number.access_token,
        app_secret=number.app_secret,
        verify_token=number.verify_token,
    )
    channel = await channels.connect(ctx, new)
    await channels.settle(ctx, channel.id, failure=None)
    return channel.id


@asynccontextmanager
async def stage(settings: Settings) -> AsyncIterator[Stage]:
    asyncio.get_running_loop().set_exception_handler(_of_the_dead)
    async with contextlib.AsyncExitStack() as stack:
        simulator = await stack.enter_async_context(Simulator(settings=QUICK))
        times = {"send_timeout": TIMEOUT, "send_lease": 30.0, "unconfirmed_after": 60.0, "number_rate": 1_000}
        settings = settings.model_copy(update={"graph_api_url": simulator.url, **times})
        house = await Runtime.open(settings)
        stack.push_async_callback(house.close)
        await house.database.ensure_indexes()
        playing = Stage(settings, simulator, house)
        post_office = web.Application()
        post_office.router.add_post("/{branch}", playing.take)
        runner = web.AppRunner(post_office, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        playing.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield playing


def _of_the_dead(loop: asyncio.AbstractEventLoop, context: Json) -> None:
    """What a killed process still had in hand fails unseen."""
    if "never retrieved" not in context["message"] and "was destroyed" not in context["message"]:
        loop.default_exception_handler(context)
