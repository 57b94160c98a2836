"""The account itself."""

from typing import Any

import pytest

from tests.conftest import Client, Session
from tests.factories import body_of

Json = dict[str, Any]
DEFAULTS: Json = {
    "agentVisibility": "ALL",
    "hours": None,
    "routing": {"distribution": "MANUAL", "sticky": True, "capacity": 5},
    "replies": {"greeting": None, "away": None, "survey": None},
    "claimOnAnswer": True,
    "closeIdleAfter": None,
    "assistant": {"answersCustomers": False, "name": "Assistente", "instructions": ""},
    "branding": {"color": None, "logoMediaId": None},
}
MORNING = {"opens": "08:00", "closes": "12:00"}
NIGHT = {"opens": "22:00", "closes": "24:00"}
CHANGED: Json = {
    "agentVisibility": "OWN",
    "hours": {
        "weekly": {"MONDAY": [MORNING, NIGHT], "TUESDAY": []},
        "holidays": [{"date": "2026-12-25", "name": "Natal", "periods": []}],
    },
    "routing": {"distribution": "ROUND_ROBIN", "sticky": False, "capacity": 9},
    "replies": {"greeting": "Olá!", "away": "Voltamos às 8h.", "survey": "Como foi?"},
    "claimOnAnswer": False,
    "closeIdleAfter": 90,
    "assistant": {"answersCustomers": True, "name": "Lia", "instructions": "Somos a Rede Veloz."},
    "branding": {"color": "#0a7560", "logoMediaId": None},
}


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
        "settings": DEFAULTS,
        "createdAt": body["createdAt"],
    }


async def test_changing(hotel: Session, rival: Session) -> None:
    changes = {
        "name": "Hotel Novo", "kind": "HOTEL", "locale": "en-US", "timeZone": "America/Manaus", "settings": CHANGED,
    }  # fmt: skip
    answer = await hotel.patch("/api/tenant", changes)
    body = await answer.json()
    assert answer.status == 200
    assert {name: body[name] for name in changes} == changes
    assert await (await hotel.get("/api/tenant")).json() == body
    assert (await (await hotel.get("/auth/me")).json())["tenant"] == body
    untouched = await (await rival.get("/api/tenant")).json()
    assert (untouched["name"], untouched["settings"]) == ("Pousada Rival", DEFAULTS)


@pytest.mark.parametrize("setting", CHANGED)
async def test_what_is_not_sent_stays(hotel: Session, setting: str) -> None:
    """Each setting is changed alone, and as a whole."""
    alone = {setting: CHANGED[setting]}
    await body_of(await hotel.patch("/api/tenant", {"settings": alone}))
    unrelated: list[Json] = [{"settings": {}}, {"name": "Outro"}]
    for changes in unrelated:
        body = await body_of(await hotel.patch("/api/tenant", changes))
        assert body["settings"] == DEFAULTS | alone
        assert body["timeZone"] == "America/Sao_Paulo"
    back = await body_of(await hotel.patch("/api/tenant", {"settings": {setting: DEFAULTS[setting]}}))
    assert back["settings"] == DEFAULTS


