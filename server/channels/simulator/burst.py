"""Many customers write at once."""

import asyncio
import time
from dataclasses import dataclass, field

from server.channels.simulator.provider import Provider
from server.channels.simulator.world import Customer, Number

PHONES_A_BLOCK = 8000
TICK = 0.005


@dataclass(slots=True)
class Burst:
    wamids: list[str] = field(default_factory=list)
    seconds: float = 0.0


async def burst(
    provider: Provider,
    number: Number,
    *,
    customers: int,
    messages: int,
    per_second: float | None = None,
    batch: int = 1,
    text: str = "Mensagem {n} de {customer}",
) -> Burst:
    """`messages` in all, the customers taking turns, at once or at a steady rate; `batch` share one webhook.
    `{n}` in the text counts each customer's own messages from 1.
    """
    people = [_person(provider, number, index) for index in range(customers)]
    started, done = time.monotonic(), Burst()
    for index in range(messages):
        if per_second:
            await _wait_for_turn(started + index / per_second)
        elif index % 100 == 99:
            await asyncio.sleep(0)
        person = people[index % customers]
        written = text.replace("{n}", str(index // customers + 1)).replace("{customer}", person.name)
        body = {"type": "text", "text": {"body": written}}
        done.wamids.append(provider.hear(number, person, body, batch=batch).wamid)
    done.seconds = time.monotonic() - started
    return done


async def _wait_for_turn(at: float) -> None:
    early = at - time.monotonic()
    if early > TICK:
        await asyncio.sleep(early)


def _person(provider: Provider, number: Number, index: int) -> Customer:
    """Phones never end in 0000 to 0004, which mean trouble."""
    block, place = divmod(index, PHONES_A_BLOCK)
    phone = f"55119{8000 + block:04d}{1000 + place:04d}"
    return provider.meet(number, phone, {"name": f"Cliente {index + 1}"})
