"""The chaos program in its short form; and its checker, which must find what was tampered with."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pymongo
import pytest

from bench.chaos import report
from bench.chaos.checker import CHECKS, Case, breaches
from bench.chaos.evidence import Evidence, Promise, read_log, read_store
from bench.chaos.faults import KINDS
from bench.chaos.follower import Follower
from bench.chaos.run import run
from bench.chaos.size import SHORT
from tests.stores import WORKER, Stores

Document = dict[str, Any]
MINE, OTHERS = "hotel-a", "hotel-b"
NUMBER, OTHER_NUMBER = "100", "200"
START = 1_800_000_000.0


async def test_a_short_run_loses_doubles_and_disorders_nothing(tmp_path: Path) -> None:
    found = await run(tmp_path, SHORT, seed=7)
    print(report.as_text(found))
    assert found.clean
    assert found.breaches == {name: [] for name in CHECKS}
    # And it was a storm, not a calm.
    assert found.process.total() == len(found.process) == len(KINDS)
    assert found.provider.total() >= 10
    assert found.figures["messages in"] + found.figures["messages out, answered 201"] >= 300
    assert found.figures["accepted by the provider"] >= 100
    assert found.figures["reconciled: accepted on a webhook's word"] >= 1


def test_the_checker_knows_nothing_of_the_house() -> None:
    ask = "import sys, bench.chaos.checker; print(*{name.split('.')[0] for name in sys.modules})"
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout
    assert "pymongo" in said.split()
    assert not {"server", "tenants", "workers", "tests"} & set(said.split())


@dataclass
class World:
    """A conversation of three messages in and three out at one hotel, a number at another; kept as it is in a real run."""

    log: list[Document] = field(default_factory=list)
    store: dict[str, dict[str, Document]] = field(default_factory=dict)
    promises: list[Promise] = field(default_factory=list)

    def put(self, noun: str, id: str, **fields: Any) -> None:
        self.store.setdefault(noun, {})[id] = {"_id": id, "tenant_id": MINE, **fields}

    def message(self, id: str) -> Document:
        return self.store["messages"][id]

    def says(self, wamid: str, text: str) -> None:
        value = {"messages": [{"id": wamid, "text": {"body": text}}]}
        self.log.append({"kind": "heard", "number": NUMBER, "customer": {"key": "ana"}, "value": value})
        self.log.append({"kind": "acknowledged", "wamid": wamid, "status": "delivered"})

    def accepts(self, id: str, *, at: float, number: str = NUMBER) -> None:
        taken = {"wamid": f"w-{id}", "number": number, "content": {"body": id}, "at": START + at}
        self.log.append({"kind": "accepted", "opaque": orjson.dumps({"m": id, "a": 1}).decode(), **taken})

    def adds(self, id: str, seq: int, direction: str, **more: Any) -> None:
        place = {"conversation_id": "talk", "contact_id": "ana", "channel_id": "desk"}
        self.put("messages", id, seq=seq, direction=direction, **place, **more)
        self.tells("message.added", _id=id)

    def tells(self, kind: str, *, at: float = 0.0, **message: Any) -> None:
        """An event, numbered on."""
        seq = len(self.store.get("events", {})) + 1
        told = {"kind": kind, "at": datetime.fromtimestamp(START + at, UTC), "payload": {"message": message}}
        self.put("events", f"e{seq}", seq=seq, conversation_id="talk", **told)


def honest() -> World:
    world = World()
    for noun, id in {"conversations": "talk", "contacts": "ana", "channels": "desk"}.items():
        world.put(noun, id)
    world.put("webhook_inbox", "row", state="DONE", n=1, error=None)
    for turn in (1, 2, 3):
        world.says(f"in{turn}", f"Mensagem {turn}")
        world.adds(f"in{turn}", turn, "INBOUND", wamid=f"in{turn}", text=f"Mensagem {turn}")
    for turn in (1, 2, 3):
        id = f"out{turn}"
        state = {"delivery": "ACCEPTED", "attempt": 1, "status": "DELIVERED", "policy": "hold", "stages": {}}
        world.adds(id, turn + 3, "OUTBOUND", wamid=f"w-{id}", text=id, client_message_id=id, **state)
        world.promises.append(Promise(MINE, "talk", id, id))
        world.accepts(id, at=turn)
        for status in ("delivered", "sent"):
            world.log.append({"kind": "acknowledged", "wamid": f"w-{id}", "status": status})
            world.put("status_events", f"{id}-{status}", wamid=f"w-{id}", status=status, applied=True)
    return world


@pytest.fixture
def database(stores: Stores) -> Iterator[tuple[str, str]]:
    """The URL and name of one without the house's indexes: they would refuse what is to be found here."""
    name = f"chaos_{WORKER}"
    yield stores.mongo_url, name
    with pymongo.MongoClient[Document](stores.mongo_url) as client:
        client.drop_database(name)


Judge = Callable[[World], set[str]]


@pytest.fixture
def judge(database: tuple[str, str], tmp_path: Path) -> Judge:
    """The checks that find something in a world, which they read from a real log and a real database."""

    def judged(world: World) -> set[str]:
        log = tmp_path / "simulator.jsonl"
        log.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in world.log))
        with pymongo.MongoClient[Document](database[0]) as client:
            for noun, documents in world.store.items():
                client[database[1]][noun].insert_many(documents.values())
        owners = {NUMBER: MINE, OTHER_NUMBER: OTHERS}
        case = Case(Evidence(read_log(log), read_store(*database), world.promises, owners))
        return {name for name, found in breaches(case).items() if found}

    return judged


def test_an_honest_world_is_found_honest(judge: Judge) -> None:
    assert judge(honest()) == set()


