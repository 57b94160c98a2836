"""What hangs directly under the version: a number, an account, a template or a file, told apart by its id."""

from typing import Any

from aiohttp import web

from server.channels.simulator.graph import errors, media, templates
from server.channels.simulator.graph.access import (
    PROVIDER,
    account_of,
    endpoint,
    number_of,
    parameters,
    reply,
    waba_of,
)
from server.channels.simulator.graph.perform import perform
from server.channels.simulator.graph.subscriptions import set_number_callback
from server.channels.simulator.world import Account, Media, Number

Json = dict[str, Any]
SCOPES = ["whatsapp_business_management", "whatsapp_business_messaging", "public_profile"]


@endpoint
async def show(request: web.Request) -> web.StreamResponse:
    account, object_id = account_of(request), request.match_info["id"]
    if item := _media(request, account):
        return await media.show(request, item)
    if object_id == account.waba_id:
        return reply(
            {"id": account.waba_id, "name": "Conta simulada", "currency": "BRL", "timezone_id": "25"}
        )
    if template := account.templates.get(object_id):
        return reply(templates.shown(template))
    number = number_of(request)
    wanted = [name for name in request.query.get("fields", "").split(",") if name]
    return await perform(request, "node", number, lambda: _selected(_number_node(number), wanted))


@endpoint
async def change(request: web.Request) -> web.StreamResponse:
    account, provider = account_of(request), request.app[PROVIDER]
    given = await parameters(request)
    if template := account.templates.get(request.match_info["id"]):
        return reply(templates.edit(provider, account, template, given))
    number = number_of(request)
    if "webhook_configuration" not in given:
        raise errors.parameter("Nothing to change: webhook_configuration is the only setting here.")
    await set_number_callback(provider, number, given["webhook_configuration"])
    return reply({"success": True})


@endpoint
async def delete(request: web.Request) -> web.StreamResponse:
    if item := _media(request, account_of(request)):
        return await media.delete(request, item)
    raise errors.unknown_object(request.method, request.match_info["id"])


@endpoint
async def phone_numbers(request: web.Request) -> web.StreamResponse:
    account = waba_of(request)
    numbers = request.app[PROVIDER].world.numbers_of(account)
    return reply({"data": [_number_node(number) for number in numbers], "paging": {}})


@endpoint
async def register(request: web.Request) -> web.StreamResponse:
    number = number_of(request)
    given = await parameters(request)
    pin = str(given.get("pin", ""))
    if not (pin.isdigit() and len(pin) == 6):
        raise errors.parameter("Param pin must be 6 characters long.")
    number.registered = True
    return reply({"success": True})


@endpoint
async def deregister(request: web.Request) -> web.StreamResponse:
    number_of(request).registered = False
    return reply({"success": True})


@endpoint
async def debug_token(request: web.Request) -> web.StreamResponse:
    """What a token may do and until when; a token that is no token is an answer, not an error."""
    account_of(request)
    asked = request.app[PROVIDER].world.tokens.get(request.query.get("input_token", ""))
    if asked is None or not asked.token_valid:
        problem = {"code": 190, "message": "Invalid OAuth access token."}
        return reply({"data": {"error": problem, "is_valid": False, "scopes": []}})
    return reply({"data": _token(asked)})


@endpoint
async def unknown_path(request: web.Request) -> web.StreamResponse:
    error = errors.GraphError(
        2500, message=f"Unknown path components: /{request.match_info['rest']}", status=400
    )
    raise error


def _media(request: web.Request, account: Account) -> Media | None:
    item = request.app[PROVIDER].media.find(request.match_info["id"])
    return item if item and item.account is account else None


def _number_node(number: Number) -> Json:
    return {
        "verified_name": number.verified_name,
        "display_phone_number": number.display_phone_number,
        "quality_rating": number.quality_rating,
        "code_verification_status": "VERIFIED",
        "name_status": "APPROVED",
        "status": "CONNECTED" if number.registered else "DISCONNECTED",
        "platform_type": "CLOUD_API",
        "throughput": {"level": "STANDARD"},
        "messaging_limit_tier": "TIER_2K",
        "account_mode": "LIVE",
        "webhook_configuration": _webhook_configuration(number),
        "id": number.phone_number_id,
    }


def _webhook_configuration(number: Number) -> Json:
    account = number.account
    places = {
        "phone_number": number.callback,
        "whatsapp_business_account": account.callback,
        "application": account.app_callback,
    }
    return {place: url for place, url in places.items() if url}


def _selected(node: Json, wanted: list[str]) -> Json:
    if not wanted:
        return {name: value for name, value in node.items() if name != "webhook_configuration"}
    if unknown := [name for name in wanted if name not in node]:
        raise errors.parameter(f"Tried accessing nonexisting field ({unknown[0]})")
    return {name: node[name] for name in wanted} | {"id": node["id"]}


def _token(account: Account) -> Json:
    targets = [account.waba_id]
    return {
        "app_id": account.app_id,
        "type": "SYSTEM_USER",
        "application": "Balcão",
        "data_access_expires_at": 0,
        "expires_at": 0,
        "is_valid": True,
        "issued_at": 1_760_000_000,
        "scopes": SCOPES,
        "granular_scopes": [{"scope": scope, "target_ids": targets} for scope in SCOPES[:2]],
        "user_id": account.app_id,
    }
