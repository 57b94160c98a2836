"""The simulator in this process, for tests and experiments: starts it, plays customers, breaks things.

async with Simulator(port=0) as sim:
    number = await sim.add_number(webhook="http://127.0.0.1:3001/webhooks/whatsapp")
    joao = number.customer("5511999999999", name="João Silva")
    await joao.says("Olá")
    sim.faults.add("accepted_late", count=1, seconds=20)
    await sim.settled()
"""

from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from server.channels.simulator.app import PAGES, make_app
from server.channels.simulator.control.access import is_loopback
from server.channels.simulator.faults import Faults
from server.channels.simulator.play import PlayedNumber
from server.channels.simulator.provider import Provider
from server.channels.simulator.settings import Settings, changed
from server.channels.simulator.starter import DEFAULT_NUMBER
from server.channels.simulator.world import Acceptance, Utterance

Json = dict[str, Any]
SHUTDOWN_SECONDS = 0.5


class Simulator:
    """`settings` are camelCase, as on the wire. Listens only on this machine unless `allow_public`."""

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        data_dir: Path | str | None = None,
        public_url: str | None = None,
        allow_public: bool = False,
        settings: Json | None = None,
        seed: int | None = None,
        pages: Path = PAGES,
    ) -> None:
        if not is_loopback(host) and not allow_public:
            raise ValueError(f"the simulator has no authentication: refusing to listen on {host}")
        self.provider = Provider(
            changed(Settings(), settings or {}), Path(data_dir) if data_dir else None, seed
        )
        self._host, self._port, self._public_url = host, port, public_url
        self._runner = web.AppRunner(
            make_app(self.provider, pages), access_log=None, shutdown_timeout=SHUTDOWN_SECONDS
        )

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def start(self) -> None:
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port, backlog=1024)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.provider.media.public_url = self._public_url or self.url
        await self.provider.start()

    async def close(self) -> None:
        await self.provider.close()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """Both the Graph API (`{url}/v26.0/…`) and the control API (`{url}/simulator/…`)."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    @property
    def faults(self) -> Faults:
        return self.provider.faults

    @property
    def log(self) -> list[Acceptance]:
        """Every acceptance, in order."""
        return self.provider.world.accepted

    @property
    def inbound(self) -> list[Utterance]:
        """Every customers' message; `acknowledged_at` once its webhook was answered 200."""
        return list(self.provider.world.spoken.values())

    @property
    def default_number(self) -> PlayedNumber:
        return self.number(DEFAULT_NUMBER["phoneNumberId"])

    def number(self, phone_number_id: str) -> PlayedNumber:
        return PlayedNumber(self.provider, self.provider.world.numbers[phone_number_id])

    async def add_number(
        self, *, webhook: str | None = None, settings: Json | None = None, **wanted: Any
    ) -> PlayedNumber:
        """`webhook` subscribes that address at once, without a handshake; `wanted` as DEFAULT_NUMBER."""
        number = self.provider.add_number(wanted | ({"callbackUrl": webhook} if webhook else {}))
        self.provider.world.configure(settings or {}, number)
        return PlayedNumber(self.provider, number)

    def configure(self, **settings: Any) -> None:
        """The settings of all numbers, in camelCase: `configure(latency=0.2, autoRead=True)`."""
        self.provider.world.configure(settings)

    def advance(self, seconds: float) -> None:
        """The simulator's own time goes on: windows close, addresses and ids expire."""
        self.provider.clock.advance(seconds)

    async def settled(self, timeout: float = 60.0) -> bool:
        """True when no status and no webhook is under way any more."""
        return await self.provider.settled(timeout)

    def reset(self) -> None:
        self.provider.reset()
