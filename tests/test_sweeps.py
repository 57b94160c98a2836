"""The sweeps, where one tenant is in trouble."""

from datetime import UTC, datetime, timedelta

from server.runtime import Runtime
from tests.conftest import SignUp
from workers import sweeps


async def test_a_tenant_in_trouble_keeps_no_other_from_the_sweep(signup: SignUp, runtime: Runtime) -> None:
    """A document that no release of ours wrote; all other tenants' messages are looked at all the same."""
    tenants = [await signup() for _ in range(3)]
    past = datetime.now(UTC) - timedelta(minutes=1)
    overdue = {
        "_id": "1", "conversation_id": "c", "seq": 1, "moving": True, "delivery": "UNCERTAIN", "due_at": past,
        "status": "SENT", "channel_id": "ch",
    }  # fmt: skip
    for tenant in tenants:
        await tenant.db.messages.insert({**overdue, "_id": f"broken-{tenant.slug}"})
        await tenant.db.conversations.insert(
            {"_id": f"c-{tenant.slug}", "channel_id": "ch", "receipt": {"due": True, "due_at": past}}
        )
    kicks = [kick async for kick in sweeps.outbound(runtime)]
    assert {kick.ids[0] for kick in kicks} == {tenant.tenant["id"] for tenant in tenants}
