"""What is wrong right now: with the tenant's numbers, and with the house that serves them."""

from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, Field

from server.desk import alarms
from server.desk.alarms import Kind, Severity
from server.detector.house import HouseWatch
from server.dialects.native.schemas import Moment, Out
from server.web.endpoint import Routes
from tenants.context import Context

routes = Routes("Alarmes")
WATCH = web.AppKey("watch", HouseWatch)


class AlarmOut(Out):
    """`channelId` is null when it is about the whole account or the house. What it means: docs/operate.md."""

    id: Annotated[str, Field(validation_alias="key")]
    kind: Kind
    severity: Severity
    since: Moment
    channelId: str | None
    title: str
    cause: str
    nextStep: str


class Alarms(BaseModel):
    data: list[AlarmOut]


@routes.get("/api/alarms")
async def list_alarms(ctx: Context, request: web.Request) -> Alarms:
    """O que está errado agora, do mais grave ao mais leve, com a causa e o próximo passo; vazio quando tudo vai bem."""
    standing = [*await alarms.every(ctx), *request.app[WATCH].alarms]
    standing.sort(key=lambda alarm: (alarm.severity is not Severity.CRITICAL, alarm.since))
    return Alarms(data=AlarmOut.each(standing))
