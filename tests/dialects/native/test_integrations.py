"""What is connected beside the channels: its keys go in, and out only to whom they belong."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.outside import guarded_session
from tests.conftest import Client, Session
from tests.factories import body_of, made
from tests.fakes.models import KEY
from tests.fakes.openai import FakeOpenAI
from tests.fakes.serving import served
from tests.fakes.sgp import APP, TOKEN, FakeSgp

SGP = {"kind": "SGP", "key": TOKEN, "url": "https://provedor.sgp.net.br", "app": APP}
OTHER_MODEL = {
    "kind": "OPENAI_COMPATIBLE",
    "key": KEY,
    "url": "https://ia.exemplo.com/v1",
    "model": "llama-4",
}
GEMINI = {"kind": "GEMINI", "key": KEY}


@pytest.mark.parametrize(
    "method, path",
    [
        ("GET", ""), ("POST", ""), ("GET", "/x"), ("PATCH", "/x"), ("DELETE", "/x"), ("POST", "/x/check"),
    ],
)  # fmt: skip
async def test_strangers_are_refused(client: Client, method: str, path: str) -> None:
    answer = await client.request(method, f"/api/integrations{path}")
    assert answer.status == 401


@pytest.mark.parametrize("role", ["VIEWER", "AGENT", "SUPERVISOR"])
async def test_only_admins(hotel: Session, role: str) -> None:
    colleague = await hotel.colleague(role)
    assert (await colleague.get("/api/integrations")).status == 403
    assert (await colleague.post("/api/integrations", SGP)).status == 403


async def test_connecting(hotel: Session) -> None:
    integration = await made(hotel, "/api/integrations", **SGP, ticketType=14)
    assert integration == {
        "id": integration["id"], "kind": "SGP", "enabled": True, "key": f"…{TOKEN[-4:]}", "url": SGP["url"], "model": None,
        "app": APP, "ticketType": 14, "createdAt": integration["createdAt"], "updatedAt": integration["updatedAt"],
    }  # fmt: skip
    assert await body_of(await hotel.get("/api/integrations")) == {"data": [integration]}
    assert await body_of(await hotel.get(f"/api/integrations/{integration['id']}")) == integration


async def test_the_key_is_sealed_and_told_nowhere(hotel: Session) -> None:
    await made(hotel, "/api/integrations", **SGP)
    [stored] = await hotel.db.integrations.all()
    vault = hotel.runtime.keys.vault
    assert vault.open(hotel.tenant["id"], stored["secrets"]["key"]) == TOKEN
    events = await hotel.db.events.all({"kind": "catalog.changed"})
    assert [event["payload"]["noun"] for event in events] == ["integrations"]
    assert TOKEN not in str([stored, events])


async def test_one_of_a_kind(hotel: Session, rival: Session) -> None:
    await made(hotel, "/api/integrations", **SGP)
    assert (await hotel.post("/api/integrations", SGP)).status == 409
    await made(hotel, "/api/integrations", **GEMINI)
    await made(rival, "/api/integrations", **SGP)


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({**SGP, "url": None}, "url"),
        ({**SGP, "app": None}, "app"),
        ({**SGP, "app": "  "}, "app"),
        ({**SGP, "key": ""}, "key"),
        ({**SGP, "key": "…5678"}, "key"),
        ({**SGP, "key": "a\r\nX-Evil: 1"}, "key"),
        ({**OTHER_MODEL, "model": None}, "model"),
        ({**OTHER_MODEL, "model": "../../x y"}, "model"),
        ({**GEMINI, "url": "https://evil.example"}, "url"),
        ({**SGP, "kind": "IXC"}, "kind"),
        ({**SGP, "ticketType": 0}, "ticketType"),
        *(({**SGP, "url": url}, "url") for url in (
            "provedor.sgp.net.br", "ftp://x.com", "https://", "https://user:pass@x.com", "https://x.com/?a=1", "https://x.com/#a",
            "https://x.com/../y", "javascript:alert(1)", "https://x.com\r\nX: y",
        )),
    ],
)  # fmt: skip
async def test_a_bad_one_names_its_field(hotel: Session, wrong: dict[str, Any], field: str) -> None:
    sent = {name: value for name, value in wrong.items() if value is not None}
    body = await body_of(await hotel.post("/api/integrations", sent), 400)
    assert [detail["field"] for detail in body["details"]] == [field]


async def test_changing(hotel: Session) -> None:
    made_one = await made(hotel, "/api/integrations", **SGP)
    path = f"/api/integrations/{made_one['id']}"
    changed = await body_of(await hotel.patch(path, {"enabled": False, "ticketType": 7}))
    assert (changed["enabled"], changed["ticketType"], changed["url"]) == (False, 7, SGP["url"])
    renewed = await body_of(await hotel.patch(path, {"key": "outro-token-9999"}))
    assert renewed["key"] == "…9999"


async def test_no_key_goes_to_another_address(hotel: Session) -> None:
    integration = await made(hotel, "/api/integrations", **SGP)
    path = f"/api/integrations/{integration['id']}"
    refused = await body_of(await hotel.patch(path, {"url": "https://evil.example"}), 400)
    assert [detail["field"] for detail in refused["details"]] == ["key"]
    moved = await body_of(await hotel.patch(path, {"url": "https://novo.sgp.net.br", "key": TOKEN}))
    assert moved["url"] == "https://novo.sgp.net.br"


async def test_removing(hotel: Session) -> None:
    integration = await made(hotel, "/api/integrations", **SGP)
    path = f"/api/integrations/{integration['id']}"
    assert (await hotel.delete(path)).status == 204
    assert (await hotel.get(path)).status == 404
    assert await hotel.db.integrations.all() == []


@pytest.fixture
async def sgp_url(hotel: Session, fake_sgp: FakeSgp) -> AsyncIterator[str]:
    """SGP, where the house may reach it."""
    async with served(fake_sgp.app()) as url, guarded_session(own=[url]) as outside:
        hotel.runtime.outside, usual = outside, hotel.runtime.outside
        yield url
        hotel.runtime.outside = usual


async def test_checking(hotel: Session, sgp_url: str) -> None:
    integration = await made(hotel, "/api/integrations", **{**SGP, "url": sgp_url})
    path = f"/api/integrations/{integration['id']}"
    assert await body_of(await hotel.post(f"{path}/check")) == {"ok": True, "cause": None}
    await hotel.patch(path, {"key": "errado-errado"})
    refused = await body_of(await hotel.post(f"{path}/check"))
    assert (refused["ok"], "chave" in refused["cause"]) == (False, True)


@pytest.mark.parametrize("which", [OTHER_MODEL, SGP])
async def test_checking_does_not_look_around_inside(
    hotel: Session, fake_openai: FakeOpenAI, fake_sgp: FakeSgp, which: dict[str, Any]
) -> None:
    fake = fake_sgp if which is SGP else fake_openai
    async with served(fake.app()) as url:
        integration = await made(hotel, "/api/integrations", **{**which, "url": f"{url}/v1"})
        checked = await body_of(await hotel.post(f"/api/integrations/{integration['id']}/check"))
    assert not checked["ok"]
    assert "endereços públicos" in checked["cause"]


async def test_a_key_that_cannot_be_opened_is_said_so(hotel: Session) -> None:
    integration = await made(hotel, "/api/integrations", **SGP)
    await hotel.db.integrations.update_all({}, {"$set": {"secrets.key": "x"}})
    checked = await body_of(await hotel.post(f"/api/integrations/{integration['id']}/check"))
    assert "lacrada" in checked["cause"]
