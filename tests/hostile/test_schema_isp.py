"""The ISP dialect's document and the house say the same, to every role."""

import re

import pytest

from tests.conftest import Session, sign_in
from tests.factories import a_world
from tests.hostile.effort import EFFORT, LONG, tried
from tests.hostile.schema import ISP_CONFIG, examine

ROLES = ("ADMIN", "SUPERVISOR", "AGENT", "VIEWER")


@pytest.fixture
async def crew(hotel: Session) -> dict[str, Session]:
    """A session of each role, in a tenant that has one of everything."""
    await a_world(hotel)
    return {"ADMIN": hotel, **{role: await hotel.colleague(role) for role in ROLES[1:]}}


@pytest.mark.parametrize("role", ROLES if LONG else ROLES[:1])
async def test_the_document_is_kept(crew: dict[str, Session], role: str) -> None:
    session = crew[role]
    leaving = await sign_in(session.client, session.runtime, session.user["email"], session.slug)
    people = await session.db.users.all({}, fields=["number"])
    report = await examine(
        session,
        phases="examples,coverage,fuzzing,stateful" if LONG else "fuzzing",
        examples=EFFORT.examples,
        seed=EFFORT.seed,
        spared=[str(person["number"]) for person in people],
        leaving=leaving.token,
        document="/api/v1/openapi.json",
        config=ISP_CONFIG,
    )
    assert report.passed, report.text
    assert "No issues found" in report.text
    assert re.search(r"Operations: +(\d+) selected / \1 total", report.text), report.text
    assert report.requests > 50
    assert (await session.get("/auth/me")).status == 200, "it lost its token on the way, and saw only 401"
    tried[f"requests of schemathesis as {role} of an ISP"] += report.requests
