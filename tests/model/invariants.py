"""The invariants of docs/protocol.md that hold at every moment, whatever has just happened."""

import hashlib
from collections import Counter
from itertools import groupby

from server.desk.messages.models import Delivery, Policy
from tests.model.sight import Document, Sight
from tests.model.story import Acceptance, Story

# As the page says, not as the code does.
RANK = {"accepted": 2, "sent": 3, "failed": 4, "delivered": 5, "read": 6}
MOST_TRIES = 8


def digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def i1_durable_ack(story: Story, sight: Sight) -> None:
    """200(body) ⇒ body ∈ inbox."""
    kept = sight.digests("NEW", "DONE", "DEAD")
    lost = [
        letter for letter in story.branch.letters if letter.acknowledged and digest(letter.raw) not in kept
    ]
    assert not lost, f"I1 durable-ack: answered 200 and not in the journal: {lost}"


def i2_at_most_one_in(story: Story, sight: Sight) -> None:
    """|{row : row.wamid = wamid}| ≤ 1; that it is 1 in the end is checked at rest."""
    twice = [wamid for wamid, count in _wamids(sight).items() if count > 1]
    assert not twice, f"I2 exactly-one-in: more than one row of {twice}"


def _wamids(sight: Sight) -> Counter[str]:
    return Counter(message["wamid"] for message in sight.messages if message.get("wamid"))


def s1_never_twice(story: Story, sight: Sight) -> None:
    """Policy = hold ⇒ |Acc(m)| ≤ 1, for each time that an agent asked for it; `resend` under the terms of S1'."""
    accepted = story.accepted()
    for message in sight.outbound:
        asked = Counter(_asked_for(message, acceptance) for acceptance in accepted.get(message["text"], []))
        name = "S1" if message["policy"] == Policy.HOLD else "S1'"
        if name == "S1" or message["text"] not in story.late:
            assert all(times <= 1 for times in asked.values()), (
                f"{name} never twice: {_shown(message)} {asked}"
            )


def _asked_for(message: Document, acceptance: Acceptance) -> int:
    """By how many retries an agent had asked for this attempt."""
    return sum(past["attempt"] < acceptance.attempt for past in message.get("past_attempts", []))


def one_message_a_key(story: Story, sight: Sight) -> None:
    """R1: the same client_message_id is the same message, and what was promised is there."""
    count = Counter(message["client_message_id"] for message in sight.outbound)
    assert all(times == 1 for times in count.values()), f"R1 one message a key: {count}"
    lost = [text for text, written in story.written.items() if written.promised and not count[text]]
    assert not lost, f"R1 one message a key: promised with 201 and not there: {lost}"


def s3_no_false_verdict(story: Story, sight: Sight) -> None:
    """Ostate = FAILED ⇒ Acc = ∅ or a `failed` status exists."""
    accepted, reported = story.accepted(), story.reported()
    for message in sight.outbound:
        tried = len(message.get("past_attempts", []))
        took = [a for a in accepted.get(message["text"], []) if _asked_for(message, a) == tried]
        if message["delivery"] == Delivery.FAILED:
            assert not took, f"S3 no false verdict: accepted as {took}: {_shown(message)}"
        elif message["status"] == "FAILED" and message["delivery"] == Delivery.ACCEPTED:
            assert "failed" in reported[message["wamid"]], f"S3 no false verdict: {_shown(message)}"


def s5_lane_order(story: Story, sight: Sight) -> None:
    """m1 before m2 in a conversation, both accepted ⇒ first(Acc(m1)) < first(Acc(m2)), unless m1 was given up before."""
    accepted = story.accepted()
    for _, thread in groupby(sight.outbound, key=lambda message: message["conversation_id"]):
        left = [
            (accepted[m["text"]][0].place, m["text"])
            for m in thread
            if m["text"] in accepted and not m.get("past_attempts") and m["text"] not in story.given_up
        ]
        assert left == sorted(left, key=lambda item: item[0]), f"S5 lane order: left as {left}"


