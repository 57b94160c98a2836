"""Keeps the memory of a process near what it uses."""

import contextlib
import ctypes

# malloc.h of glibc
_M_ARENA_MAX = -8
ARENAS = 1


def share_one_heap() -> None:
    """To be called before there are threads.

    glibc gives threads heaps of their own, each of which keeps what it once needed: large bodies, handled now by one
    thread and now by another, make a web process three times as large. Only one Python thread runs at a time anyway.
    """
    # Another C library has no such knob, and not this trouble.
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, ARENAS)
