"""POST /{phone number id}/messages: the documented envelope, limits and errors (whatsapp.md 1.2, 1.6)."""

from typing import Any

import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer, PlayedNumber
from tests.simulator.conftest import JOAO, Graph

Json = dict[str, Any]


def buttons(*titles: str, **more: Any) -> Json:
    replies = [{"type": "reply", "reply": {"id": f"b{n}", "title": t}} for n, t in enumerate(titles)]
    return {"type": "button", "body": {"text": "Como prefere?"}, "action": {"buttons": replies}} | more


def rows(count: int, sections: int = 1, **more: Any) -> Json:
    parts = [
        {
            "title": f"Seção {s}",
            "rows": [
                {"id": f"{s}-{n}", "title": f"Quarto {n}", "description": "Vista para o mar"}
                for n in range(count)
            ],
        }
        for s in range(sections)
    ]
    action = {"button": "Ver quartos", "sections": parts}
    return {"type": "list", "body": {"text": "Nossos quartos"}, "action": action} | more


def template(name: str = "boas_vindas", language: str = "pt_BR", *texts: str, **more: Any) -> Json:
    parameters = [{"type": "text", "text": text} for text in texts]
    components = [{"type": "body", "parameters": parameters}] if texts else []
    return {"name": name, "language": {"code": language}, "components": components} | more


