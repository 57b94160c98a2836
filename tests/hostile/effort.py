"""How long the hostile tests go on: briefly with the other tests, for minutes with `python -m tests.hostile`."""

import os
from collections import Counter
from typing import NamedTuple

LONG = os.environ.get("HOSTILE") == "long"


class Effort(NamedTuple):
    examples: int  # of schemathesis, for each operation
    packets: int  # over each transport
    webhooks: int
    rounds: int  # of hostile bodies, while memory is watched
    seed: int


EFFORT = (
    Effort(examples=60, packets=20_000, webhooks=3000, rounds=40, seed=int(os.environ.get("SEED", "7")))
    if LONG
    else Effort(examples=2, packets=600, webhooks=300, rounds=1, seed=7)
)

# What was tried, for the table at the end.
tried: Counter[str] = Counter()