def lost_in(world: World) -> None:
    del world.store["messages"]["in3"]
    del world.store["messages"]["out1"], world.store["messages"]["out2"], world.store["messages"]["out3"]
    world.promises.clear()
    world.log[:] = [line for line in world.log if not str(line.get("wamid", "")).startswith("w-")]


def doubled_in(world: World) -> None:
    world.adds("again", 7, "INBOUND", wamid="in3", text="Mensagem 3")


def doubled_in_under_another_id(world: World) -> None:
    world.adds("again", 7, "INBOUND", wamid="in4", text="Mensagem 3")


def swapped_in(world: World) -> None:
    world.message("in1")["seq"], world.message("in2")["seq"] = 2, 1


def lost_out(world: World) -> None:
    del world.store["messages"]["out3"]


def stuck_out(world: World) -> None:
    world.message("out3")["delivery"] = "UNCERTAIN"


def never_asked_for(world: World) -> None:
    world.accepts("nobody's", at=9)


def doubled_out(world: World) -> None:
    world.accepts("out3", at=9)


def doubled_key(world: World) -> None:
    world.adds("twin", 7, "OUTBOUND", client_message_id="out3", text="", delivery="FAILED", status="FAILED")


def swapped_out(world: World) -> None:
    places = [place for place, line in enumerate(world.log) if line["kind"] == "accepted"]
    first, second = places[:2]
    world.log[first], world.log[second] = world.log[second], world.log[first]


def misnumbered_out(world: World) -> None:
    world.promises.reverse()


def wrong_status(world: World) -> None:
    world.message("out1")["status"] = "SENT"


def failed_though_accepted(world: World) -> None:
    world.message("out1")["delivery"] = "FAILED"


def accepted_as_another(world: World) -> None:
    world.message("out1")["wamid"] = "w-out2"


def unconfirmed_though_told(world: World) -> None:
    world.message("out1")["delivery"] = "UNCONFIRMED"


def hole_in_the_feed(world: World) -> None:
    world.tells("contact.changed")
    world.store["events"]["e7"]["seq"] = 8


def unnumbered_event(world: World) -> None:
    world.tells("contact.changed")
    del world.store["events"]["e7"]["seq"]


def hole_in_the_conversation(world: World) -> None:
    world.message("out3")["seq"] = 7


def told_twice(world: World) -> None:
    world.tells("message.added", _id="in1")


def sent_by_anothers_number(world: World) -> None:
    world.log[-3]["number"] = OTHER_NUMBER


def names_anothers_contact(world: World) -> None:
    world.store["contacts"]["ana"]["tenant_id"] = OTHERS


def nobodys_document(world: World) -> None:
    world.put("tags", "vip", tenant_id="hotel-c")


def another_text(world: World) -> None:
    world.message("in1")["text"] = "Mensagem 9"


def poisoned(world: World) -> None:
    world.store["webhook_inbox"]["row"]["state"] = "DEAD"


def unapplied(world: World) -> None:
    world.store["status_events"]["out1-sent"]["applied"] = False


TAMPERED: dict[Callable[[World], None], str] = {
    lost_in: "lost inbound",
    doubled_in: "doubled inbound",
    doubled_in_under_another_id: "doubled inbound",
    swapped_in: "out of order inbound",
    lost_out: "lost outbound",
    stuck_out: "lost outbound",
    never_asked_for: "lost outbound",
    doubled_out: "doubled outbound",
    doubled_key: "doubled outbound",
    swapped_out: "out of order outbound",
    misnumbered_out: "out of order outbound",
    wrong_status: "wrong final status",
    failed_though_accepted: "false verdict",
    accepted_as_another: "false verdict",
    unconfirmed_though_told: "false verdict",
    hole_in_the_feed: "gap in a feed or conversation",
    unnumbered_event: "gap in a feed or conversation",
    hole_in_the_conversation: "gap in a feed or conversation",
    told_twice: "gap in a feed or conversation",
    sent_by_anothers_number: "foreign document",
    names_anothers_contact: "foreign document",
    nobodys_document: "foreign document",
    another_text: "foreign document",
    poisoned: "left unapplied",
    unapplied: "left unapplied",
}


@pytest.mark.parametrize("tamper", TAMPERED, ids=lambda tamper: tamper.__name__)
def test_what_was_tampered_with_is_found(judge: Judge, tamper: Callable[[World], None]) -> None:
    world = honest()
    tamper(world)
    assert judge(world) == {TAMPERED[tamper]}


def test_every_check_has_a_world_in_which_it_speaks() -> None:
    assert set(TAMPERED.values()) == set(CHECKS)


@pytest.mark.parametrize(("given_up_at", "excused"), [(0.5, True), (2.5, False)])
def test_what_was_given_up_on_may_come_late(judge: Judge, given_up_at: float, *, excused: bool) -> None:
    """S5: only if it was shown as unconfirmed before the one behind it left, at 2 s."""
    world = honest()
    swapped_out(world)
    world.tells("message.status_changed", at=given_up_at, _id="out1", delivery="UNCONFIRMED")
    assert judge(world) == (set() if excused else {"out of order outbound"})


def test_a_hole_that_was_only_seen_for_a_moment_is_remembered(database: tuple[str, str]) -> None:
    follower = Follower(*database, [MINE])
    with pymongo.MongoClient[Document](database[0]) as client:
        events = client[database[1]].events
        for seq, visible in ((1, []), (3, ["3 was seen after 1"]), (2, ["3 was seen after 1"])):
            events.insert_one({"tenant_id": MINE, "seq": seq})
            follower.look()
            assert [gap.partition(": ")[2] for gap in follower.gaps] == visible
    follower.close()
