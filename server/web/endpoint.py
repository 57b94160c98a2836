"""Route tables, and the one adapter between a request and a handler.

A handler's signature says what it needs: `ctx: Context` (authenticated), `body` and `query` (pydantic models), path
parameters by name (`str`, or what a type says of them), `runtime: Runtime` and `request: web.Request` where it must. What it returns is its answer: a model
or a list of models is rendered by alias, None is 204, a `web.StreamResponse` goes out as it is.
"""

import inspect
import re
import typing
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from pydantic import BaseModel, TypeAdapter

from server.desk import presence
from server.runtime import Runtime
from server.web.dialect import RUNTIME, Dialect
from server.web.entering import enter
from server.web.limiting import limit
from server.web.rate_limit import Rule
from server.web.wire import MAX_JSON_BYTES, check_text, json_response, parse, read_json, read_query, validate
from tenants.access import Identity
from tenants.api_keys import ForPeopleOnly
from tenants.context import Context

Handler = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str
    handler: Handler
    tag: str
    public: bool = False
    status: int = 200
    media_type: str = "application/json"  # of the answer
    upload: bool = False  # takes multipart/form-data
    max_bytes: int = MAX_JSON_BYTES  # of a JSON body
    limit: Rule | None = None  # instead of its dialect's
    throttled: bool = False  # may answer 429, by a rule that its handler asks
    also: tuple[int, ...] = ()  # statuses that its shape does not tell (server/web/openapi.py)
    documented: bool = True  # in the OpenAPI document
    parameters: dict[str, Any] = field(default_factory=dict)  # name → annotation
    returns: Any = None

    @property
    def path_parameters(self) -> list[str]:
        return re.findall(r"{(\w+)", self.path)

    @property
    def body(self) -> type[BaseModel] | None:
        return self.parameters.get("body")

    @property
    def query(self) -> type[BaseModel] | None:
        return self.parameters.get("query")


class Routes(list[Route]):
    """A resource's route table: data, so that OpenAPI and the isolation test read it too."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag = tag

    def add(self, method: str, path: str, **options: Any) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            hints = typing.get_type_hints(handler, include_extras=True)
            returns = hints.pop("return", None)
            self.append(Route(method, path, handler, self.tag, parameters=hints, returns=returns, **options))
            return handler

        return register

    def get(self, path: str, **options: Any) -> Callable[[Handler], Handler]:
        return self.add("GET", path, **options)

    def post(self, path: str, **options: Any) -> Callable[[Handler], Handler]:
        return self.add("POST", path, **options)

    def patch(self, path: str, **options: Any) -> Callable[[Handler], Handler]:
        return self.add("PATCH", path, **options)

    def put(self, path: str, **options: Any) -> Callable[[Handler], Handler]:
        return self.add("PUT", path, **options)

    def delete(self, path: str, **options: Any) -> Callable[[Handler], Handler]:
        return self.add("DELETE", path, **{"status": 204, **options})


def as_aiohttp(route: Route, dialect: Dialect) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    answer, rule = _renderer(route), route.limit or dialect.limit
    for_people = Identity in route.parameters.values()

    async def endpoint(request: web.Request) -> web.StreamResponse:
        runtime = request.app[RUNTIME]
        async with AsyncExitStack() as scope:
            given: dict[Any, Any] = {Runtime: runtime, web.Request: request}
            if route.public:
                await limit(request, rule)
            else:
                caller = await dialect.authenticate(request)
                await limit(request, rule, caller.actor)
                if isinstance(caller, Identity):
                    given[Identity] = caller
                elif for_people:
                    raise ForPeopleOnly
                given[Context] = await scope.enter_async_context(enter(request, caller.tenant, caller.actor))
            result = await route.handler(**await _arguments(route, request, given))
            if Context in given:
                await presence.note_work(given[Context])
        return answer(result)

    return endpoint


async def _arguments(route: Route, request: web.Request, given: dict[Any, Any]) -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    for name, annotation in route.parameters.items():
        if name == "body":
            arguments[name] = validate(annotation, await read_json(request, limit=route.max_bytes))
        elif name == "query":
            arguments[name] = read_query(request, annotation)
        elif annotation in given:
            arguments[name] = given[annotation]
        else:
            text = check_text(request.match_info[name], name)
            arguments[name] = text if annotation is str else parse(annotation, text, name)
    return arguments


def _renderer(route: Route) -> Callable[[Any], web.StreamResponse]:
    returns = route.returns
    if returns is None or returns is type(None):
        return lambda _: web.Response(status=204)
    if inspect.isclass(returns) and issubclass(returns, web.StreamResponse):
        return lambda response: response
    adapter = TypeAdapter(returns)

    def render(result: Any) -> web.StreamResponse:
        if isinstance(result, web.StreamResponse):
            return result
        value = result.value if isinstance(result, Answer) else result
        status, headers = (
            (result.status, result.headers) if isinstance(result, Answer) else (route.status, None)
        )
        return json_response(adapter.dump_python(value, by_alias=True), status=status, headers=headers)

    return render


@dataclass(slots=True)
class Answer:
    """For the handler whose status or headers depend on what happened."""

    value: Any
    status: int = 200
    headers: dict[str, str] | None = None


def every(tables: Iterable[Routes]) -> list[Route]:
    return [route for table in tables for route in table]
