"""What is connected beside the channels: language models for the assistant, and the provider's own records."""

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, Field, StrictBool, StringConstraints
from yarl import URL

from server.desk import integrations
from server.desk.integrations import Integration, IntegrationKind, NewIntegration
from server.dialects.native.fields import shown
from server.dialects.native.schemas import In, Moment, Out
from server.integrations import registry
from server.runtime import Runtime
from server.web.endpoint import Routes
from tenants.context import Context

routes = Routes("Integrações")
_URL = r"^https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*)?$"


def _root(url: str) -> str:
    """Nothing that could smuggle in a password, a query or a way up."""
    if not URL(url).host or ".." in url:
        raise ValueError("Informe um endereço como https://provedor.sgp.net.br.")
    return url.rstrip("/")


# Goes into a header, so nothing but printable ASCII; which also refuses our own `…1234` sent back.
Key = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,1024}$", strip_whitespace=True)]
Root = Annotated[str, StringConstraints(pattern=_URL, max_length=300), AfterValidator(_root)]
Model = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:/-]{1,100}$")]
App = Annotated[
    str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True), shown(pattern=r"\S")
]
TicketType = Annotated[int, Field(ge=1, le=1_000_000)]


class IntegrationIn(In):
    """GEMINI: `key`, `model`. OPENAI_COMPATIBLE: `key`, `url`, `model`. SGP: `key` (token), `url`, `app`, `ticketType`."""

    kind: IntegrationKind
    key: Key
    url: Root | None = None
    model: Model | None = None
    app: App | None = None
    ticketType: TicketType | None = None


class IntegrationPatch(In):
    """A new `url` needs the `key` again: no key goes to an address that it was not given for."""

    enabled: StrictBool = True
    key: Key = ""
    url: Root = ""
    model: Model | None = None
    app: App = ""
    ticketType: TicketType | None = None


class IntegrationOut(Out):
    """Of the key only the last four characters, to tell it from another."""

    id: str
    kind: IntegrationKind
    enabled: bool
    key: str
    url: str | None
    model: str | None
    app: str | None
    ticketType: int | None
    createdAt: Moment
    updatedAt: Moment

    @classmethod
    def shown(cls, integration: Integration) -> Self:
        return cls.model_validate(integration.model_dump(exclude={"secrets", "hints"}) | integration.hints)


class Integrations(BaseModel):
    data: list[IntegrationOut]


class Checked(BaseModel):
    """`cause` says what is wrong, when something is."""

    ok: bool
    cause: str | None


@routes.get("/api/integrations")
async def list_integrations(ctx: Context) -> Integrations:
    """As integrações da conta."""
    return Integrations(data=[IntegrationOut.shown(each) for each in await integrations.every(ctx)])


@routes.post("/api/integrations", status=201)
async def connect_integration(ctx: Context, body: IntegrationIn) -> IntegrationOut:
    """Conecta um sistema; um de cada tipo."""
    return IntegrationOut.shown(await integrations.connect(ctx, NewIntegration(**body.for_desk())))


@routes.get("/api/integrations/{id}")
async def get_integration(ctx: Context, id: str) -> IntegrationOut:
    """Uma integração."""
    return IntegrationOut.shown(await integrations.by_id(ctx, id))


@routes.patch("/api/integrations/{id}")
async def change_integration(ctx: Context, id: str, body: IntegrationPatch) -> IntegrationOut:
    """Muda o que for enviado; com `enabled: false` a integração fica guardada sem ser usada."""
    return IntegrationOut.shown(await integrations.change(ctx, id, **body.for_desk()))


@routes.delete("/api/integrations/{id}")
async def remove_integration(ctx: Context, id: str) -> None:
    """Apaga a integração e a sua chave."""
    await integrations.remove(ctx, id)


@routes.post("/api/integrations/{id}/check")
async def check_integration(ctx: Context, runtime: Runtime, id: str) -> Checked:
    """Faz uma chamada ao sistema e diz se ele responde e conhece a chave."""
    cause = await registry.check(ctx, runtime, id)
    return Checked(ok=cause is None, cause=cause)
