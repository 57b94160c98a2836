"""Who is there, and who waits."""

import asyncio
from typing import Any

import pytest

from server.desk import presence
from tests.conftest import Client, Session, sign_in
from tests.factories import a_channel, a_conversation, body_of, made

Json = dict[str, Any]


@pytest.mark.parametrize(
    "method, path", [("GET", "/api/presence"), ("POST", "/api/presence"), ("GET", "/api/queue")]
)
async def test_strangers_are_refused(client: Client, method: str, path: str) -> None:
    answer = await client.request(method, path)
    assert answer.status == 401
    assert (await answer.json())["error"] == "UNAUTHENTICATED"


async def present(session: Session) -> dict[str, str]:
    found = (await body_of(await session.get("/api/presence")))["data"]
    return {row["userId"]: row["presence"] for row in found}


async def test_saying_so(hotel: Session, rival: Session) -> None:
    me = hotel.user["id"]
    assert await present(hotel) == {}
    for away, word in ((True, "AWAY"), (False, "ONLINE")):
        answer = await body_of(await hotel.post("/api/presence", {"away": away}))
        assert answer == {"userId": me, "presence": word}
        assert await present(hotel) == {me: word}
    assert await present(rival) == {}


@pytest.mark.parametrize("work", ["send", "claim", "close", "read", "note"])
async def test_who_works_without_a_socket_is_here(hotel: Session, work: str) -> None:
    conversation = await a_conversation(hotel, await a_channel(hotel))
    path, maria = f"/api/conversations/{conversation['id']}", await hotel.colleague()
    assert await present(hotel) == {}
    if work == "send":
        await made(maria, "/api/messages", conversationId=conversation["id"], content="Oi!")
    elif work == "note":
        await made(maria, f"{path}/notes", content="VIP")
    else:
        assert (await maria.post(f"{path}/{work}")).status < 300
    assert await present(hotel) == {maria.user["id"]: "ONLINE"}


@pytest.mark.parametrize("way", ["token", "refresh token", "ISP"])
async def test_who_signs_out_is_here_no_longer(hotel: Session, way: str) -> None:
    """Nor does work of his that was done before count."""
    conversation = await a_conversation(hotel, await a_channel(hotel))
    maria = await hotel.colleague()
    await made(maria, "/api/messages", conversationId=conversation["id"], content="Oi!")
    assert await present(hotel) == {maria.user["id"]: "ONLINE"}
    said = {"refreshToken": maria.refresh_token} if way == "refresh token" else {}
    path = "/api/v1/auth/logout" if way == "ISP" else "/auth/logout"
    assert (await maria.post(path, said)).status < 300
    assert await present(hotel) == {}


async def test_an_open_socket_keeps_him_here(hotel: Session) -> None:
    """And what he does in another session brings him back."""
    conversation = await a_conversation(hotel, await a_channel(hotel))
    maria = await hotel.colleague()
    other = await sign_in(maria.client, maria.runtime, maria.user["email"], maria.slug)
    id = maria.user["id"]
    await presence.connected(hotel.db, [id])
    await body_of(await maria.post(f"/api/conversations/{conversation['id']}/claim"))
    assert (await maria.post("/auth/logout")).status == 204
    assert await present(hotel) == {id: "ONLINE"}
    await presence.gone(hotel.db, [id])
    assert await present(hotel) == {}
    await made(other, f"/api/conversations/{conversation['id']}/notes", content="VIP")
    assert await present(hotel) == {id: "ONLINE"}


async def test_who_is_seen_first_by_many_at_once_is_here(hotel: Session) -> None:
    """Whichever of them makes the document, none fails for it: a request would, that has done its work."""
    for round in range(10):
        user_id = f"user-{round}"
        await asyncio.gather(
            *(presence.seen(hotel.db, [user_id], lasts=presence.WORK_LASTS) for _ in range(30))
        )
        assert (await present(hotel))[user_id] == "ONLINE"


async def test_looking_on_and_being_refused_is_no_work(hotel: Session) -> None:
    conversation = await a_conversation(hotel, await a_channel(hotel))
    path = f"/api/conversations/{conversation['id']}"
    viewer = await hotel.colleague("VIEWER")
    assert (await viewer.get(path)).status == 200
    assert (await viewer.post(f"{path}/claim")).status == 403
    assert (await hotel.patch(path, {"tagIds": ["nope"]})).status == 400
    await made(hotel, "/api/tags", name="VIP")
    assert await present(hotel) == {}
