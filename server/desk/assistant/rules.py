"""The assistant without a model: what is meant is told by words, what is answered by the table of intents."""

import re
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from server.desk import hours
from server.desk.assistant import tools
from server.desk.assistant.answers import Answer
from server.desk.assistant.exchange import Exchange
from server.desk.assistant.identification import ask_for_document
from server.desk.assistant.intents import BY_NAME, IDENTIFICATION, UNKNOWN, Intent, Need
from server.desk.assistant.matching import match, words_of
from server.desk.assistant.outside import Contract, Invoice
from server.desk.assistant.state import Expects
from tenants.models import Tenant

_NOT_UNDERSTOOD = "Desculpe, não entendi. Você pode dizer de outra forma? Posso ajudar com a sua conexão, a sua fatura e os nossos planos."
_NOT_READABLE = "Recebi, mas por aqui só consigo ler textos. Pode me contar por escrito como posso ajudar?"
_YES = {"sim", "s", "isso", "quero", "pode", "claro", "ok", "favor", "positivo", "aham", "bora"}
_NO = {"nao", "depois", "deixa"}
# What may be said beside a yes. In any other wish "quero" and "pode" agree to nothing.
_BESIDE_YES = {
    "visita_tecnica", "sem_conexao", "suporte_tecnico", "saudacao", "agradecimento", "despedida", "elogio",
}  # fmt: skip
_SURE = 0.95


async def answer(x: Exchange) -> Answer:
    """Raises RecordsFailed."""
    if not x.readable:
        return Answer(_NOT_READABLE, UNKNOWN, 0.3, suggested_actions=("pedir_texto",))
    if expected := await _as_expected(x):
        return expected
    found = match(x.text)
    if found.intent is None and x.verified_now:
        return Answer("Obrigado, seus dados estão confirmados. Como posso ajudar?", IDENTIFICATION, 1.0)
    if found.intent is None:
        return Answer(_NOT_UNDERSTOOD, UNKNOWN, found.confidence, suggested_actions=("mostrar_menu",))
    return await _fulfil(x, found.intent, found.confidence)


async def _as_expected(x: Exchange) -> Answer | None:
    """The answer to what he was asked, or what waited for his being verified."""
    expects, pending = x.state.expects, BY_NAME.get(x.state.pending or "")
    if pending is None or expects in {Expects.DOCUMENT, Expects.BIRTH_DATE}:
        return None
    words = set(words_of(x.text))
    if expects is Expects.TICKET and not _agrees(x.text, words):
        x.state.expects = x.state.pending = None
        return _no_ticket(pending) if words & _NO and len(words) <= 4 else None
    if expects is Expects.CONTRACT and not _choose_contract(x):
        return None
    x.state.expects = x.state.pending = None
    return await _fulfil(x, pending, _SURE)


def _agrees(text: str, words: set[str]) -> bool:
    wish = match(text).intent
    return bool(words & _YES) and not words & _NO and (wish is None or wish.name in _BESIDE_YES)


def _no_ticket(pending: Intent) -> Answer:
    return Answer("Certo, não vou abrir o chamado. Se precisar, é só escrever.", pending.name, _SURE)


def _choose_contract(x: Exchange) -> bool:
    numbers = re.findall(r"\d+", x.text)
    his = tools.contracts(x)
    for place, contract in enumerate(his, 1):
        if contract.id in numbers or str(place) in numbers:
            x.state.contract_id = contract.id
            return True
    return False


async def _fulfil(x: Exchange, intent: Intent, confidence: float) -> Answer:
    if intent.need is None or x.records is None or x.conversation_id is None:
        return _plain(x, intent, confidence)
    try:
        contract = tools.chosen(x, None)
    except tools.NotVerified:
        return ask_for_document(x, intent.name)
    except tools.UnknownContract:
        return _which_contract(x, intent)
    return await _DONE[intent.need](x, intent, contract)


def _plain(x: Exchange, intent: Intent, confidence: float) -> Answer:
    if intent.name == "saudacao" and (greeting := x.ctx.tenant.settings.replies.greeting):
        return Answer(greeting, intent.name, confidence, suggested_actions=intent.actions)
    plan = f" de {x.about.customer_plan}" if x.about.customer_plan else ""
    text = intent.text.format(plan=plan, hours=opening_hours(x.ctx.tenant, x.ctx.now()))
    return Answer(
        f"{_hello(x)}{text}" if intent.greets else text, intent.name, confidence,
        should_transfer=intent.transfers, suggested_actions=intent.actions, priority=intent.priority,
        reason=f"{intent.description}." if intent.transfers else None,
    )  # fmt: skip


