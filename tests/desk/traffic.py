"""Two days of a busy house, played by its own verbs; and what somebody would know of them who only looked on."""

import random
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from server.desk import assistant, distribution, ratings, replies
from server.desk.assistant import Outside
from server.desk.conversations import actions, opening
from server.desk.conversations.models import Priority, Resolution
from server.desk.messages import actions as messages
from server.desk.messages.content import Text
from server.desk.messages.receiving import receive
from tenants.models import Actor, Role
from tenants.problems import Problem
from tenants.settings import AssistantSettings, AutomaticReplies, RoutingSettings, TenantSettings
from tests.desk.conftest import CHANNEL, House
from tests.desk.test_distribution import an_agent
from tests.factories import a_message

Json = dict[str, Any]
HERE = ZoneInfo("America/Manaus")
BEGIN, END = datetime(2026, 3, 9, 20, 0, tzinfo=HERE), datetime(2026, 3, 10, 12, 0, tzinfo=HERE)
AGENTS = ("ana", "bia", "cid", "davi")
SUPERVISOR = Actor(id="sonia", role=Role.SUPERVISOR)
SAID = ("minha internet está lenta", "quero falar com um atendente", "bom dia", "blablabla")


class Onlooker:
    """Writes down, after each act, who waits: `since` when, and when each was `served`. He trusts no figure of the house."""

    def __init__(self) -> None:
        self.since: dict[str, datetime] = {}
        self.served: list[tuple[datetime, str]] = []

    def look(self, rows: list[Json], now: datetime) -> None:
        for row in rows:
            id, alone = row["_id"], row["assigned_to_id"] is None and not row["with_assistant"]
            if row["open"] and alone:
                self.since.setdefault(id, now)
            elif self.since.pop(id, None) and row["assigned_to_id"]:
                self.served.append((now, id))

    def served_lately(self, now: datetime) -> int:
        return len({id for at, id in self.served if at >= now - timedelta(hours=1)})


