"""Joining a channel to the outside: its addresses, its subscription, and the guided check."""

import asyncio
from typing import Unpack

from server.channels.base import Check, SendFailed
from server.channels.registry import open_channel, webhook_url
from server.desk import channels
from server.desk.channels import Channel, ChannelChanges, NewChannel, Reason
from server.runtime import Runtime
from tenants import registry
from tenants.context import Context, atomic
from tenants.permissions import Permission, requires

# How long a person waits for an answer about a provider that does not answer.
PATIENCE_SECONDS = 8.0


@requires(Permission.CHANNELS_EDIT)
async def connect(ctx: Context, runtime: Runtime, new: NewChannel) -> Channel:
    """Stored first: the provider calls our webhook back while it is being subscribed.

    Raises ChannelExists; whatever is wrong with the provider is a reason, not an error.
    """
    channel = await channels.connect(ctx, new)
    await _claim_shared(ctx, runtime, channel)
    await examine(ctx, runtime, channel.id)
    return await channels.by_id(ctx, channel.id)


@requires(Permission.CHANNELS_EDIT)
async def change(ctx: Context, runtime: Runtime, id: str, **changes: Unpack[ChannelChanges]) -> Channel:
    """A new secret is tried at once."""
    before = await channels.by_id(ctx, id)
    channel = await channels.change(ctx, id, **changes)
    if "verify_token" in changes:
        await registry.release_address(runtime.database, _verify_key(ctx, before), ctx.tenant.id)
        await _claim_shared(ctx, runtime, channel)
    if set(changes) & set(channels.SECRETS):
        await examine(ctx, runtime, channel.id)
    return await channels.by_id(ctx, id)


@requires(Permission.CHANNELS_EDIT)
@atomic
async def remove(ctx: Context, runtime: Runtime, id: str) -> None:
    """The number may then be connected anew, here or by another tenant."""
    channel = await channels.by_id(ctx, id)
    await channels.remove(ctx, id)
    keys = [_verify_key(ctx, channel), registry.phone_number_key(channel.phone_number_id)]
    if all(other.waba_id != channel.waba_id for other in await channels.every(ctx)):
        keys.append(_account_key(ctx, channel))
    for key in keys:
        await registry.release_address(runtime.database, key, ctx.tenant.id, within=ctx.db)


@requires(Permission.CHANNELS_EDIT)
async def examine(ctx: Context, runtime: Runtime, id: str) -> list[Check]:
    """Subscribe and run the guided check list; the channel is connected when all of it is well."""
    channel = await channels.by_id(ctx, id)
    checks = await _checks(ctx, runtime, channel)
    failed = next((check for check in checks if not check.ok), None)
    await channels.settle(ctx, channel.id, failure=_reason(failed) if failed else None)
    return checks


async def _checks(ctx: Context, runtime: Runtime, channel: Channel) -> list[Check]:
    url = webhook_url(runtime, ctx.tenant.slug)
    opened = open_channel(runtime, ctx.tenant.id, channel)
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            refusal = None
            try:
                await opened.prove()
                await hold(ctx, runtime, channel.id)
                await opened.subscribe(url, channels.reveal(ctx, channel, "verify_token"))
            except SendFailed as failed:
                refusal = _refused(failed)
            checks = await opened.check(url)
            return [*checks, refusal] if refusal and all(check.ok for check in checks) else checks
    except registry.AddressTaken:
        # What else the provider would say of the number leads to whoever has it.
        return [_HELD]
    except SendFailed as failed:
        return [_refused(failed)]
    except TimeoutError:
        return [_SILENT]


@atomic
async def hold(ctx: Context, runtime: Runtime, id: str) -> None:
    """The provider has let this channel's token act for its number: the number is this tenant's until it is removed.

    Raises AddressTaken if another tenant has proven the same, ChannelNotFound when it was removed meanwhile.
    """
    channel = await channels.by_id(ctx, id)
    if not channel.proven:
        await channels.proven(ctx, id)
        key = registry.phone_number_key(channel.phone_number_id)
        await registry.claim_address(runtime.database, key, ctx.tenant.id, channel.id, within=ctx.db)


_HELD = Check(
    name="held",
    ok=False,
    title="Este número já está conectado a outra conta",
    cause="Ele só pode atender em uma conta do Balcão de cada vez.",
    next_step="Desconecte-o na outra conta e verifique de novo; se não tem acesso a ela, fale com o suporte do Balcão.",
)

_SILENT = Check(
    name="connection",
    ok=False,
    title="O provedor não respondeu a tempo",
    next_step="Verifique de novo em alguns minutos; o canal fica guardado.",
)


def _refused(failed: SendFailed) -> Check:
    error = failed.error
    return Check(
        name="subscription",
        ok=False,
        title=error.title,
        cause=error.cause,
        next_step=error.next_step,
        code=error.code,
        detail=error.detail,
    )


def _reason(failed: Check) -> Reason:
    parts = (failed.title, failed.cause, failed.next_step)
    said = " ".join(f"{part.rstrip('.')}." for part in parts if part)
    return Reason(failed.code or failed.name.upper(), said, failed.detail or None)


async def _claim_shared(ctx: Context, runtime: Runtime, channel: Channel) -> None:
    await registry.claim_address(runtime.database, _account_key(ctx, channel), ctx.tenant.id)
    await registry.claim_address(runtime.database, _verify_key(ctx, channel), ctx.tenant.id, channel.id)


def _account_key(ctx: Context, channel: Channel) -> str:
    """Numbers of one WhatsApp account may belong to several tenants; what is said of the account is said to each."""
    return f"{registry.waba_key(channel.waba_id)}/{ctx.tenant.id}"


def _verify_key(ctx: Context, channel: Channel) -> str:
    """Nothing stops two tenants from choosing the same token."""
    return f"{registry.verify_token_key(channels.reveal(ctx, channel, 'verify_token'))}/{channel.id}"
