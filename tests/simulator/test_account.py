"""Media, templates, subscriptions and the nodes of the Graph API (whatsapp.md 1.2, 1.3, 1.4)."""

from typing import Any

import aiohttp
import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.media import KINDS
from server.channels.simulator.play import PlayedCustomer, PlayedNumber
from tests.simulator.conftest import JOAO, Graph, Receiver

Json = dict[str, Any]


def upload_form(content: bytes, mime_type: str, **more: str) -> aiohttp.FormData:
    form = aiohttp.FormData({"messaging_product": "whatsapp", "type": mime_type} | more)
    form.add_field("file", content, filename="arquivo", content_type=mime_type)
    return form


async def upload(graph: Graph, content: bytes, mime_type: str, **more: str) -> tuple[int, Json]:
    path = f"{graph.number.phone_number_id}/media"
    return await graph.call("POST", path, data=upload_form(content, mime_type, **more))


async def fetch(graph: Graph, url: str, token: str | None) -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with graph.session.get(url, headers=headers) as answer:
        return answer.status, await answer.read()


@pytest.mark.parametrize(
    "kind, mime_type", [(kind, mime) for kind, k in KINDS.items() for mime in k.mime_types]
)
async def test_an_upload_can_be_sent_looked_up_fetched_and_deleted(
    graph: Graph, joao: PlayedCustomer, kind: str, mime_type: str
) -> None:
    status, answer = await upload(graph, b"conteudo", mime_type)
    assert (status, set(answer)) == (200, {"id"})
    assert (await graph.send(kind, {"id": answer["id"]}))[0] == 200
    status, node = await graph.call("GET", answer["id"])
    assert (node["mime_type"], node["file_size"], node["id"]) == (mime_type, 8, answer["id"])
    assert await fetch(graph, node["url"], graph.token) == (200, b"conteudo")
    assert await graph.call("DELETE", answer["id"]) == (200, {"success": True})
    status, gone = await graph.call("GET", answer["id"])
    assert (status, gone["error"]["code"], gone["error"]["error_subcode"]) == (400, 100, 33)
    assert (await fetch(graph, node["url"], graph.token))[0] == 404


@pytest.mark.parametrize(
    "mime_type, size",
    [
        ("application/x-msdownload", 10),
        ("text/html", 10),
        ("image/gif", 10),
        ("image/png", 5 * 1024 * 1024 + 1),
        ("image/webp", 500 * 1024 + 1),
        ("audio/ogg", 16 * 1024 * 1024 + 1),
        ("image/png", 0),
    ],
)
async def test_uploads_outside_the_limits(graph: Graph, mime_type: str, size: int) -> None:
    status, answer = await upload(graph, b"x" * size, mime_type)
    assert (status, answer["error"]["code"]) == (400, 131053), answer


async def test_an_image_at_the_limit_is_taken(graph: Graph) -> None:
    assert (await upload(graph, b"x" * 5 * 1024 * 1024, "image/png"))[0] == 200


async def test_an_upload_needs_its_fields(graph: Graph) -> None:
    assert (await upload(graph, b"x", "image/png", messaging_product="telegram"))[1]["error"]["code"] == 100
    path = f"{graph.number.phone_number_id}/media"
    assert (await graph.call("POST", path, json={}))[1]["error"]["code"] == 100
    form = aiohttp.FormData({"messaging_product": "whatsapp", "type": "image/png"}, default_to_multipart=True)
    assert (await graph.call("POST", path, data=form))[1]["error"]["code"] == 100


async def test_a_sticker_is_no_image(graph: Graph, joao: PlayedCustomer) -> None:
    _, kept = await upload(graph, b"RIFF", "image/webp")
    status, answer = await graph.send("image", {"id": kept["id"]})
    assert (status, answer["error"]["code"]) == (400, 131053)


