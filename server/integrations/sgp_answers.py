"""Reading what SGP answers: objects that are sometimes arrays, numbers that are sometimes texts, lists in any order."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from server.desk.assistant.documents import normal_document
from server.desk.assistant.outside import Contract, Customer, Invoice

Json = dict[str, Any]
_ACTIVE = "1"


def text_of(value: Any) -> str:
    """Of a text or a number, trimmed; of anything else nothing."""
    known = isinstance(value, str | int | float | Decimal) and not isinstance(value, bool)
    return str(value).strip() if known else ""


def first_object(content: Any) -> Json:
    """The object itself, or the first one of an array."""
    for each in content if isinstance(content, list) else [content]:
        if isinstance(each, dict):
            return each
    return {}


def objects_in(content: Any, name: str) -> Iterator[Json]:
    listed = first_object(content).get(name) or []
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, dict):
            yield each


def customer_of(content: Any, document: str) -> Customer | None:
    """Of the contracts only those of this document: client ids and contract ids are of one space, and get mixed up."""
    his = [
        each
        for each in objects_in(content, "contratos")
        if normal_document(text_of(each.get("cpfCnpj"))) == document and text_of(each.get("contratoId"))
    ]
    if not his:
        return None
    return Customer(
        document=document,
        name=text_of(his[0].get("razaoSocial"))[:120],
        birth_date=next((born for each in his if (born := _date(each.get("dataNascimento")))), None),
        phones=list(dict.fromkeys(phone for each in his for phone in _phones(each))),
        contracts=list({contract.id: contract for contract in map(_contract, his)}.values()),
    )


def _phones(contract: Json) -> Iterator[str]:
    listed = contract.get("telefones") or []
    for each in listed if isinstance(listed, list) else []:
        digits = re.sub(r"\D", "", text_of(each.get("contato")) if isinstance(each, dict) else text_of(each))
        if digits:
            yield digits


def _contract(each: Json) -> Contract:
    plan = text_of(each.get("servico_plano")) or text_of(each.get("planointernet"))
    status = text_of(each.get("contratoStatusDisplay"))
    return Contract(
        id=text_of(each["contratoId"]),
        plan=(plan or "plano")[:80],
        active=text_of(each.get("contratoStatus")) == _ACTIVE,
        status=(status or "situação desconhecida")[:40],
    )


def invoices_of(content: Any, contract_id: str) -> list[Invoice]:
    """The open ones of this contract, oldest first; the lists come in any order, with cancelled ones among them."""
    found = [
        invoice
        for each in objects_in(content, "titulos")
        if text_of(each.get("status")).lower() == "aberto"
        and text_of(each.get("clienteContrato")) == contract_id
        and (invoice := _invoice(each))
    ]
    return sorted(found, key=lambda invoice: (invoice.due, invoice.id))


def _invoice(each: Json) -> Invoice | None:
    id, due = text_of(each.get("id")), _date(each.get("dataVencimento"))
    amount = _amount(each.get("valorCorrigido") or each.get("valor"))
    if not id or due is None or amount is None:
        return None
    return Invoice(
        id=id, due=due, amount=amount, line=text_of(each.get("linhaDigitavel")) or None,
        pix=text_of(each.get("codigoPix") or each.get("pix")) or None, link=_link(each.get("link")),
    )  # fmt: skip


def links_of(content: Any) -> dict[str, Json]:
    """What the second copies add, by the id of their invoice."""
    return {
        text_of(each.get("fatura") or each.get("id")): {
            "line": text_of(each.get("linhadigitavel") or each.get("linhaDigitavel")),
            "pix": text_of(each.get("codigopix") or each.get("codigoPix")),
            "link": _link(each.get("link")) or _link(each.get("link_cobranca")),
            "amount": _amount(each.get("valor")),
        }
        for each in objects_in(content, "links")
    }


def _link(value: Any) -> str | None:
    link = text_of(value)
    return link if link.startswith(("https://", "http://")) and len(link) <= 500 else None


def _date(value: Any) -> date | None:
    written = text_of(value)[:10]
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _amount(value: Any) -> Decimal | None:
    """`99.9`, `"99.90"` and `"1.099,90"`."""
    written = text_of(value).removeprefix("R$").strip()
    if "," in written:
        written = written.replace(".", "").replace(",", ".")
    try:
        amount = Decimal(written)
    except InvalidOperation:
        return None
    return amount.quantize(Decimal("0.01")) if amount.is_finite() else None
