"""Webhooks that come and are refused: signed with another secret than the channel has, or by nobody who has one.

Anyone may send what is refused, so that alone says little. It says much of an app secret that no webhook has fitted yet;
of one that has proven itself only if nothing valid comes either; then a warning says both causes.
"""

from datetime import timedelta

from server.desk import watched
from server.desk.alarms import Alarm, Kind, Severity
from server.desk.watched import Watched
from server.detector.channels import about
from server.detector.webhooks import seen
from tenants.context import Context

_AT_LEAST = 3
_RECENT = timedelta(hours=1)
_NOTHING_VALID = timedelta(seconds=30)  # an alarm stands within 60 s of its cause


async def look(ctx: Context, silence: timedelta) -> list[Alarm]:
    refused = [channel for channel in await watched.every(ctx) if await _is_refused(ctx, channel)]
    found = (_alarm(ctx, channel) for channel in refused)
    return [alarm for alarm in found if alarm]


async def _is_refused(ctx: Context, channel: Watched) -> bool:
    refused = channel.refused
    if refused is None or refused.n < _AT_LEAST:
        return False
    if refused.at < ctx.now() - _RECENT or await seen(ctx, channel.phone_number_id, since=refused.since):
        await watched.forget_refused(ctx, channel)
        return False
    return True


def _alarm(ctx: Context, channel: Watched) -> Alarm | None:
    if not channel.is_signed(channel.signed_at):
        return about(
            channel,
            Kind.SIGNATURES,
            "webhooks recusados",
            "A assinatura dos webhooks deste número não confere com o App Secret do canal, e nenhum conferiu ainda.",
            "Copie o App Secret do aplicativo na Meta e informe-o no canal; a Meta entrega de novo o que recusamos.",
        )
    if channel.refused and ctx.now() - channel.refused.since < _NOTHING_VALID:
        return None
    return about(
        channel,
        Kind.UNSIGNED,
        "só chegam webhooks recusados",
        "Só chegam webhooks deste número com outra assinatura, nenhum válido: ou o App Secret foi trocado na "
        "Meta, ou alguém de fora envia webhooks falsos, que são descartados.",
        "Compare o App Secret do aplicativo na Meta com o do canal e informe-o se for outro; se for o mesmo, nada se "
        "perde, e o aviso termina com o próximo webhook válido.",
        severity=Severity.WARNING,
    )