async def test_addresses_die_and_need_the_token(sim: Simulator, graph: Graph) -> None:
    _, kept = await upload(graph, b"segredo", "image/png")
    _, node = await graph.call("GET", kept["id"])
    assert (await fetch(graph, node["url"], None))[0] == 401
    stranger = await sim.add_number()
    assert (await fetch(graph, node["url"], stranger.access_token))[0] == 401
    assert (await fetch(graph, node["url"].replace("ext=", "ext=9"), graph.token))[0] == 404
    sim.advance(299)
    assert (await fetch(graph, node["url"], graph.token))[0] == 200
    sim.advance(2)
    assert (await fetch(graph, node["url"], graph.token))[0] == 404
    _, again = await graph.call("GET", kept["id"])
    assert (await fetch(graph, again["url"], graph.token))[0] == 200
    sim.advance(30 * 24 * 3600)
    assert (await graph.call("GET", kept["id"]))[0] == 400


async def test_inbound_media_lives_seven_days(
    sim: Simulator, graph: Graph, joao: PlayedCustomer, receiver: Receiver
) -> None:
    await joao.sends("image")
    await sim.settled()
    image = receiver.messages[0]["image"]
    sim.advance(7 * 24 * 3600 - 10)
    assert (await graph.call("GET", image["id"]))[0] == 200
    sim.advance(20)
    assert (await graph.call("GET", image["id"]))[0] == 400


async def test_media_belong_to_one_account(sim: Simulator, graph: Graph) -> None:
    _, kept = await upload(graph, b"x", "image/png")
    graph.token = (await sim.add_number()).access_token
    for method in ("GET", "DELETE"):
        status, answer = await graph.call(method, kept["id"])
        assert (status, answer["error"]["code"], answer["error"]["error_subcode"]) == (400, 100, 33)


async def test_the_number_shows_the_fields_asked_for(graph: Graph, number: PlayedNumber) -> None:
    path = f"{number.phone_number_id}?fields=verified_name,display_phone_number,quality_rating"
    assert await graph.call("GET", path) == (
        200,
        {
            "verified_name": number.number.verified_name,
            "display_phone_number": number.display_phone_number,
            "quality_rating": "GREEN",
            "id": number.phone_number_id,
        },
    )
    status, answer = await graph.call("GET", f"{number.phone_number_id}?fields=shoe_size")
    assert (status, answer["error"]["code"]) == (400, 100)
    _, answer = await graph.call("GET", f"{number.waba_id}/phone_numbers")
    assert [each["id"] for each in answer["data"]] == [number.phone_number_id]


async def test_a_deregistered_number_does_not_send(graph: Graph, joao: PlayedCustomer) -> None:
    path = graph.number.phone_number_id
    assert await graph.call("POST", f"{path}/deregister") == (200, {"success": True})
    assert (await graph.send("text", {"body": "oi"}))[1]["error"]["code"] == 133010
    assert (await graph.call("POST", f"{path}/register", json={"pin": "1"}))[0] == 400
    assert (await graph.call("POST", f"{path}/register", json={"pin": "123456"}))[0] == 200
    await graph.sends()


async def test_debug_token(graph: Graph, number: PlayedNumber) -> None:
    _, answer = await graph.call("GET", f"debug_token?input_token={number.access_token}")
    assert answer["data"]["is_valid"] is True
    assert answer["data"]["expires_at"] == 0
    assert "whatsapp_business_messaging" in answer["data"]["scopes"]
    assert answer["data"]["granular_scopes"][0]["target_ids"] == [number.waba_id]
    status, answer = await graph.call("GET", "debug_token?input_token=outro")
    assert (status, answer["data"]["is_valid"], answer["data"]["error"]["code"]) == (200, False, 190)


