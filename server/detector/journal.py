"""Webhooks accepted and not applied: customers have written, and nobody sees it."""

from datetime import timedelta

from server.desk.alarms import Alarm, Kind, Severity
from tenants.context import Context

WAITING = {"state": "NEW"}


async def look(ctx: Context, silence: timedelta) -> list[Alarm]:
    # What has failed waits for its next attempt, and is told about when it is given up.
    overdue = {**WAITING, "at": {"$lt": ctx.now() - silence}, "retry_at": {"$exists": False}}
    if not await ctx.db.webhook_inbox.exists(overdue):
        return []
    return [
        Alarm(
            kind=Kind.JOURNAL,
            severity=Severity.CRITICAL,
            title="Mensagens recebidas esperando",
            cause=f"Há eventos do WhatsApp guardados há mais de {silence.total_seconds():.0f} s sem serem processados.",
            next_step="Nada se perde. Se durar, o suporte do Balcão deve verificar os processos inbound.",
        )
    ]
