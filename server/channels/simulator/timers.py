"""What happens by itself after a while."""

import asyncio
from collections.abc import Callable


class Timers:
    def __init__(self) -> None:
        self._handles: set[asyncio.TimerHandle] = set()

    @property
    def pending(self) -> int:
        return len(self._handles)

    def later(self, seconds: float, act: Callable[[], None]) -> None:
        def fire() -> None:
            self._handles.discard(handle)
            act()

        handle = asyncio.get_running_loop().call_later(seconds, fire)
        self._handles.add(handle)

    def forget(self) -> None:
        for handle in self._handles:
            handle.cancel()
        self._handles.clear()