async def test_subscribing_with_the_handshake(sim: Simulator, graph: Graph, receiver: Receiver) -> None:
    fresh = graph.number = await sim.add_number()
    graph.token = fresh.access_token
    path = f"{fresh.waba_id}/subscribed_apps"
    assert await graph.call("GET", path) == (200, {"data": []})
    await fresh.customer(JOAO).says("ninguém me ouve")
    override = {"override_callback_uri": receiver.url, "verify_token": receiver.verify_token}
    assert await graph.call("POST", path, json=override) == (200, {"success": True})
    shake = receiver.handshakes[0]
    assert (shake["hub.mode"], shake["hub.challenge"].isdigit()) == ("subscribe", True)
    _, answer = await graph.call("GET", path)
    assert answer["data"][0]["override_callback_uri"] == receiver.url
    await fresh.customer(JOAO).says("agora sim")
    await sim.settled()
    assert [message["text"]["body"] for message in receiver.messages] == ["agora sim"]
    assert await graph.call("DELETE", path) == (200, {"success": True})
    await fresh.customer(JOAO).says("de novo não")
    await sim.settled()
    assert len(receiver.posted) == 1


@pytest.mark.parametrize(
    "override, code",
    [
        ({"verify_token": "errado"}, 2200),
        ({"verify_token": ""}, 100),
        ({"override_callback_uri": "http://127.0.0.1:9/hook"}, 2200),
        ({"override_callback_uri": "ftp://hotel.example"}, 100),
    ],
)
async def test_a_callback_that_does_not_verify(
    sim: Simulator, graph: Graph, receiver: Receiver, override: Json, code: int
) -> None:
    fresh = await sim.add_number()
    graph.token = fresh.access_token
    given = {"override_callback_uri": receiver.url, "verify_token": receiver.verify_token} | override
    status, answer = await graph.call("POST", f"{fresh.waba_id}/subscribed_apps", data=given)
    assert (status, answer["error"]["code"]) == (400, code)
    assert await graph.call("GET", f"{fresh.waba_id}/subscribed_apps") == (200, {"data": []})


async def test_the_numbers_own_callback_wins(sim: Simulator, graph: Graph, receiver: Receiver) -> None:
    own = {"override_callback_uri": receiver.url + "?own=1", "verify_token": receiver.verify_token}
    path = graph.number.phone_number_id
    assert await graph.call("POST", path, json={"webhook_configuration": own}) == (200, {"success": True})
    _, node = await graph.call("GET", f"{path}?fields=webhook_configuration")
    assert node["webhook_configuration"] == {
        "phone_number": receiver.url + "?own=1",
        "application": receiver.url,
    }
    assert graph.number.number.callback == receiver.url + "?own=1"
    await graph.call("POST", path, json={"webhook_configuration": {"override_callback_uri": ""}})
    assert graph.number.number.callback is None


def definition(name: str = "lembrete_checkin", **more: Any) -> Json:
    body = {
        "type": "BODY",
        "text": "Olá {{1}}, seu check-in é amanhã a partir das {{2}} horas. Boa viagem!",
        "example": {"body_text": [["João", "14"]]},
    }
    return {"name": name, "language": "pt_BR", "category": "UTILITY", "components": [body]} | more


def body_of(text: str, example: Json | None = None) -> list[Json]:
    return [{"type": "BODY", "text": text} | ({"example": example} if example else {})]


async def test_a_template_is_reviewed_and_told(sim: Simulator, graph: Graph, receiver: Receiver) -> None:
    sim.configure(reviewAfter=0)
    path = f"{graph.number.waba_id}/message_templates"
    status, created = await graph.call("POST", path, json=definition())
    assert (status, created["status"], created["category"]) == (200, "PENDING", "UTILITY")
    _, rejected = await graph.call("POST", path, json=definition("sera_rejeitado"))
    await sim.settled()
    events = {value["message_template_id"]: value for value in receiver.values}
    assert events[int(created["id"])]["event"] == "APPROVED"
    assert events[int(rejected["id"])]["event"] == "REJECTED"
    assert events[int(rejected["id"])]["reason"] == "INVALID_FORMAT"
    _, answer = await graph.call("GET", f"{path}?name=lembrete_checkin&fields=name,status")
    assert answer["data"] == [{"name": "lembrete_checkin", "status": "APPROVED", "id": created["id"]}]
    edited = {"components": body_of("Até logo e boa viagem de volta!")}
    assert await graph.call("POST", created["id"], json=edited) == (200, {"success": True})
    _, node = await graph.call("GET", created["id"])
    assert node["components"] == edited["components"]
    await sim.settled()
    assert await graph.call("DELETE", f"{path}?name=lembrete_checkin") == (200, {"success": True})
    status, answer = await graph.call("DELETE", f"{path}?name=lembrete_checkin")
    assert (status, answer["error"]["code"]) == (400, 100)


