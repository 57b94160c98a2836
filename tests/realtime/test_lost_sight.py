"""What is taken from an agent's sight: he is told to drop it, live and when he comes back, and nothing else."""

from typing import Any

import pytest

from tests.conftest import PASSWORD, Session, sign_in
from tests.factories import body_of, made
from tests.realtime.conftest import Connect, Ear, customer_writes, numbered, refusal

Json = dict[str, Any]
SECRET = "o quarto 204 não foi pago"
TRANSPORTS = [("websocket",), ("polling",)]


@pytest.fixture
async def closed(hotel: Session) -> Session:
    """A hotel whose agents see what is theirs, their teams' or nobody's."""
    await body_of(await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}}))
    return hotel


@pytest.fixture
async def maria(closed: Session) -> Session:
    return await closed.colleague(name="Maria")


async def hers(closed: Session, maria: Session) -> str:
    """A conversation that Maria has."""
    id = str((await customer_writes(closed))["conversation_id"])
    await give(closed, id, maria)
    return id


async def give(closed: Session, id: str, to: Session) -> None:
    await body_of(await closed.post(f"/api/conversations/{id}/transfer", {"userId": to.user["id"]}))
    await numbered(closed)


async def tail(session: Session) -> int:
    await numbered(session)
    return int((await body_of(await session.get("/api/events")))["through"])


def removal(id: str) -> Json:
    return {
        "kind": "conversation.removed",
        "conversationId": id,
        "frames": [["conversation:removed", {"conversationId": id}]],
    }


def told(events: list[Json]) -> list[Json]:
    """What the events say beside their place and time; a skip says nothing."""
    return [{key: e[key] for key in e.keys() - {"seq", "at"}} for e in events if "skip" not in e]


@pytest.mark.parametrize("transports", TRANSPORTS)
async def test_a_row_that_is_transferred_away_is_dropped_live(
    connect: Connect, closed: Session, maria: Session, transports: tuple[str, ...]
) -> None:
    id, jose = await hers(closed, maria), await closed.colleague(name="José")
    ears = [await connect(session, transports=transports) for session in (maria, jose, closed)]
    before = await tail(closed)
    for ear in ears:
        await ear.asks("sync", {"after": before, "live": True})
    await give(closed, id, jose)
    await made(closed, f"/api/conversations/{id}/notes", content=SECRET)
    last = await tail(closed)
    for ear in ears:
        await ear.hears("ev", last - before)
    lost, won, all = (ear.all("ev") for ear in ears)
    assert [event["seq"] for event in lost] == [event["seq"] for event in all]
    assert told(lost) == [removal(id)]
    assert SECRET in str(won)
    assert "conversation:removed" not in str(won + all)


async def test_it_is_dropped_on_the_return_and_nothing_of_the_gap_is_told(
    connect: Connect, closed: Session, maria: Session
) -> None:
    before, jose = await tail(closed), await closed.colleague(name="José")
    seen = await hers(closed, maria)
    # Given and taken again while she was away: she was notified of it, by the customer's name and number.
    missed = str((await customer_writes(closed, SECRET, phone="5511888888888"))["conversation_id"])
    await give(closed, missed, maria)
    for id in (seen, missed):
        await give(closed, id, jose)
        await made(closed, f"/api/conversations/{id}/notes", content=SECRET)
    await numbered(closed)
    ear = await connect(maria)
    synced = await ear.asks("sync", {"after": before, "limit": 500, "live": True})
    rows = {event["conversationId"] for event in synced["events"] if event.get("conversationId")}
    assert rows == {seen, missed}
    about = [event for event in told(synced["events"]) if event.get("conversationId")]
    assert [event for event in about if event not in (removal(seen), removal(missed))] == []
    for secret in (SECRET, "5511888888888", "João Silva", "José"):
        assert secret not in str(about)
    by_rest = await body_of(await maria.get("/api/events", params={"after": before, "limit": 500}))
    assert by_rest["events"] == synced["events"]


async def test_what_a_colleague_claims_leaves_the_queue_of_the_others(
    connect: Connect, closed: Session, maria: Session
) -> None:
    jose = await closed.colleague(name="José")
    id = str((await customer_writes(closed))["conversation_id"])
    ear = await connect(jose)
    await ear.asks("sync", {"after": await tail(closed), "live": True})
    await body_of(await maria.post(f"/api/conversations/{id}/claim"))
    assert told([await ear.hears("ev")]) == [removal(id)]
    # It comes back as any other change.
    await body_of(await closed.post(f"/api/conversations/{id}/transfer", {"userId": jose.user["id"]}))
    back = await ear.hears("ev", 2)
    assert back["frames"][0][1]["updates"]["assignedToId"] == jose.user["id"]


async def test_another_team_means_another_sight(closed: Session, maria: Session) -> None:
    team = (await made(closed, "/api/teams", name="Recepção"))["id"]
    await body_of(await closed.patch(f"/api/users/{maria.user['id']}", {"teamIds": [team]}))
    id = str((await customer_writes(closed))["conversation_id"])
    await body_of(await closed.post(f"/api/conversations/{id}/transfer", {"teamId": team}))
    await made(closed, f"/api/conversations/{id}/notes", content=SECRET)
    assert SECRET in str(await events_of(maria))
    await body_of(await closed.patch(f"/api/users/{maria.user['id']}", {"teamIds": []}))
    assert SECRET not in str(await events_of(maria))


async def events_of(session: Session) -> Json:
    await numbered(session)
    return await body_of(await session.get("/api/events", params={"limit": 500}))


async def test_a_supervisor_who_comes_back_as_an_agent_is_told_nothing_of_the_others(
    connect: Connect, closed: Session, maria: Session
) -> None:
    carla = await closed.colleague(role="SUPERVISOR", name="Carla")
    id = await hers(closed, maria)
    before = await tail(closed)
    ear: Ear = await connect(carla)
    await ear.asks("sync", {"after": before, "live": True})
    await ear.client.disconnect()
    await body_of(await closed.patch(f"/api/users/{carla.user['id']}", {"role": "AGENT"}))
    await made(closed, f"/api/conversations/{id}/notes", content=SECRET)
    assert (await refusal(connect(carla)))["code"] == "UNAUTHENTICATED"
    assert (await carla.get("/api/events")).status == 401
    again = await sign_in(closed.client, closed.runtime, carla.user["email"], closed.slug)
    ear = await connect(again)
    synced = await ear.asks("sync", {"after": before, "live": True})
    assert [event["seq"] for event in synced["events"] if event.get("conversationId")] == []
    assert SECRET not in str(synced)
    assert SECRET not in str(await events_of(again))


async def test_who_is_disabled_while_away_does_not_come_back(
    connect: Connect, closed: Session, maria: Session
) -> None:
    ear = await connect(maria)
    await ear.client.disconnect()
    await closed.delete(f"/api/users/{maria.user['id']}")
    assert (await refusal(connect(maria)))["code"] == "UNAUTHENTICATED"
    assert (await maria.get("/api/events")).status == 401
    body = {"email": maria.user["email"], "password": PASSWORD, "tenantSlug": closed.slug}
    assert (await closed.client.post("/auth/login", json=body)).status == 401
