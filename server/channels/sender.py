"""From the outbox to the provider: many conversations at once, each in its order, no faster than the number may."""

import asyncio
import contextlib
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
from tenants.db import STORE_DOWN

log = structlog.get_logger()
Document = dict[str, Any]

AT_ONCE = 32
GIVE_UP_AFTER = 12  # attempts that certainly did not leave
_LONGEST_PAUSE = 300.0
_UPLOADS_AT_ONCE = 4
_KEEP_SECONDS = 2.0  # well within the lease of a lane
_WIND_DOWN_SECONDS = 4.0  # a worker that is stopped has not much longer
_UNEXPECTED = SendError(code="INTERNAL", title="Falha inesperada ao enviar", retryable=True)


class Clocks(NamedTuple):
    """In seconds: a send's own time-out, the lease it holds meanwhile (longer), and how long an answer may be missing."""

    timeout: float
    lease: float
    unconfirmed_after: float


class Sender:
    """Sends what one channel has in its outbox. One a channel and process; the lane sees to one a channel overall."""

    def __init__(
        self, enter: Scope, channel: channels.Channel, provider: Channel, pace: Pace, clocks: Clocks
    ) -> None:
        self._enter, self._channel, self._provider = enter, channel, provider
        self._channel_id = channel.id
        self._pace, self._clocks = pace, clocks
        self._sending: dict[asyncio.Task[Outcome | None], str] = {}
        # Each holds its whole file in memory.
        self._uploading = asyncio.Semaphore(_UPLOADS_AT_ONCE)

    async def drain(self, bell: asyncio.Event) -> None:
        """Until nothing is due. A ring of `bell` means that there may be more."""
        async with self._enter() as ctx, lanes.held(ctx, f"outbound:{self._channel_id}") as lane:
            try:
                if lane:
                    await self._walk(lane, bell)
            finally:
                await self._wind_down()

    async def _walk(self, lane: lanes.Lane, bell: asyncio.Event) -> None:
        while True:
            bell.clear()
            more = await self._begin()
            if self._sending:
                wait = min(self._pace.wait_seconds(), _KEEP_SECONDS) if more else _KEEP_SECONDS
                await self._finish_some(bell, timeout=wait)
                await lane.keep()
            elif more and not self._pace.paused:
                await asyncio.sleep(self._pace.wait_seconds())
            elif await lane.leave():
                return

    async def _wind_down(self) -> None:
        """Stopped, or the store went away: what has left meanwhile is recorded, or it would count as uncertain."""
        if self._sending:
            await asyncio.wait(self._sending, timeout=_WIND_DOWN_SECONDS)
            await self._record_ended()

    async def _begin(self) -> bool:
        """Claim and start as many as may go now; True when there may be more that only the pace holds back."""
        room = min(self._pace.available(), AT_ONCE - len(self._sending))
        if room <= 0:
            return len(self._sending) < AT_ONCE
        async with self._enter() as ctx:
            busy = set(self._sending.values())
            heads = await outbox.heads(ctx, self._channel_id, busy=busy, limit=room)
            ready = [message for message in heads if not outgoing.needs_upload(message)]
            recipients = await outgoing.recipients(ctx, ready)
            # Nothing that can fail stands between the claim and the send.
            claimed_at = time.monotonic()
            claimed = await outbox.claim(ctx, ready, lease=timedelta(seconds=self._clocks.lease))
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
        await self._record_ended()

    async def _record_ended(self) -> None:
        """An attempt is let go only when its outcome is stored."""
        ended = [task for task in self._sending if task.done()]
        if outcomes := [outcome for task in ended if (outcome := _outcome_of(task))]:
            async with self._enter() as ctx:
                await outbox.record_outcomes(ctx, outcomes)
            metrics.count("messages_sent_total", sum(isinstance(o, Accepted) for o in outcomes))
            metrics.count("messages_failed_total", sum(isinstance(o, Refused) for o in outcomes))
        for task in ended:
            del self._sending[task]

    async def _send(self, message: Document, recipient: Document, claimed_at: float) -> Outcome:
        outcome = await self._attempt(message, recipient, claimed_at)
        result = type(outcome).__name__.lower()
        metrics.observe("message_send_seconds", time.monotonic() - claimed_at, result=result)
        return outcome

    async def _attempt(self, message: Document, recipient: Document, claimed_at: float) -> Outcome:
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
                async with self._uploading:
                    await outgoing.upload(ctx, self._provider, message)
            except SendFailed as failed:
                await self._not_uploaded(ctx, message, failed)
            except LookupError:
                await outbox.refuse(ctx, message, outgoing.FILE_GONE)
            except STORE_DOWN:
                raise
            except Exception:
                log.exception("outbox.upload_failed", message=message["_id"])
                await self._upload_later(ctx, message, _UNEXPECTED)
        return None

    async def _not_uploaded(self, ctx: Context, message: Document, failed: SendFailed) -> None:
        """Nothing was sent, whatever became of the upload."""
        if failed.verdict is Verdict.REJECTED and failed.remedy is Remedy.GIVE_UP:
            await outbox.refuse(ctx, message, failed.error)
        else:
            await self._obey(failed)
            await self._upload_later(ctx, message, failed.error)

    async def _upload_later(self, ctx: Context, message: Document, error: SendError) -> None:
        tried = message.get("upload_attempts", 0)
        if tried + 1 >= GIVE_UP_AFTER:
            await outbox.refuse(ctx, message, error)
        else:
            await outbox.postpone(ctx, message, self._in(_backoff(tried)))

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
            self._pace.pause(5)
            # Removed meanwhile: there is nothing left to park.
            with contextlib.suppress(channels.ChannelNotFound):
                await self._park(failed.error)

    async def _park(self, error: SendError) -> None:
        """Unless an admin has acted already: then it was the old token that was refused."""
        async with self._enter() as ctx:
            now = await channels.by_id(ctx, self._channel_id)
            if now.secrets == self._channel.secrets:
                said = f"{error.title} {error.cause}".strip()
                reason = channels.Reason(error.code, said, error.detail or None)
                await channels.park(ctx, self._channel_id, reason=reason)

    def _in(self, seconds: float) -> Any:
        return models.now() + timedelta(seconds=seconds)


def _outcome_of(task: "asyncio.Task[Outcome | None]") -> Outcome | None:
    """One attempt's own fault must not cost the others their outcomes."""
    if task.cancelled():
        return None
    if fault := task.exception():
        log.error("outbox.attempt_failed", exc_info=fault)
        return None
    return task.result()


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
    except Exception:
        # Else it would be due for ever, at every sweep.
        failed = True
        log.exception("receipt.failed", conversation=conversation["_id"])
    async with enter() as ctx:
        await outgoing.settle_receipt(ctx, conversation, failed=failed)
