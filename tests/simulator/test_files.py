"""What customers and the business sent is there after a restart, and no more of it than there is room for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from server.channels.simulator import Simulator
from server.channels.simulator.starter import DEFAULT_NUMBER
from tests.simulator.conftest import FAST, JOAO
from tests.simulator.test_account import upload_form
from tests.simulator.test_control import Control, start_program

Json = dict[str, Any]
NUMBER, TOKEN = DEFAULT_NUMBER["phoneNumberId"], DEFAULT_NUMBER["accessToken"]
PEOPLE = f"numbers/{NUMBER}/customers/{JOAO}"
BEACH, ROOM = b"\x89PNG praia", b"\x89PNG quarto"
EIGHT_DAYS = 8 * 24 * 3600.0


class Line(Control):
    """A customer's phone and the business, both of the default number."""

    async def keep(self, content: bytes) -> str:
        """The id of a customer's picture."""
        url = f"{self.base}/simulator/{PEOPLE}/media"
        async with self.session.post(url, data=content, headers={"Content-Type": "image/png"}) as answer:
            return str((await answer.json())["id"])

    async def shown(self, media_id: str) -> bytes | None:
        """As the phone page gets it."""
        async with self.session.get(f"{self.base}/simulator/media/{media_id}") as answer:
            return await answer.read() if answer.status == 200 else None

    async def graph(self, method: str, path: str, **more: Any) -> Json:
        return dict(await (await self._asked(method, f"{self.base}/v26.0/{path}", **more)).json())

    async def fetched(self, media_id: str) -> bytes:
        """As the business gets it."""
        node = await self.graph("GET", media_id)
        return await (await self._asked("GET", node["url"])).read()

    async def sends(self, media_id: str) -> None:
        picture = {"type": "image", "image": {"id": media_id}}
        body = {"messaging_product": "whatsapp", "to": JOAO} | picture
        assert "messages" in await self.graph("POST", f"{NUMBER}/messages", json=body)

    async def _asked(self, method: str, url: str, **more: Any) -> aiohttp.ClientResponse:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        answer = await self.session.request(method, url, headers=headers, **more)
        assert answer.status == 200, await answer.text()
        return answer


@asynccontextmanager
async def running(data_dir: Path) -> AsyncIterator[Line]:
    """The program; in the end it is killed as if by `kill -9`."""
    program, url = await start_program(data_dir)
    try:
        async with aiohttp.ClientSession() as session:
            yield Line(session, url)
    finally:
        program.kill()
        await program.wait()


@asynccontextmanager
async def simulating(data_dir: Path) -> AsyncIterator[tuple[Simulator, Line]]:
    async with Simulator(data_dir=data_dir, settings=FAST) as sim, aiohttp.ClientSession() as session:
        yield sim, Line(session, sim.url)


def contents(data_dir: Path) -> list[bytes]:
    return sorted(file.read_bytes() for file in (data_dir / "media").iterdir())


async def test_the_files_of_both_sides_outlive_kill_9(tmp_path: Path) -> None:
    async with running(tmp_path) as line:
        theirs = await line.keep(BEACH)
        await line.post(f"{PEOPLE}/messages", {"type": "image", "image": {"id": theirs}})
        form = upload_form(ROOM, "image/png")
        ours = (await line.graph("POST", f"{NUMBER}/media", data=form))["id"]
        await line.sends(ours)
    async with running(tmp_path) as line:
        thread = (await line.get(f"{PEOPLE}/thread"))["messages"]
        assert [await line.shown(said["content"]["id"]) for said in thread] == [BEACH, ROOM]
        assert await line.fetched(theirs) == BEACH
        await line.sends(ours)


async def test_a_content_is_kept_once_and_goes_with_its_last_file(tmp_path: Path) -> None:
    async with simulating(tmp_path) as (_, line):
        first, second = await line.keep(BEACH), await line.keep(BEACH)
        assert contents(tmp_path) == [BEACH]
        await line.graph("DELETE", first)
        assert [await line.shown(first), await line.shown(second)] == [None, BEACH]
        await line.graph("DELETE", second)
        assert contents(tmp_path) == []
        third = await line.keep(BEACH)
    async with simulating(tmp_path) as (_, line):
        shown = await asyncio.gather(*map(line.shown, (first, second, third)))
        assert shown == [None, None, BEACH]
        await line.graph("DELETE", third)
        assert contents(tmp_path) == []


async def test_above_its_room_the_oldest_goes_also_from_the_disk(tmp_path: Path) -> None:
    async with simulating(tmp_path) as (sim, line):
        sim.provider.media.room = len(BEACH) + len(ROOM)
        kept = [await line.keep(each) for each in (BEACH, BEACH, ROOM)]
        assert contents(tmp_path) == sorted([BEACH, ROOM])
        kept.append(await line.keep(b"\x89PNG"))
        assert contents(tmp_path) == sorted([ROOM, b"\x89PNG"])
    async with simulating(tmp_path) as (sim, line):
        assert await asyncio.gather(*map(line.shown, kept)) == [None, None, ROOM, b"\x89PNG"]
        sim.provider.media.room = len(ROOM)
        await line.keep(BEACH)
        assert contents(tmp_path) == [BEACH]


async def test_what_is_cut_off_lost_expired_or_unknown_is_not_taken_up(tmp_path: Path) -> None:
    async with simulating(tmp_path) as (sim, line):
        whole = await line.keep(BEACH)
        cut, lost = await line.keep(b"\x89PNG metade"), await line.keep(b"\x89PNG sumiu")
        sim.advance(-EIGHT_DAYS)
        expired = await line.keep(ROOM)
    for file in (tmp_path / "media").iterdir():
        if file.read_bytes() == b"\x89PNG metade":
            file.write_bytes(b"\x89PN")
        elif file.read_bytes() == b"\x89PNG sumiu":
            file.unlink()
    (tmp_path / "media" / "00ff.part").write_bytes(b"\x89P")
    async with simulating(tmp_path) as (_, line):
        assert contents(tmp_path) == [BEACH]
        shown = await asyncio.gather(*map(line.shown, (whole, cut, lost, expired)))
        assert shown == [BEACH, None, None, None]


async def test_a_reset_leaves_no_file(tmp_path: Path) -> None:
    async with simulating(tmp_path) as (_, line):
        await line.keep(BEACH)
        await line.post("reset")
        assert contents(tmp_path) == []
        assert await line.shown(await line.keep(ROOM)) == ROOM
