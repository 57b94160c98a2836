"""Time passes by moving what waits for it, not by waiting."""

import asyncio
from datetime import timedelta

from server.desk.messages.models import Delivery
from tenants import models
from tests.model.eventually import processed
from tests.model.processes import Processes
from tests.model.sight import Document, Sight
from tests.model.stage import TIMEOUT
from tests.model.story import Story


class Time:
    def __init__(self, stories: list[Story], processes: Processes) -> None:
        self._stories, self._processes = stories, processes
        self._branches = [story.branch for story in stories]

    async def lease_passes(self) -> None:
        """Longer than any send may take: a process that stood still meanwhile has missed its deadline."""
        await self._deadlines_pass()
        for branch in self._branches:
            await branch.db.lanes.update_all({}, [{"$set": {"until": "$$NOW"}}])
            await branch.db.messages.update_all(
                {"delivery": Delivery.SENDING}, [{"$set": {"lease_until": "$$NOW"}}]
            )
        await asyncio.sleep(0.002)

    async def back_off_passes(self) -> None:
        await self._deadlines_pass()
        past = models.now() - timedelta(milliseconds=1)
        for branch in self._branches:
            await branch.db.messages.update_all({"delivery": Delivery.QUEUED}, {"$set": {"due_at": past}})
            await branch.db.webhook_inbox.update_all({"state": "NEW"}, {"$set": {"retry_at": None}})
            await branch.db.status_events.update_all(
                {"applied": False}, {"$set": {"recorded_at": past - timedelta(minutes=1)}}
            )

    async def w_passes(self) -> None:
        """For `resend`, S1' no longer holds where an acceptance was not reported in time."""
        await self._deadlines_pass()
        for story in self._stories:
            sight = await Sight.of(story.branch.db)
            uncertain = [m for m in sight.outbound if m["delivery"] == Delivery.UNCERTAIN]
            story.late |= {m["text"] for m in uncertain if not self._is_reported(story, sight, m)}
            await story.branch.db.messages.update_all(
                {"delivery": Delivery.UNCERTAIN}, {"$set": {"due_at": models.now() - timedelta(seconds=1)}}
            )

    def _is_reported(self, story: Story, sight: Sight, message: Document) -> bool:
        """A status of each acceptance that names our attempt has been worked through, or there was none."""
        told = processed(story, sight, marked=True)
        return all(acceptance.wamid in told for acceptance in story.accepted().get(message["text"], []))

    async def _deadlines_pass(self) -> None:
        waiting = [
            standing
            for standing in self._processes.standing
            if standing.job.has_deadline and not standing.overdue
        ]
        if waiting:
            await asyncio.sleep(TIMEOUT)
        for standing in waiting:
            standing.overdue = True
