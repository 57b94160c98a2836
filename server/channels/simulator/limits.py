"""Meta's two rates of sending (whatsapp.md 1.7), each a bucket of tokens."""

import time
from dataclasses import dataclass

from server.channels.simulator.graph.errors import GraphError
from server.channels.simulator.world import Customer, Number

PAIR_SECONDS = 6.0
PAIR_BURST = 45.0


@dataclass(slots=True)
class Bucket:
    tokens: float
    at: float

    def take(self, rate: float, burst: float) -> bool:
        now = time.monotonic()
        self.tokens = min(burst, self.tokens + (now - self.at) * rate)
        self.at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class SendRates:
    def __init__(self) -> None:
        self._buckets: dict[tuple[str, str], Bucket] = {}

    def check(self, number: Number, customer: Customer) -> None:
        """Raises 130429 for the number or 131056 for the pair; both are off by default."""
        settings = number.settings
        rate = settings.number_rate
        if rate and not self._take(number.phone_number_id, "", rate, max(rate, 1.0)):
            raise GraphError(
                130429, details="Message failed to send because there were too many messages sent"
            )
        if settings.pair_rate and not self._take(
            number.phone_number_id, customer.key, 1 / PAIR_SECONDS, PAIR_BURST
        ):
            raise GraphError(
                131056,
                details="Message failed to send because there were too many messages sent from this phone number to"
                " the same phone number in a short period of time.",
            )

    def _take(self, number: str, customer: str, rate: float, burst: float) -> bool:
        bucket = self._buckets.setdefault((number, customer), Bucket(burst, time.monotonic()))
        return bucket.take(rate, burst)
