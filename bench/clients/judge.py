"""Reads only the database and the clients' logs: does each log say what the feed says, as far as its user may see?"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby
from typing import Any

from bench.clients.logs import Applied, Client, Snapshot
from bench.clients.people import House, Player, Whose
from server.desk.events import NotificationRaised
from server.dialects import native
from server.realtime.rendering import entry
from server.web.wire import dumps
from tenants import feed

Document = dict[str, Any]
# So long may something that was said in time be on its way, or access that was taken away still hold.
SLACK_SECONDS = 5.0


class Sees(Enum):
    ALWAYS = 1
    NEVER = 2
    BY_TURNS = 3  # while he has the conversation


@dataclass(slots=True)
class Verdict:
    """Events. `foreign`: another tenant's. `leaked`: of the own tenant, but nothing for this user."""

    applied: int = 0
    missed: int = 0
    doubled: int = 0
    disordered: int = 0
    changed: int = 0
    foreign: int = 0
    leaked: int = 0

    @property
    def faults(self) -> int:
        return self.missed + self.doubled + self.disordered + self.changed + self.foreign + self.leaked


@dataclass(slots=True)
class Truth:
    """One house's feed, drawn as clients are shown it. `turns`: by conversation, who had it from when on."""

    house: House
    events: dict[int, Document]
    frames: dict[int, list[Any]]
    turns: dict[str, list[tuple[float, str | None]]] = field(default_factory=dict)

    @property
    def last(self) -> int:
        return max(self.events, default=0)

    def sees(self, player: Player, event: Document) -> Sees:
        if event["kind"] == NotificationRaised.kind and event["payload"]["user_id"] != player.id:
            return Sees.NEVER
        whose = self.house.conversations.get(event["conversation_id"])
        if player.whose is Whose.ADMIN or whose is None or whose is player.whose:
            return Sees.ALWAYS
        return Sees.BY_TURNS if whose is Whose.CHANGING else Sees.NEVER

    def may_have(self, player: Player, event: Document, heard_at: float) -> bool:
        """Whether it was his turn at some moment between the event and its being heard."""
        turns = self.turns.get(event["conversation_id"], [])
        ends = [began for began, _ in turns[1:]] + [float("inf")]
        happened_at = event["at"].timestamp()
        return any(
            holder == player.id and began <= heard_at and ended + SLACK_SECONDS >= happened_at
            and heard_at <= ended + SLACK_SECONDS
            for (began, holder), ended in zip(turns, ends, strict=True)
        )  # fmt: skip

    def takes_away(self, player: Player, event: Document) -> bool:
        before = event["payload"].get("placed_before")
        after = event["payload"].get("conversation", {})
        return bool(before) and before["assigned_to_id"] == player.id != after["assigned_to_id"]


async def truth_of(house: House) -> Truth:
    db = house.hotel.runtime.database.scoped(house.hotel.tenant.id)
    found = await feed.after(db, 0, limit=0)
    events = {event["seq"]: event for event in found}
    frames = {seq: _as_heard(event) for seq, event in events.items()}
    truth = Truth(house, events, frames)
    for event in found:
        if "assigned_to_id" in event["payload"].get("changed", []):
            holder = event["payload"]["conversation"]["assigned_to_id"]
            turn = (event["at"].timestamp(), holder)
            truth.turns.setdefault(event["conversation_id"], []).append(turn)
    return truth


def _as_heard(event: Document) -> list[Any]:
    shown: list[Any] = json.loads(dumps(entry(event, native.vocabulary.frames(event))))["frames"]
    return shown


def judge(client: Client, truth: Truth, others: Sequence[House]) -> Verdict:
    verdict, seen = Verdict(), set[int]()
    position: int | None = None
    for said in _events(client, truth):
        if isinstance(said, Snapshot):
            position = said.seq
            seen = {seq for seq in seen if seq <= position}
            continue
        assert position is not None, f"{client.name} applied {said.seq} before it had a snapshot"
        verdict.applied += 1
        verdict.doubled += said.seq in seen
        verdict.disordered += said.seq not in seen and said.seq <= position
        verdict.missed += _missed(client.player, truth, position, said.seq)
        _weigh(verdict, client.player, truth, said, others)
        seen.add(said.seq)
        position = max(position, said.seq)
    verdict.missed += _missed(client.player, truth, position or 0, truth.last + 1)
    return verdict


def _events(client: Client, truth: Truth) -> Iterator[Snapshot | Applied]:
    """The log, frame by frame as some write it, as whole events; an event applied twice is there twice."""
    for (kind, seq), said in groupby(client.log, key=lambda one: (type(one), one.seq)):
        parts = list(said)
        if kind is Snapshot:
            yield from parts
            continue
        frames = [frame for part in parts if isinstance(part, Applied) for frame in part.frames]
        size = 1 if _is_removal(frames) else len(truth.frames.get(seq, [])) or 1
        for start in range(0, len(frames), size):
            yield Applied(parts[0].heard_at, seq, frames[start : start + size])


def _missed(player: Player, truth: Truth, position: int, until: int) -> int:
    between = (truth.events[seq] for seq in range(position + 1, until) if truth.frames.get(seq))
    return sum(
        truth.sees(player, event) is Sees.ALWAYS
        or (truth.sees(player, event) is Sees.BY_TURNS and truth.takes_away(player, event))
        for event in between
    )


def _weigh(verdict: Verdict, player: Player, truth: Truth, said: Applied, others: Sequence[House]) -> None:
    text = json.dumps(said.frames)
    if said.seq not in truth.events or any(f'"{house.slug} ' in text for house in others):
        verdict.foreign += 1
        return
    event = truth.events[said.seq]
    sees = truth.sees(player, event)
    if _is_removal(said.frames):
        known = said.frames == [["conversation:removed", {"conversationId": event["conversation_id"]}]]
        verdict.leaked += not (known and truth.takes_away(player, event))
        return
    verdict.changed += said.frames != truth.frames[said.seq]
    in_turn = sees is Sees.BY_TURNS and truth.may_have(player, event, said.heard_at)
    verdict.leaked += not (sees is Sees.ALWAYS or in_turn)


def _is_removal(frames: list[Any]) -> bool:
    return bool(frames) and frames[0][0] == "conversation:removed"


def rows_of(client: Client) -> set[str]:
    """The conversations that a client which keeps a list of them has in the end."""
    rows: set[str] = set()
    for said in client.log:
        if isinstance(said, Snapshot):
            rows = set(said.rows or [])
            continue
        for name, payload in said.frames:
            if name == "conversation:removed":
                rows.discard(payload["conversationId"])
            elif id := payload.get("conversationId") or payload.get("conversation", {}).get("id"):
                rows.add(id)
    return rows