class Traffic:
    """Ends at noon by the tenant's clock, with as much in the last two hours as in all the time before."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.dice = house, random.Random(seed)
        self.now = BEGIN.astimezone(UTC)
        house.tenant = house.tenant.model_copy(update={"time_zone": HERE.key})
        house.runtime.clock = lambda: self.now
        self.onlooker = Onlooker()
        self.people: list[Actor] = []
        self.conversations: list[str] = []
        self.begun_by_us: set[str] = set()

    async def play(self, steps: int) -> None:
        await self.house.db.channels.insert(
            {"_id": CHANNEL, "number": 1, "address": "1", "deleted": False, "status": "CONNECTED"}
        )
        await self.house.db.teams.insert({"_id": "support", "number": 1, "name": "S", "name_key": "s"})
        self.people = [
            await an_agent(self.house, name, capacity=self.dice.choice([None, 2, 4]), team_ids=["support"])
            for name in AGENTS
        ]
        await an_agent(self.house, "vera", role="VIEWER")
        await self.decide()
        await self.write()
        busy = END.astimezone(UTC) - timedelta(hours=2)
        for begin, end in ((self.now, busy), (busy, END.astimezone(UTC))):
            for _ in range(steps // 2):
                self.now += (end - begin) / (steps // 2)
                await self.act()
        await self.rush()

    async def act(self) -> None:
        weights = {
            self.write: 10, self.answer_by_itself: 8, self.claim: 4, self.answer: 5, self.note: 2, self.distribute: 2,
            self.hand_on: 3, self.transfer: 2, self.close: 5, self.reopen: 1, self.rate: 2, self.begin: 1,
            self.answer_on_the_phone: 1, self.decide: 2,
        }  # fmt: skip
        act = self.dice.choices(list(weights), list(weights.values()))[0]
        # Whatever cannot be done to this conversation just now is refused, and changes nothing.
        with suppress(Problem):
            await act()
        self.onlooker.look(await self.house.db.conversations.all(), self.now)

    async def rush(self) -> None:
        """The last minutes bring more new customers than anyone can answer."""
        self.house.tenant = self.house.tenant.model_copy(update={"settings": TenantSettings()})
        for place in range(12):
            self.now += timedelta(minutes=1)
            with suppress(Problem):
                await (self.take_one() if place % 3 == 2 else self._receive(phone=f"55118{80000000 + place}"))
                await self.change_priority()
            self.onlooker.look(await self.house.db.conversations.all(), self.now)

    async def take_one(self) -> None:
        async with self.house.enter(self.any_of(self.people)) as ctx:
            await actions.claim(ctx, min(self.onlooker.since, key=lambda id_: self.onlooker.since[id_]))

    async def change_priority(self) -> None:
        async with self.house.enter(SUPERVISOR) as ctx:
            await actions.update(ctx, self.conversations[-1], priority=self.any_of(Priority))

    def any_of(self, things: Any) -> Any:
        return self.dice.choice(list(things))

    def any_conversation(self) -> str:
        return str(self.any_of(self.conversations))

    async def decide(self) -> None:
        settings = TenantSettings(
            assistant=AssistantSettings(answers_customers=self.any_of([True, True, False])),
            replies=AutomaticReplies(greeting=self.any_of([None, "Olá!"])),
            routing=RoutingSettings.model_validate(
                {"distribution": self.any_of(["LEAST_BUSY", "ROUND_ROBIN"])}
            ),
        )
        self.house.tenant = self.house.tenant.model_copy(update={"settings": settings})

    async def _receive(self, **fields: Any) -> None:
        someone = {"phone": f"55119{self.dice.randrange(90000000, 90000040)}"}
        async with self.house.enter() as ctx:
            [message] = await receive(ctx, CHANNEL, [a_message(at=self.now, **{**someone, **fields})])
        if message["conversation_id"] not in self.conversations:
            self.conversations.append(message["conversation_id"])
            self.begun_by_us |= {message["conversation_id"]} if fields.get("echo") else set()

    async def write(self) -> None:
        await self._receive(text=self.any_of(SAID))

    async def answer_on_the_phone(self) -> None:
        await self._receive(text="Já respondo", echo=True)

    async def answer_by_itself(self) -> None:
        """As the worker does, wherever something is due."""
        for row in await self.house.db.conversations.all({"answer_due": True}):
            async with self.house.enter(assistant.assistant_of(self.house.tenant)) as ctx:
                if not await assistant.reply(ctx, row["_id"], Outside()):
                    await replies.reply(ctx, row)
            await self.house.db.conversations.update({"_id": row["_id"]}, {"$set": {"answer_due": False}})

    async def distribute(self) -> None:
        async with self.house.enter() as ctx:
            await distribution.distribute(ctx)

    async def begin(self) -> None:
        row = await self.house.db.conversations.by_id(self.any_conversation())
        assert row
        async with self.house.enter(self.any_of(self.people)) as ctx:
            opened = await opening.open_with(ctx, row["contact_id"], channel_id=CHANNEL)
        if opened.new:
            self.conversations.append(opened.conversation.id)
            self.begun_by_us.add(opened.conversation.id)

    async def claim(self) -> None:
        async with self.house.enter(self.any_of(self.people)) as ctx:
            await actions.claim(ctx, self.any_conversation())

    async def answer(self) -> None:
        async with self.house.enter(self.any_of(self.people)) as ctx:
            await messages.send(ctx, self.any_conversation(), Text(text="Olá!"))

    async def note(self) -> None:
        async with self.house.enter(self.any_of(self.people)) as ctx:
            await messages.note(ctx, self.any_conversation(), text="cliente antigo")

    async def hand_on(self) -> None:
        to, priority = self.any_of([None, *AGENTS]), self.any_of(Priority)
        async with self.house.enter(SUPERVISOR) as ctx:
            await actions.update(ctx, self.any_conversation(), assigned_to_id=to, priority=priority)

    async def transfer(self) -> None:
        to = self.any_of(
            [{"team_id": "support"}, {"user_id": "bia"}, {"team_id": "support", "user_id": "cid"}]
        )
        async with self.house.enter(SUPERVISOR) as ctx:
            await actions.transfer(ctx, self.any_conversation(), **to)

    async def close(self) -> None:
        async with self.house.enter(SUPERVISOR) as ctx:
            how = self.any_of([None, Resolution.RESOLVED, Resolution.RESOLVED, Resolution.ABANDONED])
            await actions.close(ctx, self.any_conversation(), resolution=how)

    async def reopen(self) -> None:
        async with self.house.enter(SUPERVISOR) as ctx:
            await actions.reopen(ctx, self.any_conversation())

    async def rate(self) -> None:
        async with self.house.enter(SUPERVISOR) as ctx:
            await ratings.rate(ctx, self.any_conversation(), rating=self.dice.randint(1, 5))
