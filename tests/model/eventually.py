"""The invariants of docs/protocol.md that hold once everything has come to rest."""

from server.desk.messages.models import Delivery
from tests.model.invariants import RANK, digest
from tests.model.sight import Document, Sight
from tests.model.story import Story, values_of

FINAL = {Delivery.ACCEPTED, Delivery.FAILED, Delivery.UNCONFIRMED, Delivery.CANCELLED}


def s2_no_silent_loss(story: Story, sight: Sight) -> None:
    """201(m) ⇒ ◇ ostate(m) is final."""
    lost = [(m["text"], m["delivery"]) for m in sight.outbound if m["delivery"] not in FINAL]
    assert not lost, f"S2 no silent loss: still {lost}"


def s4_reconcile(story: Story, sight: Sight) -> None:
    """Acc(m) = {w} ∧ a status of w, with our mark, is processed ⇒ ◇ ostate(m) = ACCEPTED ∧ wamid(m) = w."""
    accepted, reported = story.accepted(), processed(story, sight, marked=True)
    for message in sight.outbound:
        acceptances = accepted.get(message["text"], [])
        # Of an attempt that an agent has repeated, a failure says nothing of the next one.
        tell = (
            {"delivered", "read"} if message.get("past_attempts") else {"sent", "failed", "delivered", "read"}
        )
        if len(acceptances) == 1 and reported.get(acceptances[0].wamid, set()) & tell:
            found = (message["delivery"], message.get("wamid"))
            expected = (Delivery.ACCEPTED, acceptances[0].wamid)
            assert found == expected, f"S4 reconcile: {message['text']} is {found}, not {expected}"


def t2_every_status_applied(story: Story, sight: Sight) -> None:
    """◇ every status event applied, of messages that we know."""
    known = {message.get("wamid") for message in sight.outbound}
    waiting = [r for r in sight.reports if not r["applied"] and r["wamid"] in known]
    assert not waiting, f"T2 every status applied: waiting {[(r['wamid'], r['status']) for r in waiting]}"
    kept = {(report["wamid"], report["status"]) for report in sight.reports}
    told = {(wamid, status) for wamid, said in processed(story, sight).items() for status in said}
    assert told <= kept, f"T2 every status applied: not kept {told - kept}"


def t3_maximum_of_its_events(story: Story, sight: Sight) -> None:
    """Status = max of its events."""
    reported = processed(story, sight)
    for message in sight.outbound:
        past = {past["wamid"] for past in message.get("past_attempts", [])}
        if message["delivery"] == Delivery.ACCEPTED and message["wamid"] not in past:
            told = reported.get(message["wamid"], set())
            rank = max([RANK["accepted"], *(RANK[status] for status in told)])
            assert message["rank"] == rank, f"T3 maximum of its events: {message['rank']} of {told}"


def i2_exactly_one_in(story: Story, sight: Sight) -> None:
    """∀ wamid ∈ Ev.messages : exactly one row."""
    stored = {message["wamid"] for message in sight.inbound}
    missing = [wamid for wamid in _said(story, sight) if wamid not in stored]
    assert not missing, f"I2 exactly-one-in: not there: {missing}"


def i3_order_free(story: Story, sight: Sight) -> None:
    """DB = f(set of events): texts with their newest edits, and rows that count what is there."""
    texts = {wamid: message["text"]["body"] for wamid, message in _said(story, sight).items()}
    for edit in sorted(_edits(story, sight), key=lambda edit: int(edit["timestamp"])):
        change = edit["edit"]
        if change["original_message_id"] in texts:
            texts[change["original_message_id"]] = change["message"]["text"]["body"]
    stored = {message["wamid"]: message["text"] for message in sight.inbound}
    assert stored == texts, f"I3 order-free: {stored} is not {texts}"
    for row in sight.conversations:
        thread = [m for m in sight.messages if m["conversation_id"] == row["_id"]]
        unread = sum(message["direction"] == "INBOUND" for message in thread)
        counted = (len(thread), unread, thread[-1]["_id"])
        assert (row["seq"], row["unread_count"], row["last_message"]["id"]) == counted, (
            f"I3 order-free: {row}"
        )


def c1_all_numbered(story: Story, sight: Sight) -> None:
    pending = [event for event in sight.events if "seq" not in event]
    assert not pending, f"C1 cursor: {len(pending)} events have no number"


def p1_nothing_waits(story: Story, sight: Sight) -> None:
    """A poisoned row blocks no other, and is buried itself."""
    waiting = [row["error"] for row in sight.inbox if row["state"] == "NEW"]
    assert not waiting, f"P1 poison: still in the journal: {waiting}"


def processed(story: Story, sight: Sight, *, marked: bool = False) -> dict[str, set[str]]:
    """By wamid, the statuses in letters that were worked through; `marked`: only those that name our attempt."""
    found: dict[str, set[str]] = {}
    for value in _values(story, sight):
        for status in value.get("statuses", []):
            if marked and "biz_opaque_callback_data" not in status:
                continue
            found.setdefault(status["id"], set()).add(status["status"])
    return found


def _said(story: Story, sight: Sight) -> dict[str, Document]:
    messages = [m for value in _values(story, sight) for m in value.get("messages", [])]
    return {message["id"]: message for message in messages if message["type"] == "text"}


def _edits(story: Story, sight: Sight) -> list[Document]:
    messages = [m for value in _values(story, sight) for m in value.get("messages", [])]
    return [message for message in messages if message["type"] == "edit"]


def _values(story: Story, sight: Sight) -> list[Document]:
    done = sight.digests("DONE")
    letters = [
        letter for letter in story.branch.letters if letter.acknowledged and digest(letter.raw) in done
    ]
    return [value for letter in letters for value in values_of(letter)]


AT_REST = (
    s2_no_silent_loss, s4_reconcile, t2_every_status_applied, t3_maximum_of_its_events, i2_exactly_one_in,
    i3_order_free, c1_all_numbered, p1_nothing_waits,
)  # fmt: skip
