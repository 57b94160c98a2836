"""What may happen, in the words of the model: the jobs of the house's processes, and what is done to them from outside."""

from functools import partial

import orjson

from server.desk.messages.models import Policy
from tests.model import jobs
from tests.model.processes import Job
from tests.model.stage import Letter, Stage
from tests.model.story import Story, Written


class Acts:
    """`place` is a branch's, `pick` chooses among what there is."""

    def __init__(self, stage: Stage, stories: list[Story]) -> None:
        self._stage, self._stories = stage, stories
        self._branches = [story.branch for story in stories]
        self.said = 0

    # What processes do.

    def accepting(self, place: int, *letters: Letter) -> Job:
        def acknowledge() -> None:
            for letter in letters:
                letter.acknowledged = True

        return Job(partial(jobs.accept, self._branches[place].desk, letters), acknowledge)

    def draining(self, place: int) -> Job:
        return Job(partial(jobs.drain, self._branches[place].desk))

    def sending(self, place: int) -> Job:
        return Job(partial(jobs.send, self._branches[place].desk), has_deadline=True)

    def numbering(self, place: int) -> Job:
        return Job(partial(jobs.number, self._branches[place].desk))

    def writing(self, place: int, pick: int, policy: Policy) -> Job:
        """An agent writes into one of the conversations."""
        self.said += 1
        rows = self._stories[place].sight.conversations
        written = Written(f"atendente {self.said}", rows[pick % len(rows)]["_id"], policy)
        self._stories[place].written[written.text] = written
        return self.asking(place, written)

    def asking(self, place: int, written: Written) -> Job:
        """What an agent asks for, perhaps not for the first time."""

        def promise() -> None:
            self._stories[place].written[written.text] = written._replace(promised=True)

        return Job(partial(jobs.write, self._branches[place].desk, written), promise)

    def retrying(self, place: int, message_id: str) -> Job:
        return Job(partial(jobs.retry, self._branches[place].desk, message_id))

    def discarding(self, place: int, message_id: str) -> Job:
        return Job(partial(jobs.discard, self._branches[place].desk, message_id))

    # What customers and the provider do.

    async def customer_writes(self, place: int, customer: int) -> None:
        self.said += 1
        await self._branches[place].customer(customer).says(f"cliente {self.said}")
        await self.letters_arrive()

    async def customer_edits(self, place: int, pick: int) -> None:
        """Of what he has said, the newest first; the provider says when he did, in whole seconds."""
        number = self._branches[place].number
        said = [m for m in number.number.messages.values() if m.sender == "customer"]
        message, self.said = said[-1 - pick % len(said)], self.said + 1
        content = {"type": "text", "text": {"body": f"corrigido {self.said}"}}
        edit = {
            "from": message.customer.wa_id, "id": f"{message.wamid}.{self.said}", "type": "edit",
            "timestamp": str(int(message.at) + self.said),
            "edit": {"original_message_id": message.wamid, "message": content},
        }  # fmt: skip
        await number.webhook("messages", {"messages": [edit]})
        await self.letters_arrive()

    async def status_told(self, place: int, pick: int, status: str) -> None:
        number = self._branches[place].number
        accepted = [m for m in number.number.messages.values() if m.sender == "business"]
        if accepted:
            await number.sends_status(accepted[pick % len(accepted)].wamid, status)
            await self.letters_arrive()

    async def letters_arrive(self) -> None:
        assert await self._stage.simulator.settled()

    async def repack(self, place: int, one: int, other: int) -> None:
        """The provider says again what it has said, in other bytes: two bodies in one."""
        branch = self._branches[place]
        bodies = [orjson.loads(branch.letters[pick % len(branch.letters)].raw) for pick in (one, other)]
        entries = [entry for body in bodies for entry in body["entry"]]
        branch.letters.append(branch.sign(orjson.dumps({**bodies[0], "entry": entries})))
