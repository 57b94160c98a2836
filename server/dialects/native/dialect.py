"""The native dialect's manners: Bearer token and X-Tenant-Slug in, `{error, message, details}` out."""

from typing import Any

from aiohttp import web

from server.desk.messages.models import Message
from server.dialects.native.schemas_conversations import MessageOut, camel
from server.web.dialect import RUNTIME, bearer
from server.web.statuses import headers_of, status_of
from server.web.wire import check_text, json_response
from tenants import api_keys
from tenants.access import Identity
from tenants.key_access import KeyHolder
from tenants.problems import FieldError, Forbidden, Invalid, Problem, Unauthenticated


class TenantMismatch(Forbidden):
    code = "TENANT_MISMATCH"
    message = "O cabeçalho X-Tenant-Slug não corresponde ao token."


class TenantHeaderMissing(Invalid):
    code = "TENANT_REQUIRED"
    message = "Envie o cabeçalho X-Tenant-Slug."


class Native:
    name = "native"
    limit = None

    async def authenticate(self, request: web.Request) -> Identity | KeyHolder:
        """A key says who, and the header whose it is: where they do not fit, there is no such key."""
        token = bearer(request)
        if not token:
            raise Unauthenticated
        runtime = request.app[RUNTIME]
        slug = ",".join(request.headers.getall("X-Tenant-Slug", [])).strip().lower()
        if token.startswith(api_keys.START):
            if not slug:
                raise TenantHeaderMissing
            return await runtime.key_access.identify(token, check_text(slug, "X-Tenant-Slug"))
        identity = await runtime.access.identify(token)
        if not slug and not request.path.startswith("/auth/"):
            raise TenantHeaderMissing
        if slug and slug != identity.tenant.slug:
            raise TenantMismatch
        return identity

    def render(self, problem: Problem) -> web.Response:
        return json_response(envelope(problem), status=status_of(problem), headers=headers_of(problem))


def envelope(problem: Problem) -> dict[str, object]:
    """`{error, reason?, message}`, `details` for validation only, and what the caller may act on beside them."""
    reason = {"reason": problem.reason()} if problem.reason() else {}
    details = {"details": [wrong_field(e) for e in problem.fields]} if problem.fields else {}
    extra = {key: _on_wire(value) for key, value in camel(problem.extra).items()}
    return {"error": problem.code, **reason, "message": problem.message, **details, **extra}


def wrong_field(error: FieldError) -> dict[str, str]:
    reason = {"reason": error.reason} if error.reason else {}
    return {"field": error.field, "message": error.message, **reason}


def _on_wire(value: Any) -> Any:
    """The messages that a problem carries are told as any other message."""
    if isinstance(value, list):
        return [_on_wire(part) for part in value]
    return MessageOut.of(value).model_dump() if isinstance(value, Message) else value
