"""The whole play: clients of every kind, a storm, and the verdict on each of their logs."""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.clients.judge import SLACK_SECONDS, Truth, Verdict, judge, rows_of, truth_of
from bench.clients.logs import Client, Pages, in_browser, in_node
from bench.clients.people import AGENT_ROLES, House, Whose, a_closed_house, an_open_house
from bench.clients.stage import Stage, opened_runtime, staged
from bench.clients.storm import Pace, Storm, listen_for_silence
from bench.clients.wire import Wire, on_a_port
from server.settings import Settings

SETTLE_SECONDS = 30.0
POLLING, WEBSOCKET, UPGRADING = ("polling",), ("websocket",), ("polling", "websocket")


@dataclass(frozen=True, slots=True)
class Size:
    """`nodes` and `browsers`: of the hotel, the administrator and its agents by turns."""

    seconds: float
    nodes: int
    browsers: int
    rounds_of_silence: int
    pace: Pace


LONG = Size(90, nodes=7, browsers=3, rounds_of_silence=8, pace=Pace())
SHORT = Size(
    8,
    nodes=3,
    browsers=2,
    rounds_of_silence=1,
    pace=Pace(redis_kill=3, web_kill=3, deafness=3, passing_on=0.5, victims=(1,)),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    commits: int
    cuts: int
    redis_kills: int
    web_kills: int
    verdicts: dict[str, Verdict]
    # Agents whose list of conversations is not what the database says that they may see.
    wrong_lists: dict[str, set[str]]
    silence: list[float]
    settled_after: float

    @property
    def faults(self) -> int:
        return sum(verdict.faults for verdict in self.verdicts.values()) + len(self.wrong_lists)


@dataclass(frozen=True, slots=True)
class Cast:
    house: House
    rival: House
    quiet: House
    clients: list[Client]
    deaf: Client
    pages: Pages

    @property
    def houses(self) -> list[House]:
        return [self.house, self.rival, self.quiet]

    async def truths(self) -> dict[str, Truth]:
        return {house.slug: await truth_of(house) for house in self.houses}

    async def verdicts(self) -> dict[str, Verdict]:
        await self.pages.fetch()
        truths = await self.truths()
        return {
            client.name: judge(
                client, truths[client.house.slug], [h for h in self.houses if h is not client.house]
            )
            for client in [*self.clients, self.deaf]
        }


async def play(settings: Settings, size: Size) -> Outcome:
    """On the MongoDB of `settings`."""
    async with staged(settings) as stage, opened_runtime(stage.settings) as runtime:
        houses = (await a_closed_house(runtime), await an_open_house(runtime), await an_open_house(runtime))
        async with _cast(stage, houses, size) as cast:
            return await _perform(stage, cast, size)


async def _perform(stage: Stage, cast: Cast, size: Size) -> Outcome:
    listening = asyncio.create_task(listen_for_silence(cast.quiet, cast.deaf, rounds=size.rounds_of_silence))
    await Storm(stage, cast.house, cast.rival, cast.clients, size.pace).rages(size.seconds)
    began = time.monotonic()
    verdicts = await _settled(cast)
    settled_after = time.monotonic() - began
    silence = await listening
    # What was read before access was taken away may still be on its way.
    await _until_lists_are_right(cast)
    return Outcome(
        commits=sum(len(truth.events) for truth in (await cast.truths()).values()),
        cuts=sum(client.wire.cuts for client in cast.clients),
        redis_kills=stage.kills["redis"],
        web_kills=stage.kills["web"],
        verdicts=verdicts,
        wrong_lists=await _wrong_lists(cast),
        silence=silence,
        settled_after=settled_after,
    )


async def _settled(cast: Cast) -> dict[str, Verdict]:
    """The verdicts once nobody misses anything, or as they are when patience ends."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while True:
        verdicts = await cast.verdicts()
        if time.monotonic() > deadline or not any(verdict.missed for verdict in verdicts.values()):
            return verdicts
        await asyncio.sleep(0.5)


async def _until_lists_are_right(cast: Cast) -> None:
    deadline = time.monotonic() + SLACK_SECONDS
    while await _wrong_lists(cast) and time.monotonic() < deadline:
        await asyncio.sleep(0.5)


async def _wrong_lists(cast: Cast) -> dict[str, set[str]]:
    """By the name of a client: what it shows and should not, and what it should and does not."""
    await cast.pages.fetch()
    shown = {client.name: rows_of(client) for client in cast.clients}
    shown |= {name: set(rows) for name, rows in (await cast.pages.rows()).items()}
    held = await cast.house.hotel.runtime.database.scoped(cast.house.hotel.tenant.id).conversations.all()
    wrong = {}
    for client in (c for c in cast.clients if c.player.whose in AGENT_ROLES):
        own = {row["_id"] for row in held if row["assigned_to_id"] == client.player.id}
        if different := shown[client.name] ^ own:
            wrong[client.name] = different
    return wrong


@contextlib.asynccontextmanager
async def _cast(stage: Stage, houses: tuple[House, House, House], size: Size) -> AsyncIterator[Cast]:
    house, rival, quiet = houses
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="balcao-page-")))
        nodes = [
            await _enter(
                stack, stage, house, f"node {n} {whose} {'+'.join(ways)}", whose=whose, transports=ways
            )
            for n, whose, ways in _parts(size.nodes)
        ]
        nodes.append(await _enter(stack, stage, rival, "node rival"))
        browsers = [
            await _enter(stack, stage, house, f"browser {n} {whose}", whose=whose)
            for n, whose, _ in _parts(size.browsers)
        ]
        deaf = await _enter(stack, stage, quiet, "node deaf", deaf=True)
        await stack.enter_async_context(in_node([*nodes, deaf]))
        pages = await stack.enter_async_context(in_browser(browsers, folder))
        cast = Cast(house, rival, quiet, [*nodes, *browsers], deaf, pages)
        await _until_all_are_ready(cast)
        yield cast


async def _enter(
    stack: contextlib.AsyncExitStack,
    stage: Stage,
    house: House,
    name: str,
    *,
    whose: Whose = Whose.ADMIN,
    transports: tuple[str, ...] = WEBSOCKET,
    deaf: bool = False,
) -> Client:
    """On a wire to both web processes; who waits for silence stays with the first, which may be let live."""
    wire = Wire(stage.dials[:1] if deaf else stage.dials)
    url = await stack.enter_async_context(on_a_port(wire))
    return Client(name, house, house.people[whose], wire, url, transports, deaf)


def _parts(count: int) -> Sequence[tuple[int, Whose, tuple[str, ...]]]:
    """The agents first: of them there is most to see."""
    roles = (*AGENT_ROLES, Whose.ADMIN)
    ways = (WEBSOCKET, POLLING, UPGRADING)
    return [(n + 1, roles[n % 3], ways[(n + n // 3) % 3]) for n in range(count)]


async def _until_all_are_ready(cast: Cast) -> None:
    async with asyncio.timeout(SETTLE_SECONDS):
        while not all(client.log for client in [*cast.clients, cast.deaf]):
            await cast.pages.fetch()
            await asyncio.sleep(0.05)
