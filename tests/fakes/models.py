"""What fake language models share: what they will say, and what goes wrong."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]
KEY = "chave-do-modelo-1234"


def reply(response: str = "Tudo certo!", **fields: Any) -> str:
    """What a model should write."""
    usual = {
        "intent": "saudacao",
        "confidence": 0.9,
        "should_transfer": False,
        "suggested_actions": ["ajudar"],
    }
    return json.dumps({"response": response, **usual, **fields}, ensure_ascii=False)


@dataclass(frozen=True)
class Calls:
    """The model asks for tools: (name, arguments) each."""

    tools: tuple[tuple[str, Json], ...]


@dataclass(frozen=True)
class Fault:
    """`kind`: limited, unavailable, slow, blocked, garbage, refused, cut, broken."""

    kind: str
    headers: Json = field(default_factory=dict)


def calls(*tools: tuple[str, Json]) -> Calls:
    return Calls(tools)


Step = str | Calls | Fault


class Script:
    """What the model does next, in order; after that it says that all is well."""

    def __init__(self) -> None:
        self.steps: deque[Step] = deque()
        self.asked: list[Json] = []  # every request's body
        self.headers: list[Json] = []

    def then(self, *steps: Step) -> None:
        self.steps.extend(steps)

    def next(self) -> Step:
        return self.steps.popleft() if self.steps else reply()

    @property
    def last(self) -> Json:
        return self.asked[-1]


async def of_any_server(fault: Fault) -> web.Response | None:
    """What may go wrong with every system alike."""
    if fault.kind == "slow":
        await asyncio.sleep(30)
    if fault.kind == "garbage":
        return web.Response(text="<html>Bad gateway</html>", content_type="text/html")
    if fault.kind == "list":
        return web.json_response([1, 2, 3])
    if fault.kind in {"limited", "unavailable", "broken", "refused"}:
        status = {"limited": 429, "unavailable": 503, "broken": 500, "refused": 403}[fault.kind]
        error = {"error": {"code": status, "message": f"fault {fault.kind}"}}
        return web.json_response(error, status=status, headers=fault.headers)
    if fault.kind == "redirect":
        return web.Response(status=307, headers=fault.headers)
    return None
