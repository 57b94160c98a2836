"""Webhooks expected and not seen: messages that WhatsApp has accepted, and says nothing more about."""

from datetime import timedelta

from server.desk import watched
from server.desk.alarms import Alarm, Kind, Severity
from server.desk.messages.statuses import RANK
from server.desk.watched import Watched
from server.detector.channels import about
from server.detector.webhooks import seen
from tenants.context import Context

UNREPORTED = {"rank": RANK["accepted"]}
_PAST = timedelta(days=1)


async def look(ctx: Context, silence: timedelta) -> list[Alarm]:
    found = [await _alarm(ctx, channel, silence) for channel in await watched.every(ctx)]
    return [alarm for alarm in found if alarm]


async def _alarm(ctx: Context, channel: Watched, silence: timedelta) -> Alarm | None:
    now = ctx.now()
    newest = await ctx.db.messages.one(
        {
            **UNREPORTED,
            "channel_id": channel.id,
            "stages.accepted": {"$gte": now - _PAST, "$lt": now - silence},
        },
        sort=[("stages.accepted", -1)],
        fields=["stages"],
    )
    if newest is None:
        return None
    # A webhook may be quicker than the answer it is about, but not than the send.
    if await seen(ctx, channel.phone_number_id, since=newest["stages"]["sending"], holding=b'"statuses"'):
        return None
    return about(
        channel,
        Kind.STATUSES,
        "sem notícias das mensagens enviadas",
        "A Meta aceitou mensagens deste número e não avisou mais nada sobre elas: os webhooks não estão chegando.",
        "Use Verificar em Canais; se estiver tudo certo, confira a situação em metastatus.com.",
        severity=Severity.WARNING,
    )
