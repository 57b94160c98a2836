"""Does WhatsApp's API answer at all?"""

import asyncio
import time

import aiohttp

from server.runtime import Runtime

# However often we are asked, Meta is asked no more often than this.
_EVERY_SECONDS = 30.0
_PATIENCE = aiohttp.ClientTimeout(total=2)


class Reach:
    """One per web process. Any answer but an error of the server's own will do: nobody signs in."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._asking = asyncio.Lock()
        self._asked_at = -_EVERY_SECONDS
        self._answers = False

    async def answers(self) -> bool:
        async with self._asking:
            if time.monotonic() - self._asked_at >= _EVERY_SECONDS:
                self._answers = await self._ask()
                self._asked_at = time.monotonic()
        return self._answers

    async def _ask(self) -> bool:
        settings = self._runtime.settings
        address = f"{settings.graph_api_url}/{settings.graph_api_version}/"
        try:
            async with self._runtime.http.get(address, timeout=_PATIENCE, allow_redirects=False) as answer:
                return answer.status < 500
        except (aiohttp.ClientError, OSError):
            return False
