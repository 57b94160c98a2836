"""Which systems a tenant has connected, with their keys opened."""

import structlog

from server.desk import integrations
from server.desk.assistant.outside import Outside, OutsideFailed, Provider, Trouble
from server.desk.integrations import Integration, IntegrationKind
from server.integrations.gemini import Gemini
from server.integrations.openai_compatible import OpenAICompatible
from server.integrations.sgp import Sgp
from server.runtime import Runtime
from tenants.context import Context

log = structlog.get_logger()
Client = Gemini | OpenAICompatible | Sgp
_CAUSES = {
    Trouble.UNREACHABLE: "O sistema não respondeu neste endereço. Só endereços públicos, de http ou https, podem ser usados.",
    Trouble.TIMEOUT: "O sistema não respondeu a tempo.",
    Trouble.LIMITED: "O sistema recusou por excesso de chamadas; tente de novo em instantes.",
    Trouble.REFUSED: "O sistema recusou a chave ou o modelo.",
    Trouble.BLOCKED: "O modelo recusou o conteúdo.",
    Trouble.MALFORMED: "A resposta não é a de um sistema deste tipo.",
}
KEY_GONE = "A chave foi lacrada com um segredo que o servidor não tem mais; informe-a de novo."


async def outside(ctx: Context, runtime: Runtime) -> Outside:
    """What the assistant may ask for this tenant: its own Gemini, else the house's; then its other model."""
    connected = await integrations.enabled(ctx)
    clients = {kind: made for kind, each in connected.items() if (made := _opened(ctx, runtime, each))}
    gemini = clients.get(IntegrationKind.GEMINI) or _of_the_house(runtime)
    providers: list[Provider] = [gemini] if isinstance(gemini, Gemini) else []
    other = clients.get(IntegrationKind.OPENAI_COMPATIBLE)
    providers += [other] if isinstance(other, OpenAICompatible) else []
    records = clients.get(IntegrationKind.SGP)
    return Outside(providers, records if isinstance(records, Sgp) else None)


async def check(ctx: Context, runtime: Runtime, id: str) -> str | None:
    """What is wrong with an integration, for a person; None when it answers and knows its key."""
    integration = await integrations.by_id(ctx, id)
    client = _opened(ctx, runtime, integration)
    if client is None:
        return KEY_GONE
    try:
        await client.check()
    except OutsideFailed as failed:
        log.info("integration.check_failed", kind=integration.kind, cause=str(failed)[:200])
        return _CAUSES[failed.trouble]
    return None


def _of_the_house(runtime: Runtime) -> Gemini | None:
    key = runtime.settings.gemini_api_key
    return Gemini(runtime.http, runtime.settings.gemini_api_url, key) if key else None


def _opened(ctx: Context, runtime: Runtime, integration: Integration) -> Client | None:
    """None where its key cannot be opened any more."""
    try:
        key = integrations.reveal(ctx, integration)
    except ValueError:
        log.warning("integration.key_gone", kind=integration.kind)
        return None
    if integration.kind is IntegrationKind.GEMINI:
        return Gemini(runtime.http, runtime.settings.gemini_api_url, key, model=integration.model)
    url = integration.url or ""
    if integration.kind is IntegrationKind.SGP:
        ticket_type = integration.ticket_type
        return Sgp(runtime.outside, url, key, app=integration.app or "", ticket_type=ticket_type)
    return OpenAICompatible(runtime.outside, url, key, model=integration.model or "")
