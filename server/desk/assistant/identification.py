"""Is it really the customer? Nothing of the provider's records is told before this conversation has shown it.

A document (CPF or CNPJ) that he gives himself, and a telephone of the record that is the one he writes from; else the
birth date of the record. A document that nobody has and one that is another's are answered alike.
"""

from datetime import date

from server.desk.assistant.answers import Answer
from server.desk.assistant.documents import almost_a_document, birth_dates_in, documents_in, is_person
from server.desk.assistant.exchange import Exchange
from server.desk.assistant.intents import IDENTIFICATION
from server.desk.assistant.outside import Customer
from server.desk.assistant.state import Expects, Verified

_MOST_TRIES = 3
_SAME_PHONE = 8  # digits: neither country nor area nor the ninth digit count
_NOT_CONFIRMED = "Não consegui confirmar os seus dados por aqui."
_REASON = "Não foi possível confirmar a identidade do cliente."


def ask_for_document(x: Exchange, intent: str) -> Answer:
    """`intent` goes on once it is known who he is."""
    x.state.expects, x.state.pending = Expects.DOCUMENT, intent
    return _say("Para continuar, me informe o CPF ou CNPJ do titular, por favor.", "informar_documento")


async def identify(x: Exchange) -> Answer | None:
    """Take what he has given for it. None where he gave nothing, or is verified now. Raises RecordsFailed."""
    if x.records is None or x.conversation_id is None or x.state.verified:
        return None
    if x.state.expects is Expects.BIRTH_DATE and x.state.document and (dates := birth_dates_in(x.text)):
        return await _by_birth_date(x, x.state.document, dates)
    if documents := documents_in(x.text):
        return await _by_phone(x, documents[0])
    if x.state.expects is Expects.DOCUMENT and almost_a_document(x.text):
        return _failed(x, "Este CPF ou CNPJ não confere. Pode verificar e enviar de novo?")
    return None


async def _by_phone(x: Exchange, document: str) -> Answer | None:
    assert x.records
    customer = await x.records.by_document(document)
    if customer and _has_phone(customer, x.phone):
        _verify(x, customer)
        return None
    if dates := birth_dates_in(x.text):
        return await _by_birth_date(x, document, dates)
    if not is_person(document):
        return _failed(x, _NOT_CONFIRMED, final=True)
    x.state.expects, x.state.document = Expects.BIRTH_DATE, document
    return _say(
        "Para confirmar, qual é a data de nascimento do titular? (dia/mês/ano)", "informar_nascimento"
    )


async def _by_birth_date(x: Exchange, document: str, dates: list[date]) -> Answer | None:
    assert x.records
    customer = await x.records.by_document(document)
    x.state.document = None
    if customer and customer.birth_date in dates:
        _verify(x, customer)
        return None
    x.state.expects = Expects.DOCUMENT
    return _failed(x, f"{_NOT_CONFIRMED} Pode enviar o CPF do titular de novo?")


def _has_phone(customer: Customer, phone: str | None) -> bool:
    if not phone or len(phone) < _SAME_PHONE:
        return False
    return any(len(p) >= _SAME_PHONE and p[-_SAME_PHONE:] == phone[-_SAME_PHONE:] for p in customer.phones)


def _verify(x: Exchange, customer: Customer) -> None:
    x.state.verified = Verified(at=x.ctx.now(), name=customer.name, contracts=customer.contracts)
    x.state.expects = x.state.document = None
    x.verified_now = True


def _failed(x: Exchange, response: str, *, final: bool = False) -> Answer:
    x.state.tries += 1
    answer = _say(response, "informar_documento")
    if final or x.state.tries >= _MOST_TRIES:
        return answer.handing_over(_REASON, f"{_NOT_CONFIRMED} Vou chamar um atendente para ajudar você.")
    return answer


def _say(response: str, action: str) -> Answer:
    return Answer(response, IDENTIFICATION, 1.0, suggested_actions=(action,))
