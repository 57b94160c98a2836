"""Chatbot (seed 003): what the assistant would say, and handing over to people."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from server.desk import assistant
from server.desk.assistant import About
from server.dialects.isp.conversations import ConversationOut, shown
from server.dialects.isp.fields import Id
from server.dialects.isp.limits import ASSISTANT
from server.dialects.isp.schemas import In, Out
from server.integrations.registry import outside
from server.runtime import Runtime
from server.web.endpoint import Routes
from tenants.context import Context

routes = Routes("Chatbot")
Short = Annotated[str, StringConstraints(max_length=120)]


class CustomerContext(BaseModel):
    """What the caller knows of the customer. It may hold more, which means nothing here."""

    model_config = ConfigDict(extra="ignore")

    customer_name: Short | None = None
    customer_plan: Short | None = None


class QuestionIn(In):
    conversation_id: Id | None = None
    message: Annotated[str, StringConstraints(min_length=1, max_length=4096)]
    context: CustomerContext = CustomerContext()


class AnswerOut(Out):
    response: str
    intent: str
    confidence: float
    should_transfer: bool
    suggested_actions: list[str]


@routes.post("/api/v1/chatbot/message", limit=ASSISTANT, also=(404,))
async def ask_assistant(ctx: Context, runtime: Runtime, body: QuestionIn) -> AnswerOut:
    """O que o assistente responderia ao cliente. Nada é enviado."""
    connected = await outside(ctx, runtime)
    about = About(**body.context.model_dump())
    answer = await assistant.answer(
        ctx, body.message, connected, conversation_id=body.conversation_id, about=about
    )
    return AnswerOut.of(answer)


class EscalationIn(In):
    conversation_id: Id
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)]


@routes.post("/api/v1/chatbot/escalate", also=(404,))
async def escalate(ctx: Context, body: EscalationIn) -> ConversationOut:
    """Passa a conversa para atendentes, com um resumo em nota interna."""
    return await shown(ctx, await assistant.escalate(ctx, body.conversation_id, body.reason))


class StatusOut(Out):
    """`model`: quem pensa (`rules` sem IA conectada). `records`: se consulta o cadastro do provedor. `intents`: quantas."""

    answers_customers: bool
    name: str
    model: str
    records: bool
    intents: int


@routes.get("/api/v1/chatbot/status")
async def read_status(ctx: Context, runtime: Runtime) -> StatusOut:
    """Como está o assistente."""
    return StatusOut.of(await assistant.status(ctx, await outside(ctx, runtime)))


class IntentOut(Out):
    name: str
    description: str
    actions: list[str]
    transfers: bool


class Intents(BaseModel):
    intents: list[IntentOut]
    total: int


@routes.get("/api/v1/chatbot/intents")
async def list_intents(ctx: Context) -> Intents:
    """O que o assistente reconhece."""
    known = assistant.intents()
    return Intents(intents=IntentOut.each(known), total=len(known))