CARD = {"name": {"formatted_name": "Ana Lima", "first_name": "Ana"}, "phones": [{"phone": "+5511988887777"}]}
ACCEPTED: list[tuple[str, Any]] = [
    ("text", {"body": "x" * 4096, "preview_url": True}),
    ("image", {"link": "https://hotel.example/quarto.jpg", "caption": "Suíte"}),
    ("video", {"link": "https://hotel.example/praia.mp4"}),
    ("audio", {"link": "https://hotel.example/aviso.ogg", "voice": True}),
    (
        "document",
        {"link": "https://hotel.example/reserva.pdf", "filename": "reserva.pdf", "caption": "Sua reserva"},
    ),
    ("sticker", {"link": "https://hotel.example/oi.webp"}),
    ("location", {"latitude": -23.56, "longitude": "-46.65", "name": "Hotel", "address": "Av. Paulista, 1"}),
    ("contacts", [CARD] * 5),
    (
        "interactive",
        buttons("Sim", "Não", "Talvez", header={"type": "text", "text": "Reserva"}, footer={"text": "Hotel"}),
    ),
    (
        "interactive",
        buttons("Sim", header={"type": "image", "image": {"link": "https://hotel.example/1.png"}}),
    ),
    ("interactive", rows(5, sections=2)),
    (
        "interactive",
        {
            "type": "cta_url",
            "body": {"text": "Pague aqui"},
            "action": {
                "name": "cta_url",
                "parameters": {"display_text": "Pagar", "url": "https://hotel.example/p"},
            },
        },
    ),
    (
        "interactive",
        {
            "type": "flow",
            "body": {"text": "Cadastro"},
            "action": {
                "name": "flow",
                "parameters": {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Preencher"},
            },
        },
    ),
    (
        "interactive",
        {"type": "location_request_message", "body": {"text": "Onde?"}, "action": {"name": "send_location"}},
    ),
    ("template", template("boas_vindas", "pt_BR", "João")),
]

REFUSED: list[tuple[str, Any, int]] = [
    ("text", {"body": "x" * 4097}, 100),
    ("text", {"body": "  "}, 100),
    ("text", {"body": 5}, 100),
    ("text", {}, 100),
    ("text", None, 131008),
    ("text", {"body": "oi", "colour": "red"}, 100),
    ("poll", {"question": "?"}, 100),
    ("image", {"link": "ftp://hotel.example/1.png"}, 100),
    ("image", {"link": "https://a.example/1.png", "caption": "x" * 1025}, 100),
    ("image", {"id": "999"}, 100),
    ("image", {}, 100),
    ("image", {"id": "1", "link": "https://a.example/1.png"}, 100),
    ("audio", {"link": "https://a.example/1.ogg", "caption": "não pode"}, 100),
    ("location", {"latitude": 91, "longitude": 0}, 100),
    ("location", {"latitude": "norte", "longitude": 0}, 100),
    ("contacts", [CARD] * 6, 100),
    ("contacts", [{"name": {"formatted_name": "Ana"}}], 131009),
    ("contacts", [], 100),
    ("reaction", {"message_id": "wamid.nenhuma", "emoji": "👍"}, 131009),
    ("interactive", buttons("1", "2", "3", "4"), 131009),
    ("interactive", buttons(), 131009),
    ("interactive", buttons("Um título com mais de vinte"), 131009),
    ("interactive", buttons("Sim", "Sim"), 131009),
    ("interactive", buttons("Sim", body={"text": "x" * 1025}), 131009),
    ("interactive", buttons("Sim", footer={"text": "x" * 61}), 131009),
    ("interactive", buttons("Sim", header={"type": "text", "text": "x" * 61}), 131009),
    ("interactive", buttons("Sim", header={"type": "audio", "audio": {}}), 131009),
    ("interactive", rows(11), 131009),
    ("interactive", rows(6, sections=2), 131009),
    ("interactive", rows(1, sections=11), 131009),
    ("interactive", rows(1, header={"type": "image", "image": {"link": "https://a.example/1.png"}}), 131009),
    ("interactive", {"type": "dance", "body": {"text": "x"}, "action": {}}, 131009),
    ("template", template("nao_existe", "pt_BR"), 132001),
    ("template", template("boas_vindas", "en_US", "John"), 132001),
    ("template", template("boas_vindas", "pt_BR"), 132000),
    ("template", template("boas_vindas", "pt_BR", "João", "Silva"), 132000),
    ("template", template("boas_vindas", "pt_BR", "João\nSilva"), 132018),
    ("template", template("boas_vindas", "pt_BR", "x" * 32_769), 100),
    ("template", template("boas_vindas", "pt_BR", "x" * 1024), 132005),
]


@pytest.mark.parametrize("kind, content", ACCEPTED, ids=lambda value: value if isinstance(value, str) else "")
async def test_every_documented_kind_is_accepted(
    graph: Graph, joao: PlayedCustomer, kind: str, content: Any
) -> None:
    status, answer = await graph.send(kind, content)
    assert status == 200, answer
    assert answer["messaging_product"] == "whatsapp"
    assert answer["contacts"][0] | {"user_id": ""} == {"input": JOAO, "wa_id": JOAO, "user_id": ""}
    assert answer["messages"][0]["id"].startswith("wamid.")
    assert joao.received[-1].wamid == answer["messages"][0]["id"]
    assert joao.received[-1].content == content


@pytest.mark.parametrize("kind, content, code", REFUSED)
async def test_what_is_outside_the_limits_is_refused_by_code(
    *, sim: Simulator, graph: Graph, joao: PlayedCustomer, kind: str, content: Any, code: int
) -> None:
    status, answer = await graph.send(kind, content)
    error = answer["error"]
    assert (status, error["code"]) == (404 if code == 132001 else 400, code), answer
    assert error["type"] == "OAuthException"
    assert error["message"].startswith(f"(#{code})")
    assert error["error_data"]["messaging_product"] == "whatsapp"
    assert error["error_data"]["details"]
    assert error["fbtrace_id"]
    assert sim.log == []


ENVELOPES: list[tuple[Json, int]] = [
    ({"to": JOAO, "text": {"body": "oi"}}, 100),
    ({"messaging_product": "whatsapp", "text": {"body": "oi"}}, 100),
    ({"messaging_product": "whatsapp", "to": "doze", "text": {"body": "oi"}}, 131009),
    ({"messaging_product": "whatsapp", "to": JOAO, "recipient_type": "crowd", "text": {"body": "oi"}}, 100),
    (
        {
            "messaging_product": "whatsapp",
            "to": JOAO,
            "biz_opaque_callback_data": "x" * 513,
            "text": {"body": "oi"},
        },
        100,
    ),
    ({"messaging_product": "whatsapp", "to": JOAO, "context": {}, "text": {"body": "oi"}}, 100),
    ({"messaging_product": "whatsapp", "recipient": "BR.desconhecido", "text": {"body": "oi"}}, 131026),
    ({"messaging_product": "whatsapp", "status": "delivered", "message_id": "wamid.x"}, 100),
    ({"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.x"}, 131009),
    ({"messaging_product": "whatsapp", "status": "read"}, 100),
]


@pytest.mark.parametrize("body, code", ENVELOPES)
async def test_a_wrong_envelope_is_refused(graph: Graph, joao: PlayedCustomer, body: Json, code: int) -> None:
    status, answer = await graph.post(body)
    assert (status, answer["error"]["code"]) == (400, code), answer


@pytest.mark.parametrize("raw", [b"{", b"[]", b'"text"', b"\xff\xfe", b""])
async def test_a_body_that_is_no_json_object_is_refused(graph: Graph, raw: bytes) -> None:
    path = f"{graph.number.phone_number_id}/messages"
    status, answer = await graph.call("POST", path, data=raw, headers={"Content-Type": "application/json"})
    assert (status, answer["error"]["code"]) == (400, 100)


async def test_the_token_decides_what_exists(sim: Simulator, graph: Graph) -> None:
    other = await sim.add_number()
    for token, number, expected in (
        ("nenhum", graph.number, (401, 190, None)),
        ("", graph.number, (401, 190, None)),
        (other.access_token, graph.number, (400, 100, 33)),
    ):
        graph.token, graph.number = token, number
        status, answer = await graph.send("text", {"body": "oi"})
        error = answer["error"]
        assert (status, error["code"], error.get("error_subcode")) == expected
    graph.token = other.access_token
    status, answer = await graph.call("POST", "404404/messages", json={})
    assert (status, answer["error"]["code"], answer["error"]["error_subcode"]) == (400, 100, 33)
    assert answer["error"]["type"] == "GraphMethodException"


async def test_an_expired_token_is_190(graph: Graph, number: PlayedNumber) -> None:
    number.expire_token()
    status, answer = await graph.send("text", {"body": "oi"})
    assert (status, answer["error"]["code"]) == (401, 190)


@pytest.mark.parametrize("version", ["v18.0", "v26.0", "v30.1"])
async def test_any_version_is_served(graph: Graph, joao: PlayedCustomer, version: str) -> None:
    url = f"{graph.base}/{version}/{graph.number.phone_number_id}/messages"
    body = {"messaging_product": "whatsapp", "to": "+55 (11) 99999-9999", "text": {"body": "oi"}}
    async with graph.session.post(
        url, json=body, headers={"Authorization": f"Bearer {graph.token}"}
    ) as answer:
        assert answer.status == 200
        assert (await answer.json())["contacts"][0]["input"] == "+55 (11) 99999-9999"


async def test_unknown_paths_get_metas_error(graph: Graph) -> None:
    status, answer = await graph.call("GET", "1/2/3")
    assert (status, answer["error"]["code"]) == (400, 2500)


async def test_the_24_hour_window(sim: Simulator, graph: Graph, joao: PlayedCustomer) -> None:
    status, answer = await graph.send("text", {"body": "oi"}, to="5511977776666")
    assert (status, answer["error"]["code"]) == (400, 131047)
    sim.advance(24 * 3600 - 60)
    await graph.sends()
    sim.advance(120)
    status, answer = await graph.send("text", {"body": "oi"})
    assert (status, answer["error"]["code"]) == (400, 131047)
    status, answer = await graph.send("template", template("boas_vindas", "pt_BR", "João"))
    assert status == 200
    assert answer["messages"][0]["message_status"] == "accepted"
    await joao.says("voltei")
    await graph.sends()


async def test_the_window_can_fail_later_or_never(sim: Simulator, graph: Graph, receiver: Any) -> None:
    sim.configure(window="status")
    wamid = await graph.sends()
    await sim.settled()
    failed = receiver.statuses[0]
    assert (failed["id"], failed["status"], failed["errors"][0]["code"]) == (wamid, "failed", 131047)
    sim.configure(window="off")
    await graph.sends()
    await sim.settled()
    assert [status["status"] for status in receiver.statuses] == ["failed", "sent", "delivered"]


@pytest.mark.parametrize(
    "phone, code", [("5511999990001", 131026), ("5511999990002", 131049), ("5511999990003", 131050)]
)
async def test_phones_that_fail_later(
    sim: Simulator, graph: Graph, receiver: Any, phone: str, code: int
) -> None:
    status, _ = await graph.send("template", template("boas_vindas", "pt_BR", "Ana"), to=phone)
    assert status == 200
    await sim.settled()
    assert [(s["status"], s["errors"][0]["code"]) for s in receiver.statuses] == [("failed", code)]


async def test_phones_that_are_refused(graph: Graph, number: PlayedNumber) -> None:
    for phone, code in (("5511999990000", 131026), (number.display_phone_number, 131021)):
        status, answer = await graph.send("template", template("boas_vindas", "pt_BR", "Ana"), to=phone)
        assert (status, answer["error"]["code"]) == (400, code)


async def test_brazils_ninth_digit_is_one_person(sim: Simulator, graph: Graph, number: PlayedNumber) -> None:
    maria = number.customer("5563992484773")
    await maria.says("Oi")
    assert maria.customer.wa_id == "556392484773"
    for written in ("5563992484773", "556392484773"):
        status, answer = await graph.send("text", {"body": "oi"}, to=written)
        assert (status, answer["contacts"][0]["input"]) == (200, written)
        assert answer["contacts"][0]["wa_id"] == "556392484773"
    assert len(maria.received) == 2


async def test_a_customer_without_a_phone_is_reached_by_bsuid(graph: Graph, number: PlayedNumber) -> None:
    ana = number.customer("BR.13491208655302741918", name="Ana")
    await ana.says("Oi")
    body = {"messaging_product": "whatsapp", "recipient": "BR.13491208655302741918", "text": {"body": "olá"}}
    status, answer = await graph.post(body)
    assert status == 200
    assert answer["contacts"] == [{"input": "BR.13491208655302741918", "user_id": "BR.13491208655302741918"}]
    body = {"messaging_product": "whatsapp", "recipient": "BR.13491208655302741918", "type": "template"}
    status, answer = await graph.post(body | {"template": template("codigo_acesso", "pt_BR", "123456")})
    assert (status, answer["error"]["code"]) == (400, 131062)


async def test_template_states(graph: Graph, number: PlayedNumber, joao: PlayedCustomer) -> None:
    for event, code in (("PAUSED", 132015), ("DISABLED", 132016), ("PENDING", 132001)):
        await number.reviews_template("boas_vindas", event)
        _, answer = await graph.send("template", template("boas_vindas", "pt_BR", "João"))
        assert answer["error"]["code"] == code


async def test_template_headers_names_and_buttons(
    graph: Graph, number: PlayedNumber, joao: PlayedCustomer
) -> None:
    confirmed = template("confirmacao_reserva", "pt_BR", "João", "10/12", "14/12")
    _, answer = await graph.send("template", confirmed)
    assert answer["error"]["code"] == 132000
    confirmed["components"] += [
        {"type": "header", "parameters": [{"type": "text", "text": "H-1"}]},
        {
            "type": "button",
            "sub_type": "quick_reply",
            "index": "0",
            "parameters": [{"type": "payload", "payload": "sim"}],
        },
    ]
    status, _ = await graph.send("template", confirmed)
    assert status == 200
    drawn = joao.received[-1].drawn
    assert drawn
    assert drawn["header"] == {"type": "text", "text": "Reserva H-1"}
    assert drawn["body"].startswith("Olá João, sua reserva de 10/12 a 14/12")
    assert [(b["text"], b["id"]) for b in drawn["buttons"]] == [
        ("Confirmar", "sim"),
        ("Alterar datas", "Alterar datas"),
    ]
    confirmed["components"][-1]["index"] = "7"
    _, answer = await graph.send("template", confirmed)
    assert answer["error"]["code"] == 131009


async def test_reading_marks_all_before_and_typing_shows(
    sim: Simulator, graph: Graph, joao: PlayedCustomer
) -> None:
    last = await joao.says("Tem vaga?")
    await joao.says("Alô?")
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": last}
    assert await graph.post(body | {"typing_indicator": {"type": "text"}}) == (200, {"success": True})
    await sim.settled()
    states = {message.wamid: message.status for message in joao.thread}
    assert list(states.values()) == ["read", "read", "delivered"]
    seen = [joao.sees_typing]
    sim.advance(26)
    assert [*seen, joao.sees_typing] == [True, False]
    _, answer = await graph.post(body | {"typing_indicator": {"type": "audio"}})
    assert answer["error"]["code"] == 100


async def test_a_reaction_lands_on_its_message(graph: Graph, joao: PlayedCustomer) -> None:
    first = joao.thread[0]
    status, _ = await graph.send("reaction", {"message_id": first.wamid, "emoji": "👍"})
    assert (status, first.reactions) == (200, {"business": "👍"})
    await graph.send("reaction", {"message_id": first.wamid, "emoji": ""})
    assert first.reactions == {"business": ""}


async def test_rates_when_switched_on(graph: Graph, number: PlayedNumber, joao: PlayedCustomer) -> None:
    number.configure(pairRate=True)
    codes = [(await graph.send("text", {"body": str(n)}))[1].get("error", {}).get("code") for n in range(47)]
    assert codes == [None] * 45 + [131056] * 2
    number.configure(pairRate=False, numberRate=5)
    codes = [(await graph.send("text", {"body": str(n)}))[1].get("error", {}).get("code") for n in range(7)]
    assert codes[:5] == [None] * 5
    assert codes[-1] == 130429


async def test_the_log_is_what_was_accepted(sim: Simulator, graph: Graph, joao: PlayedCustomer) -> None:
    wamids = [await graph.sends(str(n), biz_opaque_callback_data=f'{{"m":{n},"a":1}}') for n in range(3)]
    assert [(entry.wamid, entry.opaque, entry.to) for entry in sim.log] == [
        (wamid, f'{{"m":{n},"a":1}}', JOAO) for n, wamid in enumerate(wamids)
    ]
