"""Opaque identifiers that sort by the time they were made."""

import secrets
import threading
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """26 characters: 48 bits of milliseconds, then 80 random bits, in Crockford's base 32.

    Within a process each id is greater than the one before, so that a burst keeps its order.
    """
    global _last
    with _lock:
        fresh = (time.time_ns() // 1_000_000 << 80) | secrets.randbits(80)
        _last = fresh if fresh > _last else _last + 1 + secrets.randbits(32)
        return _encode(_last)


def _encode(number: int) -> str:
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -5, -5))
