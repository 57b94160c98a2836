"""From the outbox to the provider: many conversations at once, each in its order, no faster than the number may."""

import asyncio
import random
import time
from datetime import timedelta
from typing import Any, NamedTuple

import structlog

from server import metrics
from server.channels import outgoing
from server.channels.base import Channel, Remedy, SendFailed, Verdict
from server.channels.drain import Scope
from server.channels.pace import Pace
from server.desk import channels, lanes
from server.desk.messages import outbox
from server.desk.messages.models import SendError
from server.desk.messages.outbox import Accepted, Outcome, Postponed, Refused, Uncertain
from tenants import models
from tenants.context import Context

log = structlog.get_logger()
Document = dict[str, Any]

AT_ONCE = 32
GIVE_UP_AFTER = 12  # attempts that certainly did not leave
_LONGEST_PAUSE = 300.0
_UNEXPECTED = SendError(code="INTERNAL", title="Falha inesperada ao enviar", retryable=True)


class Clocks(NamedTuple):
    """In seconds: a send's own time-out, the lease it holds meanwhile (longer), and how long an answer may be missing."""

    timeout: float
    lease: float
    unconfirmed_after: float


class Sender:
    """Sends what one channel has in its outbox. One a channel and process; the lane sees to one a channel overall."""

    def __init__(self, enter: Scope, channel_id: str, provider: Channel, pace: Pace, clocks: Clocks) -> None:
        self._enter, self._channel_id, self._provider = enter, channel_id, provider
        self._pace, self._clocks = pace, clocks
        self._sending: dict[asyncio.Task[Outcome | None], str] = {}

    async def drain(self, bell: asyncio.Event) -> None:
        """Until nothing is due. A ring of `bell` means that there may be more."""
        async with self._enter() as ctx, lanes.held(ctx, f"outbound:{self._channel_id}") as lane:
            while lane:
                bell.clear()
                more = await self._begin()
                if self._sending:
                    await self._finish_some(bell, timeout=self._pace.wait_seconds() if more else None)
                    await lane.keep()
                elif more and not self._pace.paused:
                    await asyncio.sleep(self._pace.wait_seconds())
                elif await lane.leave():
                    return

    async def _begin(self) -> bool:
        """Claim and start as many as may go now; True when there may be more that only the pace holds back."""
        room = min(self._pace.available(), AT_ONCE - len(self._sending))
        if room <= 0:
            return len(self._sending) < AT_ONCE
        async with self._enter() as ctx:
            busy = set(self._sending.values())
            heads = await outbox.heads(ctx, self._channel_id, busy=busy, limit=room)
            ready = [message for message in heads if not outgoing.needs_upload(message)]
            claimed_at = time.monotonic()
            claimed = await outbox.claim(ctx, ready, lease=timedelta(seconds=self._clocks.lease))
            recipients = await outgoing.recipients(ctx, claimed)
        for message in heads:
            if outgoing.needs_upload(message):
                self._start(self._upload(message), message)
        for message in claimed:
            self._pace.take(1)
            self._start(self._send(message, recipients[message["conversation_id"]], claimed_at), message)
        return len(heads) == room

    def _start(self, work: Any, message: Document) -> None:
        self._sending[asyncio.create_task(work)] = message["conversation_id"]

    async def _finish_some(self, bell: asyncio.Event, *, timeout: float | None) -> None:
        """Wait until something ended, the bell rang or the pace allows another; store the outcomes together."""
        ringing = asyncio.create_task(bell.wait())
        await asyncio.wait({*self._sending, ringing}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        ringing.cancel()
        ended = [task for task in self._sending if task.done()]
        for task in ended:
            del self._sending[task]
        if outcomes := [outcome for task in ended if (outcome := task.result())]:
            async with self._enter() as ctx:
                await outbox.record_outcomes(ctx, outcomes)
            metrics.count("messages_sent_total", sum(isinstance(o, Accepted) for o in outcomes))
            metrics.count("messages_failed_total", sum(isinstance(o, Refused) for o in outcomes))

    async def _send(self, message: Document, recipient: Document, claimed_at: float) -> Outcome:
        try:
            receipt = await self._provider.send(
                outgoing.compose(message, recipient), deadline=claimed_at + self._clocks.timeout
            )
        except SendFailed as failed:
            return await self._judge(message, failed)
        except Exception:
            # A fault of ours after the claim: it may have left, so it must not leave again by itself.
            log.exception("outbox.send_failed", message=message["_id"])
            return Uncertain(message, self._in(self._clocks.unconfirmed_after), _UNEXPECTED)
        return Accepted(message, receipt.wamid)

    async def _upload(self, message: Document) -> Outcome | None:
        """Hand our file to the provider first; its id is stored, and the message is then like any other."""
        async with self._enter() as ctx:
            try:
                await outgoing.upload(ctx, self._provider, message)
            except SendFailed as failed:
                await self._not_uploaded(ctx, message, failed)
            except LookupError:
                await outbox.refuse(ctx, message, outgoing.FILE_GONE)
        return None

    async def _not_uploaded(self, ctx: Context, message: Document, failed: SendFailed) -> None:
        """Nothing was sent, whatever became of the upload."""
        if failed.verdict is Verdict.REJECTED and failed.remedy is Remedy.GIVE_UP:
            await outbox.refuse(ctx, message, failed.error)
        else:
            await self._obey(failed)
            await outbox.postpone(ctx, message, self._in(_backoff(message.get("upload_attempts", 0))))

    async def _judge(self, message: Document, failed: SendFailed) -> Outcome:
        """What a failed send means, by what may have become of it and by the provider's code."""
        if failed.verdict is Verdict.UNKNOWN:
            # An error answer is known at once, and its status comes soon or never; a silence may end later.
            wait = self._clocks.unconfirmed_after
            answered = failed.error.code.isdigit()
            return Uncertain(message, self._in(wait / 3 if answered else wait), failed.error)
        await self._obey(failed)
        if failed.remedy is Remedy.PARK_CHANNEL:
            return Postponed(message, models.now(), failed.error)
        if failed.verdict is Verdict.REJECTED or message["attempt"] >= GIVE_UP_AFTER:
            return Refused(message, failed.error)
        return Postponed(
            message, self._in(failed.retry_after or self._patience(message, failed)), failed.error
        )

    def _patience(self, message: Document, failed: SendFailed) -> float:
        if failed.remedy is Remedy.PAUSE_RECIPIENT:
            return min(float(4 ** message["attempt"]), _LONGEST_PAUSE)
        return _backoff(message["attempt"])

    async def _obey(self, failed: SendFailed) -> None:
        """What a failure asks of the whole channel."""
        if failed.remedy is Remedy.PAUSE_NUMBER:
            self._pace.pause(failed.retry_after or 2.0)
        elif failed.remedy is Remedy.PARK_CHANNEL:
            async with self._enter() as ctx:
                await channels.park(
                    ctx, self._channel_id, reason=f"{failed.error.title} {failed.error.cause}".strip()
                )
            self._pace.pause(5)

    def _in(self, seconds: float) -> Any:
        return models.now() + timedelta(seconds=seconds)


def _backoff(attempt: int) -> float:
    return min(2.0 ** min(attempt, 10), _LONGEST_PAUSE) * random.uniform(0.8, 1.2)  # noqa: S311


async def send_receipts(enter: Scope, channel_id: str, provider: Channel) -> None:
    """Tell WhatsApp what agents have read. The newest message of a conversation stands for all before it."""
    async with enter() as ctx:
        due = await outgoing.due_receipts(ctx, channel_id)
    await asyncio.gather(*(_send_receipt(enter, provider, conversation) for conversation in due))


async def _send_receipt(enter: Scope, provider: Channel, conversation: Document) -> None:
    receipt = conversation["receipt"]
    failed = False
    try:
        await provider.mark_read(receipt["wamid"])
    except SendFailed as error:
        failed = True
        log.info("receipt.failed", conversation=conversation["_id"], cause=str(error))
    async with enter() as ctx:
        await outgoing.settle_receipt(ctx, conversation, failed=failed)
