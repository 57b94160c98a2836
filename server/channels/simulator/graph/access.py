"""The edge of the Graph API: who asks, for what, with which parameters; and how it is answered."""

import functools
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from aiohttp import web

from server.channels.simulator.graph import errors
from server.channels.simulator.graph.errors import GraphError
from server.channels.simulator.provider import Provider
from server.channels.simulator.world import Account, Number

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
PROVIDER = web.AppKey("provider", Provider)


def endpoint(handler: Handler) -> Handler:
    """Answers a GraphError in Meta's shape."""

    @functools.wraps(handler)
    async def answering(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except GraphError as error:
            return reply(error.body(), error.http_status)

    return answering


def reply(body: Any, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")


def account_of(request: web.Request) -> Account:
    """By the bearer token (or `access_token` in the query). 190 when there is none or it is wrong."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        token = request.query.get("access_token", "")
    if not token:
        raise errors.bad_token("Cannot parse access token")
    account = request.app[PROVIDER].world.tokens.get(token.strip())
    if account is None:
        raise errors.bad_token()
    if not account.token_valid:
        raise GraphError(190, message="Error validating access token: the session has been invalidated")
    return account


def number_of(request: web.Request) -> Number:
    """The number in the path. 100 with subcode 33 when it is unknown or the token's account has it not."""
    account = account_of(request)
    object_id = request.match_info["id"]
    number = request.app[PROVIDER].world.numbers.get(object_id)
    if number is None or number.account is not account:
        raise errors.unknown_object(request.method, object_id)
    return number


def waba_of(request: web.Request) -> Account:
    account = account_of(request)
    if request.match_info["id"] != account.waba_id:
        raise errors.unknown_object(request.method, request.match_info["id"])
    return account


async def json_body(request: web.Request) -> Json:
    try:
        body = orjson.loads(await request.read())
    except orjson.JSONDecodeError as problem:
        raise errors.parameter("The request body is not valid JSON.") from problem
    if not isinstance(body, dict):
        raise errors.parameter("The request body must be a JSON object.")
    return body


async def parameters(request: web.Request) -> Json:
    """Graph takes them in the query, as JSON or as a form."""
    found: Json = dict(request.query)
    if not request.can_read_body:
        return found
    if request.content_type == "application/json":
        return found | await json_body(request)
    return found | dict(await request.post())
