"""The account itself."""

from typing import Any

import pytest

from tests.conftest import Client, Session


@pytest.mark.parametrize("method", ["GET", "PATCH"])
async def test_strangers_are_refused(client: Client, method: str) -> None:
    answer = await client.request(method, "/api/tenant")
    assert answer.status == 401
    assert (await answer.json())["error"] == "UNAUTHENTICATED"


async def test_reading(hotel: Session) -> None:
    agent = await hotel.colleague()
    body = await (await agent.get("/api/tenant")).json()
    assert body == {
        "id": hotel.tenant["id"],
        "slug": hotel.slug,
        "name": "Hotel ABC",
        "kind": "OTHER",
        "locale": "pt-BR",
        "timeZone": "America/Sao_Paulo",
        "status": "ACTIVE",
        "settings": {"agentVisibility": "ALL"},
        "createdAt": body["createdAt"],
    }


async def test_changing(hotel: Session, rival: Session) -> None:
    changes = {
        "name": "Hotel Novo",
        "kind": "HOTEL",
        "locale": "en-US",
        "timeZone": "America/Manaus",
        "settings": {"agentVisibility": "OWN"},
    }
    answer = await hotel.patch("/api/tenant", changes)
    body = await answer.json()
    assert answer.status == 200
    assert {name: body[name] for name in changes} == changes
    assert await (await hotel.get("/api/tenant")).json() == body
    assert (await (await hotel.get("/auth/me")).json())["tenant"] == body
    assert (await (await rival.get("/api/tenant")).json())["name"] == "Pousada Rival"


async def test_what_is_not_sent_stays(hotel: Session) -> None:
    await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}})
    unrelated: list[dict[str, object]] = [{"settings": {}}, {"name": "Outro"}]
    for changes in unrelated:
        body = await (await hotel.patch("/api/tenant", changes)).json()
        assert body["settings"] == {"agentVisibility": "OWN"}
        assert body["timeZone"] == "America/Sao_Paulo"


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"name": ""}, "name"),
        ({"kind": "BAR"}, "kind"),
        ({"locale": "portuguese"}, "locale"),
        ({"timeZone": "America/Nowhere"}, "timeZone"),
        ({"timeZone": "../../etc/passwd"}, "timeZone"),
        ({"settings": {"agentVisibility": "NONE"}}, "settings.agentVisibility"),
        ({"settings": {"other": 1}}, "settings.other"),
        ({"slug": "other"}, "slug"),
        ({"status": "SUSPENDED"}, "status"),
    ],
)
async def test_a_bad_change_names_its_field(hotel: Session, wrong: dict[str, Any], field: str) -> None:
    answer = await hotel.patch("/api/tenant", wrong)
    body = await answer.json()
    assert (answer.status, body["error"]) == (400, "VALIDATION_ERROR")
    assert [detail["field"] for detail in body["details"]] == [field]


@pytest.mark.parametrize("role", ["AGENT", "SUPERVISOR"])
async def test_only_admins_change_it(hotel: Session, role: str) -> None:
    colleague = await hotel.colleague(role)
    answer = await colleague.patch("/api/tenant", {"name": "Meu Hotel"})
    assert answer.status == 403
    assert (await (await hotel.get("/api/tenant")).json())["name"] == "Hotel ABC"
