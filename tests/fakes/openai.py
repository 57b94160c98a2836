"""A server of OpenAI's chat completions."""

import itertools
import json

from aiohttp import web

from tests.fakes.models import KEY, Calls, Fault, Json, Script, Step, of_any_server

_ROLES = {"system", "user", "assistant", "tool"}


class FakeOpenAI(Script):
    def __init__(self) -> None:
        super().__init__()
        self._serial = itertools.count(1)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._complete)
        app.router.add_get("/v1/models", self._models)
        return app

    async def _models(self, request: web.Request) -> web.Response:
        known = request.headers.get("Authorization") == f"Bearer {KEY}"
        return web.json_response({"object": "list", "data": []}, status=200 if known else 401)

    async def _complete(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.asked.append(body)
        self.headers.append(dict(request.headers))
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return web.json_response({"error": {"message": "Incorrect API key provided"}}, status=401)
        if wrong := _wrong(body):
            return web.json_response({"error": {"message": wrong}}, status=400)
        return await self._do(self.next())

    async def _do(self, step: Step) -> web.Response:
        if isinstance(step, Fault):
            return await _fail(step)
        message: Json = {"role": "assistant", "content": None, "refusal": None}
        if isinstance(step, Calls):
            message["tool_calls"] = [
                {
                    "id": f"call_{next(self._serial)}", "type": "function",
                    "function": {"name": name, "arguments": json.dumps(arguments)},
                }
                for name, arguments in step.tools
            ]  # fmt: skip
        else:
            message["content"] = step
        return _choice(message, "tool_calls" if isinstance(step, Calls) else "stop")


async def _fail(fault: Fault) -> web.Response:
    if fault.kind == "blocked":
        return _choice({"role": "assistant", "content": ""}, "content_filter")
    if fault.kind == "refusal":
        return _choice({"role": "assistant", "content": None, "refusal": "I can't help with that."}, "stop")
    if fault.kind == "bad_arguments":
        call = {
            "id": "call_x",
            "type": "function",
            "function": {"name": "segunda_via", "arguments": "{contrato"},
        }
        return _choice({"role": "assistant", "content": None, "tool_calls": [call]}, "tool_calls")
    if fault.kind == "empty":
        return _choice({"role": "assistant", "content": "  "}, "stop")
    return await of_any_server(fault) or web.json_response({"choices": []})


def _choice(message: Json, finish_reason: str) -> web.Response:
    choice = {"index": 0, "message": message, "finish_reason": finish_reason}
    return web.json_response({"object": "chat.completion", "choices": [choice]})


def _wrong(body: Json) -> str:
    messages = body["messages"]
    if not body.get("model") or messages[0]["role"] != "system":
        return "a model and a system message are needed"
    waiting: list[str] = []
    for message in messages:
        if message["role"] not in _ROLES:
            return f"unknown role {message['role']}"
        if message["role"] == "tool":
            if message["tool_call_id"] not in waiting or not isinstance(message["content"], str):
                return "messages with role 'tool' must be a response to a preceding message with 'tool_calls'"
            waiting.remove(message["tool_call_id"])
        elif waiting:
            return "an assistant message with 'tool_calls' must be followed by tool messages"
        waiting += [call["id"] for call in message.get("tool_calls") or []]
    return ""
