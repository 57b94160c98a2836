"""The numbers a tenant answers on."""

from typing import Annotated, Self

from pydantic import BaseModel, StringConstraints

from server.channels import connecting, sandbox
from server.channels.registry import webhook_url
from server.desk import channels
from server.desk.channels import Channel, ChannelStatus, ChannelType, NewChannel
from server.dialects.native.fields import shown
from server.dialects.native.schemas import In, Moment, Out
from server.runtime import Runtime
from server.web.endpoint import Routes
from tenants.context import Context

routes = Routes("Canais")

Name = Annotated[
    str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True), shown(pattern=r"\S")
]
Address = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]
# Goes into a header, so nothing but printable ASCII; which also refuses our own `…1234` sent back.
Key = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,1024}$", strip_whitespace=True)]
Secret = Annotated[
    str, StringConstraints(min_length=1, max_length=1024, strip_whitespace=True), shown(pattern=r"\S")
]
Display = Annotated[
    str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True), shown(pattern=r"\S")
]


class ChannelIn(In):
    type: ChannelType = ChannelType.WHATSAPP_CLOUD
    name: Name
    phoneNumberId: Address
    wabaId: Address
    displayPhoneNumber: Display | None = None
    accessToken: Key
    appSecret: Key
    verifyToken: Secret


class ChannelPatch(In):
    name: Name = ""
    displayPhoneNumber: Display | None = None
    accessToken: Key = ""
    appSecret: Key = ""
    verifyToken: Secret = ""


class SandboxIn(In):
    name: Name


class ChannelOut(Out):
    """Of the secrets only the last four characters, to tell them apart.

    `statusCode`: why it does not work, by name or by the provider's error; `statusDetail`: the provider's own words.
    """

    id: str
    type: ChannelType
    name: str
    status: ChannelStatus
    statusReason: str | None
    statusCode: str | None
    statusDetail: str | None
    phoneNumberId: str
    wabaId: str
    displayPhoneNumber: str | None
    quality: str | None
    webhookUrl: str
    phoneUrl: str | None
    webhookVerifiedAt: Moment | None
    accessToken: str
    appSecret: str
    verifyToken: str
    createdAt: Moment
    updatedAt: Moment

    @classmethod
    def seen_by(cls, ctx: Context, runtime: Runtime, channel: Channel) -> Self:
        fields = channel.model_dump(exclude={"secrets", "hints"}) | channel.hints
        urls = {
            "webhook_url": webhook_url(runtime, ctx.tenant.slug),
            "phone_url": sandbox.phone_url(runtime, channel),
        }
        return cls.model_validate(fields | urls)


class CheckOut(Out):
    name: str
    ok: bool
    title: str
    cause: str
    nextStep: str
    code: str | None
    detail: str
    checkedAt: Moment | None


class Checked(BaseModel):
    status: ChannelStatus
    statusReason: str | None
    checks: list[CheckOut]


class Channels(BaseModel):
    data: list[ChannelOut]


@routes.get("/api/channels")
async def list_channels(ctx: Context, runtime: Runtime) -> Channels:
    """Os canais da conta, do mais antigo ao mais novo."""
    found = await channels.every(ctx)
    return Channels(data=[ChannelOut.seen_by(ctx, runtime, channel) for channel in found])


@routes.post("/api/channels", status=201)
async def connect_channel(ctx: Context, runtime: Runtime, body: ChannelIn) -> ChannelOut:
    """Conecta um número. O que houver de errado na Meta aparece em `statusReason`; o canal fica guardado."""
    return ChannelOut.seen_by(
        ctx, runtime, await connecting.connect(ctx, runtime, NewChannel(**body.for_desk()))
    )


@routes.post("/api/channels/sandbox", status=201, also=(404,))
async def connect_sandbox(ctx: Context, runtime: Runtime, body: SandboxIn) -> ChannelOut:
    """Conecta um número novo do simulador; 404 onde não há simulador."""
    return ChannelOut.seen_by(ctx, runtime, await sandbox.connect(ctx, runtime, name=body.name))


@routes.get("/api/channels/{id}")
async def get_channel(ctx: Context, runtime: Runtime, id: str) -> ChannelOut:
    """Um canal."""
    return ChannelOut.seen_by(ctx, runtime, await channels.by_id(ctx, id))


@routes.patch("/api/channels/{id}")
async def change_channel(ctx: Context, runtime: Runtime, id: str, body: ChannelPatch) -> ChannelOut:
    """Muda o nome ou troca segredos; um segredo novo é verificado na hora."""
    return ChannelOut.seen_by(ctx, runtime, await connecting.change(ctx, runtime, id, **body.for_desk()))


@routes.delete("/api/channels/{id}")
async def remove_channel(ctx: Context, runtime: Runtime, id: str) -> None:
    """Desconecta o número; as conversas ficam."""
    await connecting.remove(ctx, runtime, id)


@routes.post("/api/channels/{id}/check")
async def check_channel(ctx: Context, runtime: Runtime, id: str) -> Checked:
    """Verifica passo a passo: token, número, webhook e assinatura, cada um com causa e próximo passo."""
    checks = await connecting.examine(ctx, runtime, id)
    channel = await channels.by_id(ctx, id)
    return Checked(status=channel.status, statusReason=channel.status_reason, checks=CheckOut.each(checks))