def t1_monotone(story: Story, sight: Sight) -> None:
    """rank(m) never falls, of one attempt."""
    for message in sight.outbound:
        key = (message["_id"], message.get("wamid"), len(message.get("past_attempts", [])))
        before, now = story.ranks.get(key, 0), message.get("rank", 0)
        assert now >= before, f"T1 monotone: from {before} to {now}: {_shown(message)}"
        story.ranks[key] = now


def t3_never_above_its_events(story: Story, sight: Sight) -> None:
    """No status without an event that says so; that it is their maximum is checked at rest."""
    reported = story.reported()
    for message in sight.outbound:
        if message["delivery"] == Delivery.ACCEPTED:
            ranks = [RANK[s] for s in reported[message["wamid"]]]
            assert message["rank"] <= max([2, *ranks]), f"T3 maximum of its events: {_shown(message)} {ranks}"


def c1_cursor(story: Story, sight: Sight) -> None:
    """Seq of a stream = 1..n without gaps; whoever has seen k has seen all before it."""
    numbered = [event for event in sight.events if "seq" in event]
    numbers = [event["seq"] for event in numbered]
    assert numbers == list(range(1, len(numbers) + 1)), f"C1 cursor: the feed says {numbers}"
    ids = [event["_id"] for event in numbered]
    assert ids[: len(story.feed)] == story.feed, "C1 cursor: something came before what was read already"
    story.feed = ids
    for id, thread in groupby(sight.messages, key=lambda message: message["conversation_id"]):
        seqs = [message["seq"] for message in thread]
        assert seqs == list(range(1, len(seqs) + 1)), f"C1 cursor: conversation {id} says {seqs}"


def x1_tenancy(story: Story, sight: Sight) -> None:
    """Everything here came by this tenant's own webhooks and agents."""
    own = story.branch.number.number.messages
    foreign = [message for message in sight.messages if message.get("wamid") and message["wamid"] not in own]
    foreign += [message for message in sight.outbound if message["text"] not in story.written]
    assert not foreign, f"X1 tenancy: {[_shown(message) for message in foreign]}"


def p1_poison(story: Story, sight: Sight) -> None:
    """N ≤ 8; only what cannot be read, or what killed its readers, is DEAD, and it is kept as it came."""
    poison = {digest(raw) for raw in story.poison}
    for row in sight.inbox:
        assert row["n"] <= MOST_TRIES, f"P1 poison: tried {row['n']} times"
        if row["state"] == "DEAD":
            died = row["n"] == MOST_TRIES and row["error"] == "its readers died"
            assert died or row["digest"] in poison, f"P1 poison: {row['error']}"
            assert digest(row["raw"]) == row["digest"], "P1 poison: not kept as it came"
        assert row["state"] != "DONE" or row["digest"] not in poison, "P1 poison: called done"


def s2_states(story: Story, sight: Sight) -> None:
    """A message moves exactly while it is in a state that something will lead out of."""
    for message in sight.outbound:
        moving = message["delivery"] in {Delivery.QUEUED, Delivery.SENDING, Delivery.UNCERTAIN}
        assert message["moving"] == moving, f"S2 no silent loss: {_shown(message)}"


def conversations_are_one(story: Story, sight: Sight) -> None:
    """I3: a contact has one open conversation."""
    count = Counter(row["contact_id"] for row in sight.conversations if row["open"])
    assert all(times == 1 for times in count.values()), f"I3 order-free: open conversations {count}"


def _shown(message: Document) -> Document:
    fields = ("text", "delivery", "status", "rank", "attempt", "wamid", "policy", "past_attempts")
    return {field: message.get(field) for field in fields}


ALWAYS = (
    i1_durable_ack, i2_at_most_one_in, s1_never_twice, one_message_a_key, s2_states, s3_no_false_verdict,
    s5_lane_order, t1_monotone, t3_never_above_its_events, c1_cursor, x1_tenancy, p1_poison, conversations_are_one,
)  # fmt: skip
