"""SGP (TSMX), which many Brazilian internet providers keep their customers in.

Its answers hold passwords and, now and then, another customer's contract: only the fields read here leave this file, and
only of contracts whose document is the one that was asked about.
"""

from typing import Any

import aiohttp

from server.desk.assistant.documents import normal_document
from server.desk.assistant.outside import Access, Customer, Invoice, RecordsFailed, Trouble
from server.integrations.calling import Answer, Line
from server.integrations.sgp_answers import (
    customer_of,
    first_object,
    invoices_of,
    links_of,
    objects_in,
    text_of,
)

TIMEOUT = 15.0  # it hangs on some documents
_DEFAULT_TICKET_TYPE = 5
_ONLINE = "1"
_MOST_INVOICES = "250"


class Sgp:
    """`http` is a guarded session: a tenant chose the address."""

    def __init__(
        self, http: aiohttp.ClientSession, url: str, token: str, *, app: str,
        ticket_type: int | None = None, timeout: float = TIMEOUT,
    ) -> None:  # fmt: skip
        self._line = Line(http, url, timeout, RecordsFailed)
        self._credentials = {"token": token, "app": app}
        self._ticket_type = ticket_type or _DEFAULT_TICKET_TYPE

    async def by_document(self, document: str) -> Customer | None:
        """`document`: CPF or CNPJ without punctuation."""
        found = await self._post("ura/consultacliente/", cpfcnpj=document)
        return customer_of(found, document)

    async def by_phone(self, phone: str) -> Customer | None:
        """None also where the number is that of several people."""
        found = await self._post("ura/consultacliente/", telefone=phone)
        owners = {
            normal_document(text_of(each.get("cpfCnpj"))) for each in objects_in(found, "contratos")
        } - {""}
        return customer_of(found, owners.pop()) if len(owners) == 1 else None

    async def access(self, contract_id: str) -> Access:
        found = first_object(await self._post("ura/verificaacesso/", contrato=contract_id))
        if text_of(found.get("contratoId")) != contract_id:
            raise RecordsFailed(Trouble.MALFORMED, "the access of another contract")
        return Access(online=text_of(found.get("status")) == _ONLINE, text=text_of(found.get("msg"))[:200])

    async def open_invoices(self, contract_id: str) -> list[Invoice]:
        asked = {
            "status": "abertos",
            "limit": _MOST_INVOICES,
            "ordenar": "data_vencimento",
            "ordenar_ordem": "asc",
        }
        return invoices_of(await self._post("ura/titulos/", contrato=contract_id, **asked), contract_id)

    async def second_copy(self, contract_id: str) -> Invoice | None:
        """The oldest open one, by the list that names its contract; the copy adds what it can be paid with."""
        invoices = await self.open_invoices(contract_id)
        if not invoices:
            return None
        oldest = invoices[0]
        # Without nao_gerar_os each look opens a service order.
        copies = await self._post(
            "ura/fatura2via/", contrato=contract_id, nao_gerar_os="1", faturas_abertas_todas="1"
        )
        copy = links_of(copies).get(oldest.id)
        invoice = oldest.model_copy(update={k: v for k, v in copy.items() if v}) if copy else oldest
        return (
            invoice
            if invoice.pix
            else invoice.model_copy(update={"pix": await self._pix(contract_id, invoice.id)})
        )

    async def _pix(self, contract_id: str, invoice_id: str) -> str | None:
        """None where the provider takes no PIX for it."""
        answer = await self._call(f"ura/pagamento/pix/{invoice_id}", {"contrato": contract_id})
        found = first_object(answer.content) if answer.status == 200 else {}
        return text_of(found.get("pix") or found.get("codigoPix")) or None

    async def open_ticket(self, contract_id: str, description: str) -> str:
        body = {"contrato": contract_id, "ocorrenciatipo": self._ticket_type, "conteudo": description}
        answer = await self._line.post("api/ura/chamado/", json={**self._credentials, **body})
        opened = first_object(_accepted(answer))
        if not (protocol := text_of(opened.get("protocolo"))):
            raise RecordsFailed(Trouble.MALFORMED, "a ticket without a protocol")
        return protocol

    async def check(self) -> None:
        """That the credentials are right. Raises RecordsFailed."""
        await self._post("ura/consultacliente/", contrato="0")

    async def _post(self, path: str, **form: str) -> Any:
        return _accepted(await self._call(path, form))

    async def _call(self, path: str, form: dict[str, str]) -> Answer:
        return await self._line.post(f"api/{path}", form={**self._credentials, **form})


def _accepted(answer: Answer) -> Any:
    if answer.status in {429, 503}:
        raise RecordsFailed(Trouble.LIMITED, str(answer.status))
    if answer.status >= 500:
        raise RecordsFailed(Trouble.UNREACHABLE, str(answer.status))
    if answer.status != 200:
        raise RecordsFailed(Trouble.REFUSED, str(answer.status))
    if not isinstance(answer.content, dict | list):
        raise RecordsFailed(Trouble.MALFORMED, "no JSON")
    return answer.content