@pytest.mark.parametrize(
    "wrong, subcode",
    [
        ({"name": "Nome Errado"}, None),
        ({"name": "boas_vindas"}, 2388024),
        ({"language": "português"}, None),
        ({"category": "SPAM"}, None),
        ({"components": []}, None),
        ({"components": [{"type": "HEADER", "format": "TEXT", "text": "só cabeçalho"}]}, None),
        ({"components": body_of("x" * 1025)}, None),
        ({"components": body_of("{{1}} chegou a sua hora", {"body_text": [["a"]]})}, 2388299),
        ({"components": body_of("sua hora chegou {{1}}", {"body_text": [["a"]]})}, 2388299),
        ({"components": body_of("é {{1}} {{2}} {{3}} já", {"body_text": [["a", "b", "c"]]})}, 2388293),
        ({"components": body_of("Olá {{1}} tudo bem com você")}, 2388043),
        ({"components": [*body_of("Olá hóspede"), {"type": "FOOTER", "text": "x" * 61}]}, None),
        (
            {
                "components": [
                    *body_of("Olá hóspede"),
                    {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "x" * 26}]},
                ]
            },
            None,
        ),
    ],
)
async def test_templates_that_meta_refuses(graph: Graph, wrong: Json, subcode: int | None) -> None:
    path = f"{graph.number.waba_id}/message_templates"
    status, answer = await graph.call("POST", path, json=definition() | wrong)
    assert (status, answer["error"]["code"], answer["error"].get("error_subcode")) == (400, 100, subcode), (
        answer
    )


async def test_named_parameters(sim: Simulator, graph: Graph, joao: PlayedCustomer) -> None:
    sim.configure(reviewAfter=0)
    text = "Olá {{nome}}, seu quarto {{quarto}} está pronto para você."
    example = {"body_text_named_params": [{"param_name": "nome", "example": "Ana"}]}
    named = definition("quarto_pronto", parameter_format="NAMED", components=body_of(text, example))
    await graph.call("POST", f"{graph.number.waba_id}/message_templates", json=named)
    await sim.settled()

    async def send(**values: str) -> tuple[int, Json]:
        parameters = [{"type": "text", "text": v, "parameter_name": k} for k, v in values.items()]
        body = [{"type": "body", "parameters": parameters}]
        return await graph.send(
            "template", {"name": "quarto_pronto", "language": {"code": "pt_BR"}, "components": body}
        )

    assert (await send(quarto="12", nome="Ana"))[0] == 200
    drawn = joao.received[-1].drawn
    assert drawn
    assert drawn["body"] == "Olá Ana, seu quarto 12 está pronto para você."
    assert (await send(quarto="12", apelido="Ana"))[1]["error"]["code"] == 100


async def test_templates_are_paged(graph: Graph, number: PlayedNumber) -> None:
    path = f"{number.waba_id}/message_templates?limit=3&fields=name"
    _, first = await graph.call("GET", path)
    assert len(first["data"]) == 3
    async with graph.session.get(
        first["paging"]["next"], headers={"Authorization": f"Bearer {graph.token}"}
    ) as answer:
        second = await answer.json()
    assert "next" not in second["paging"]
    names = {template["name"] for template in first["data"] + second["data"]}
    assert names == {template.name for template in number.number.account.templates.values()}
    assert (await graph.call("GET", f"{path}&after=nada"))[0] == 400
