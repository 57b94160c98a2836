"""Every example of the native dialect's document, called as it is printed and answered as it is printed."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.channels.simulator import Simulator
from server.runtime import Runtime
from server.settings import Settings
from tests.conftest import Client, sign_in
from tests.examples.likeness import NATIVE, assert_like, example
from tests.examples.scene import Scene, connection, documents_number, signature
from tests.factories import body_of, made
from tests.workers import work_off

Json = dict[str, Any]
LIMITS = [
    ("buttons", {"buttons": []}),
    ("buttons", {"buttons": [{"id": f"o{i}", "title": f"Opção {i}"} for i in range(4)]}),
    ("buttons", {"buttons": [{"id": "o1", "title": "x" * 21}]}),
    ("buttons", {"headerText": "x" * 61}),
    ("buttons", {"footerText": "x" * 61}),
    ("list", {"sections": [{"rows": [{"id": f"q{i}", "title": f"Quarto {i}"} for i in range(11)]}]}),
    ("list", {"sections": [{"rows": [{"id": "q1", "title": "x" * 25}]}]}),
    ("list", {"sections": [{"rows": [{"id": "q1", "title": "x", "description": "x" * 73}]}]}),
    ("list", {"buttonText": "x" * 21}),
]


@pytest.fixture
def settings(settings: Settings, simulator: Simulator) -> Settings:
    return settings.model_copy(update={"graph_api_url": simulator.url, "simulator_url": simulator.url})


@pytest.fixture
async def scene(client: Client, runtime: Runtime, simulator: Simulator) -> AsyncIterator[Scene]:
    await body_of(await client.post("/auth/register", json=example("register.body")), 201)
    admin = await sign_in(client, runtime, "admin@hotel.com", "hotel-abc")
    number = await documents_number(simulator)
    await made(admin, "/api/channels", **connection(number))
    yield Scene(simulator, runtime, admin, number)
    await simulator.settled()


async def test_signing_up_and_in(client: Client) -> None:
    registered = await body_of(await client.post("/auth/register", json=example("register.body")), 201)
    assert_like("register.201", registered)
    entered = await body_of(await client.post("/auth/login", json=example("login.body")))
    assert_like("login.200", entered)
    assert entered["user"] == registered["user"]
    assert entered["user"]["tenantId"] == entered["tenant"]["id"]


async def test_the_webhook_is_verified(client: Client, scene: Scene) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": scene.number.verify_token, "hub.challenge": "1158"}
    for headers in ({}, {"X-Tenant-Slug": "hotel-abc"}):
        answer = await client.get("/webhooks/whatsapp", params=asked, headers=headers)
        assert (answer.status, await answer.text()) == (200, "1158")


async def test_a_webhook_becomes_a_conversation(client: Client, scene: Scene) -> None:
    raw = (NATIVE / "webhook-text.body.json").read_bytes()
    headers = {"X-Hub-Signature-256": signature(scene.number, raw), "X-Tenant-Slug": "hotel-abc"}
    answer = await client.post("/webhooks/whatsapp", data=raw, headers=headers)
    assert (answer.status, await answer.text()) == (200, "EVENT_RECEIVED")
    await work_off(scene.runtime)

    page = await scene.reads("/api/conversations", limit=20)
    assert_like("conversations.200", page, but={"pagination.total": 1, "pagination.pages": 1})
    [message] = (await scene.reads(f"/api/conversations/{page['data'][0]['id']}/messages"))["data"]
    assert message["whatsappMessageId"] == "wamid.HBgNNTU1..."
    assert message["timestamp"] == "2023-11-13T13:13:54.000Z"


async def test_a_conversation_is_changed_assigned_and_closed(scene: Scene) -> None:
    id = await scene.greeted()
    maria = await scene.maria()
    first, second = [
        await made(scene.admin, "/api/tags", name=name, color="#4CAF50") for name in ("Reserva", "VIP")
    ]
    changes = example("conversation-patch.body", assignedToId=maria["id"], tagIds=[first["id"], second["id"]])
    changed = await body_of(await scene.admin.patch(f"/api/conversations/{id}", changes))
    assert_like("conversation-patch.200", changed)
    assert [tag["name"] for tag in changed["tags"]] == ["Reserva", "VIP"]

    await scene.admin.patch(f"/api/conversations/{id}", {"tagIds": [first["id"]]})
    assert_like("conversation.200", await scene.reads(f"/api/conversations/{id}"))

    assignment = example("conversation-assign.body", userId=maria["id"])
    assigned = await body_of(await scene.admin.post(f"/api/conversations/{id}/assign", assignment))
    assert_like("conversation-assign.200", assigned)
    closed = await body_of(await scene.admin.post(f"/api/conversations/{id}/close"))
    assert_like("conversation-close.200", closed)
    assert_like("conversation.200", closed, but={"status": "CLOSED", "closedAt": closed["closedAt"]})


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"status": "OPEN"}, 1),
        ({"status": "CLOSED"}, 0),
        ({"priority": "MEDIUM"}, 1),
        ({"priority": "URGENT"}, 0),
        ({"assignedToId": "user-123"}, 0),
        ({"search": "joao"}, 1),
        ({"search": "5511999"}, 1),
        ({"search": "Maria"}, 0),
        ({"page": "2"}, 0),
    ],
)
async def test_conversations_are_filtered(scene: Scene, query: Json, found: int) -> None:
    await scene.greeted()
    assert len((await scene.reads("/api/conversations", **query))["data"]) == found


async def test_messages_are_read_by_pages(scene: Scene) -> None:
    id = await scene.greeted("Bom dia")
    await scene.greeted()
    answer = example("message-text.body", conversationId=id, content="Olá João! Como posso ajudá-lo?")
    await body_of(await scene.admin.post("/api/messages", answer), 201)
    await scene.settles()
    await scene.joao.reads()
    await scene.settles()

    newest = await scene.reads(f"/api/conversations/{id}/messages", limit=2)
    assert_like("messages.200", newest)
    before = newest["nextCursor"]
    older = await scene.reads(f"/api/conversations/{id}/messages", limit=2, before=before)
    assert older["hasMore"] is False
    assert older["nextCursor"] is None
    assert [message["content"] for message in older["data"]] == ["Bom dia"]
    after = await scene.reads(f"/api/conversations/{id}/messages", after=older["data"][0]["id"])
    assert [message["id"] for message in after["data"]] == [message["id"] for message in newest["data"]]


@pytest.mark.parametrize(
    ("path", "body", "answer", "but"),
    [
        ("", "message-text.body", "message-text.201", {}),
        (
            "",
            "message-image.body",
            "message-text.201",
            {"type": "IMAGE", "content": "https://cdn.exemplo.com/foto.jpg"},
        ),
        ("/template", "message-template.body", "message-template.201", {}),
        ("/buttons", "message-buttons.body", "message-buttons.201", {}),
        ("/list", "message-list.body", "message-list.201", {}),
    ],
)
async def test_every_kind_is_sent(scene: Scene, path: str, body: str, answer: str, but: Json) -> None:
    conversation_id = await scene.greeted()
    sent = example(body, conversationId=conversation_id)
    queued = await body_of(await scene.admin.post(f"/api/messages{path}", sent), 201)
    assert_like(answer, queued, but=but)
    # What stands for “the rest”: every kind is answered as text is.
    shown = {"type": queued["type"], "content": queued["content"]}
    assert_like("message-text.201", queued, but=shown)
    assert queued["sentById"] == scene.admin.user["id"]
    said = {**sent, **sent.get("metadata", {}), "interactiveType": path.removeprefix("/").rstrip("s")}
    for name, value in (queued["metadata"] or {}).items():
        assert value == said[name]

    await scene.settles()
    [acceptance] = scene.simulator.log
    now = await scene.reads(f"/api/messages/{queued['id']}")
    assert now["whatsappMessageId"] == acceptance.wamid
    assert now["status"] == "DELIVERED"


@pytest.mark.parametrize(("kind", "beyond"), LIMITS)
async def test_limits_are_kept(scene: Scene, kind: str, beyond: Json) -> None:
    body = example(f"message-{kind}.body", conversationId=await scene.greeted(), **beyond)
    refused = await body_of(await scene.admin.post(f"/api/messages/{kind}", body), 400)
    assert refused["error"] == "VALIDATION_ERROR"
    assert refused["details"][0]["field"].split(".")[0] in beyond


async def test_messages_are_marked_found_and_counted(scene: Scene) -> None:
    id = await scene.greeted()
    found = await scene.reads("/api/messages/search", query="RESERVA", conversationId=id)
    assert_like("messages-search.200", found)
    read = await scene.admin.post(f"/api/messages/{found['data'][0]['id']}/read")
    assert (read.status, await read.read()) == (204, b"")
    assert (await scene.reads("/api/conversations"))["data"][0]["unreadCount"] == 0

    await scene.admin.post("/api/messages", example("message-text.body", conversationId=id))
    await scene.settles()
    counted = await scene.reads(f"/api/conversations/{id}/stats")
    statuses = {"SENT": 0, "DELIVERED": 2, "READ": 0, "FAILED": 0}
    in_this_scene = {
        "total": 2,
        "byDirection": {"INBOUND": 1, "OUTBOUND": 1},
        **{f"byStatus.{status}": count for status, count in statuses.items()},
    }
    assert_like("conversation-stats.200", counted, but=in_this_scene)
