"""Mensagens (seed 004), by the front door: read in pages, sent in every kind once, marked, searched, tried again."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.desk.messages import statuses
from server.desk.messages.inbound import StatusReported
from tests.conftest import Client, Session
from tests.factories import (
    BUTTONS,
    LIST,
    SEED_MESSAGE,
    TEMPLATE,
    a_conversation,
    a_message,
    arrive,
    body_of,
    sent,
    stored,
    tenant_of,
)

Json = dict[str, Any]
SEED_HIT = {"id", "conversationId", "direction", "type", "content", "timestamp", "conversation"}
ROUTES = [
    ("GET", "/api/conversations/x/messages"),
    ("POST", "/api/conversations/x/messages"),
    ("POST", "/api/messages"),
    ("POST", "/api/messages/template"),
    ("POST", "/api/messages/buttons"),
    ("POST", "/api/messages/list"),
    ("GET", "/api/messages/search?query=x"),
    ("GET", "/api/messages/x"),
    ("POST", "/api/messages/x/read"),
    ("POST", "/api/messages/x/retry"),
    ("GET", "/api/messages/x/timeline"),
]


async def report(session: Session, **fields: Any) -> None:
    """The provider says what became of a message."""
    async with session.runtime.enter(await tenant_of(session)) as ctx:
        await statuses.record(ctx, [StatusReported(at=datetime.now(UTC), **fields)])


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_strangers_are_refused(client: Client, method: str, path: str) -> None:
    answer = await client.request(method, path)
    assert answer.status == 401
    assert (await answer.json())["error"] == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/conversations/x/messages", {"content": "Olá"}),
        ("/api/messages", {"conversationId": "x", "content": "Olá"}),
        ("/api/messages/template", {"conversationId": "x", **TEMPLATE}),
        ("/api/messages/buttons", {"conversationId": "x", **BUTTONS}),
        ("/api/messages/list", {"conversationId": "x", **LIST}),
        ("/api/messages/x/read", {}),
        ("/api/messages/x/retry", {}),
    ],
)
async def test_what_is_not_there(hotel: Session, path: str, body: Json) -> None:
    assert (await body_of(await hotel.post(path, body), 404))["error"] == "NOT_FOUND"
    assert await hotel.db.messages.count({}) == 0


# Reading


async def test_a_thread_is_the_documents(hotel: Session, conversation: Json) -> None:
    await sent(hotel, conversation, "Olá João! Como posso ajudá-lo?")
    thread = await body_of(await hotel.get(f"/api/conversations/{conversation['id']}/messages"))
    assert set(thread) == {"data", "hasMore", "nextCursor"}
    assert (thread["hasMore"], thread["nextCursor"]) == (False, None)
    theirs, ours = thread["data"]
    assert set(theirs) == set(ours) >= SEED_MESSAGE
    assert (theirs["direction"], theirs["type"], theirs["status"]) == ("INBOUND", "TEXT", "DELIVERED")
    assert (theirs["content"], theirs["metadata"], theirs["sentById"]) == (
        "Olá, gostaria de fazer uma reserva", None, None,
    )  # fmt: skip
    assert theirs["whatsappMessageId"].startswith("wamid.")
    assert (ours["direction"], ours["status"], ours["sentById"]) == ("OUTBOUND", "SENT", hotel.user["id"])
    assert ours["whatsappMessageId"] is None
    assert [message["seq"] for message in thread["data"]] == [1, 2]
    assert await body_of(await hotel.get(f"/api/messages/{ours['id']}")) == ours
    for message in thread["data"]:
        for moment in (message["timestamp"], message["createdAt"]):
            assert moment == datetime.fromisoformat(moment).isoformat(timespec="milliseconds").replace(
                "+00:00", "Z"
            )


async def test_a_thread_in_pages_both_ways(hotel: Session, channel: Json, conversation: Json) -> None:
    await arrive(hotel, channel, *(a_message(str(place)) for place in range(2, 8)))
    path = f"/api/conversations/{conversation['id']}/messages"

    async def part(**query: Any) -> tuple[list[int], bool, str | None]:
        page = await body_of(await hotel.get(path, params=query))
        return [m["seq"] for m in page["data"]], page["hasMore"], page["nextCursor"]

    ids = {m["seq"]: m["id"] for m in (await body_of(await hotel.get(path)))["data"]}
    assert await part(limit=3) == ([5, 6, 7], True, ids[5])
    assert await part(limit=3, before=ids[5]) == ([2, 3, 4], True, ids[2])
    assert await part(limit=3, before=ids[2]) == ([1], False, None)
    assert await part(limit=3, before=ids[1]) == ([], False, None)
    assert await part(limit=3, after=ids[1]) == ([2, 3, 4], True, ids[4])
    assert await part(limit=3, after=ids[4]) == ([5, 6, 7], False, None)
    assert await part(after=ids[7]) == ([], False, None)
    assert await part(before="", after="") == ([1, 2, 3, 4, 5, 6, 7], False, None)


async def test_bad_pages(hotel: Session, channel: Json, conversation: Json) -> None:
    path = f"/api/conversations/{conversation['id']}/messages"
    other = await a_conversation(hotel, channel, phone="5511988887777")
    elsewhere = (await body_of(await hotel.get(f"/api/conversations/{other['id']}/messages")))["data"][0][
        "id"
    ]
    here = (await body_of(await hotel.get(path)))["data"][0]["id"]
    for query, field in [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"before": "x"}, "before"),
        ({"after": elsewhere}, "after"),
        ({"before": here, "after": here}, "before"),
    ]:
        body = await body_of(await hotel.get(path, params=query), 400)
        assert body["details"][0]["field"] == field
    assert (await hotel.get("/api/conversations/x/messages")).status == 404


async def test_who_may_not_see_the_conversation_sees_no_message(hotel: Session, conversation: Json) -> None:
    maria = await hotel.colleague()
    message = await sent(hotel, conversation, "Segredo")
    await hotel.post(f"/api/conversations/{conversation['id']}/claim")
    await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}})
    for path in (f"/api/messages/{message['id']}", f"/api/messages/{message['id']}/timeline"):
        assert (await maria.get(path)).status == 404
    for path in (f"/api/messages/{message['id']}/retry", f"/api/messages/{message['id']}/read"):
        assert (await maria.post(path)).status == 404
    assert (await body_of(await maria.get("/api/messages/search?query=segredo")))["data"] == []
    assert (
        await maria.post("/api/messages", {"conversationId": conversation["id"], "content": "x"})
    ).status == 404


# Marking


async def test_marking_read(hotel: Session, channel: Json, conversation: Json) -> None:
    await arrive(hotel, channel, a_message("2"), a_message("3"))
    path = f"/api/conversations/{conversation['id']}"
    ids = [m["id"] for m in (await body_of(await hotel.get(f"{path}/messages")))["data"]]
    for through, unread in ((1, 1), (0, 1), (2, 0), (2, 0)):
        answer = await hotel.post(f"/api/messages/{ids[through]}/read")
        assert (answer.status, await answer.read()) == (204, b"")
        assert (await body_of(await hotel.get(path)))["unreadCount"] == unread
        assert (await body_of(await hotel.get("/api/conversations/stats")))["unreadMessages"] == unread
    receipt = (await stored(hotel, "conversations", conversation["id"]))["receipt"]
    assert receipt["wamid"] == (await stored(hotel, "messages", ids[2]))["wamid"]
    mine = await sent(hotel, conversation)
    assert (await hotel.post(f"/api/messages/{mine['id']}/read")).status == 204


# Searching


async def found(session: Session, query: str, **more: Any) -> list[str]:
    body = await body_of(await session.get("/api/messages/search", params={"query": query, **more}))
    assert body["count"] == len(body["data"])
    return [hit["content"] for hit in body["data"]]


async def test_searching(hotel: Session, channel: Json, conversation: Json) -> None:
    await sent(hotel, conversation, "Sua RESERVAÇÃO está confirmada")
    other = await a_conversation(hotel, channel, "Reservação cancelada?", phone="5511988887777", name="Ana")
    first, second = "Sua RESERVAÇÃO está confirmada", "Reservação cancelada?"
    expected = {
        "reservacao": [second, first],
        "Reservação confirmada": [first],
        "confirmada reservacao": [first],
        "reserv": [second, first, "Olá, gostaria de fazer uma reserva"],
        "ola gost": ["Olá, gostaria de fazer uma reserva"],
        "gost ola": [],  # only the last word may be begun
        ".*": [],
        "nada": [],
        '{"$gt": ""}': [],
    }
    for query, contents in expected.items():
        assert await found(hotel, query) == contents, query
    assert await found(hotel, "reservacao", conversationId=other["id"]) == [second]
    assert await found(hotel, "reservacao", conversationId="x") == []
    assert await found(hotel, "reservacao", limit=1) == [second]
    [hit] = (await body_of(await hotel.get("/api/messages/search?query=cancelada")))["data"]
    assert set(hit) == SEED_HIT
    assert hit["conversation"] == {
        "id": other["id"],
        "contact": {"id": other["contactId"], "name": "Ana", "phoneNumber": "5511988887777"},
    }
    for wrong in ("", "?query=", "?query=x&limit=0", f"?query={'x' * 201}"):
        assert (await hotel.get(f"/api/messages/search{wrong}")).status == 400


# What becomes of it


async def test_statuses_show(hotel: Session, conversation: Json) -> None:
    message = await sent(hotel, conversation)
    await hotel.db.messages.update({"_id": message["id"]}, {"$set": {"delivery": "SENDING", "attempt": 1}})
    opaque = statuses.opaque(message["id"], 1)
    shown = []
    for status in ("sent", "read", "delivered"):
        await report(hotel, wamid="wamid.out", status=status, opaque=opaque)
        now = await body_of(await hotel.get(f"/api/messages/{message['id']}"))
        shown.append((now["status"], now["deliveryState"], now["whatsappMessageId"]))
    assert shown == [
        ("SENT", "ACCEPTED", "wamid.out"),
        ("READ", "ACCEPTED", "wamid.out"),
        ("READ", "ACCEPTED", "wamid.out"),
    ]
    timeline = await body_of(await hotel.get(f"/api/messages/{message['id']}/timeline"))
    assert set(timeline["data"][0]) == {"stage", "at"}
    assert {"queued", "status.sent", "status.delivered", "status.read"} <= {
        s["stage"] for s in timeline["data"]
    }
    assert [s["at"] for s in timeline["data"]] == sorted(s["at"] for s in timeline["data"])


async def test_an_uncertain_message_says_so(hotel: Session, conversation: Json) -> None:
    message = await sent(hotel, conversation)
    for delivery, unconfirmed in (("UNCERTAIN", False), ("UNCONFIRMED", True)):
        await hotel.db.messages.update({"_id": message["id"]}, {"$set": {"delivery": delivery}})
        shown = await body_of(await hotel.get(f"/api/messages/{message['id']}"))
        assert (shown["deliveryState"], shown["unconfirmed"], shown["status"]) == (
            "AMBIGUOUS",
            unconfirmed,
            "SENT",
        )


async def failed(session: Session, conversation: Json) -> Json:
    message = await sent(session, conversation)
    error = {"code": "131026", "title": "Não entregue", "cause": "", "next_step": "", "retryable": True}
    outcome = {
        "delivery": "FAILED",
        "status": "FAILED",
        "moving": False,
        "attempt": 1,
        "error": error,
        "rank": 4,
    }
    await session.db.messages.update({"_id": message["id"]}, {"$set": outcome})
    return await body_of(await session.get(f"/api/messages/{message['id']}"))


async def test_trying_again(hotel: Session, conversation: Json) -> None:
    message = await failed(hotel, conversation)
    assert set(message["error"]) == {"code", "title", "cause", "nextStep", "detail", "retryable"}
    path = f"/api/messages/{message['id']}/retry"
    answers = await asyncio.gather(*(hotel.post(path) for _ in range(4)))
    assert Counter(answer.status for answer in answers) == {200: 1, 409: 3}
    again = await body_of(await hotel.get(f"/api/messages/{message['id']}"))
    assert (again["status"], again["deliveryState"], again["error"]) == ("SENT", "QUEUED", None)
    assert again["seq"] == message["seq"]
    document = await stored(hotel, "messages", message["id"])
    assert (document["moving"], document["attempt"]) == (True, 1)
    assert await hotel.db.messages.count({"direction": "OUTBOUND"}) == 1
    assert (await hotel.post(path)).status == 409


async def test_what_cannot_be_tried_again(hotel: Session, channel: Json, conversation: Json) -> None:
    theirs = (await body_of(await hotel.get(f"/api/conversations/{conversation['id']}/messages")))["data"][0]
    assert (await hotel.post(f"/api/messages/{theirs['id']}/retry")).status == 409
    message = await failed(hotel, conversation)
    past = datetime.now(UTC) - timedelta(seconds=1)
    await hotel.db.conversations.update({"_id": conversation["id"]}, {"$set": {"window_expires_at": past}})
    refused = await body_of(await hotel.post(f"/api/messages/{message['id']}/retry"), 409)
    assert refused["error"] == "WINDOW_CLOSED"
