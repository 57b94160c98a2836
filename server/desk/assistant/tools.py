"""What may be looked up or done for a customer, whoever asks for it: the rules or a model.

Each runs only for a customer who is verified in this conversation, and on a contract that is his.
"""

from typing import Any

from server.desk.assistant import memory
from server.desk.assistant.exchange import Exchange
from server.desk.assistant.outside import (
    Access,
    Contract,
    Invoice,
    Records,
    RecordsFailed,
    Tool,
    Trouble,
)

Document = dict[str, Any]


class NotVerified(Exception):
    """Nobody's records may be read yet."""


class UnknownContract(Exception):
    """Not one of the customer's; or he has several, and none was named."""


class TicketUncertain(Exception):
    """It was asked for before, and nobody heard whether it was opened. Once is better than twice."""


def _records(x: Exchange) -> Records:
    if x.records is None:
        raise NotVerified
    return x.records


def contracts(x: Exchange) -> list[Contract]:
    """His own; there is none that may be asked about before it is known who he is."""
    if x.state.verified is None:
        raise NotVerified
    return x.state.verified.contracts


def chosen(x: Exchange, contract_id: str | None) -> Contract:
    """Raises NotVerified, UnknownContract. Only what the records told in this conversation is an id."""
    his = contracts(x)
    wanted = contract_id or x.state.contract_id
    if wanted is None and len(his) == 1:
        return his[0]
    for contract in his:
        if contract.id == wanted:
            return contract
    raise UnknownContract


async def access(x: Exchange, contract_id: str | None = None) -> Access:
    return await _records(x).access(chosen(x, contract_id).id)


async def open_invoices(x: Exchange, contract_id: str | None = None) -> list[Invoice]:
    found = await _records(x).open_invoices(chosen(x, contract_id).id)
    _remember(x, *found)
    return found


async def second_copy(x: Exchange, contract_id: str | None = None) -> Invoice | None:
    invoice = await _records(x).second_copy(chosen(x, contract_id).id)
    if invoice:
        _remember(x, invoice)
    return invoice


def _remember(x: Exchange, *invoices: Invoice) -> None:
    codes = [code for invoice in invoices for code in (invoice.pix, invoice.line) if code]
    x.state.codes = list(dict.fromkeys([*x.state.codes, *codes]))[-20:]


async def open_ticket(x: Exchange, description: str, contract_id: str | None = None) -> str:
    """Its protocol; one ticket a conversation, however often it is asked for. Raises TicketUncertain."""
    contract = chosen(x, contract_id)
    assert x.conversation_id
    before = await memory.claim_ticket(x.ctx, x.conversation_id, contract.id)
    if before and before["protocol"]:
        return str(before["protocol"])
    if before:
        raise TicketUncertain
    try:
        protocol = await _records(x).open_ticket(contract.id, description[:1000])
    except RecordsFailed as failed:
        if failed.trouble is Trouble.REFUSED:
            await memory.set_ticket(x.ctx, x.conversation_id, None)
        raise
    opened = {"contract_id": contract.id, "protocol": protocol}
    await memory.set_ticket(x.ctx, x.conversation_id, opened)
    return protocol


_CONTRACT: Document = {"contrato": {"type": "string", "description": "O id, como listar_contratos o deu."}}
_NO_ARGUMENTS: Document = {"type": "object", "properties": {}}
_OF_A_CONTRACT: Document = {"type": "object", "properties": _CONTRACT}
TOOLS = [
    Tool("listar_contratos", "Os contratos do cliente verificado, com plano e situação.", _NO_ARGUMENTS),
    Tool("verificar_acesso", "Se a conexão do contrato está online agora.", _OF_A_CONTRACT),
    Tool(
        "faturas_em_aberto", "As faturas em aberto do contrato, da mais antiga à mais nova.", _OF_A_CONTRACT
    ),
    Tool(
        "segunda_via",
        "A fatura em aberto mais antiga, com PIX copia e cola, linha digitável e link.",
        _OF_A_CONTRACT,
    ),
    Tool(
        "abrir_chamado",
        "Abre um chamado técnico. Só depois que o cliente concordar.",
        {
            "type": "object",
            "properties": {
                **_CONTRACT,
                "descricao": {"type": "string", "description": "O problema relatado."},
            },
            "required": ["descricao"],
        },
    ),
]


async def run(x: Exchange, name: str, arguments: Document) -> Document:
    """For a model: whatever comes of it is something that it can go on with."""
    try:
        return await _run(x, name, arguments)
    except NotVerified:
        return {"erro": "cliente_nao_verificado", "o_que_fazer": "Peça o CPF ou CNPJ do titular."}
    except UnknownContract:
        return {"erro": "contrato_desconhecido", "o_que_fazer": "Use listar_contratos e pergunte qual deles."}
    except TicketUncertain:
        return {"erro": "chamado_incerto", "o_que_fazer": "Transfira para um atendente."}
    except RecordsFailed:
        return {"erro": "sistema_indisponivel", "o_que_fazer": "Transfira para um atendente."}


async def _run(x: Exchange, name: str, arguments: Document) -> Document:
    contract_id = str(arguments["contrato"]) if arguments.get("contrato") else None
    match name:
        case "listar_contratos":
            return {"contratos": [_contract_shown(contract) for contract in contracts(x)]}
        case "verificar_acesso":
            found = await access(x, contract_id)
            return {"online": found.online, "situacao": found.text}
        case "faturas_em_aberto":
            return {"faturas": [_invoice_shown(invoice) for invoice in await open_invoices(x, contract_id)]}
        case "segunda_via":
            invoice = await second_copy(x, contract_id)
            return {"fatura": _invoice_shown(invoice) if invoice else None}
        case "abrir_chamado":
            return {"protocolo": await open_ticket(x, str(arguments.get("descricao", "")), contract_id)}
        case _:
            return {"erro": "ferramenta_desconhecida"}


def _contract_shown(contract: Contract) -> Document:
    return {"contrato": contract.id, "plano": contract.plan, "situacao": contract.status}


def _invoice_shown(invoice: Invoice) -> Document:
    return {
        "fatura": invoice.id, "vencimento": invoice.due.isoformat(), "valor": str(invoice.amount),
        "pix": invoice.pix, "linha_digitavel": invoice.line, "link": invoice.link,
    }  # fmt: skip
