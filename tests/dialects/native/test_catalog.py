"""Tags, teams and canned responses: what they have in common, then what each has of its own."""

import asyncio
from typing import Any, NamedTuple

import pytest

from tests.conftest import Client, Session


class Noun(NamedTuple):
    path: str
    collection: str
    example: dict[str, Any]
    key: str  # the field whose value is taken once
    same: str  # the same value to the unique index, in another spelling
    change: dict[str, Any]
    bad: list[tuple[dict[str, Any], str]]


NOUNS = [
    Noun(
        "/api/tags",
        "tags",
        {"name": "Reserva", "color": "#4CAF50"},
        "name",
        "RESÉRVA",
        {"color": "#FF0000"},
        [
            ({"name": ""}, "name"),
            ({"name": "x" * 61}, "name"),
            ({"color": "green"}, "color"),
            ({"name": None}, "name"),
        ],
    ),
    Noun(
        "/api/teams",
        "teams",
        {"name": "Recepção", "description": "Balcão e reservas", "memberIds": []},
        "name",
        "recepcao",
        {"description": None},
        [
            ({"name": " "}, "name"),
            ({"memberIds": ["nobody"]}, "memberIds"),
            ({"memberIds": "x"}, "memberIds"),
        ],
    ),
    Noun(
        "/api/canned-responses",
        "canned_responses",
        {"shortcut": "oi", "title": "Saudação", "content": "Olá! Como posso ajudar?"},
        "shortcut",
        "/OI",
        {"content": "Oi!"},
        [
            ({"shortcut": "bom dia"}, "shortcut"),
            ({"shortcut": ""}, "shortcut"),
            ({"content": " \n"}, "content"),
            ({"content": "x" * 4097}, "content"),
        ],
    ),
]


@pytest.fixture(params=NOUNS, ids=lambda noun: noun.collection)
def noun(request: pytest.FixtureRequest) -> Noun:
    found: Noun = request.param
    return found


async def create(session: Session, noun: Noun, **changes: Any) -> dict[str, Any]:
    answer = await session.post(noun.path, {**noun.example, **changes})
    body: dict[str, Any] = await answer.json()
    assert answer.status == 201, body
    return body


@pytest.mark.parametrize("method, id", [("GET", ""), ("POST", ""), ("PATCH", "/x"), ("DELETE", "/x")])
async def test_strangers_are_refused(client: Client, noun: Noun, method: str, id: str) -> None:
    answer = await client.request(method, noun.path + id)
    assert answer.status == 401
    assert (await answer.json())["error"] == "UNAUTHENTICATED"


async def test_agents_read_and_supervisors_edit(hotel: Session, noun: Noun) -> None:
    agent, supervisor = await hotel.colleague(), await hotel.colleague("SUPERVISOR")
    made = await create(supervisor, noun)
    assert (await (await agent.get(noun.path)).json())["data"] == [made]
    one = f"{noun.path}/{made['id']}"
    for refused in (
        await agent.post(noun.path, noun.example),
        await agent.patch(one, noun.change),
        await agent.delete(one),
    ):
        assert refused.status == 403
    assert (await supervisor.patch(one, noun.change)).status == 200
    assert (await supervisor.delete(one)).status == 204


async def test_another_tenants_does_not_exist(hotel: Session, rival: Session, noun: Noun) -> None:
    theirs = await create(rival, noun)
    for id in (theirs["id"], "nothing"):
        assert (await hotel.patch(f"{noun.path}/{id}", noun.change)).status == 404
        assert (await hotel.delete(f"{noun.path}/{id}")).status == 404
    assert (await (await hotel.get(noun.path)).json())["data"] == []
    await create(hotel, noun)
    assert (await (await rival.get(noun.path)).json())["data"] == [theirs]


async def test_creating_changing_and_removing(hotel: Session, noun: Noun) -> None:
    made = await create(hotel, noun)
    assert {name: made[name] for name in noun.example} == noun.example
    collection = getattr(hotel.db, noun.collection)
    stored = await collection.by_id(made["id"])
    assert stored["number"] == 1
    changed = await (await hotel.patch(f"{noun.path}/{made['id']}", noun.change)).json()
    assert changed == {**made, **noun.change, "updatedAt": changed["updatedAt"]}
    assert (await (await hotel.get(noun.path)).json())["data"] == [changed]
    removed = await hotel.delete(f"{noun.path}/{made['id']}")
    assert (removed.status, await removed.read()) == (204, b"")
    assert await collection.count({}) == 0
    said = await hotel.db.events.all({"kind": "catalog.changed"}, sort=[("_id", 1)])
    assert [event["payload"] for event in said] == [{"noun": noun.collection, "id": made["id"]}] * 3


