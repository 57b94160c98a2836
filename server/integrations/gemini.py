"""Google's Gemini, by `generateContent` (https://ai.google.dev/api/generate-content)."""

from typing import Any

import aiohttp

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
DEFAULT_MODEL = "gemini-flash-latest"
_MOST_TOKENS = 4096  # its thoughts count too
_BLOCKED = {"SAFETY", "RECITATION", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "LANGUAGE", "IMAGE_SAFETY"}


class Gemini:
    name = "gemini"

    def __init__(
        self,
        http: aiohttp.ClientSession,
        url: str,
        key: str,
        *,
        model: str | None = None,
        timeout: float = TIMEOUT,
    ) -> None:
        self._line = Line(http, url, timeout, ProviderFailed)
        self._headers = {"x-goog-api-key": key}
        self._path = f"v1beta/models/{model or DEFAULT_MODEL}"

    async def ask(self, prompt: Prompt) -> Asked | Wrote:
        return _read(
            await generate(self._line, f"{self._path}:generateContent", _body(prompt), self._headers)
        )

    async def check(self) -> None:
        """That the key opens the model. Raises ProviderFailed."""
        answer = await self._line.get(self._path, headers=self._headers)
        if answer.status != 200:
            raise ProviderFailed(Trouble.REFUSED, str(answer.status))


def _body(prompt: Prompt) -> Json:
    body: Json = {
        "systemInstruction": {"parts": [{"text": prompt.instructions}]},
        "contents": [_content(turn) for turn in merged(prompt.turns)],
        "generationConfig": {"temperature": 0.2, "maxOutputTokens": _MOST_TOKENS},
    }
    if prompt.tools:
        body["tools"] = [{"functionDeclarations": [_declared(tool) for tool in prompt.tools]}]
    return body


def _content(turn: Turn) -> Json:
    if isinstance(turn, Said):
        return {"role": "user" if turn.by_customer else "model", "parts": [{"text": turn.text}]}
    if isinstance(turn, Asked):
        # Word for word, or Gemini 3 misses its thought signatures and answers 400.
        content: Json = turn.raw
        return content
    return {"role": "user", "parts": [_told(call, result) for call, result in turn.results]}


def _told(call: Call, result: Json) -> Json:
    named = {"id": call.id} if call.id else {}
    return {"functionResponse": {**named, "name": call.name, "response": result}}


def _declared(tool: Tool) -> Json:
    declared: Json = {"name": tool.name, "description": tool.description}
    return declared | ({"parameters": tool.parameters} if tool.parameters["properties"] else {})


def _read(answer: Json) -> Asked | Wrote:
    if reason := (answer.get("promptFeedback") or {}).get("blockReason"):
        raise ProviderFailed(Trouble.BLOCKED, str(reason)[:60])
    try:
        candidate = answer["candidates"][0]
        finished = str(candidate.get("finishReason", ""))
        if finished in _BLOCKED:
            raise ProviderFailed(Trouble.BLOCKED, finished)
        content = candidate["content"]
        calls = [_call(part["functionCall"]) for part in content["parts"] if "functionCall" in part]
        text = "".join(
            part["text"] for part in content["parts"] if "text" in part and not part.get("thought")
        )
    except (LookupError, TypeError, AttributeError) as wrong:
        raise ProviderFailed(Trouble.MALFORMED, f"no candidate: {type(wrong).__name__}") from wrong
    if calls:
        return Asked(calls, content)
    if not text or finished not in {"STOP", ""}:
        raise ProviderFailed(Trouble.MALFORMED, f"finished: {finished[:60]}")
    return Wrote(text)


def _call(call: Json) -> Call:
    arguments = call.get("args") or {}
    if not isinstance(arguments, dict):
        raise TypeError("args")
    return Call(str(call.get("id", "")), str(call["name"]), arguments)
