"""A hotel with a number of the simulator, and the detector as the clock runs it: at once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedNumber
from server.detector.probing import probe
from server.detector.tenants import detect
from server.settings import Settings
from tests.conftest import Session
from tests.factories import body_of, made

Json = dict[str, Any]
SILENCE = 0.5


@pytest.fixture
def settings(settings: Settings, simulator: Simulator) -> Settings:
    providers = {"graph_api_url": simulator.url, "simulator_url": simulator.url}
    return settings.model_copy(update={**providers, "silence_after": SILENCE})


@dataclass
class Watched:
    """The hotel's number, as the provider has it and as a channel."""

    session: Session
    number: PlayedNumber
    channel: Json

    async def look(self) -> dict[str, Json]:
        """Have the clock's two chores done; the alarms that an admin sees then, by kind."""
        await probe(self.session.runtime)
        await detect(self.session.runtime)
        return await self.alarms()

    async def alarms(self) -> dict[str, Json]:
        listed = await body_of(await self.session.get("/api/alarms"))
        return {alarm["kind"]: alarm for alarm in listed["data"] if alarm["kind"] not in HOUSE}

    async def told(self, user: Json) -> list[tuple[str, str]]:
        """What this user's feed told of alarms: (type, alarm)."""
        raised = await self.session.db.events.all({"kind": "notification.raised"}, sort=[("_id", 1)])
        notes = [event["payload"] for event in raised if event["payload"]["user_id"] == user["id"]]
        return [(note["notification"]["type"], note["notification"]["alarm_id"]) for note in notes]

    async def asked_again(self) -> None:
        """The number's turn to be asked about has come."""
        await self.session.db.channels.update({"_id": self.channel["id"]}, {"$unset": {"watch.due_at": ""}})


HOUSE = {"worker", "unheard", "redis", "deaf"}
Look = Callable[[], Awaitable[dict[str, Json]]]


@pytest.fixture
async def watched(hotel: Session, simulator: Simulator) -> Watched:
    channel = await made(hotel, "/api/channels/sandbox", name="Recepção")
    return Watched(hotel, simulator.number(channel["phoneNumberId"]), channel)
