"""Gemini's `generateContent`: it checks what it is asked, and wants its thought signatures back."""

import itertools
from typing import Any

from aiohttp import web

from tests.fakes.models import KEY, Calls, Fault, Json, Script, Step, of_any_server

_ROLES = {"user", "model"}
_KNOWN = {"systemInstruction", "contents", "generationConfig", "tools", "toolConfig", "safetySettings"}


class Wrong(Exception):
    """The request is not one that Gemini takes."""


class FakeGemini(Script):
    """`signed`: as Gemini 3, a function call that comes back without its signature is a 400."""

    def __init__(self) -> None:
        super().__init__()
        self._serial = itertools.count(1)
        self._given: list[Json] = []  # contents of the model's that must come back as they are

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/v1beta/models/{call}", self._generate)
        app.router.add_get("/v1beta/models/{model}", self._model)
        return app

    async def _model(self, request: web.Request) -> web.Response:
        if request.headers.get("x-goog-api-key") != KEY:
            return _error(403, "PERMISSION_DENIED", "API key not valid.")
        return web.json_response({"name": f"models/{request.match_info['model']}"})

    async def _generate(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.asked.append(body)
        self.headers.append({**request.headers, "path": request.path, "query": request.query_string})
        if request.headers.get("x-goog-api-key") != KEY:
            return _error(403, "PERMISSION_DENIED", "API key not valid.")
        try:
            self._check(request.match_info["call"], body)
        except (Wrong, LookupError, TypeError) as wrong:
            return _error(400, "INVALID_ARGUMENT", str(wrong))
        return await self._do(self.next())

    def _check(self, call: str, body: Json) -> None:
        if not call.endswith(":generateContent"):
            raise Wrong(f"unknown method {call}")
        if unknown := set(body) - _KNOWN:
            raise Wrong(f"unknown fields {unknown}")
        if not body["systemInstruction"]["parts"][0]["text"]:
            raise Wrong("an empty instruction")
        _check_contents(body["contents"])
        self._check_echoes(body["contents"])
        for tool in body.get("tools", []):
            _check_declarations(tool["functionDeclarations"])

    def _check_echoes(self, contents: list[Json]) -> None:
        for content in contents:
            called = [part for part in content["parts"] if "functionCall" in part]
            if called and "thoughtSignature" not in called[0]:
                raise Wrong("Function call is missing a thought_signature in functionCall parts.")
            if called and content not in self._given:
                raise Wrong("Corrupted thought signature.")

    async def _do(self, step: Step) -> web.Response:
        if isinstance(step, Fault):
            return await self._fail(step)
        parts: list[Json] = [{"text": "Pensando…", "thought": True}]
        parts += self._function_calls(step) if isinstance(step, Calls) else [{"text": step}]
        content = {"role": "model", "parts": parts}
        if isinstance(step, Calls):
            self._given.append(content)
        return web.json_response(
            {"candidates": [{"content": content, "finishReason": "STOP", "index": 0}], "modelVersion": "fake"}
        )

    def _function_calls(self, step: Calls) -> list[Json]:
        """Of several at once only the first is signed, as Gemini does it."""
        parts: list[Json] = [
            {"functionCall": {"id": f"call-{next(self._serial)}", "name": name, "args": arguments}}
            for name, arguments in step.tools
        ]
        parts[0]["thoughtSignature"] = f"c2lnbmF0dXJl{next(self._serial)}=="
        return parts

    async def _fail(self, fault: Fault) -> web.Response:
        if fault.kind == "blocked":
            return web.json_response({"promptFeedback": {"blockReason": "SAFETY"}})
        if fault.kind == "unsafe":
            return web.json_response({"candidates": [{"finishReason": "SAFETY", "index": 0}]})
        if fault.kind == "cut":
            content = {"role": "model", "parts": [{"text": '{"response": "Ol'}]}
            return web.json_response({"candidates": [{"content": content, "finishReason": "MAX_TOKENS"}]})
        if fault.kind == "empty":
            return web.json_response({"candidates": []})
        return await of_any_server(fault) or web.json_response({"candidates": "none"})


def _error(status: int, name: str, message: str) -> web.Response:
    return web.json_response({"error": {"code": status, "message": message, "status": name}}, status=status)


def _check_contents(contents: list[Json]) -> None:
    if not contents or contents[0]["role"] != "user":
        raise Wrong("the first content should be the user's")
    asked: list[str] = []
    for before, content in zip([None, *contents], contents, strict=False):
        if content["role"] not in _ROLES or not content["parts"]:
            raise Wrong("a content needs a role and parts")
        if before and before["role"] == content["role"]:
            raise Wrong("roles have to alternate")
        told = [part["functionResponse"] for part in content["parts"] if "functionResponse" in part]
        if sorted(each["id"] for each in told) != sorted(asked):
            raise Wrong("the number of function response parts is not that of the function call parts")
        if any(not isinstance(each["response"], dict) for each in told):
            raise Wrong("a function response is an object")
        asked = [part["functionCall"]["id"] for part in content["parts"] if "functionCall" in part]


def _check_declarations(declared: list[Json]) -> None:
    for function in declared:
        parameters: Any = function.get("parameters")
        if parameters is not None and (parameters["type"] != "object" or not parameters["properties"]):
            raise Wrong("parameters.properties: should be non-empty for OBJECT type")
