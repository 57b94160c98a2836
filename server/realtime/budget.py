"""How much one socket may ask for."""

import time

EVENTS_A_SECOND = 20.0
BURST = 40.0
BREACHES = 3


class Budget:
    """A token bucket that remembers how often it was found empty."""

    __slots__ = ("_breaches", "_left", "_seen_at")

    def __init__(self) -> None:
        self._left = BURST
        self._breaches = 0
        self._seen_at = time.monotonic()

    def spend(self) -> bool:
        """False when there is nothing left."""
        now = time.monotonic()
        self._left = min(BURST, self._left + (now - self._seen_at) * EVENTS_A_SECOND)
        self._seen_at = now
        if self._left < 1:
            self._breaches += 1
            return False
        self._left -= 1
        return True

    @property
    def exhausted(self) -> bool:
        """Breached so often that it is no accident."""
        return self._breaches >= BREACHES
