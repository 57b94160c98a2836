"""The document and the house say the same, to every role; no request that the document allows or forbids is a 500."""

import re

import pytest

from tests.conftest import Session, sign_in
from tests.factories import a_world
from tests.hostile.effort import EFFORT, LONG, tried
from tests.hostile.schema import examine

ROLES = ("ADMIN", "SUPERVISOR", "AGENT")


@pytest.fixture
async def crew(hotel: Session) -> dict[str, Session]:
    """A session of each role, in a tenant that has one of everything."""
    await a_world(hotel)
    return {"ADMIN": hotel, **{role: await hotel.colleague(role) for role in ROLES[1:]}}


@pytest.mark.parametrize("role", ROLES)
async def test_the_document_is_kept(crew: dict[str, Session], role: str) -> None:
    session = crew[role]
    leaving = await sign_in(session.client, session.runtime, session.user["email"], session.slug)
    # What any role may send is tried once; what it is told depends on the role.
    phases = "examples,coverage,fuzzing,stateful" if LONG else "coverage" if role == "ADMIN" else "fuzzing"
    report = await examine(
        session,
        phases=phases,
        examples=EFFORT.examples,
        seed=EFFORT.seed,
        spared=[each.user["id"] for each in crew.values()],
        leaving=leaving.token,
    )
    assert report.passed, report.text
    assert "No issues found" in report.text
    assert re.search(r"Operations: +(\d+) selected / \1 total", report.text), report.text
    assert report.requests > 100
    assert (await session.get("/auth/me")).status == 200, "it lost its token on the way, and saw only 401"
    tried[f"requests of schemathesis as {role}"] += report.requests
