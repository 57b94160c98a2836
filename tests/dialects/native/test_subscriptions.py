"""Webhooks that leave the house, as an administrator sets them up: native-api.md, Webhooks."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conftest import Client, Session
from tests.factories import body_of, made

Json = dict[str, Any]
PATH = "/api/webhooks"
HOOK = {"url": "https://erp.exemplo.com.br/balcao?chave=1", "events": ["message.added"]}


@pytest.mark.parametrize(
    "method, path",
    [
        ("GET", ""), ("POST", ""), ("GET", "/x"), ("PATCH", "/x"), ("DELETE", "/x"), ("POST", "/x/test"),
        ("POST", "/x/rotate-secret"),
        ("GET", "/x/deliveries"), ("POST", "/x/deliveries/y/replay"),
    ],
)  # fmt: skip
async def test_strangers_are_refused(client: Client, method: str, path: str) -> None:
    answer = await client.request(method, f"{PATH}{path}")
    assert (answer.status, (await answer.json())["error"]) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize("role", ["VIEWER", "AGENT", "SUPERVISOR"])
async def test_only_admins(hotel: Session, role: str) -> None:
    colleague = await hotel.colleague(role)
    assert (await colleague.get(PATH)).status == 403
    assert (await colleague.post(PATH, HOOK)).status == 403
    assert await hotel.db.subscriptions.count({}) == 0


async def test_another_tenants_does_not_exist(hotel: Session, rival: Session) -> None:
    hook = await made(hotel, PATH, **HOOK)
    own = await made(rival, PATH, **HOOK)
    delivery = {"_id": "d", "subscription_id": hook["id"], "event_id": "e"}
    await hotel.db.deliveries.insert(delivery)
    path = f"{PATH}/{hook['id']}"
    for answer in (
        await rival.get(path),
        await rival.patch(path, {"enabled": False}),
        await rival.delete(path),
        await rival.post(f"{path}/test"),
        await rival.post(f"{path}/rotate-secret"),
        await rival.get(f"{path}/deliveries"),
        await rival.post(f"{path}/deliveries/d/replay"),
        await rival.post(f"{PATH}/{own['id']}/deliveries/d/replay"),
    ):
        assert answer.status == 404
    assert [each["id"] for each in (await body_of(await rival.get(PATH)))["data"]] == [own["id"]]


async def test_creating(hotel: Session) -> None:
    hook = await made(hotel, PATH, **HOOK)
    secret = hook["secret"]
    assert secret.startswith("whsec_")
    assert hook == {
        **HOOK, "id": hook["id"], "enabled": True, "secret": secret, "failures": 0, "failingSince": None,
        "nextAttemptAt": None, "disabledBecause": None, "previousSecretUntil": None, "createdAt": hook["createdAt"], "updatedAt": hook["updatedAt"],
    }  # fmt: skip
    later = {**hook, "secret": f"…{secret[-4:]}"}
    assert await body_of(await hotel.get(PATH)) == {"data": [later]}
    assert await body_of(await hotel.get(f"{PATH}/{hook['id']}")) == later
    [stored] = await hotel.db.subscriptions.all()
    assert hotel.runtime.keys.vault.open(hotel.tenant["id"], stored["secrets"]["secret"]) == secret
    kept = [stored, await hotel.db.audit.all(), await hotel.db.events.all()]
    assert secret not in str(kept)


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"events": []}, "events"),
        ({"events": ["message.imagined"]}, "events.0"),
        ({"events": ["notification.raised"]}, "events.0"),
        ({"secret": "x"}, "secret"),
        *(({"url": url}, "url") for url in (
            "", "erp.exemplo.com.br", "ftp://x.com", "https://", "https://user:pass@x.com", "javascript:alert(1)",
            "https://x.com/#a", "https://x.com\r\nX: y", "https://x.com/a b",
        )),
    ],
)  # fmt: skip
async def test_a_bad_one_names_its_field(hotel: Session, wrong: Json, field: str) -> None:
    body = await body_of(await hotel.post(PATH, {**HOOK, **wrong}), 400)
    assert [detail["field"] for detail in body["details"]] == [field]
    assert await hotel.db.subscriptions.count({}) == 0


async def test_there_is_an_end_to_them(hotel: Session) -> None:
    for number in range(20):
        await hotel.db.subscriptions.insert({"_id": str(number), "enabled": False})
    assert (await hotel.post(PATH, HOOK)).status == 409


async def test_changing_and_removing(hotel: Session) -> None:
    hook = await made(hotel, PATH, **HOOK)
    path = f"{PATH}/{hook['id']}"
    wanted = {"url": "https://novo.exemplo.com.br/", "events": ["contact.changed", "user.changed"]}
    changed = await body_of(await hotel.patch(path, {**wanted, "enabled": False}))
    assert {name: changed[name] for name in ("url", "events", "enabled")} == {**wanted, "enabled": False}
    assert changed["secret"] == f"…{hook['secret'][-4:]}"
    bad: Json
    for bad in ({"url": ""}, {"events": []}):
        assert (await hotel.patch(path, bad)).status == 400
    await hotel.db.deliveries.insert({"_id": "d", "subscription_id": hook["id"]})
    assert (await hotel.delete(path)).status == 204
    assert (await hotel.get(path)).status == 404
    assert [await hotel.db.subscriptions.all(), await hotel.db.deliveries.all()] == [[], []]


async def test_a_new_secret_is_shown_once(hotel: Session) -> None:
    hook = await made(hotel, PATH, **HOOK)
    path = f"{PATH}/{hook['id']}"
    rotated = await body_of(await hotel.post(f"{path}/rotate-secret"))
    secret = rotated["secret"]
    assert secret.startswith("whsec_")
    assert secret != hook["secret"]
    until = datetime.fromisoformat(rotated["previousSecretUntil"]) - datetime.fromisoformat(
        rotated["updatedAt"]
    )
    assert until == timedelta(hours=24)
    shown = await body_of(await hotel.get(path))
    assert shown == {**rotated, "secret": f"…{secret[-4:]}"}
    [entry] = (await body_of(await hotel.get("/api/audit", params={"action": "webhook.changed"})))["data"]
    ends = [f"…{each['secret'][-4:]}" for each in (hook, rotated)]
    assert entry["changes"] == [{"field": "secret", "before": ends[0], "after": ends[1]}]
    [stored] = await hotel.db.subscriptions.all()
    assert [hotel.runtime.keys.vault.open(hotel.tenant["id"], sealed) for sealed in stored["secrets"].values()] == [
        secret, hook["secret"],
    ]  # fmt: skip
    kept = str([stored, await hotel.db.audit.all(), await hotel.db.events.all()])
    assert secret not in kept
    assert hook["secret"] not in kept


async def test_it_is_told_of_and_the_query_is_not(hotel: Session) -> None:
    hook = await made(hotel, PATH, **HOOK)
    await hotel.patch(f"{PATH}/{hook['id']}", {"enabled": False})
    await hotel.delete(f"{PATH}/{hook['id']}")
    entries = (await body_of(await hotel.get("/api/audit", params={"noun": "webhooks"})))["data"]
    assert [entry["action"] for entry in entries] == ["webhook.removed", "webhook.changed", "webhook.created"]
    assert entries[1]["changes"] == [{"field": "enabled", "before": True, "after": False}]
    assert entries[2]["changes"][0]["after"] == "https://erp.exemplo.com.br/balcao"
    assert "chave=1" not in str(await hotel.db.audit.all())
    said = await hotel.db.events.all({"kind": "catalog.changed", "payload.noun": "webhooks"})
    assert [event["payload"]["id"] for event in said] == [hook["id"]] * 3
