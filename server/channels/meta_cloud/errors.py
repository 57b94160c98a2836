"""From an answer that is not a receipt, or from no answer, to what may have become of the message (protocol.md)."""

from typing import Any

from server.channels.base import Remedy, SendFailed, Verdict
from server.channels.meta_cloud.error_table import MEANINGS, PERMISSION, UNREGISTERED, Meaning
from server.channels.meta_cloud.reading import Json, mapping, number, storable, text
from server.desk.messages.models import SendError

THROTTLES = frozenset({4, 80007, 130429, 131056})
TOO_MANY_REQUESTS = 429
SERVER_ERRORS = 500

WAIT = "Aguarde: o envio é tentado de novo sozinho."
AGAIN = "Tente de novo em alguns minutos."
LOOK = "Aguarde a confirmação. Se ela não vier, confira com o cliente antes de reenviar."

UNREACHABLE = SendError(
    code="UNREACHABLE",
    title="WhatsApp inacessível",
    cause="Não foi possível falar com os servidores da Meta.",
    next_step=WAIT,
    retryable=True,
)
TOO_LATE = SendError(
    code="TOO_LATE",
    title="Prazo de envio vencido",
    cause="O prazo da tentativa acabou antes de a mensagem sair.",
    next_step=WAIT,
    retryable=True,
)
NO_ANSWER = SendError(
    code="NO_ANSWER",
    title="WhatsApp não respondeu",
    cause="A mensagem saiu, mas a Meta não confirmou se a recebeu.",
    next_step=LOOK,
    retryable=True,
)
BAD_ANSWER = SendError(
    code="BAD_ANSWER",
    title="Resposta inesperada do WhatsApp",
    cause="A resposta ao envio não é da forma que a Meta documenta; a mensagem pode ter sido aceita.",
    next_step=LOOK,
    retryable=True,
)
IN_DOUBT = frozenset({NO_ANSWER.code, BAD_ANSWER.code})
TOO_MANY = SendError(
    code="RATE_LIMITED",
    title="Limite de chamadas",
    cause="A Meta pediu que os envios esperem.",
    next_step=WAIT,
    retryable=True,
)


def meaning(code: int | str | None) -> Meaning:
    found = number(code)
    if found is None or not found.is_integer():
        return UNREGISTERED
    known = MEANINGS.get(int(found))
    return known or (PERMISSION if 200 <= found <= 299 else UNREGISTERED)


def quoting(cause: str, detail: str | None) -> str:
    return f"{cause} Detalhe da Meta: {detail}" if detail else cause


def describe(code: int | str | None, *, title: str | None = None, details: str | None = None) -> SendError:
    """`title` and `details` as Meta wrote them, in English: shown when we have no words of our own, or to be exact."""
    known = meaning(code)
    quoted = details if known.quoted or known is UNREGISTERED else None
    return SendError(
        code=text(code) or "UNKNOWN",
        title=(known is UNREGISTERED and title) or known.title,
        cause=quoting(known.cause, quoted),
        next_step=known.next_step,
        detail=quoted or "",
        retryable=known.retryable,
    )


def reported(error: Json) -> SendError:
    """An error object of Meta's: in an answer, in a status or in a message."""
    details = text(mapping(error.get("error_data")).get("details")) or text(error.get("message"))
    code = text(error.get("code"))
    return describe(code, title=text(error.get("title")) or text(error.get("message")), details=details)


def failure_of(status: int, body: Any, *, retry_after: float | None = None) -> SendFailed:
    """What an answer other than a receipt means. `body` is the decoded JSON, or None when it was not JSON."""
    error = mapping(mapping(storable(body)).get("error"))
    known = meaning(text(error.get("code")))
    verdict, remedy, described = _judged(status, error, known)
    if verdict is Verdict.UNKNOWN:
        described = described.model_copy(update={"next_step": LOOK})
    elif verdict is Verdict.NOT_SENT and remedy is not Remedy.PARK_CHANNEL:
        described = described.model_copy(update={"next_step": WAIT})
    return SendFailed(verdict, remedy, described, retry_after=retry_after or known.wait)


def _judged(status: int, error: Json, known: Meaning) -> tuple[Verdict, Remedy, SendError]:
    code = number(error.get("code"))
    if code in THROTTLES:
        return Verdict.NOT_SENT, known.remedy, reported(error)
    if status == TOO_MANY_REQUESTS:
        return Verdict.NOT_SENT, Remedy.PAUSE_NUMBER, reported(error) if error else TOO_MANY
    if status >= SERVER_ERRORS:
        parks = known.remedy is Remedy.PARK_CHANNEL
        remedy = Remedy.PARK_CHANNEL if parks else Remedy.RETRY
        return Verdict.UNKNOWN, remedy, reported(error) if error else NO_ANSWER
    if code is None:
        # A redirect, a proxy's page, a 200 without a message: not Meta's words, so no proof that it was refused.
        return Verdict.UNKNOWN, Remedy.RETRY, BAD_ANSWER
    return known.verdict, known.remedy, reported(error)


def lost(*, written: bool) -> SendFailed:
    """No answer. Until a byte of the request was `written`, nothing can have been accepted."""
    if written:
        return SendFailed(Verdict.UNKNOWN, Remedy.RETRY, NO_ANSWER)
    return SendFailed(Verdict.NOT_SENT, Remedy.RETRY, UNREACHABLE)


def too_late() -> SendFailed:
    return SendFailed(Verdict.NOT_SENT, Remedy.RETRY, TOO_LATE)


def without_doubt(failed: SendFailed) -> SendFailed:
    """The same failure of a call that delivers nothing to a customer: what is unknown there cannot be a message."""
    if failed.verdict is Verdict.REJECTED:
        return failed
    error = UNREACHABLE if failed.error.code in IN_DOUBT else failed.error
    if failed.remedy is not Remedy.PARK_CHANNEL:
        error = error.model_copy(update={"next_step": AGAIN})
    return SendFailed(Verdict.NOT_SENT, failed.remedy, error, retry_after=failed.retry_after)
