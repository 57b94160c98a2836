"""`kill -9` at each await of the assistant's answer: the worker that comes after answers what is owed, and nothing twice."""

from functools import partial

import pytest

from server.desk.messages.receiving import receive
from server.settings import Settings
from tenants import registry
from tests.factories import a_message
from tests.model import jobs
from tests.model.points import points, stride
from tests.model.processes import Job, Processes
from tests.model.sight import Document
from tests.model.stage import Branch, Stage, stage

DECIDED = {
    "settings.assistant": {"answers_customers": True},
    "settings.replies": {"greeting": "Olá!", "away": "Voltamos já."},
    "settings.hours": {"weekly": {}},  # closed, so that whoever is not answered hears that
}


async def test_a_death_at_any_await_harms_nothing(settings: Settings, request: pytest.FixtureRequest) -> None:
    async with stage(settings) as playing:
        branch = await playing.branch()
        await registry.update_tenant(playing.house.database, branch.desk.tenant.id, DECIDED)
        processes = Processes(playing)
        for tried, point in enumerate(points(stride(request.config, 7))):
            owed = await a_customer_asks_for_people(playing, branch, tried)
            ended = await processes.die(Job(partial(jobs.answer, branch.desk)), point)
            await branch.db.lanes.update_all({}, [{"$set": {"until": "$$NOW"}}])
            await processes.do(Job(partial(jobs.answer, branch.desk)))
            await check(branch, owed)
            if ended and not point.after:
                break
        else:
            raise AssertionError("the job has no end")
    print(f"killed at {tried} points")
    assert tried


async def a_customer_asks_for_people(playing: Stage, branch: Branch, place: int) -> str:
    """Answering him says something, remembers something, and hands him over. Returns his conversation."""
    tenant = await registry.tenant_by_id(playing.house.database, branch.desk.tenant.id)
    assert tenant
    said = a_message("quero falar com um atendente", phone=f"55119{80000000 + place}")
    async with playing.house.enter(tenant) as ctx:
        [message] = await receive(ctx, branch.desk.channel_id, [said])
    return str(message["conversation_id"])


async def check(branch: Branch, conversation_id: str) -> None:
    thread: list[Document] = await branch.db.messages.all(
        {"conversation_id": conversation_id}, sort=[("seq", 1)]
    )
    assert [(m["direction"], m.get("automatic")) for m in thread] == [
        ("INBOUND", None), ("OUTBOUND", "ASSISTANT"), ("INTERNAL", None),
    ]  # fmt: skip
    row = await branch.db.conversations.by_id(conversation_id)
    memory = await branch.db.assistant_memories.by_id(conversation_id)
    assert row
    assert memory
    assert (row["answer_due"], row["with_assistant"], bool(row["queued_at"])) == (False, False, True)
    assert (memory["state"]["answered"], memory["state"]["answers"]) == (1, 1)
