"""Faults in the protocol of docs/protocol.md, each of the kind that passes a review."""

from tests.mutants.mutant import Mutant

_GAMES = ("tests/model/test_protocol.py", "--hypothesis-profile=mutants")
_ORDERS = ("tests/desk/test_statuses.py",)
_FEED = ("tests/tenants/test_feed.py",)


def _crashes(job: str) -> tuple[str, ...]:
    return (
        f"tests/model/test_crash_points.py::test_a_death_at_any_await_harms_nothing[{job}]",
        "--crash-points=all",
    )


def _stalls(name: str) -> tuple[str, ...]:
    return (f"tests/model/test_stalls.py::test_who_stood_still_harms_nothing[{name}]", "--crash-points=all")


MUTANTS: tuple[Mutant, ...] = (
    Mutant(
        name="accept-answers-before-the-insert",
        file="server/channels/journal.py",
        before="        await entry.written\n",
        after="        await asyncio.sleep(0)\n",
        breaks="the provider hears 200 for a body that is on no disk yet",
        invariant="I1",
        killers=_crashes("an_accept"),
    ),
    Mutant(
        name="journal-done-before-applied",
        file="server/channels/drain.py",
        before="        await apply(ctx, rows)\n",
        after=(
            '        ids = [row["_id"] for row in rows]\n'
            '        await ctx.db.webhook_inbox.update_all({"_id": {"$in": ids}}, {"$set": {"state": "DONE"}})\n'
            "        await apply(ctx, rows)\n"
        ),
        breaks="a reader that dies takes what it had in hand with it",
        invariant="I2",
        killers=_crashes("a_drain"),
    ),
    Mutant(
        name="known-wamid-not-skipped",
        file="server/desk/messages/receiving.py",
        before='        del first[known["wamid"]]\n',
        after='        first.get(known["wamid"])\n',
        breaks="a message that comes again in other bytes cannot be stored, and takes its neighbours with it",
        invariant="I2",
        killers=_GAMES,
    ),
    Mutant(
        name="early-edit-dropped",
        file="server/desk/messages/amending.py",
        before='update_all({"_id": {"$in": [a["_id"] for a in due]}}',
        after='update_all({"_id": {"$in": [a["_id"] for a in waiting]}}',
        breaks="an edit that comes before its message is forgotten",
        invariant="I3",
        killers=("tests/channels/test_amending.py",),
    ),
    Mutant(
        name="expired-lease-requeues",
        file="server/desk/messages/outbox.py",
        before='{"delivery": Delivery.UNCERTAIN, "due_at": ctx.now() + patience}',
        after='{"delivery": Delivery.QUEUED, "due_at": ctx.now()}',
        breaks="a sender that died is taken for one that did not send (R5)",
        invariant="S1",
        killers=("tests/channels/test_sender.py::test_a_lane_that_died_in_the_middle_leaves_it_uncertain",),
    ),
    Mutant(
        name="timeout-sends-again",
        file="server/channels/sender.py",
        before="            return Uncertain(message, self._in(wait / 3 if answered else wait), failed.error)\n",
        after="            return Postponed(message, models.now(), failed.error)\n",
        breaks="a send without an answer is tried again at once",
        invariant="S1",
        killers=_GAMES,
    ),
    Mutant(
        name="claim-after-the-send",
        file="server/channels/sender.py",
        before=(
            "            claimed = await outbox.claim(ctx, ready, lease=timedelta(seconds=self._clocks.lease))\n"
        ),
        after=(
            '            claimed = [{**message, "attempt": message["attempt"] + 1} for message in ready]\n'
            "            lease = timedelta(seconds=self._clocks.lease)\n"
            "            later = asyncio.get_running_loop().call_later\n"
            "            later(0.01, lambda: asyncio.ensure_future(outbox.claim(ctx, ready, lease=lease)))\n"
        ),
        breaks="SENDING is not durable before the request leaves (R2)",
        invariant="S1",
        killers=_crashes("a_send"),
    ),
    Mutant(
        name="claim-without-compare-and-set",
        file="server/desk/messages/outbox.py",
        before='[{"_id": m["_id"], "delivery": Delivery.QUEUED, "attempt": m["attempt"]} for m in chosen]',
        after='[{"_id": m["_id"]} for m in chosen]',
        breaks="a sender takes what another has sent meanwhile (R7)",
        invariant="S1",
        killers=_stalls("a sender, then another"),
    ),
    Mutant(
        name="no-deadline-of-its-own",
        file="server/channels/meta_cloud/transport.py",
        before="        if time.monotonic() >= self._deadline:\n",
        after="        if self.written:\n",
        breaks="a process that was stopped beyond its lease sends when it wakes up (R4)",
        invariant="S1'",
        killers=("tests/channels/test_meta_transport.py",),
    ),
    Mutant(
        name="resends-what-is-confirmed-late",
        file="server/desk/messages/outbox.py",
        before='    news: Document = {"delivery": Delivery.UNCONFIRMED, "moving": False, "error": _UNCONFIRMED.model_dump()}\n',
        after='    news: Document = {"delivery": Delivery.QUEUED, "due_at": ctx.now()}\n',
        breaks="policy hold: what nothing confirmed is sent again by itself",
        invariant="S1",
        killers=_GAMES,
    ),
    Mutant(
        name="key-not-unique",
        file="tenants/indexes.py",
        before='_index("client_message_id", unique=True, where={"client_message_id": {"$gt": ""}})',
        after='_index("client_message_id", where={"client_message_id": {"$gt": ""}})',
        breaks="a request that is repeated while the first is under way makes a second message (R1)",
        invariant="R1",
        killers=_stalls("a POST"),
    ),
    Mutant(
        name="order-of-a-conversation-ignored",
        file="server/desk/messages/outbox.py",
        before="[m for m in first.values() if m[",
        after="[m for m in unfinished if m[",
        breaks="a message passes one that waits for its next attempt (R6)",
        invariant="S5",
        killers=_GAMES,
    ),
    Mutant(
        name="lost-unconfirmed",
        file="server/desk/messages/outbox.py",
        before='    overdue = {"moving": True, "delivery": Delivery.UNCERTAIN, "due_at": {"$lte": ctx.now()}}\n',
        after='    overdue = {"moving": False, "delivery": Delivery.UNCERTAIN, "due_at": {"$lte": ctx.now()}}\n',
        breaks="what nothing confirmed hangs for ever, and blocks its conversation",
        invariant="S2",
        killers=_GAMES,
    ),
    Mutant(
        name="our-mark-ignored",
        file="server/desk/messages/statuses.py",
        before='if r["wamid"] not in found and (opaque := read_opaque(r["opaque"]))',
        after='if r["wamid"] in found and (opaque := read_opaque(r["opaque"]))',
        breaks="a status cannot tell which message it is about when the answer was lost (R3)",
        invariant="S4",
        killers=_crashes("a_drain_of_early_statuses"),
    ),
    Mutant(
        name="late-acceptance-ignored",
        file="server/desk/messages/outbox.py",
        before="    late = {Delivery.UNCERTAIN, Delivery.UNCONFIRMED} if isinstance(outcome, Accepted) else set()\n",
        after="    late: set[Delivery] = set()\n",
        breaks="an answer that comes after its lease was given up on counts for nothing",
        invariant="S4",
        killers=_ORDERS,
    ),
    Mutant(
        name="last-status-wins",
        file="server/desk/messages/statuses.py",
        before="        if news := _news(message, wamid, reports):\n",
        after=(
            '        latest = [report for report in reports if not report["applied"]]\n'
            '        if news := _news(message | {"rank": 0}, wamid, latest):\n'
        ),
        breaks="the order in which reports arrive decides",
        invariant="T1",
        killers=_GAMES,
    ),
    Mutant(
        name="failed-outranks-delivered",
        file="server/desk/messages/statuses.py",
        before='RANK = {"accepted": 2, "sent": 3, "failed": 4, "delivered": 5, "read": 6, "played": 7}',
        after='RANK = {"accepted": 2, "sent": 3, "delivered": 4, "failed": 5, "read": 6, "played": 7}',
        breaks="a notice of failure beats evidence of delivery",
        invariant="T3",
        killers=_GAMES,
    ),
    Mutant(
        name="early-status-dropped",
        file="server/desk/messages/statuses.py",
        before='        {"wamid": {"$in": list(messages)}, "applied": False}, {"$set": {"applied": True}}\n',
        after='        {"wamid": {"$in": list(wamids)}, "applied": False}, {"$set": {"applied": True}}\n',
        breaks="a status that is quicker than the answer to its send is forgotten",
        invariant="T3",
        killers=_ORDERS,
    ),
    Mutant(
        name="repeated-report-loses-its-mark",
        file="server/desk/messages/statuses.py",
        before="        if new < len(known):\n",
        after="        if new < 0:\n",
        breaks="a report that names our attempt is dropped for one of the same second that does not",
        invariant="S4",
        killers=_ORDERS,
    ),
    Mutant(
        name="numbers-given-before-the-tail-is-read",
        file="tenants/feed.py",
        before=(
            "        last = await tail(db)\n"
            '        pending = await db.events.all({"pending": True}, sort=[("_id", 1)], limit=BATCH)\n'
        ),
        after=(
            '        pending = await db.events.all({"pending": True}, sort=[("_id", 1)], limit=BATCH)\n'
            "        last = await tail(db)\n"
        ),
        breaks="two who number at once leave a gap",
        invariant="C1",
        killers=_FEED,
    ),
    Mutant(
        name="foreign-number-applied",
        file="server/channels/applying.py",
        before="        return known.get(phone_number_id)\n",
        after="        return known.get(phone_number_id) or next(iter(known.values()), None)\n",
        breaks="a webhook about another tenant's number is applied here",
        invariant="X1",
        killers=_GAMES,
    ),
    Mutant(
        name="poison-tried-for-ever",
        file="server/channels/drain.py",
        before="POISON_AFTER = 8\n",
        after="POISON_AFTER = 8_000\n",
        breaks="a row that nobody can read is never buried",
        invariant="P1",
        killers=_GAMES,
    ),
    Mutant(
        name="poison-buried-without-its-body",
        file="server/channels/drain.py",
        before='dead = {"state": "DEAD", "error": error,',
        after='dead = {"state": "DEAD", "error": error, "raw": b"",',
        breaks="what could not be read is gone",
        invariant="P1",
        killers=_GAMES,
    ),
    Mutant(
        name="bells-are-the-only-net",
        file="workers/sweeps.py",
        before='    async for ctx in _scopes(runtime, "messages", {"moving": True}):\n',
        after='    async for ctx in _scopes(runtime, "messages", {"moving": False}):\n',
        breaks="what a lost bell or a dead process left behind is found by nobody",
        invariant="B1",
        killers=_GAMES,
    ),
)