async def refusal(hotel: Session, changes: Json) -> Json:
    """The one detail of it; nothing has changed."""
    answer = await hotel.patch("/api/tenant", changes)
    body = await answer.json()
    assert answer.status == 400, body
    assert body["error"] == "VALIDATION_ERROR"
    assert (await body_of(await hotel.get("/api/tenant")))["settings"] == DEFAULTS
    [detail] = body["details"]
    found: Json = detail
    return found


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
        ({"settings": {"routing": {"distribution": "RANDOM"}}}, "settings.routing.distribution"),
        ({"settings": {"routing": {"capacity": 0}}}, "settings.routing.capacity"),
        ({"settings": {"routing": {"sticky": None}}}, "settings.routing.sticky"),
        ({"settings": {"routing": None}}, "settings.routing"),
        ({"settings": {"replies": {"greeting": "x" * 1001}}}, "settings.replies.greeting"),
        ({"settings": {"replies": {"hello": "x"}}}, "settings.replies.hello"),
        ({"settings": {"claimOnAnswer": None}}, "settings.claimOnAnswer"),
        ({"settings": {"claimOnAnswer": "yes"}}, "settings.claimOnAnswer"),
        ({"settings": {"closeIdleAfter": 0}}, "settings.closeIdleAfter"),
        ({"settings": {"closeIdleAfter": 60 * 24 * 30 + 1}}, "settings.closeIdleAfter"),
        ({"settings": {"assistant": {"name": ""}}}, "settings.assistant.name"),
        ({"settings": {"assistant": {"instructions": "x" * 8001}}}, "settings.assistant.instructions"),
        ({"settings": {"hours": {}}}, "settings.hours.weekly"),
    ],
)
async def test_a_bad_change_names_its_field(hotel: Session, wrong: Json, field: str) -> None:
    assert (await refusal(hotel, wrong))["field"] == field


CROSSING = "O fim do período precisa vir depois do início; o que passa da meia-noite se divide em dois dias (até 24:00, e de 00:00)."
OVERLAPPING = "Os períodos de um dia não podem se sobrepor."


@pytest.mark.parametrize(
    "periods, place, message",
    [
        ([MORNING, {"opens": "11:59", "closes": "13:00"}], "", OVERLAPPING),
        ([NIGHT, MORNING, NIGHT], "", OVERLAPPING),
        ([{"opens": "22:00", "closes": "06:00"}], ".0", CROSSING),
        ([MORNING, {"opens": "24:00", "closes": "24:00"}], ".1", CROSSING),
        ([{"opens": "8:00", "closes": "12:00"}], ".0.opens", "Formato inválido."),
        ([{"opens": "08:00"}], ".0.closes", "Campo obrigatório."),
        ([{**MORNING, "note": "x"}], ".0.note", "Campo desconhecido."),
    ],
)
async def test_hours_that_make_no_sense(hotel: Session, periods: Json, place: str, message: str) -> None:
    for hours, path in (
        ({"weekly": {"FRIDAY": periods}}, "weekly.FRIDAY"),
        ({"weekly": {}, "holidays": [{"date": "2026-12-24", "periods": periods}]}, "holidays.0.periods"),
    ):
        detail = await refusal(hotel, {"settings": {"hours": hours}})
        assert (detail["field"], detail["message"]) == (f"settings.hours.{path}{place}", message)


@pytest.mark.parametrize(
    "holidays, place, message",
    [
        ([{"date": "2026-12-25"}, {"date": "2026-12-25"}], "", "Cada feriado pode aparecer uma vez só."),
        ([{"date": "25/12/2026"}], ".0.date", "Data inválida."),
        ([{"date": "2026-02-30"}], ".0.date", "Data inválida."),
        ([{"name": "Natal"}], ".0.date", "Campo obrigatório."),
    ],
)
async def test_holidays_that_make_no_sense(hotel: Session, holidays: Json, place: str, message: str) -> None:
    detail = await refusal(hotel, {"settings": {"hours": {"weekly": {}, "holidays": holidays}}})
    assert (detail["field"], detail["message"]) == (f"settings.hours.holidays{place}", message)


async def test_an_unknown_weekday(hotel: Session) -> None:
    detail = await refusal(hotel, {"settings": {"hours": {"weekly": {"SEGUNDA": [MORNING]}}}})
    assert detail["field"].startswith("settings.hours.weekly.SEGUNDA")
    assert "'MONDAY', 'TUESDAY'" in detail["message"]


@pytest.mark.parametrize("role", ["AGENT", "SUPERVISOR", "VIEWER"])
async def test_only_admins_change_it(hotel: Session, role: str) -> None:
    colleague = await hotel.colleague(role)
    answer = await colleague.patch("/api/tenant", {"name": "Meu Hotel"})
    assert answer.status == 403
    assert (await (await hotel.get("/api/tenant")).json())["name"] == "Hotel ABC"
