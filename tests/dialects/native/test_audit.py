"""The audit log: native-api.md, Audit log."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

from tenants.audit import Action, Target
from tenants.context import Context
from tenants.problems import Problem
from tests.conftest import PASSWORD, Client, Session
from tests.factories import CHANNEL_SECRETS, a_channel, a_conversation, body_of, made, tenant_of
from tests.fakes.models import KEY

Json = dict[str, Any]
ROOT = Path(__file__).parents[3]
AN_ENTRY = (Action.TAG_CREATED, Target("tags", "x", "x"))


async def entries(session: Session, **query: Any) -> list[Json]:
    """Newest first."""
    body = await body_of(await session.get("/api/audit", params=query))
    return list(body["data"])


async def newest(session: Session, **query: Any) -> Json:
    return (await entries(session, **query))[0]


def told(entry: Json) -> dict[str, tuple[Any, Any]]:
    return {change["field"]: (change["before"], change["after"]) for change in entry["changes"]}


async def test_strangers_are_refused(client: Client) -> None:
    answer = await client.get("/api/audit")
    assert (answer.status, (await answer.json())["error"]) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize("role", ["VIEWER", "AGENT", "SUPERVISOR"])
async def test_only_admins_read_it(hotel: Session, role: str) -> None:
    colleague = await hotel.colleague(role)
    answer = await colleague.get("/api/audit")
    assert (answer.status, (await answer.json())["error"]) == (403, "FORBIDDEN")


async def test_nothing_of_another_tenant_is_in_it(hotel: Session, rival: Session) -> None:
    await made(hotel, "/api/tags", name="Segredo")
    assert {entry["action"] for entry in await entries(rival)} == {"session.opened"}
    assert await entries(rival, actorId=hotel.user["id"]) == []


async def test_an_entry_says_who_what_where_and_when(hotel: Session) -> None:
    headers = {"X-Request-ID": "pedido-1"}
    tag = await body_of(await hotel.post("/api/tags", {"name": "VIP"}, headers=headers), 201)
    entry = await newest(hotel)
    assert entry == {
        "id": entry["id"], "at": entry["at"], "action": "tag.created", "ip": "127.0.0.1", "requestId": "pedido-1",
        "actor": {"id": hotel.user["id"], "name": "Admin", "kind": "USER"},
        "target": {"noun": "tags", "id": tag["id"], "name": "VIP"},
        "changes": [
            {"field": "name", "before": None, "after": "VIP"},
            {"field": "color", "before": None, "after": "#607D8B"},
        ],
    }  # fmt: skip
    stored = await hotel.db.audit.by_id(entry["id"])
    assert stored
    assert (stored["action"], stored["tenant_id"]) == ("tag.created", hotel.tenant["id"])


async def test_what_changed_is_told_before_and_after(hotel: Session) -> None:
    tag = await made(hotel, "/api/tags", name="VIP")
    await hotel.patch(f"/api/tags/{tag['id']}", {"name": "Ouro"})
    assert told(await newest(hotel, action="tag.changed")) == {"name": ("VIP", "Ouro")}
    await hotel.patch(f"/api/tags/{tag['id']}", {"name": "Ouro"})
    assert len(await entries(hotel, action="tag.changed")) == 1
    await hotel.delete(f"/api/tags/{tag['id']}")
    assert (await newest(hotel))["target"] == {"noun": "tags", "id": tag["id"], "name": "Ouro"}


async def test_the_catalogue(hotel: Session) -> None:
    maria = await hotel.colleague()
    team = await made(hotel, "/api/teams", name="Reservas")
    await hotel.patch(f"/api/teams/{team['id']}", {"memberIds": [maria.user["id"]]})
    assert told(await newest(hotel)) == {"memberIds": ([], [maria.user["id"]])}
    answer = await made(hotel, "/api/canned-responses", shortcut="oi", content="Olá!")
    await hotel.patch(f"/api/canned-responses/{answer['id']}", {"content": "Bom dia!"})
    assert told(await newest(hotel)) == {"content": ("Olá!", "Bom dia!")}
    await hotel.delete(f"/api/canned-responses/{answer['id']}")
    await hotel.delete(f"/api/teams/{team['id']}")
    assert [entry["action"] for entry in await entries(hotel, limit=6)] == [
        "team.removed", "canned_response.removed", "canned_response.changed", "canned_response.created", "team.changed",
        "team.created",
    ]  # fmt: skip


async def test_users(hotel: Session) -> None:
    maria = await hotel.colleague()
    path = f"/api/users/{maria.user['id']}"
    created = await newest(hotel, action="user.created")
    assert told(created)["role"] == (None, "AGENT")
    await hotel.patch(path, {"role": "SUPERVISOR", "password": "outra-senha"})
    assert told(await newest(hotel)) == {"role": ("AGENT", "SUPERVISOR"), "password": ("…", "…")}
    await hotel.delete(path)
    assert told(await newest(hotel)) == {"status": ("ACTIVE", "INACTIVE")}
    await hotel.post("/auth/change-password", {"oldPassword": PASSWORD, "newPassword": "senha-nova-1"})
    own = await newest(hotel)
    assert (own["target"]["id"], told(own)) == (hotel.user["id"], {"password": ("…", "…")})


async def test_the_account(hotel: Session) -> None:
    hours = {"weekly": {"MONDAY": [{"opens": "08:00", "closes": "18:00"}]}}
    settings = {"closeIdleAfter": 30, "hours": hours, "assistant": {"answersCustomers": True}}
    await hotel.patch("/api/tenant", {"name": "Hotel XYZ", "settings": settings})
    changed = told(await newest(hotel))
    assert changed["name"] == ("Hotel ABC", "Hotel XYZ")
    assert changed["settings.closeIdleAfter"] == (None, 30)
    assert changed["settings.hours"] == (None, {**hours, "holidays": []})
    assistant = {"answersCustomers": False, "name": "Assistente", "instructions": ""}
    assert changed["settings.assistant"] == (assistant, {**assistant, "answersCustomers": True})
    await hotel.patch("/api/tenant", {"name": "Hotel XYZ"})
    assert len(await entries(hotel, noun="tenants")) == 1


async def test_of_secrets_only_their_last_characters(hotel: Session) -> None:
    channel = await a_channel(hotel)
    await hotel.patch(f"/api/channels/{channel['id']}", {"accessToken": "EAA-novo-token-9876"})
    assert told(await newest(hotel, action="channel.changed")) == {
        "accessToken": (channel["accessToken"], "…9876")
    }
    await hotel.delete(f"/api/channels/{channel['id']}")
    model = await made(hotel, "/api/integrations", kind="GEMINI", key=KEY)
    await hotel.patch(f"/api/integrations/{model['id']}", {"key": "outra-chave-4321", "enabled": False})
    changed = told(await newest(hotel))
    assert changed == {"key": (model["key"], "…4321"), "enabled": (True, False)}
    await hotel.delete(f"/api/integrations/{model['id']}")
    said = str(await hotel.db.audit.all())
    assert [action["action"] for action in await entries(hotel, limit=6)][:2] == [
        "integration.removed",
        "integration.changed",
    ]
    assert "channel.removed" in said
    secrets = [KEY, "EAA-novo-token", "outra-chave", PASSWORD, *CHANNEL_SECRETS[1:]]
    assert not [secret for secret in secrets if re.search(rf"{re.escape(secret)}\d", said) or secret in said]


async def test_a_contact_that_went_leaves_no_name_behind(hotel: Session) -> None:
    channel = await a_channel(hotel)
    first = await a_conversation(hotel, channel, phone="5511911110000", name="João Segredo")
    other = await a_conversation(hotel, channel, phone="5511922220000", name="Maria Segredo")
    into = {"intoId": other["contactId"]}
    await body_of(await hotel.post(f"/api/contacts/{first['contactId']}/merge", into))
    await hotel.delete(f"/api/contacts/{other['contactId']}")
    removed, merged = await entries(hotel, noun="contacts")
    assert (removed["action"], removed["target"]["id"]) == ("contact.removed", other["contactId"])
    assert told(merged) == {"id": (first["contactId"], other["contactId"])}
    assert "Segredo" not in str(await hotel.db.audit.all())


async def test_what_is_carried_out_of_the_house(hotel: Session) -> None:
    assert (await hotel.get("/api/reports/conversations.csv", params={"period": "7d"})).status == 200
    entry = await newest(hotel)
    assert (entry["action"], entry["target"]["noun"]) == ("conversations.exported", "conversations")
    assert [field for field, (_, moment) in told(entry).items() if moment.endswith("Z")] == ["from", "to"]


async def refused(session: Session) -> Json:
    async with asyncio.timeout(30):
        while not (found := await entries(session, action="session.refused")):
            await asyncio.sleep(0.02)
    return found[0]


async def test_coming_in_and_going_out(client: Client, hotel: Session) -> None:
    maria = await hotel.colleague()
    wrong = {"email": maria.user["email"], "password": "errada-errada", "tenantSlug": hotel.slug}
    assert (await client.post("/auth/login", json=wrong)).status == 401
    assert (await refused(hotel))["target"] == {
        "noun": "users",
        "id": maria.user["id"],
        "name": "Maria Atendente",
    }
    assert (await refused(hotel))["actor"]["kind"] == "HOUSE"
    assert (await maria.post("/auth/logout", {"refreshToken": maria.refresh_token})).status == 204
    out, came = await entries(hotel, actorId=maria.user["id"])
    assert (out["action"], came["action"]) == ("session.closed", "session.opened")
    assert (out["actor"]["name"], out["ip"], out["requestId"] is None) == (
        "Maria Atendente",
        "127.0.0.1",
        False,
    )


async def test_the_other_dialect_is_told_of_too(client: Client, hotel: Session) -> None:
    email = f"admin@{hotel.slug}.com"
    body = {"email": email, "password": PASSWORD, "tenant_slug": hotel.slug}
    await body_of(await client.post("/api/v1/auth/login", json=body))
    assert len(await entries(hotel, action="session.opened")) == 2
    assert (await client.post("/api/v1/auth/login", json={**body, "password": "x" * 9})).status == 401
    assert (await refused(hotel))["ip"] == "127.0.0.1"


async def test_filters(hotel: Session) -> None:
    supervisor = await hotel.colleague("SUPERVISOR")
    await made(supervisor, "/api/tags", name="A")
    await made(hotel, "/api/tags", name="B")
    first, second = reversed(await entries(hotel, noun="tags"))
    assert [e["actor"]["id"] for e in (first, second)] == [supervisor.user["id"], hotel.user["id"]]
    assert await entries(hotel, actorId=supervisor.user["id"], noun="tags") == [first]
    assert await entries(hotel, **{"from": first["at"], "to": second["at"]}) == [first]
    assert await entries(hotel, **{"from": "2100-01-01T00:00:00Z"}) == []
    for wrong in (
        "from=ontem",
        "to=0.5",
        "to=20260101",
        "from=2026-01-01T00:00:00",
        "action=tag.painted",
        "limit=0",
        "cursor=x",
    ):
        assert (await hotel.get(f"/api/audit?{wrong}")).status == 400


async def test_pages_neither_skip_nor_repeat(hotel: Session) -> None:
    for number in range(5):
        await made(hotel, "/api/tags", name=f"Etiqueta {number}")
    # Of one moment, so that the id has to decide.
    [moment] = [entry["at"] for entry in await hotel.db.audit.all({}, limit=1)]
    await hotel.db.audit.update_all({}, {"$set": {"at": moment}})
    whole = await entries(hotel, noun="tags")
    seen, cursor = list[Json](), None
    while cursor != "":
        query = {"noun": "tags", "limit": 2, **({"cursor": cursor} if cursor else {})}
        page = await body_of(await hotel.get("/api/audit", params=query))
        seen, cursor = [*seen, *page["data"]], page["nextCursor"] or ""
    assert (seen, len(seen)) == (whole, 5)


async def test_what_did_not_happen_is_not_told(hotel: Session) -> None:
    await made(hotel, "/api/tags", name="VIP")
    assert (await hotel.post("/api/tags", {"name": "vip"})).status == 409
    assert (await hotel.patch("/api/tags/nowhere", {"name": "x"})).status == 404
    assert len(await entries(hotel, noun="tags")) == 1


async def test_it_goes_with_its_change_or_not_at_all(hotel: Session) -> None:
    """A transaction that ends badly takes the entry with it."""

    async def fails(ctx: Context) -> None:
        await ctx.db.tags.insert({"_id": "x", "number": 99, "name": "x", "name_key": "x"})
        ctx.record(*AN_ENTRY)
        raise Problem

    async with hotel.runtime.enter(await tenant_of(hotel)) as ctx:
        with pytest.raises(Problem):
            await ctx.atomically(lambda: fails(ctx))
        with pytest.raises(RuntimeError):
            ctx.record(*AN_ENTRY)
    assert await entries(hotel, action="tag.created") == []
    assert await hotel.db.tags.by_id("x") is None


def test_nothing_ever_changes_an_entry() -> None:
    changing = re.compile(r"\.audit\.(update|change|delete|bulk|lightly)")
    sources = [path for room in ("server", "tenants", "workers") for path in (ROOT / room).rglob("*.py")]
    assert len(sources) > 100
    assert [path for path in sources if changing.search(path.read_text())] == []
