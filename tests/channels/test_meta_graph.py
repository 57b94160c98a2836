"""The channel against the simulated Graph API: what Meta takes, we send; what it lists, we read."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from server.channels.base import Channel, Check, Outgoing, Receipt, Remedy, SendFailed, Verdict
from server.channels.meta_cloud.checks import token_line
from server.channels.meta_cloud.graph import MetaCloud
from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedNumber
from server.desk.messages.content import Buttons, Content, ListMenu, Location, ReactionContent, Template, Text
from server.desk.messages.models import Kind, Media

Json = dict[str, Any]
ANA = "5511987654321"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    async with Simulator(settings={"sentAfter": 0.0, "deliveredAfter": 0.0}, seed=7) as simulator:
        yield simulator


@pytest.fixture
async def number(simulator: Simulator) -> PlayedNumber:
    return await simulator.add_number()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def connected(http: aiohttp.ClientSession, url: str, number: PlayedNumber | None = None) -> MetaCloud:
    return MetaCloud(
        http,
        outside=http,
        graph_url=url,
        version="v26.0",
        phone_number_id=number.phone_number_id if number else "1",
        waba_id=number.waba_id if number else "2",
        access_token=number.access_token if number else "token",
        send_timeout=2,
    )


@pytest.fixture
def channel(http: aiohttp.ClientSession, simulator: Simulator, number: PlayedNumber) -> Channel:
    return connected(http, simulator.url, number)


def outgoing(content: Content, **more: Any) -> Outgoing:
    return Outgoing(to=ANA, kind=content.kind, text=content.text_shown, details=content.details(), **more)


async def send(channel: Channel, message: Outgoing) -> Receipt:
    return await channel.send(message, deadline=time.monotonic() + 60)


CONTENTS: list[Content] = [
    Text(text="Olá"),
    Location(latitude=-23.5, longitude=-46.6, name="Loja"),
    Buttons.model_validate(
        {"body_text": "Confirma?", "buttons": [{"id": "s", "title": "Sim"}], "footer_text": "Loja"}
    ),
    ListMenu.model_validate(
        {
            "body_text": "Escolha",
            "button_text": "Ver",
            "header_text": "Planos",
            "sections": [{"rows": [{"id": "1", "title": "100 Mb"}]}],
        }
    ),
]


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: type(content).__name__)
async def test_taken(channel: Channel, simulator: Simulator, number: PlayedNumber, content: Content) -> None:
    await number.customer(ANA, name="Ana").says("Oi")
    receipt = await send(channel, outgoing(content, opaque='{"m":"1","a":1}'))
    (accepted,) = simulator.log
    assert (accepted.wamid, accepted.to, accepted.opaque) == (receipt.wamid, receipt.wa_id, '{"m":"1","a":1}')


async def test_reply_and_reaction(channel: Channel, simulator: Simulator, number: PlayedNumber) -> None:
    asked = await number.customer(ANA, name="Ana").says("Oi")
    await send(channel, outgoing(Text(text="Olá"), reply_to=asked))
    await send(channel, outgoing(ReactionContent(target="ours", emoji="👍"), target_wamid=asked))
    assert [accepted.type for accepted in simulator.log] == ["text", "reaction"]


async def test_template_outside_the_window(
    channel: Channel, simulator: Simulator, number: PlayedNumber
) -> None:
    with pytest.raises(SendFailed) as raised:
        await send(channel, outgoing(Text(text="Olá")))
    assert (raised.value.verdict, raised.value.remedy) == (Verdict.REJECTED, Remedy.OFFER_TEMPLATE)
    templates = {template.name: template for template in await channel.templates()}
    simple = next(t for t in templates.values() if t.status == "APPROVED" and "{{" not in str(t.components))
    await send(channel, outgoing(Template(template_name=simple.name, language_code=simple.language)))
    assert [accepted.type for accepted in simulator.log] == ["template"]


async def test_upload_send_and_fetch(channel: Channel, simulator: Simulator, number: PlayedNumber) -> None:
    ana = number.customer(ANA, name="Ana")
    await ana.says("Manda a foto?")
    media = Media(provider_id=await channel.upload(PNG, mime_type="image/png", filename="foto é.png"))
    await send(channel, Outgoing(to=ANA, kind=Kind.IMAGE, text="Aqui", details={}, media=media))
    fetched = await channel.fetch(media, limit=1024)
    assert b"".join([chunk async for chunk in fetched.chunks]) == PNG
    assert (fetched.mime_type, len(simulator.log)) == ("image/png", 1)


async def test_read_and_typing(channel: Channel, number: PlayedNumber) -> None:
    ana = number.customer(ANA, name="Ana")
    wamid = await ana.says("Oi")
    await channel.mark_read(wamid)
    assert not ana.sees_typing
    await channel.mark_read(wamid, typing=True)
    assert ana.sees_typing


async def test_templates_have_what_the_desk_keeps(channel: Channel) -> None:
    templates = await channel.templates()
    assert templates
    for template in templates:
        assert template.status == "APPROVED"
        assert template.category in {"MARKETING", "UTILITY", "AUTHENTICATION"}
        assert any(component["type"] == "BODY" for component in template.components)
        assert template.rejected_reason is None


@pytest.mark.parametrize(
    ("fault", "verdict", "accepted"),
    [
        ("http_500", Verdict.UNKNOWN, 0),
        ("http_429", Verdict.NOT_SENT, 0),
        ("reset", Verdict.UNKNOWN, 0),
        ("accepted_reset", Verdict.UNKNOWN, 1),
        ("accepted_500", Verdict.UNKNOWN, 1),
    ],
)
async def test_never_a_false_verdict(
    channel: Channel, simulator: Simulator, fault: str, verdict: Verdict, accepted: int
) -> None:
    simulator.configure(window="off")
    simulator.faults.add(fault, count=1)
    with pytest.raises(SendFailed) as raised:
        await send(channel, outgoing(Text(text="Olá")))
    assert (raised.value.verdict, len(simulator.log)) == (verdict, accepted)


# --- what only a server of our own says ---


Pages = list[Json]


async def paged(pages: Pages, asked: list[Json]) -> TestServer:
    async def page(request: web.Request) -> web.StreamResponse:
        asked.append(dict(request.query))
        return web.json_response(pages[min(len(asked), len(pages)) - 1])

    app = web.Application()
    app.router.add_get("/v26.0/2/message_templates", page)
    server = TestServer(app)
    await server.start_server()
    return server


def page(*names: str, after: str | None = None, next: str | None = None) -> Json:
    rows = [{"name": name, "language": "pt_BR", "status": "APPROVED"} for name in names]
    return {"data": rows, "paging": {"cursors": {"after": after}} | ({"next": next} if next else {})}


async def test_pages_are_followed_by_cursor_never_by_address(http: aiohttp.ClientSession) -> None:
    asked: list[Json] = []
    elsewhere = "http://127.0.0.1:1/stolen?access_token=token"
    server = await paged([page("a", "b", after="C1", next=elsewhere), page("c", after="C2")], asked)
    async with server:
        found = await connected(http, str(server.make_url(""))).templates()
    assert [template.name for template in found] == ["a", "b", "c"]
    assert [query.get("after") for query in asked] == [None, "C1"]


async def test_a_cursor_that_turns_in_circles_ends(http: aiohttp.ClientSession) -> None:
    asked: list[Json] = []
    async with await paged([page("a", after="C1", next="x")], asked) as server:
        await connected(http, str(server.make_url(""))).templates()
    assert len(asked) == 2


async def test_rows_that_are_not_templates_are_passed_over(http: aiohttp.ClientSession) -> None:
    odd = {
        "data": [None, 7, {}, {"name": "x"}, {"name": "y", "language": "pt_BR", "status": "PAUSED"}],
        "paging": [],
    }
    async with await paged([odd], []) as server:
        found = await connected(http, str(server.make_url(""))).templates()
    assert [(template.name, template.status) for template in found] == [("y", "PAUSED")]


# --- the guided check ---


def stands(checks: list[Check]) -> dict[str, bool]:
    return {check.name: check.ok for check in checks}


@pytest.fixture
async def webhook(number: PlayedNumber) -> AsyncIterator[str]:
    """Answers the challenge as our webhook does."""

    async def challenge(request: web.Request) -> web.StreamResponse:
        if request.query["hub.verify_token"] != number.verify_token:
            raise web.HTTPForbidden
        return web.Response(text=request.query["hub.challenge"])

    app = web.Application()
    app.router.add_get("/webhooks/whatsapp/padaria", challenge)
    async with TestServer(app) as server:
        yield str(server.make_url("/webhooks/whatsapp/padaria"))


async def test_before_and_after_subscribing(channel: Channel, number: PlayedNumber, webhook: str) -> None:
    before = stands(await channel.check(webhook))
    assert (before["token"], before["number"], before["webhook"]) == (True, True, False)
    await channel.subscribe(webhook, number.verify_token)
    checks = await channel.check(webhook)
    assert stands(checks) == {"token": True, "number": True, "subscription": True, "webhook": True}
    assert all(check.checked_at for check in checks)


async def test_a_webhook_that_does_not_answer_the_challenge(channel: Channel, webhook: str) -> None:
    with pytest.raises(SendFailed) as raised:
        await channel.subscribe(webhook, "errado")
    assert (raised.value.verdict, raised.value.error.code) == (Verdict.REJECTED, "2200")
    assert "Webhook não confirmado" in raised.value.error.title


def test_what_meta_says_of_a_token_is_quoted_as_its_own() -> None:
    told = {"data": {"is_valid": False, "error": {"message": "Session has expired on Friday"}}}
    line = token_line(told, {"id": "1"}, datetime.now(UTC))
    assert line.detail == "Session has expired on Friday"
    assert line.cause.endswith(f"Detalhe da Meta: {line.detail}")


async def test_webhook_at_another_address(channel: Channel, number: PlayedNumber, webhook: str) -> None:
    await channel.subscribe(webhook, number.verify_token)
    checks = {check.name: check for check in await channel.check("https://outra.example/webhooks")}
    assert not checks["webhook"].ok
    assert webhook in checks["webhook"].cause


async def test_expired_token(channel: Channel, number: PlayedNumber, webhook: str) -> None:
    number.expire_token()
    checks = {check.name: check for check in await channel.check(webhook)}
    assert not any(check.ok for check in checks.values())
    assert all(check.cause and check.next_step for check in checks.values())
    assert "Token" in checks["token"].title


async def test_number_not_registered(channel: Channel, number: PlayedNumber, webhook: str) -> None:
    number.number.registered = False
    checks = {check.name: check for check in await channel.check(webhook)}
    assert (checks["token"].ok, checks["number"].ok) == (True, False)
    assert "DISCONNECTED" in checks["number"].cause


async def test_nobody_there(http: aiohttp.ClientSession, unused_tcp_port: int) -> None:
    checks = await connected(http, f"http://127.0.0.1:{unused_tcp_port}").check("https://x.example")
    assert stands(checks) == {"token": False, "number": False, "subscription": False, "webhook": False}
    assert all(check.next_step for check in checks)
