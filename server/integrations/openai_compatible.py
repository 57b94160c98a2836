"""Any model behind OpenAI's chat completions (https://platform.openai.com/docs/api-reference/chat), at a tenant's own address."""

from typing import Any

import aiohttp
import orjson

from server.desk.assistant.outside import (
    Asked,
    Call,
    Prompt,
    ProviderFailed,
    Said,
    Tool,
    Trouble,
    Turn,
    Wrote,
)
from server.integrations.calling import Line
from server.integrations.models import TIMEOUT, generate, merged

Json = dict[str, Any]


class OpenAICompatible:
    """`http` is a guarded session: a tenant chose the address. `url` ends where `/chat/completions` begins."""

    name = "openai_compatible"

    def __init__(
        self, http: aiohttp.ClientSession, url: str, key: str, *, model: str, timeout: float = TIMEOUT
    ) -> None:
        self._line = Line(http, url, timeout, ProviderFailed)
        self._headers = {"Authorization": f"Bearer {key}"}
        self._model = model

    async def ask(self, prompt: Prompt) -> Asked | Wrote:
        return _read(await generate(self._line, "chat/completions", self._body(prompt), self._headers))

    async def check(self) -> None:
        """That the key opens the door. Raises ProviderFailed."""
        answer = await self._line.get("models", headers=self._headers)
        if answer.status != 200:
            raise ProviderFailed(Trouble.REFUSED, str(answer.status))

    def _body(self, prompt: Prompt) -> Json:
        said: list[Json] = [{"role": "system", "content": prompt.instructions}]
        for turn in merged(prompt.turns):
            said += _messages(turn)
        body: Json = {"model": self._model, "messages": said, "temperature": 0.2}
        return body | ({"tools": [_declared(tool) for tool in prompt.tools]} if prompt.tools else {})


def _messages(turn: Turn) -> list[Json]:
    if isinstance(turn, Said):
        return [{"role": "user" if turn.by_customer else "assistant", "content": turn.text}]
    if isinstance(turn, Asked):
        return [turn.raw]
    return [
        {"role": "tool", "tool_call_id": call.id, "content": orjson.dumps(result).decode()}
        for call, result in turn.results
    ]


def _declared(tool: Tool) -> Json:
    about = {"name": tool.name, "description": tool.description, "parameters": tool.parameters}
    return {"type": "function", "function": about}


def _read(answer: Json) -> Asked | Wrote:
    try:
        choice = answer["choices"][0]
        message = choice["message"]
        if choice.get("finish_reason") == "content_filter" or message.get("refusal"):
            raise ProviderFailed(Trouble.BLOCKED, "content_filter")
        calls = [_call(call) for call in message.get("tool_calls") or []]
        text = message.get("content")
    except (LookupError, TypeError, AttributeError, ValueError) as wrong:
        raise ProviderFailed(Trouble.MALFORMED, f"no choice: {type(wrong).__name__}") from wrong
    if calls:
        return Asked(calls, message)
    if not isinstance(text, str) or not text.strip():
        raise ProviderFailed(Trouble.MALFORMED, "no text")
    return Wrote(text)


def _call(call: Json) -> Call:
    """Raises ValueError for arguments that are no JSON object."""
    arguments = orjson.loads(call["function"]["arguments"] or "{}")
    if not isinstance(arguments, dict):
        raise TypeError("arguments")
    return Call(str(call["id"]), str(call["function"]["name"]), arguments)
