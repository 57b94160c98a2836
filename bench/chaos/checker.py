"""The judge. Each check yields one line for each breach of a promise (the invariants of docs/protocol.md); none is the goal."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property

from bench.chaos.evidence import Accepted, Document, Evidence, Said, by, pairs

_FINAL = {"ACCEPTED", "FAILED", "UNCONFIRMED", "CANCELLED"}
# A provider's words, lowest first, and what the desk shows for them.
_ORDER = ("accepted", "sent", "failed", "delivered", "read", "played")
_SHOWN = {
    "accepted": "SENT", "sent": "SENT", "failed": "FAILED", "delivered": "DELIVERED", "read": "READ", "played": "READ",
}  # fmt: skip
_SHARED = {"tenants", "beats"}  # of the house itself: who its tenants are, which of its processes live


class Case:
    """The evidence, in the ways in which the checks look at it."""

    def __init__(self, evidence: Evidence) -> None:
        self.log, self.promises = evidence.log, evidence.promises
        self.store, self.owners = evidence.store, evidence.owners
        self.shuffled, self.gaps_seen = evidence.shuffled, evidence.gaps_seen
        self.messages = self.store.get("messages", [])

    @cached_property
    def inbound(self) -> dict[str, list[Document]]:
        return by((m for m in self.messages if m["direction"] == "INBOUND"), "wamid")

    @cached_property
    def outbound(self) -> dict[str, Document]:
        return {m["_id"]: m for m in self.messages if m["direction"] == "OUTBOUND"}

    @cached_property
    def accepted(self) -> dict[str, list[Accepted]]:
        """By message id, first acceptance first."""
        found: dict[str, list[Accepted]] = defaultdict(list)
        for one in self.log.accepted:
            found[one.message_id].append(one)
        return found

    def reported(self, message: Document) -> set[str]:
        return {
            status for one in self.accepted.get(message["_id"], []) for status in self.log.reported[one.wamid]
        }

    @cached_property
    def unconfirmed_since(self) -> dict[str, float]:
        """When a message was first shown as unconfirmed, as the feed tells it."""
        told: dict[str, float] = {}
        for event in self.store.get("events", []):
            message = event.get("payload", {}).get("message", {})
            if message.get("delivery") == "UNCONFIRMED":
                at = event["at"].timestamp()
                told[message["_id"]] = min(at, told.get(message["_id"], at))
        return told

    @cached_property
    def inversions(self) -> list[tuple[Document, Document]]:
        """Messages of a conversation of which the later one was accepted first."""
        sent = [m for m in self.outbound.values() if m["_id"] in self.accepted]
        return [
            (first, second)
            for conversation in by(sent, "conversation_id").values()
            for first, second in pairs(sorted(conversation, key=lambda m: int(m["seq"])))
            if self._first(first).place > self._first(second).place
        ]

    def _first(self, message: Document) -> Accepted:
        return self.accepted[message["_id"]][0]

    def excused(self, first: Document, second: Document) -> bool:
        """The first had been given up as unconfirmed before the second left (S5)."""
        since = self.unconfirmed_since.get(first["_id"])
        return since is not None and since <= self._first(second).at


def lost_inbound(case: Case) -> Iterator[str]:
    """I1, I2."""
    for said in case.log.said:
        if said.wamid not in case.inbound:
            yield f"{said.wamid} of {said.number} was {'answered 200' if said.heard else 'told'} and is nowhere"


def doubled_inbound(case: Case) -> Iterator[str]:
    """I2: by the provider's id, and by what was said, which is unlike anything else that was said."""
    for wamid, stored in case.inbound.items():
        if len(stored) > 1:
            yield f"{wamid} is stored {len(stored)} times"
    texts = Counter((m["conversation_id"], m["text"]) for found in case.inbound.values() for m in found[:1])
    for (conversation, text), times in texts.items():
        if times > 1:
            yield f"{text!r} is stored {times} times in {conversation}"


def lost_outbound(case: Case) -> Iterator[str]:
    """R1, S2: what was promised is there, and has come to an end."""
    for promise in case.promises:
        message = case.outbound.get(promise.message_id)
        if message is None:
            yield f"{promise.key} was answered 201 and is nowhere"
        elif message["delivery"] not in _FINAL:
            yield f"{promise.key} is still {message['delivery']}, attempt {message['attempt']}"
    for message_id, sent in case.accepted.items():
        if message_id not in case.outbound:
            yield f"{sent[0].text!r} was accepted and is nowhere"


