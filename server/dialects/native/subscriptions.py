"""Webhooks that leave the house: who is told of the account's events."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, Field, StrictBool, StringConstraints
from yarl import URL

from server.desk import deliveries, subscriptions
from server.desk.deliveries import Occasion
from server.desk.subscriptions import EventKind, NewSubscription, Subscription
from server.dialects.native.schemas import In, Moment, Out, Query
from server.dialects.native.telling import body_of, trial_body
from server.integrations.subscribers import tell
from server.runtime import Runtime
from server.web.endpoint import Routes
from server.web.pages import Keyset, decode_cursor, encode_cursor
from tenants.context import Context
from tenants.ids import new_id

routes = Routes("Webhooks")
_URL = r"^https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~%!$&'()*+,;=:@/?-]*)?$"
TRIAL = "webhook.test"


def _address(url: str) -> str:
    """Nobody's password, and nothing that only a browser would keep to itself."""
    address = URL(url)
    if not address.host or address.user or address.password:
        raise ValueError("Informe um endereço como https://sistema.exemplo.com.br/webhooks.")
    return url


Address = Annotated[str, StringConstraints(pattern=_URL, max_length=1000), AfterValidator(_address)]
Events = Annotated[list[EventKind], Field(min_length=1, max_length=50)]


class WebhookIn(In):
    url: Address
    events: Events
    enabled: StrictBool = True


class WebhookPatch(In):
    url: Address = ""
    events: Events = []
    enabled: StrictBool = True


class WebhookOut(Out):
    """`failingSince`: since when the next event does not get through; it is tried again at `nextAttemptAt`.

    `disabledBecause`: why Balcão has disabled it; null where somebody did. `previousSecretUntil`: until then the secret
    before signs too.
    """

    id: str
    url: str
    events: list[EventKind]
    enabled: bool
    secret: str
    failures: int
    failingSince: Moment | None
    nextAttemptAt: Annotated[Moment | None, Field(validation_alias="due_at")]
    disabledBecause: str | None
    previousSecretUntil: Annotated[Moment | None, Field(validation_alias="previous_until")]
    createdAt: Moment
    updatedAt: Moment

    @classmethod
    def shown(cls, subscription: Subscription) -> Self:
        return cls.model_validate(_fields(subscription))

    @classmethod
    def once(cls, new: NewSubscription) -> Self:
        return cls.model_validate(_fields(new.shown) | {"secret": new.secret})


def _fields(subscription: Subscription) -> dict[str, Any]:
    """Of the secret its last four characters."""
    return subscription.model_dump(exclude={"secrets", "hints"}) | subscription.hints


class Webhooks(BaseModel):
    data: list[WebhookOut]


class DeliveryQuery(Query):
    ok: bool | None = None
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class DeliveryOut(Out):
    """`eventId`: the `webhook-id` it was sent under. `status` null: there was no answer; `error` says why."""

    id: str
    eventId: str
    event: str
    seq: int | None
    occasion: Occasion
    attempt: int
    ok: bool
    status: int | None
    milliseconds: int
    error: str | None
    at: Moment


class Deliveries(BaseModel):
    data: list[DeliveryOut]
    nextCursor: str | None


@routes.get("/api/webhooks")
async def list_webhooks(ctx: Context) -> Webhooks:
    """Os webhooks da conta, do mais antigo ao mais novo."""
    return Webhooks(data=[WebhookOut.shown(each) for each in await subscriptions.every(ctx)])


@routes.post("/api/webhooks", status=201)
async def create_webhook(ctx: Context, body: WebhookIn) -> WebhookOut:
    """Cria um webhook. O segredo das assinaturas aparece inteiro só nesta resposta."""
    made = await subscriptions.create(ctx, url=body.url, wanted=body.events, enabled=body.enabled)
    return WebhookOut.once(made)


@routes.get("/api/webhooks/{id}")
async def get_webhook(ctx: Context, id: str) -> WebhookOut:
    """Um webhook."""
    return WebhookOut.shown(await subscriptions.by_id(ctx, id))


@routes.patch("/api/webhooks/{id}")
async def change_webhook(ctx: Context, id: str, body: WebhookPatch) -> WebhookOut:
    """Muda o que for enviado. Ligado de novo, ele continua de onde parou."""
    return WebhookOut.shown(await subscriptions.change(ctx, id, **body.for_desk()))


@routes.post("/api/webhooks/{id}/rotate-secret")
async def rotate_webhook_secret(ctx: Context, id: str) -> WebhookOut:
    """Troca o segredo das assinaturas, que aparece inteiro só nesta resposta. Por 24 horas o anterior assina também."""
    return WebhookOut.once(await subscriptions.rotate_secret(ctx, id))


@routes.delete("/api/webhooks/{id}")
async def remove_webhook(ctx: Context, id: str) -> None:
    """Apaga o webhook e o registro das suas entregas."""
    await subscriptions.remove(ctx, id)


@routes.post("/api/webhooks/{id}/test")
async def try_webhook(ctx: Context, runtime: Runtime, id: str) -> DeliveryOut:
    """Envia agora um evento de teste, `webhook.test`, e diz o que o endereço respondeu."""
    subscription = await subscriptions.by_id(ctx, id)
    event = {"_id": new_id(), "kind": TRIAL, "at": ctx.now()}
    body = trial_body(event, ctx.tenant.slug)
    return DeliveryOut.of(await tell(ctx, runtime, subscription, event, body, occasion=Occasion.TEST))


@routes.get("/api/webhooks/{id}/deliveries")
async def list_deliveries(ctx: Context, id: str, query: DeliveryQuery) -> Deliveries:
    """As tentativas de entrega dos últimos 7 dias, da mais nova à mais antiga."""
    below = decode_cursor(query.cursor) if query.cursor else None
    found, more = await deliveries.page(ctx, id, ok=query.ok, limit=query.limit, below=below)
    last = Keyset(found[-1].at, found[-1].id) if more else None
    return Deliveries(data=DeliveryOut.each(found), nextCursor=encode_cursor(last) if last else None)


@routes.post("/api/webhooks/{id}/deliveries/{deliveryId}/replay")
async def replay_delivery(ctx: Context, runtime: Runtime, id: str, deliveryId: str) -> DeliveryOut:
    """Envia o mesmo evento mais uma vez, agora, sob o mesmo `webhook-id`."""
    past = await deliveries.past(ctx, id, deliveryId)
    body, attempt = body_of(past.event, ctx.tenant.slug), past.delivery.attempt + 1
    again = await tell(
        ctx, runtime, past.subscription, past.event, body, occasion=Occasion.REPLAY, attempt=attempt
    )
    return DeliveryOut.of(again)
