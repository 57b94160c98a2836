"""Conversas (seed 004), by the front door: listed, read, changed, assigned, claimed, passed on, closed, counted."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.desk.assistant.handover import escalate
from server.desk.messages.actions import send
from server.desk.messages.content import Text
from server.desk.messages.models import Automatic
from tests.conftest import Client, Session
from tests.factories import a_conversation, a_message, arrive, body_of, made, stored, tenant_of

Json = dict[str, Any]
ROW = {
    "id", "number", "tenantId", "contactId", "contact", "channelId", "status", "priority", "assignedToId", "assignedTo",
    "teamId", "tags", "lastMessageAt", "closedAt", "lastMessage", "unreadCount", "windowExpiresAt", "createdAt", "updatedAt",
    "withAssistant", "escalatedAt", "escalationReason", "snoozedUntil",
}  # fmt: skip
# What the document shows; ours may show more.
SEED_ROW = {
    "id", "tenantId", "contactId", "contact", "status", "priority", "assignedToId", "assignedTo", "tags", "lastMessageAt",
    "closedAt", "lastMessage", "unreadCount",
}  # fmt: skip
SEED_ONE = (SEED_ROW - {"lastMessage", "unreadCount"}) | {"createdAt"}
SEED_CONTACT = {"id", "phoneNumber", "name", "profilePictureUrl"}
SEED_LAST_MESSAGE = {"id", "content", "direction", "type", "timestamp"}

ROUTES = [
    ("GET", "/api/conversations"),
    ("POST", "/api/conversations"),
    ("GET", "/api/conversations/stats"),
    ("GET", "/api/conversations/counts"),
    ("GET", "/api/conversations/x"),
    ("PATCH", "/api/conversations/x"),
    ("POST", "/api/conversations/x/assign"),
    ("POST", "/api/conversations/x/claim"),
    ("POST", "/api/conversations/x/transfer"),
    ("POST", "/api/conversations/x/close"),
    ("POST", "/api/conversations/x/reopen"),
    ("POST", "/api/conversations/x/notes"),
    ("POST", "/api/conversations/x/read"),
    ("GET", "/api/conversations/x/stats"),
]

NAMING_ONE = [route for route in ROUTES if "/x" in route[1]]
BODIES = {"assign": {"userId": "x"}, "transfer": {"userId": "x"}, "notes": {"content": "x"}}


def fitting(path: str) -> Json:
    """A body that this route accepts."""
    return BODIES.get(path.rsplit("/", 1)[1], {})


async def listed(session: Session, **query: Any) -> list[str]:
    """The ids of one page."""
    page = await body_of(await session.get("/api/conversations", params=query))
    return [row["id"] for row in page["data"]]


async def many(session: Session, channel: Json, count: int) -> list[str]:
    """Conversations of so many customers; ids newest first."""
    now = datetime.now(UTC)
    messages = [
        a_message(
            f"Mensagem {place}",
            phone=f"5511988{place:06}",
            name=f"Cliente {place}",
            at=now + timedelta(seconds=place - count),
        )
        for place in range(count)
    ]
    return [message["conversation_id"] for message in await arrive(session, channel, *messages)][::-1]


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_strangers_are_refused(client: Client, method: str, path: str) -> None:
    answer = await client.request(method, path)
    assert answer.status == 401
    assert (await answer.json())["error"] == "UNAUTHENTICATED"


@pytest.mark.parametrize(("method", "path"), NAMING_ONE)
async def test_what_is_not_there(hotel: Session, method: str, path: str) -> None:
    answer = await body_of(await hotel.request(method, path, json=fitting(path)), 404)
    assert answer["error"] == "NOT_FOUND"


# Listing


async def test_an_empty_list(hotel: Session) -> None:
    assert await body_of(await hotel.get("/api/conversations")) == {
        "data": [],
        "pagination": {"page": 1, "limit": 20, "total": 0, "pages": 0, "totalPages": 0},
        "nextCursor": None,
    }


async def test_a_row_is_the_documents(hotel: Session, conversation: Json) -> None:
    answer = await hotel.get("/api/conversations")
    page = await body_of(answer)
    assert {"data", "pagination"} <= set(page)
    assert {"page", "limit", "total", "pages"} <= set(page["pagination"])
    [row] = page["data"]
    assert set(row) == ROW >= SEED_ROW
    assert set(row["contact"]) >= SEED_CONTACT
    assert set(row["lastMessage"]) >= SEED_LAST_MESSAGE
    assert row["contact"]["phoneNumber"] == "5511999999999"
    assert row["tenantId"] == hotel.tenant["id"]
    assert (row["status"], row["priority"], row["unreadCount"], row["tags"]) == ("OPEN", "MEDIUM", 1, [])
    assert (row["assignedToId"], row["assignedTo"], row["closedAt"]) == (None, None, None)
    assert row["lastMessage"]["content"] == "Olá, gostaria de fazer uma reserva"
    assert (row["lastMessage"]["direction"], row["lastMessage"]["type"]) == ("INBOUND", "TEXT")
    assert row["lastMessageAt"] == row["lastMessage"]["timestamp"]
    assert row["lastMessageAt"].endswith("Z")
    assert int(answer.headers["X-Feed-Seq"]) <= await hotel.db.events.count({})


async def test_pages_and_cursors_agree(hotel: Session, channel: Json) -> None:
    everyone = await many(hotel, channel, 7)
    by_page = [await listed(hotel, page=page, limit=3) for page in (1, 2, 3, 4)]
    assert by_page == [everyone[:3], everyone[3:6], everyone[6:], []]
    by_cursor, cursor = [], ""
    for _ in range(3):
        page = await body_of(await hotel.get("/api/conversations", params={"limit": 3, "cursor": cursor}))
        by_cursor.append([row["id"] for row in page["data"]])
        assert page["pagination"]["total"] == 7
        assert page["pagination"]["pages"] == 3
        cursor = page["nextCursor"]
    assert by_cursor == by_page[:3]
    assert cursor is None


async def test_a_cursor_holds_still_while_news_come_in(hotel: Session, channel: Json) -> None:
    everyone = await many(hotel, channel, 6)
    first = await body_of(await hotel.get("/api/conversations", params={"limit": 3}))
    await arrive(
        hotel, channel, a_message("Estou aqui", phone="5511988000000"), a_message(phone="5521988887777")
    )
    assert await listed(hotel, limit=3, cursor=first["nextCursor"]) == everyone[3:5]


@pytest.mark.parametrize("at", ["same", "next"])
async def test_a_cursor_splits_equal_times(hotel: Session, channel: Json, at: str) -> None:
    moment = datetime.now(UTC).replace(microsecond=0)
    times = [moment + timedelta(milliseconds=place if at == "next" else 0) for place in range(5)]
    await arrive(hotel, channel, *(a_message(phone=f"55119880000{p:02}", at=t) for p, t in enumerate(times)))
    whole = await listed(hotel)
    pieces, cursor = [], ""
    for _ in range(5):
        page = await body_of(await hotel.get("/api/conversations", params={"limit": 1, "cursor": cursor}))
        pieces += [row["id"] for row in page["data"]]
        cursor = page["nextCursor"]
    assert pieces == whole
    assert cursor is None


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"status": "OPEN,SOLD"}, "status"),
        ({"priority": "HUGE"}, "priority"),
        ({"page": "0"}, "page"),
        ({"limit": "101"}, "limit"),
        ({"limit": "x"}, "limit"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"search": "x" * 201}, "search"),
    ],
)
async def test_bad_queries_name_their_parameter(hotel: Session, query: Json, field: str) -> None:
    body = await body_of(await hotel.get("/api/conversations", params=query), 400)
    assert body["error"] == "VALIDATION_ERROR"
    assert body["details"][0]["field"] == field


async def test_filters(hotel: Session, channel: Json) -> None:
    maria = await hotel.colleague()
    e, d, c, b, a = await many(hotel, channel, 5)
    team = await made(hotel, "/api/teams", name="Recepção")
    tag = await made(hotel, "/api/tags", name="VIP")
    await hotel.post(f"/api/conversations/{a}/assign", {"userId": hotel.user["id"]})
    await hotel.patch(f"/api/conversations/{b}", {"assignedToId": maria.user["id"], "priority": "HIGH"})
    await hotel.patch(f"/api/conversations/{c}", {"status": "WAITING", "tagIds": [tag["id"]]})
    await hotel.post(f"/api/conversations/{d}/close")
    await hotel.post(f"/api/conversations/{e}/transfer", {"teamId": team["id"]})
    expected = {
        "status=OPEN": [e],
        "status=IN_PROGRESS": [b, a],
        "status=OPEN,WAITING": [e, c],
        "status=OPEN, WAITING,": [e, c],
        "status=CLOSED": [d],
        "status=": [e, d, c, b, a],
        "priority=HIGH": [b],
        "priority=LOW": [],
        "assignedToId=me": [a],
        "assignedToId=none": [e, d, c],
        "assignedToId=none&status=OPEN,WAITING": [e, c],
        f"assignedToId={maria.user['id']}": [b],
        f"teamId={team['id']}": [e],
        f"tagId={tag['id']}": [c],
        f"tagId={tag['id']}&status=CLOSED": [],
        f"channelId={channel['id']}": [e, d, c, b, a],
        "channelId=nothing": [],
        "search=cliente 2": [c],
        "search=11988000004": [e],
        "unread=true": [e, c, b, a],  # closing has read it
        "unread=true&status=IN_PROGRESS": [b, a],
        "unread=false": [e, d, c, b, a],
    }
    for query, ids in expected.items():
        page = await body_of(await hotel.get(f"/api/conversations?{query}"))
        assert ([row["id"] for row in page["data"]], page["pagination"]["total"]) == (ids, len(ids)), query
    assert await listed(maria, assignedToId="me") == [b]


async def counted(session: Session, **query: str) -> dict[str, tuple[int, int]]:
    shares = await body_of(await session.get("/api/conversations/counts", params=query))
    return {tab: (share["conversations"], share["unreadMessages"]) for tab, share in shares.items()}


async def test_counts_are_those_of_the_lists(hotel: Session, channel: Json) -> None:
    maria = await hotel.colleague()
    d, c, b, a = await many(hotel, channel, 4)
    tag = await made(hotel, "/api/tags", name="VIP")
    await hotel.post(f"/api/conversations/{a}/assign", {"userId": hotel.user["id"]})
    await hotel.post(f"/api/conversations/{a}/read")
    await hotel.patch(f"/api/conversations/{b}", {"assignedToId": maria.user["id"]})
    await hotel.patch(f"/api/conversations/{b}", {"status": "WAITING", "tagIds": [tag["id"]]})
    await hotel.post(f"/api/conversations/{c}/close")
    nothing = dict.fromkeys(("mine", "unassigned", "all", "waiting", "closed"), (0, 0))
    everything = {"mine": (1, 0), "unassigned": (1, 1), "all": (3, 2), "waiting": (1, 1), "closed": (1, 0)}
    assert await counted(hotel) == everything
    assert await counted(maria) == everything | {"mine": (1, 1)}
    assert await counted(hotel, unread="true") == nothing | {
        "unassigned": (1, 1), "all": (2, 2), "waiting": (1, 1),
    }  # fmt: skip
    assert await counted(hotel, tagId=tag["id"]) == nothing | {"all": (1, 1), "waiting": (1, 1)}
    assert await counted(hotel, search="5511988000000") == nothing | {"mine": (1, 0), "all": (1, 0)}
    assert await counted(hotel, channelId="nothing", priority="LOW") == nothing
    assert d in await listed(hotel, assignedToId="none", unread="true")


async def test_an_agents_counts_are_of_what_he_sees(hotel: Session, channel: Json) -> None:
    maria, jose = await hotel.colleague(), await hotel.colleague(name="José")
    a, b = await many(hotel, channel, 2)
    await hotel.post(f"/api/conversations/{a}/assign", {"userId": jose.user["id"]})
    await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}})
    for filters in ({}, {"unread": "true"}):
        assert (await counted(maria, **filters))["all"] == (1, 1)
        assert (await counted(hotel, **filters))["all"] == (2, 2)
    assert await listed(maria) == [b]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("joao", True),
        ("JOÃO da", True),
        ("conc", True),
        ("silva", False),
        ("5511999999999", True),
        ("99999-9999", True),
        ("9999-9999", True),
        (".*", False),
        ("^j", True),  # punctuation is not a word
        ("%", False),
    ],
)
async def test_search_folds_accents_and_case(hotel: Session, channel: Json, search: str, found: bool) -> None:
    conversation = await a_conversation(hotel, channel, name="João da Conceição")
    await a_conversation(hotel, channel, phone="5521977776666", name="Zé")
    assert await listed(hotel, search=search) == ([conversation["id"]] if found else [])


async def test_an_agent_may_be_limited_to_his_own(hotel: Session, channel: Json) -> None:
    maria, jose = await hotel.colleague(), await hotel.colleague(name="José")
    team = await made(hotel, "/api/teams", name="Recepção", memberIds=[jose.user["id"]])
    d, c, b, a = await many(hotel, channel, 4)
    await hotel.post(f"/api/conversations/{a}/assign", {"userId": maria.user["id"]})
    await hotel.post(f"/api/conversations/{b}/assign", {"userId": jose.user["id"]})
    await hotel.post(f"/api/conversations/{c}/transfer", {"teamId": team["id"]})
    assert await listed(maria) == [d, c, b, a]
    await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}})
    assert await listed(maria) == [d, a]
    assert await listed(jose) == [d, c, b]
    assert await listed(hotel) == [d, c, b, a]
    for who, count in ((maria, 2), (jose, 3), (hotel, 4)):
        assert (await body_of(await who.get("/api/conversations/stats")))["total"] == count
    for method, path in NAMING_ONE:
        answer = await maria.request(method, path.replace("/x", f"/{b}"), json=fitting(path))
        assert answer.status == 404, path


# One


async def test_one_tells_who_passed_it_on_and_in_which_words(hotel: Session, conversation: Json) -> None:
    maria = await hotel.colleague()
    path = f"/api/conversations/{conversation['id']}"
    await hotel.post(f"{path}/transfer", {"userId": maria.user["id"], "reason": "Ela conhece o caso"})
    now = await body_of(await hotel.get(path))
    [step], [passed_on] = now["assignments"], now["transfers"]
    assert (step["by"], step["userId"], step["reason"]) == (hotel.user["id"], maria.user["id"], "TRANSFERRED")
    assert passed_on == {
        "at": passed_on["at"],
        "by": hotel.user["id"],
        "toUserId": maria.user["id"],
        "toTeamId": None,
        "reason": "Ela conhece o caso",
    }


async def test_one_tells_of_the_assistant(hotel: Session, conversation: Json) -> None:
    path = f"/api/conversations/{conversation['id']}"
    async with hotel.runtime.enter(await tenant_of(hotel)) as ctx:
        answer = Text(text="Olá! Sou o assistente.")
        await send(ctx, conversation["id"], answer, automatic=Automatic.ASSISTANT)
        await escalate(ctx, conversation["id"], "Pediu uma pessoa")
    now = await body_of(await hotel.get(path))
    assert (now["withAssistant"], now["escalationReason"]) == (False, "Pediu uma pessoa")
    assert now["escalatedAt"].endswith("Z")
    asked, answered, summary = (await body_of(await hotel.get(f"{path}/messages")))["data"]
    assert [each["automatic"] for each in (asked, answered, summary)] == [None, "ASSISTANT", None]
    assert (summary["type"], summary["sentById"]) == ("NOTE", None)


async def test_one_is_the_documents(hotel: Session, conversation: Json) -> None:
    assert set(conversation) >= SEED_ONE
    assert set(conversation["contact"]) >= SEED_CONTACT | {"email", "createdAt"}
    contact = await stored(hotel, "contacts", conversation["contactId"])
    assert conversation["contact"]["id"] == contact["_id"]
    expires = datetime.fromisoformat(conversation["windowExpiresAt"])
    assert expires - datetime.fromisoformat(conversation["lastMessageAt"]) == timedelta(hours=24)
