"""Where webhooks go: subscribed_apps and webhook_configuration, with Meta's handshake (whatsapp.md 1.4)."""

import secrets
from typing import Any

import aiohttp
from aiohttp import web

from server.channels.simulator.graph import errors
from server.channels.simulator.graph.access import PROVIDER, endpoint, parameters, reply, waba_of
from server.channels.simulator.graph.errors import GraphError
from server.channels.simulator.graph.perform import perform
from server.channels.simulator.provider import Provider
from server.channels.simulator.world import Account, Number

Json = dict[str, Any]


@endpoint
async def show(request: web.Request) -> web.StreamResponse:
    account = waba_of(request)
    return reply({"data": [_application(account)] if account.subscribed else []})


@endpoint
async def subscribe(request: web.Request) -> web.StreamResponse:
    """Without an override the app's own address is used, as it is when an override is to be taken back."""
    account, provider = waba_of(request), request.app[PROVIDER]
    number = provider.world.numbers_of(account)[0]
    given = await parameters(request)
    callback = await verified_callback(provider, given)

    def act() -> Json:
        account.subscribed, account.callback = True, callback
        provider.redirected(number)
        return {"success": True}

    return await perform(request, "subscribe", number, act)


@endpoint
async def unsubscribe(request: web.Request) -> web.StreamResponse:
    account, provider = waba_of(request), request.app[PROVIDER]
    account.subscribed, account.callback = False, None
    provider.redirected(provider.world.numbers_of(account)[0])
    return reply({"success": True})


async def set_number_callback(provider: Provider, number: Number, configuration: object) -> None:
    """`override_callback_uri` empty takes the override back."""
    if not isinstance(configuration, dict):
        raise errors.parameter("Param webhook_configuration must be a JSON object.")
    number.callback = await verified_callback(provider, configuration)
    provider.redirected(number)


async def verified_callback(provider: Provider, given: Json) -> str | None:
    """The address after its owner has answered the challenge; 2200 when it was not answered."""
    url = str(given.get("override_callback_uri") or "")
    if not url:
        return None
    verify_token = str(given.get("verify_token") or "")
    if not verify_token:
        raise errors.parameter("The parameter verify_token is required with override_callback_uri.")
    if not url.startswith(("https://", "http://")):
        raise errors.parameter("Param override_callback_uri must be a valid URI.")
    challenge = str(secrets.randbelow(10**10))
    try:
        status, body = await provider.dispatcher.handshake(url, verify_token, challenge)
    except (aiohttp.ClientError, TimeoutError) as problem:
        raise _unverified(f"{type(problem).__name__}") from problem
    if status != 200:
        raise _unverified(f"HTTP Status Code = {status}; HTTP Message = {_reason(status)}")
    if body != challenge:
        raise _unverified("The response did not match the challenge")
    return url


def _reason(status: int) -> str:
    return {403: "Forbidden", 404: "Not Found", 500: "Internal Server Error"}.get(status, "Unknown")


def _unverified(reason: str) -> GraphError:
    message = f"(#2200) Callback verification failed with the following errors: {reason}"
    return GraphError(2200, message=message, status=400)


def _application(account: Account) -> Json:
    shown: Json = {
        "whatsapp_business_api_data": {
            "link": "https://www.facebook.com/games/?app_id=" + account.app_id,
            "name": "Balcão",
            "id": account.app_id,
        }
    }
    if account.callback:
        shown["override_callback_uri"] = account.callback
    return shown