def doubled_outbound(case: Case) -> Iterator[str]:
    """S1: by what the sender attached, by the words (unique), and by the agent's key."""
    held = {m["_id"] for m in case.outbound.values() if m.get("policy", "hold").lower() == "hold"}
    for message_id, sent in case.accepted.items():
        if len(sent) > 1 and message_id in held:
            yield f"{message_id} was accepted {len(sent)} times"
    for text, times in Counter(one.text for one in case.log.accepted).items():
        if times > 1:
            yield f"{text!r} was accepted {times} times"
    keys = Counter((m["tenant_id"], m.get("client_message_id")) for m in case.outbound.values())
    for (_, key), times in keys.items():
        if times > 1:
            yield f"{key} is stored {times} times"


def disordered_inbound(case: Case) -> Iterator[str]:
    """Within a customer: what was said later is stored later, if the provider told it later."""
    spoken: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for said in case.log.said:
        if said.wamid in case.inbound:
            spoken[said.number, said.customer].append(said)
    for customer, told in spoken.items():
        for first, second in pairs(told):
            if _order_owed(case, first, second) and _seq(case, first) > _seq(case, second):
                yield f"{second.text!r} stands before {first.text!r}, customer {customer}"


def _order_owed(case: Case, first: Said, second: Said) -> bool:
    """A provider that shuffles owes its order only to what was acknowledged before the next thing was said."""
    return first.number not in case.shuffled or (first.heard is not None and first.heard < second.place)


def _seq(case: Case, said: Said) -> int:
    return int(case.inbound[said.wamid][0]["seq"])


def disordered_outbound(case: Case) -> Iterator[str]:
    """S5; and the agent's own order, since each waited for its answer before sending the next."""
    for first, second in case.inversions:
        if not case.excused(first, second):
            yield f"{second['client_message_id']} was accepted before {first['client_message_id']}"
    kept: dict[str, int] = {}
    for promise in case.promises:
        seq = int(case.outbound.get(promise.message_id, {}).get("seq", 0))
        if seq and seq < kept.get(promise.conversation_id, 0):
            yield f"{promise.key} is numbered before what was sent before it"
        kept[promise.conversation_id] = max(seq, kept.get(promise.conversation_id, 0))


def wrong_statuses(case: Case) -> Iterator[str]:
    """T3: the highest of what the provider reported, whatever the order and however often."""
    for message in case.outbound.values():
        if message["delivery"] == "ACCEPTED":
            highest = max({"accepted", *case.reported(message)}, key=_ORDER.index)
            if message["status"] != _SHOWN[highest]:
                yield f"{message['_id']} shows {message['status']} where {highest} was reported"


def false_verdicts(case: Case) -> Iterator[str]:
    """S3, S4."""
    for message in case.outbound.values():
        sent, verdict = case.accepted.get(message["_id"], []), message["delivery"]
        if verdict == "FAILED" and sent and "failed" not in case.reported(message):
            yield f"{message['_id']} counts as failed, and was accepted"
        if verdict == "ACCEPTED" and message.get("wamid") not in {one.wamid for one in sent}:
            yield f"{message['_id']} counts as accepted, as {message.get('wamid')}, and never was"
        if verdict == "UNCONFIRMED" and case.reported(message):
            yield f"{message['_id']} is unconfirmed, though {'/'.join(case.reported(message))} was told"


def gaps(case: Case) -> Iterator[str]:
    """C1: each stream is 1, 2, 3 …; each message was told once; nobody who read along saw a hole."""
    yield from case.gaps_seen
    events = case.store.get("events", [])
    streams = {("feed", tenant): found for tenant, found in by(events, "tenant_id").items()}
    streams |= {("chat", place): found for place, found in by(case.messages, "conversation_id").items()}
    for stream, found in streams.items():
        numbers = sorted(entry.get("seq") or 0 for entry in found)
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"{' '.join(stream)} does not read 1 … {len(numbers)}"
    added = Counter(
        event["payload"]["message"]["_id"] for event in events if event["kind"] == "message.added"
    )
    for message in case.messages:
        if added[message["_id"]] != 1:
            yield f"{message['_id']} was told {added[message['_id']]} times"


