"""The bytes of the console's first load: the scripts and styles that are fetched before the inbox is seen."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass

from server.web.console import DIST


@dataclass(frozen=True, slots=True)
class FirstLoad:
    """In bytes; `packed` as the proxy in front sends them."""

    script: int
    style: int
    packed: int


def first_load(paths: Iterable[str]) -> FirstLoad:
    """`paths`: what the browser asked for."""
    read = {
        path: (DIST / path.lstrip("/")).read_bytes() for path in set(paths) if path.startswith("/assets/")
    }
    script, style = (
        [content for path, content in read.items() if path.endswith(ending)] for ending in (".js", ".css")
    )
    packed = sum(len(gzip.compress(content)) for content in (*script, *style))
    return FirstLoad(sum(map(len, script)), sum(map(len, style)), packed)
