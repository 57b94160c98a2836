"""Messages that are due and that nobody sends."""

from datetime import timedelta

from server.desk import watched
from server.desk.alarms import Alarm, Kind
from server.desk.channels import ChannelStatus
from server.desk.messages import outbox
from server.desk.watched import Watched
from server.detector.channels import about
from tenants.context import Context

WAITING = {"moving": True}


async def look(ctx: Context, silence: timedelta) -> list[Alarm]:
    return [
        about(
            channel,
            Kind.OUTBOX,
            "mensagens não saem",
            f"Há mensagens na fila deste número há mais de {silence.total_seconds():.0f} s e nenhum processo as envia.",
            "Nada se perde. Se durar, o suporte do Balcão deve verificar os processos outbound.",
        )
        for channel in await watched.every(ctx)
        if channel.status is not ChannelStatus.PARKED and await _stuck(ctx, channel, silence)
    ]


async def _stuck(ctx: Context, channel: Watched, silence: timedelta) -> bool:
    """A long queue that someone works on is not stuck: the number's rate is its pace."""
    heads = await outbox.heads(ctx, channel.id, busy=set(), limit=1)
    if not heads or heads[0]["due_at"] > ctx.now() - silence:
        return False
    return not await ctx.db.lanes.exists({"name": f"outbound:{channel.id}", "until": {"$gt": ctx.now()}})
