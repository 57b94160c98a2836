"""How fast a number may speak: WhatsApp's rate for the number, and pauses that it asked for."""

import time


class Pace:
    """A token bucket of `rate` a second, one process's share of one number. Times are `time.monotonic()`."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        # A small burst: the provider measures by the second. Below one whole message nothing would ever leave.
        self._burst = max(rate / 4, 1.0)
        self._tokens = self._burst
        self._at = time.monotonic()
        self._paused_until = 0.0

    def available(self) -> int:
        now = time.monotonic()
        if now < self._paused_until:
            return 0
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        return int(self._tokens)

    def take(self, count: int) -> None:
        self._tokens -= count

    def pause(self, seconds: float) -> None:
        self._paused_until = max(self._paused_until, time.monotonic() + seconds)

    @property
    def paused(self) -> bool:
        return time.monotonic() < self._paused_until

    def wait_seconds(self) -> float:
        """Until at least one may go."""
        return max(self._paused_until - time.monotonic(), (1 - self._tokens) / self._rate, 0.0)
