"""Webhooks that come and are refused: signed with another secret than the channel has."""

from datetime import timedelta

from server.desk import watched
from server.desk.alarms import Alarm, Kind
from server.desk.watched import Watched
from server.detector.channels import about
from server.detector.webhooks import seen
from tenants.context import Context

# Strangers send webhooks too; a single one says little.
_AT_LEAST = 3
_RECENT = timedelta(hours=1)


async def look(ctx: Context, silence: timedelta) -> list[Alarm]:
    return [
        about(
            channel,
            Kind.SIGNATURES,
            "webhooks recusados",
            "Chegam webhooks deste número cuja assinatura não confere com o App Secret do canal.",
            "Copie o App Secret do aplicativo na Meta e informe-o no canal; a Meta entrega de novo o que recusamos.",
        )
        for channel in await watched.every(ctx)
        if await _refused(ctx, channel)
    ]


async def _refused(ctx: Context, channel: Watched) -> bool:
    refused = channel.refused
    if refused is None or refused.n < _AT_LEAST:
        return False
    if refused.at < ctx.now() - _RECENT or await seen(ctx, channel.phone_number_id, since=refused.at):
        await watched.forget_refused(ctx, channel)
        return False
    return True
