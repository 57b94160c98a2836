"""The guided check of a connected number: what was asked of Meta, how it stands, and what to do next."""

import asyncio
from datetime import UTC, datetime, timedelta

from server.channels.base import Check, Remedy, SendFailed, Verdict
from server.channels.meta_cloud.errors import quoting
from server.channels.meta_cloud.reading import Json, mapping, moment, objects, text
from server.channels.meta_cloud.transport import Graph

CALL_SECONDS = 7.0
NUMBER_FIELDS = "display_phone_number,verified_name,quality_rating,status,webhook_configuration"
SCOPES = ("whatsapp_business_messaging", "whatsapp_business_management")
TOKEN_CODES = frozenset({"0", "190"})
ABOUT_TO_EXPIRE = timedelta(days=7)
# The nearest address wins (whatsapp.md 1.4).
CALLBACKS = ("phone_number", "whatsapp_business_account", "application")

RENEW = "Gere um token de usuário do sistema no Gerenciador de Negócios da Meta e atualize o canal."
REGISTER = "Registre o número na Cloud API pelo Gerenciador do WhatsApp."
RECONNECT = "Reconecte o canal para que ele assine os eventos de novo."

Answer = Json | SendFailed


class Checks:
    def __init__(self, graph: Graph, phone_number_id: str, waba_id: str, access_token: str) -> None:
        self._graph = graph
        self._phone_number_id = phone_number_id
        self._waba_id = waba_id
        self._access_token = access_token

    async def run(self, callback_url: str) -> list[Check]:
        token, phone, apps = await asyncio.gather(
            self._ask(("debug_token",), {"input_token": self._access_token}),
            self._ask((self._phone_number_id,), {"fields": NUMBER_FIELDS}),
            self._ask((self._waba_id, "subscribed_apps"), {}),
        )
        now = datetime.now(UTC)
        lines = [
            token_line(token, phone, now),
            number_line(phone),
            subscription_line(apps),
            webhook_line(phone, apps, callback_url),
        ]
        return [
            line.model_copy(
                update={
                    "checked_at": now,
                    "cause": self._graph.hushed(line.cause),
                    "detail": self._graph.hushed(line.detail),
                }
            )
            for line in lines
        ]

    async def _ask(self, path: tuple[str, ...], params: dict[str, str]) -> Answer:
        try:
            return await self._graph.call("GET", path, params=params, timeout=CALL_SECONDS)
        except SendFailed as failed:
            return failed


def token_line(token: Answer, phone: Answer, now: datetime) -> Check:
    """Meta tells some tokens nothing about themselves; then the answer about the number tells."""
    told = {} if isinstance(token, SendFailed) else mapping(token.get("data"))
    refused = isinstance(phone, SendFailed) and phone.error.code in TOKEN_CODES
    if told.get("is_valid") is False or refused:
        of_number = phone.error.detail if isinstance(phone, SendFailed) else ""
        detail = text(mapping(told.get("error")).get("message")) or of_number
        cause = quoting("A Meta não aceitou o token.", detail)
        return _bad("token", "Token vencido ou inválido", cause, RENEW, detail=detail)
    if not told and isinstance(phone, SendFailed):
        return _failed(
            "token", "Não foi possível conferir o token", token if isinstance(token, SendFailed) else phone
        )
    granted = told.get("scopes")
    missing = [scope for scope in SCOPES if isinstance(granted, list) and scope not in granted]
    if missing:
        cause = f"Falta a permissão {' e '.join(missing)}."
        return _bad("token", "Token sem permissão", cause, "Gere outro token com essas permissões.")
    return _expiring(told, now) or Check(name="token", ok=True, title="Token válido")


def _expiring(told: Json, now: datetime) -> Check | None:
    """`expires_at` 0 is a token that does not expire."""
    end = moment(told.get("expires_at"), now + 2 * ABOUT_TO_EXPIRE)
    if end - now > ABOUT_TO_EXPIRE:
        return None
    title = f"Token válido, mas só até {end:%d/%m/%Y}"
    return Check(name="token", ok=True, title=title, cause="É um token temporário.", next_step=RENEW)


def number_line(phone: Answer) -> Check:
    if isinstance(phone, SendFailed):
        return _failed("number", "Número inacessível", phone)
    status = text(phone.get("status"))
    shown = text(phone.get("display_phone_number")) or "Número"
    if status not in (None, "CONNECTED"):
        return _bad("number", f"{shown} não está conectado", f"A Meta informa a situação {status}.", REGISTER)
    if text(phone.get("quality_rating")) == "RED":
        cause = "A Meta avalia a qualidade como baixa: clientes bloquearam ou denunciaram mensagens."
        advice = "Reduza os envios de marketing para não perder limites."
        return Check(name="number", ok=True, title=f"{shown} conectado", cause=cause, next_step=advice)
    return Check(name="number", ok=True, title=f"{shown} conectado")


def subscription_line(apps: Answer) -> Check:
    if isinstance(apps, SendFailed):
        return _failed("subscription", "Não foi possível conferir a assinatura", apps)
    if not objects(apps.get("data")):
        return _bad(
            "subscription", "Nenhum aplicativo assina a conta", "A Meta não envia os eventos.", RECONNECT
        )
    return Check(name="subscription", ok=True, title="Aplicativo assina os eventos da conta")


def webhook_line(phone: Answer, apps: Answer, callback_url: str) -> Check:
    found = _callbacks(phone, apps)
    if callback_url in found[:1]:
        return Check(name="webhook", ok=True, title="Webhook verificado")
    if found:
        cause = f"A Meta entrega as mensagens em {found[0]}, e não em {callback_url}."
        return _bad("webhook", "Webhook aponta para outro endereço", cause, RECONNECT)
    failed = next((answer for answer in (apps, phone) if isinstance(answer, SendFailed)), None)
    if failed:
        return _failed("webhook", "Não foi possível conferir o webhook", failed)
    cause = f"A Meta não tem o endereço {callback_url}."
    return _bad("webhook", "Webhook não configurado", cause, RECONNECT)


def _callbacks(phone: Answer, apps: Answer) -> list[str]:
    """Every address that Meta told of, the one in force first."""
    configured = {} if isinstance(phone, SendFailed) else mapping(phone.get("webhook_configuration"))
    overrides = [] if isinstance(apps, SendFailed) else objects(apps.get("data"))
    told = [configured.get(place) for place in CALLBACKS]
    told[1:1] = [app.get("override_callback_uri") for app in overrides]
    return [address for address in map(text, told) if address]


def _bad(name: str, title: str, cause: str, next_step: str, *, detail: str = "") -> Check:
    return Check(name=name, ok=False, title=title, cause=cause, next_step=next_step, detail=detail)


def _failed(name: str, title: str, failed: SendFailed) -> Check:
    error = failed.error
    refused = failed.verdict is Verdict.REJECTED or failed.remedy is Remedy.PARK_CHANNEL
    line = _bad(name, title, f"{error.title}. {error.cause}".strip(), error.next_step, detail=error.detail)
    return line.model_copy(update={"known": refused})