async def test_bad_bodies_name_their_field(hotel: Session, noun: Noun) -> None:
    made = await create(hotel, noun)
    for wrong, field in [*noun.bad, ({"tenantId": "x"}, "tenantId")]:
        for answer in (
            await hotel.post(noun.path, {**noun.example, noun.key: "novo", **wrong}),
            await hotel.patch(f"{noun.path}/{made['id']}", wrong),
        ):
            body = await answer.json()
            assert (answer.status, body["error"]) == (400, "VALIDATION_ERROR"), (wrong, body)
            assert body["details"][0]["field"].split(".")[0] == field
    assert (await (await hotel.get(noun.path)).json())["data"] == [made]


async def test_its_key_is_taken_once(hotel: Session, noun: Noun) -> None:
    await create(hotel, noun)
    again = await hotel.post(noun.path, {**noun.example, noun.key: noun.same})
    assert again.status == 409
    assert (await again.json())["error"] == "CONFLICT"
    other = await create(hotel, noun, **{noun.key: "outro"})
    renamed = await hotel.patch(f"{noun.path}/{other['id']}", {noun.key: noun.same})
    assert renamed.status == 409


async def test_of_two_at_once_one_wins(hotel: Session, noun: Noun) -> None:
    answers = await asyncio.gather(*(hotel.post(noun.path, noun.example) for _ in range(4)))
    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    said = await hotel.db.events.count({"kind": "catalog.changed"})
    assert said == 1


async def conversation(session: Session, **fields: Any) -> None:
    await session.db.conversations.insert(
        {"_id": "1", "number": 1, "channel_id": "c", "contact_id": "1", "open": True, **fields}
    )


async def test_a_tags_new_name_shows_on_its_conversations(hotel: Session) -> None:
    tag, other = await create(hotel, NOUNS[0]), await create(hotel, NOUNS[0], name="Urgente")
    tags = [{"id": t["id"], "name": t["name"], "color": t["color"]} for t in (other, tag)]
    await conversation(hotel, tag_ids=[other["id"], tag["id"]], tags=tags)
    await hotel.patch(f"/api/tags/{tag['id']}", {"name": "Reservas"})
    stored = await hotel.db.conversations.by_id("1")
    assert stored
    assert [t["name"] for t in stored["tags"]] == ["Urgente", "Reservas"]
    await hotel.delete(f"/api/tags/{other['id']}")
    stored = await hotel.db.conversations.by_id("1")
    assert stored
    assert (stored["tag_ids"], [t["name"] for t in stored["tags"]]) == ([tag["id"]], ["Reservas"])


async def test_a_teams_members_are_its_users(hotel: Session) -> None:
    ana, bia = await hotel.colleague(name="Ana"), await hotel.colleague(name="Bia")
    team = await create(hotel, NOUNS[1], memberIds=[ana.user["id"]])
    assert team["memberIds"] == [ana.user["id"]]
    path = f"/api/teams/{team['id']}"
    changed = await (await hotel.patch(path, {"memberIds": [bia.user["id"]]})).json()
    assert changed["memberIds"] == [bia.user["id"]]
    assert await (await hotel.get(path)).json() == changed
    listed = (await (await hotel.get("/api/users")).json())["data"]
    assert {u["name"]: u["teamIds"] for u in listed} == {"Admin": [], "Ana": [], "Bia": [team["id"]]}
    await hotel.patch(f"/api/users/{ana.user['id']}", {"teamIds": [team["id"]]})
    assert (await (await hotel.get(path)).json())["memberIds"] == [ana.user["id"], bia.user["id"]]
    assert (await hotel.delete(path)).status == 204
    assert await hotel.db.users.count({"team_ids": team["id"]}) == 0


async def test_a_foreign_user_joins_no_team(hotel: Session, rival: Session) -> None:
    answer = await hotel.post("/api/teams", {"name": "Recepção", "memberIds": [rival.user["id"]]})
    assert answer.status == 400
    assert await hotel.db.teams.count({}) == 0
    assert (await rival.db.users.by_id(rival.user["id"]) or {})["team_ids"] == []


async def test_a_team_with_open_conversations_stays(hotel: Session) -> None:
    team = await create(hotel, NOUNS[1])
    await conversation(hotel, team_id=team["id"])
    refused = await hotel.delete(f"/api/teams/{team['id']}")
    assert refused.status == 409
    await hotel.db.conversations.update({"_id": "1"}, {"$set": {"open": False}})
    assert (await hotel.delete(f"/api/teams/{team['id']}")).status == 204


async def test_a_shortcut_is_kept_without_its_slash(hotel: Session) -> None:
    made = await create(hotel, NOUNS[2], shortcut="/Check-In")
    assert made["shortcut"] == "check-in"
    assert await (await hotel.get(f"/api/canned-responses/{made['id']}")).json() == made
