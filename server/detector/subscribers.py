"""Webhooks that the house has disabled, because their address did not take them for a day."""

from datetime import timedelta
from urllib.parse import urlsplit

from server.desk.alarms import Alarm, Kind, Severity
from tenants.context import Context

GIVEN_UP = {"given_up": True}


async def look(ctx: Context, _silence: timedelta) -> list[Alarm]:
    return [
        Alarm(
            kind=Kind.SUBSCRIBER,
            severity=Severity.WARNING,
            title=f"Webhook desligado: {urlsplit(found['url']).hostname}",
            cause=found["disabled_because"],
            next_step="Corrija o endereço e ligue o webhook de novo; o que houve nos últimos 7 dias será entregue.",
            about=found["_id"],
        )
        for found in await ctx.db.subscriptions.all(GIVEN_UP)
    ]