def _hello(x: Exchange) -> str:
    if x.state.answers:
        return ""
    return f"Olá {x.about.first_name}! " if x.about.first_name else "Olá! "


def _which_contract(x: Exchange, intent: Intent) -> Answer:
    his = tools.contracts(x)
    if not his:
        gone = Answer("Não encontrei um contrato no seu cadastro.", intent.name, _SURE)
        return gone.handing_over("O cliente não tem contrato.", f"{gone.response} Vou chamar um atendente.")
    x.state.expects, x.state.pending = Expects.CONTRACT, intent.name
    listed = "\n".join(f"{place}) {each.plan} ({each.status})" for place, each in enumerate(his, 1))
    return Answer(f"Sobre qual contrato? Responda com o número.\n{listed}", intent.name, 1.0)


async def _access(x: Exchange, intent: Intent, contract: Contract) -> Answer:
    if not contract.active:
        text = f"O seu contrato está {contract.status.lower()}. Se há fatura em aberto, posso enviar a segunda via: é só pedir."
        return Answer(text, intent.name, _SURE, suggested_actions=("enviar_segunda_via", "liberar_acesso"))
    found = await tools.access(x)
    x.state.expects, x.state.pending = Expects.TICKET, "visita_tecnica"
    if found.online:
        text = (
            "Consultei e o seu acesso aparece online. Desligue o roteador por 30 segundos e ligue de novo. Se não voltar, "
            "quer que eu abra um chamado técnico?"
        )
    else:
        text = "Consultei e o seu acesso aparece offline. Quer que eu abra um chamado técnico?"
    return Answer(text, intent.name, _SURE, suggested_actions=intent.actions)


async def _invoice(x: Exchange, intent: Intent, _contract: Contract) -> Answer:
    invoice = await tools.second_copy(x)
    if invoice is None:
        return Answer("Não há fatura em aberto no seu contrato. Está tudo em dia!", intent.name, _SURE)
    return Answer(_bill(invoice), intent.name, _SURE, suggested_actions=intent.actions)


def _bill(invoice: Invoice) -> str:
    parts = [
        f"A sua fatura em aberto é de {_reais(invoice.amount)}, com vencimento em {invoice.due:%d/%m/%Y}."
    ]
    parts += [f"PIX copia e cola:\n{invoice.pix}"] if invoice.pix else []
    parts += [f"Linha digitável:\n{invoice.line}"] if invoice.line else []
    parts += [f"Boleto: {invoice.link}"] if invoice.link else []
    return "\n\n".join(parts)


def _reais(amount: Decimal) -> str:
    return f"R$ {amount:,.2f}".translate(str.maketrans(",.", ".,"))


async def _ticket(x: Exchange, intent: Intent, _contract: Contract) -> Answer:
    try:
        protocol = await tools.open_ticket(x, f"Aberto pelo assistente. O cliente escreveu: {x.text}")
    except tools.TicketUncertain:
        uncertain = Answer(
            "O chamado já foi pedido. Vou chamar um atendente para confirmar.", intent.name, _SURE
        )
        return uncertain.handing_over("Não se sabe se o chamado foi aberto.")
    text = f"Chamado aberto! O protocolo é {protocol}. A equipe técnica vai entrar em contato para combinar o horário."
    return Answer(text, intent.name, _SURE, suggested_actions=("consultar_chamado",))


_DONE = {Need.ACCESS: _access, Need.INVOICE: _invoice, Need.TICKET: _ticket}


def opening_hours(tenant: Tenant, now: datetime) -> str:
    if tenant.settings.hours is None:
        return "Atendemos todos os dias."
    if hours.is_open(tenant, now):
        return "Estamos abertos agora."
    opening = hours.next_opening(tenant, now)
    if opening is None:
        return "Estamos fechados agora."
    return f"Estamos fechados agora e abrimos em {opening.astimezone(ZoneInfo(tenant.time_zone)):%d/%m às %H:%M}."