def foreign_documents(case: Case) -> Iterator[str]:
    """X1: every document has a tenant; what it is about and what it names belong to the same one."""
    tenants = set(case.owners.values())
    for name, documents in case.store.items():
        for document in documents:
            if name not in _SHARED and document.get("tenant_id") not in tenants:
                yield f"{name} {document['_id']} belongs to {document.get('tenant_id')}"
    yield from _misplaced(case)
    yield from _crossed(case)


def _misplaced(case: Case) -> Iterator[str]:
    """Of the provider's numbers, each of which is one tenant's."""
    for said in case.log.said:
        for message in case.inbound.get(said.wamid, []):
            if message["tenant_id"] != case.owners[said.number] or message["text"] != said.text:
                yield f"{said.wamid} of {said.number} is with {message['tenant_id']}, as {message['text']!r}"
    for one in case.log.accepted:
        sender = case.outbound.get(one.message_id)
        if sender and (sender["tenant_id"] != case.owners[one.number] or sender["text"] != one.text):
            yield f"{one.message_id} of {sender['tenant_id']} left by {one.number}, as {one.text!r}"


def _crossed(case: Case) -> Iterator[str]:
    named = {"conversation_id": "conversations", "contact_id": "contacts", "channel_id": "channels"}
    owner = {noun: {d["_id"]: d["tenant_id"] for d in case.store.get(noun, [])} for noun in named.values()}
    for noun in ("messages", "conversations", "events", "contact_identities"):
        for document in case.store.get(noun, []):
            for name, target in named.items():
                if (id := document.get(name)) and owner[target].get(id) != document["tenant_id"]:
                    yield f"{noun} {document['_id']} names {name} {id} of {owner[target].get(id)}"


def unapplied(case: Case) -> Iterator[str]:
    """T2, P1: nothing waits any more, and nothing was put aside: this provider sends no poison."""
    for row in case.store.get("webhook_inbox", []):
        if row["state"] != "DONE":
            yield f"journal row {row['_id']} is {row['state']} after {row['n']} attempts: {row['error']}"
    for report in case.store.get("status_events", []):
        if not report["applied"]:
            yield f"the status {report['status']} of {report['wamid']} is not applied"
    for change in case.store.get("quarantine", []):
        yield f"{change['_id']} is in quarantine"


CHECKS: dict[str, Callable[[Case], Iterator[str]]] = {
    "lost inbound": lost_inbound,
    "doubled inbound": doubled_inbound,
    "out of order inbound": disordered_inbound,
    "lost outbound": lost_outbound,
    "doubled outbound": doubled_outbound,
    "out of order outbound": disordered_outbound,
    "wrong final status": wrong_statuses,
    "false verdict": false_verdicts,
    "gap in a feed or conversation": gaps,
    "foreign document": foreign_documents,
    "left unapplied": unapplied,
}


def breaches(case: Case) -> dict[str, list[str]]:
    """By check, one line for each breach."""
    return {name: list(check(case)) for name, check in CHECKS.items()}


def figures(case: Case) -> dict[str, int]:
    """What happened, without a judgement."""
    ends = Counter(m["delivery"] for m in case.outbound.values())
    late = [
        m for m in case.outbound.values() if m["delivery"] == "ACCEPTED" and not m["stages"].get("accepted")
    ]
    return {
        "messages in": len(case.log.said),
        "messages out, answered 201": len(case.promises),
        "accepted by the provider": len(case.log.accepted),
        "refused by it, and shown as failed": ends["FAILED"],
        "unconfirmed in the end": ends["UNCONFIRMED"],
        "of these accepted, with every status lost": sum(
            m["delivery"] == "UNCONFIRMED" and m["_id"] in case.accepted for m in case.outbound.values()
        ),
        "reconciled: accepted on a webhook's word": len(late),
        "of these after they were shown as unconfirmed": sum(
            m["_id"] in case.unconfirmed_since for m in case.outbound.values() if m["delivery"] == "ACCEPTED"
        ),
        "late behind an unconfirmed one (S5 allows it)": sum(case.excused(*pair) for pair in case.inversions),
        "statuses reported": sum(len(told) for told in case.log.reported.values()),
        "events in the feeds": len(case.store.get("events", [])),
    }
