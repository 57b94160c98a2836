"""A number whose provider refuses it, has lost its webhook, or does not answer."""

from datetime import timedelta

from server.desk import watched
from server.desk.alarms import Alarm, Kind, Severity
from server.desk.channels import ChannelStatus
from server.desk.watched import Watched
from tenants.context import Context


async def look(ctx: Context, silence: timedelta) -> list[Alarm]:
    found = (_alarm(ctx, channel, silence) for channel in await watched.every(ctx))
    return [alarm for alarm in found if alarm]


def _alarm(ctx: Context, channel: Watched, silence: timedelta) -> Alarm | None:
    """One a number: the first thing to be put right is the cause of the others, or hides them."""
    if channel.status is ChannelStatus.PARKED:
        return about(
            channel,
            Kind.PARKED,
            "envio suspenso",
            channel.status_reason or "O provedor recusa os envios deste número.",
            "Corrija a causa e use Verificar em Canais; as mensagens na fila saem em seguida.",
        )
    if trouble := channel.watch.trouble:
        return about(channel, Kind(trouble.name), trouble.title, trouble.cause, trouble.next_step)
    since = channel.watch.unreachable_since
    if since and ctx.now() - since > silence:
        return about(
            channel,
            Kind.UNREACHABLE,
            "WhatsApp inacessível",
            "A Meta não responde às nossas perguntas sobre este número.",
            "Aguarde: é verificado de novo sozinho. Se durar, veja a situação em metastatus.com.",
            severity=Severity.WARNING,
        )
    return None


def about(
    channel: Watched,
    kind: Kind,
    title: str,
    cause: str,
    next_step: str,
    *,
    severity: Severity = Severity.CRITICAL,
) -> Alarm:
    return Alarm(
        kind=kind,
        severity=severity,
        title=f"{channel.name}: {title}",
        cause=cause,
        next_step=next_step,
        about=channel.id,
        channel_id=channel.id,
    )
