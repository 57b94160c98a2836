"""The control API over HTTP, and what survives a restart."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.starter import DEFAULT_NUMBER
from tests.simulator.conftest import FAST, JOAO, Receiver

Json = dict[str, Any]
ROOT = Path(__file__).parents[2]


class Control:
    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self.session = session
        self.base = base

    async def call(self, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, Json]:
        async with self.session.request(method, f"{self.base}/simulator/{path}", json=body, **more) as answer:
            return answer.status, await answer.json()

    async def get(self, path: str) -> Json:
        status, answer = await self.call("GET", path)
        assert status == 200, answer
        return answer

    async def post(self, path: str, body: Any = None) -> Json:
        status, answer = await self.call("POST", path, body)
        assert status in (200, 201, 202), answer
        return answer


@pytest.fixture
async def control(sim: Simulator) -> AsyncIterator[Control]:
    async with aiohttp.ClientSession() as session:
        yield Control(session, sim.url)


async def test_the_default_number_has_its_documented_values(control: Control) -> None:
    [only] = (await control.get("numbers"))["data"]
    assert {name: only[name] for name in DEFAULT_NUMBER} == DEFAULT_NUMBER
    assert (only["subscribed"], only["callbackUrl"]) == (False, None)


async def test_a_fresh_number_and_a_customer_who_writes(control: Control, receiver: Receiver) -> None:
    wanted = {"name": "Pousada Sol", "callbackUrl": receiver.url, "settings": {"autoRead": True}}
    number = await control.post("numbers", wanted)
    assert number["settings"]["autoRead"] is True
    path = f"numbers/{number['phoneNumberId']}"
    body = {"type": "text", "text": {"body": "Olá"}, "name": "João Silva"}
    said = await control.post(f"{path}/customers/{JOAO}/messages", body)
    assert (said["sender"], said["content"], said["status"]) == ("customer", {"body": "Olá"}, "sent")
    assert await control.post("settled", {"timeout": 5}) == {"settled": True}
    assert receiver.messages[0]["id"] == said["wamid"]
    thread = await control.get(f"{path}/customers/{JOAO}/thread")
    assert thread["customer"]["name"] == "João Silva"
    assert thread["customer"]["windowOpen"] is True
    assert [message["status"] for message in thread["messages"]] == ["delivered"]
    [heard] = (await control.get(f"inbound?phoneNumberId={number['phoneNumberId']}"))["data"]
    assert heard["wamid"] == said["wamid"]
    assert heard["acknowledgedAt"] >= heard["at"]
    assert (await control.get("deliveries"))["acknowledged"] == 1


async def test_the_journey_of_buttons_over_http(control: Control, receiver: Receiver) -> None:
    number = await control.post("numbers", {"callbackUrl": receiver.url})
    people = f"numbers/{number['phoneNumberId']}/customers/{JOAO}"
    await control.post(f"{people}/messages", {"type": "text", "text": {"body": "Olá"}})
    reply = {"type": "reply", "reply": {"id": "sim", "title": "Sim"}}
    interactive = {"type": "button", "body": {"text": "Reservar?"}, "action": {"buttons": [reply]}}
    sent = {"messaging_product": "whatsapp", "to": JOAO, "type": "interactive", "interactive": interactive}
    headers = {"Authorization": f"Bearer {number['accessToken']}"}
    url = f"{control.base}/v26.0/{number['phoneNumberId']}/messages"
    async with control.session.post(url, json=sent, headers=headers) as answer:
        wamid = (await answer.json())["messages"][0]["id"]
    tapped = await control.post(f"{people}/taps", {"wamid": wamid, "id": "sim"})
    assert tapped["content"]["button_reply"] == {"id": "sim", "title": "Sim"}
    assert await control.post(f"{people}/read") == {"read": 1}
    [accepted] = (await control.get("log"))["data"]
    assert (accepted["wamid"], accepted["to"], accepted["type"]) == (wamid, JOAO, "interactive")
    assert (await control.call("POST", f"{people}/taps", {"wamid": "wamid.x", "id": "sim"}))[0] == 404
    assert (await control.call("POST", f"{people}/taps", {"wamid": wamid, "id": "não"}))[0] == 400
    other = people.replace(JOAO, "5511988887777")
    assert (await control.call("POST", f"{other}/taps", {"wamid": wamid, "id": "sim"}))[0] == 404


async def test_a_file_from_the_phone_page(control: Control, receiver: Receiver) -> None:
    number = await control.post("numbers", {"callbackUrl": receiver.url})
    people = f"numbers/{number['phoneNumberId']}/customers/{JOAO}"
    url = f"{control.base}/simulator/{people}/media?filename=praia.png"
    async with control.session.post(url, data=b"\x89PNG", headers={"Content-Type": "image/png"}) as answer:
        kept = await answer.json()
    await control.post(
        f"{people}/messages", {"type": "image", "image": {"id": kept["id"], "caption": "a praia"}}
    )
    await control.post("settled")
    assert receiver.messages[0]["image"]["id"] == kept["id"]
    async with control.session.get(f"{control.base}/simulator/media/{kept['id']}") as answer:
        assert (answer.status, answer.content_type, await answer.read()) == (200, "image/png", b"\x89PNG")


@pytest.mark.parametrize(
    "asked, status, part, place",
    [
        (None, 200, b"OggS voz", None),
        ("bytes=0-", 206, b"OggS voz", "bytes 0-7/8"),
        ("bytes=5-6", 206, b"vo", "bytes 5-6/8"),
        ("bytes=5-99", 206, b"voz", "bytes 5-7/8"),
        ("bytes=-3", 206, b"voz", "bytes 5-7/8"),
        ("bytes=8-", 416, b"", "bytes */8"),
        ("bytes=x", 400, None, None),
    ],
)
async def test_a_browser_may_seek_in_a_sound(
    control: Control, asked: str | None, status: int, part: bytes | None, place: str | None
) -> None:
    url = f"{control.base}/simulator/numbers/{DEFAULT_NUMBER['phoneNumberId']}/customers/{JOAO}/media"
    async with control.session.post(url, data=b"OggS voz", headers={"Content-Type": "audio/ogg"}) as answer:
        kept = await answer.json()
    headers = {"Range": asked} if asked else {}
    async with control.session.get(f"{control.base}/simulator/media/{kept['id']}", headers=headers) as answer:
        assert (answer.status, answer.headers.get("Content-Range")) == (status, place)
        if part is not None:
            assert (answer.content_type, await answer.read()) == ("audio/ogg", part)


@pytest.mark.parametrize(
    "method, path, body, status",
    [
        ("POST", "numbers", {"phoneNumberId": DEFAULT_NUMBER["phoneNumberId"]}, 400),
        ("POST", "numbers", {"settings": {"speed": 9}}, 400),
        ("PATCH", "settings", {"latency": "much"}, 400),
        ("PATCH", "settings", {"window": "ajar"}, 400),
        ("POST", "faults", {"kind": "gremlins"}, 400),
        ("POST", "faults", {"kind": "late", "phoneNumberId": "404"}, 404),
        ("DELETE", "faults/f99", None, 404),
        ("GET", "numbers/404", None, 404),
        ("POST", "numbers/100000000000001/customers/12/messages", {"type": "text", "text": {}}, 400),
        ("POST", "numbers/100000000000001/customers/5511999999999/messages", {}, 400),
        ("POST", "numbers/100000000000001/customers/5511999999999/messages", {"type": "text"}, 400),
        ("POST", "numbers/100000000000001/customers/5511999999999/messages", [1], 400),
        (
            "POST",
            "numbers/100000000000001/customers/5511999999999/messages",
            {"type": "image", "image": {"content": "não é base64"}},
            400,
        ),
        ("POST", "numbers/100000000000001/burst", {"messages": 0}, 400),
        ("POST", "numbers/100000000000001/webhook", {"field": "messages"}, 400),
        ("POST", "numbers/100000000000001/statuses", {"wamid": "x", "status": "read"}, 404),
        ("POST", "numbers/100000000000001/templates/nenhum/review", {}, 404),
        ("POST", "clock", {"advance": "muito"}, 400),
    ],
)
async def test_what_does_not_fit_is_refused(
    control: Control, method: str, path: str, body: Any, status: int
) -> None:
    got, answer = await control.call(method, path, body)
    assert (got, set(answer)) == (status, {"error", "message"}), answer


async def test_faults_settings_clock_and_reset(control: Control) -> None:
    fault = await control.post("faults", {"kind": "accepted_late", "count": 2, "seconds": 20})
    listed = await control.get("faults")
    assert listed["data"] == [fault]
    assert (fault["kind"], fault["count"], fault["seconds"], fault["probability"]) == (
        "accepted_late",
        2,
        20,
        1.0,
    )
    assert "accepted_reset" in listed["kinds"]["answer"]
    assert (await control.call("DELETE", f"faults/{fault['id']}"))[0] == 200
    await control.post("faults", {"kind": "duplicate"})
    _, settings = await control.call("PATCH", "settings", {"latency": 0.2, "autoRead": True})
    assert (settings["latency"], settings["autoRead"]) == (0.2, True)
    before = (await control.post("clock", {"advance": 0}))["now"]
    assert (await control.post("clock", {"advance": 3600}))["now"] - before >= 3600
    await control.post("numbers")
    await control.post("reset")
    assert (await control.get("faults"))["data"] == []
    assert len((await control.get("numbers"))["data"]) == 1


async def test_only_pages_of_this_machine_may_call(control: Control) -> None:
    for origin, status in (
        ("http://localhost:5173", 200),
        ("http://127.0.0.1:3001", 200),
        ("http://[::1]:3001", 200),
        ("https://evil.example", 403),
        ("https://127.0.0.1.evil.example", 403),
        ("null", 403),
    ):
        async with control.session.get(
            f"{control.base}/simulator/numbers", headers={"Origin": origin}
        ) as answer:
            assert answer.status == status, origin
            assert (answer.headers.get("Access-Control-Allow-Origin") == origin) == (status == 200)
        async with control.session.options(
            f"{control.base}/simulator/numbers", headers={"Origin": origin}
        ) as answer:
            assert answer.status == (204 if status == 200 else 403)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "hotel.example"])
def test_it_does_not_listen_beyond_this_machine_unasked(host: str) -> None:
    with pytest.raises(ValueError, match="no authentication"):
        Simulator(host)
    assert Simulator(host, allow_public=True).url.startswith("http://")


async def test_the_stream_tells_the_phone_page(sim: Simulator, control: Control) -> None:
    number = await sim.add_number()
    seen: list[str] = []
    async with control.session.get(f"{control.base}/simulator/stream") as answer:
        assert answer.content_type == "text/event-stream"
        await answer.content.readuntil(b"\n\n")
        joao = number.customer(JOAO, name="João")
        wamid = await joao.says("Olá")
        headers = {"Authorization": f"Bearer {number.access_token}"}
        body: Json = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
        body |= {"typing_indicator": {"type": "text"}}
        url = f"{sim.url}/v26.0/{number.phone_number_id}/messages"
        async with control.session.post(url, json=body, headers=headers) as marked:
            assert marked.status == 200
        while "typing" not in seen:
            frame = (await asyncio.wait_for(answer.content.readuntil(b"\n\n"), 30)).decode()
            seen.append(frame.partition("\n")[0].removeprefix("event: "))
            assert f'"phoneNumberId":"{number.phone_number_id}"' in frame
    assert seen == ["message", "read", "typing"]


async def test_a_restart_keeps_what_matters(tmp_path: Path, receiver: Receiver) -> None:
    async with Simulator(data_dir=tmp_path, settings=FAST) as sim:
        number = await sim.add_number(webhook=receiver.url, name="Pousada")
        await number.reviews_template("boas_vindas", "PAUSED")
        joao = number.customer(JOAO, name="João Silva")
        await joao.says("Olá")
        await sim.settled()
        async with aiohttp.ClientSession() as session:
            change = {"settings": {"latency": 0.001}, "name": "Pousada Sol"}
            await Control(session, sim.url).call("PATCH", f"numbers/{number.phone_number_id}", change)
        async with aiohttp.ClientSession() as session:
            body: Json = {"messaging_product": "whatsapp", "to": JOAO, "text": {"body": "oi"}}
            body["biz_opaque_callback_data"] = "m1"
            headers = {"Authorization": f"Bearer {number.access_token}"}
            url = f"{sim.url}/v26.0/{number.phone_number_id}/messages"
            async with session.post(url, json=body, headers=headers) as answer:
                assert answer.status == 200
        await sim.settled()
        receiver.answers = [503] * 1000
        await joao.says("caiu?")
        log = [entry.as_json() for entry in sim.log]
    receiver.answers, count = [], len(receiver.posted)
    with (tmp_path / "simulator.jsonl").open("ab") as journal:
        journal.write(b'{"kind":"number","phone_nu')
    async with Simulator(data_dir=tmp_path, settings=FAST) as sim:
        await sim.settled()
        assert [entry.as_json() for entry in sim.log] == log
        number = sim.number(number.phone_number_id)
        assert (number.number.verified_name, number.template("boas_vindas").status) == (
            "Pousada Sol",
            "PAUSED",
        )
        assert number.number.settings.latency == 0.001
        joao = number.customer(JOAO)
        assert [m.content["body"] for m in joao.thread] == ["Olá", "oi", "caiu?"]
        assert joao.customer.window_open(sim.provider.clock.now())
        assert [m.status for m in joao.thread] == ["delivered"] * 3
        assert [m["text"]["body"] for p in receiver.posted[count:] for v in p.values for m in v["messages"]][
            -1
        ] == "caiu?"
        assert not [s for p in receiver.posted[count:] for v in p.values for s in v.get("statuses", [])]


async def start_program(data_dir: Path) -> tuple[asyncio.subprocess.Process, str]:
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "server.channels.simulator", "--port", "0", "--data-dir", str(data_dir)),
        cwd=ROOT,
        stderr=asyncio.subprocess.PIPE,
    )
    assert program.stderr
    line = (await asyncio.wait_for(program.stderr.readline(), 60)).decode()
    return program, line.split()[-1]


async def test_kill_9_loses_no_acceptance(tmp_path: Path) -> None:
    program, url = await start_program(tmp_path)
    accepted = []
    async with aiohttp.ClientSession() as session:
        control = Control(session, url)
        await control.call("PATCH", "settings", {"window": "off"})
        headers = {"Authorization": f"Bearer {DEFAULT_NUMBER['accessToken']}"}
        send = f"{url}/v26.0/{DEFAULT_NUMBER['phoneNumberId']}/messages"
        for n in range(50):
            body = {"messaging_product": "whatsapp", "to": JOAO, "text": {"body": str(n)}}
            async with session.post(send, json=body, headers=headers) as answer:
                accepted.append((await answer.json())["messages"][0]["id"])
    program.kill()
    await program.wait()
    program, url = await start_program(tmp_path)
    async with aiohttp.ClientSession() as session:
        log = await Control(session, url).get("log")
    assert [entry["wamid"] for entry in log["data"]] == accepted
    program.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(program.wait(), 30) == 0


async def test_the_phone_page_and_its_assets(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "phone.html").write_text("<h1>Telefone</h1>")
    (tmp_path / "assets" / "phone.js").write_text("export {}")
    async with Simulator(pages=tmp_path) as sim, aiohttp.ClientSession() as session:
        async with session.get(sim.url) as page:
            assert await page.text() == "<h1>Telefone</h1>"
            policy = page.headers["Content-Security-Policy"]
            assert "script-src 'self';" in policy
            assert "unsafe" not in policy
        async with session.get(f"{sim.url}/assets/phone.js") as script:
            assert script.content_type.endswith("/javascript")
        for path in ("assets/nada.js", "assets/..%2Fphone.html", "assets/"):
            async with session.get(f"{sim.url}/{path}") as nothing:
                assert nothing.status == 404, path
    async with Simulator(pages=tmp_path / "nada") as sim, aiohttp.request("GET", sim.url) as page:
        assert (page.status, "npm run build" in await page.text()) == (404, True)
