import asyncio
from typing import Any

import pytest

from server.channels import connecting
from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedNumber
from server.desk import channels
from server.desk.channels import ChannelStatus
from server.desk.messages.inbound import ChannelReported
from tenants import registry
from tenants.context import Context
from tenants.models import Tenant
from tests.channels.conftest import House, connected, draft
from tests.conftest import Client, Session
from tests.factories import body_of, made, stored

Json = dict[str, Any]
ROUTES = [
    ("GET", "/api/channels"),
    ("POST", "/api/channels"),
    ("POST", "/api/channels/sandbox"),
    ("GET", "/api/channels/x"),
    ("PATCH", "/api/channels/x"),
    ("DELETE", "/api/channels/x"),
    ("POST", "/api/channels/x/check"),
]


async def events(session: Session, kind: str) -> list[Json]:
    return [event["payload"] for event in await session.db.events.all({"kind": kind}, sort=[("_id", 1)])]


@pytest.mark.parametrize("method, path", ROUTES)
async def test_a_token_is_required(client: Client, method: str, path: str) -> None:
    answer = await client.request(method, path)
    assert answer.status == 401
    assert (await answer.json())["error"] == "UNAUTHENTICATED"


async def test_agents_see_channels_and_only_admins_change_them(house: House, number: PlayedNumber) -> None:
    path = f"/api/channels/{house.channel['id']}"
    for role in ("AGENT", "SUPERVISOR"):
        person = await house.session.colleague(role)
        assert (await person.get("/api/channels")).status == 200
        assert (await person.get(path)).status == 200
        assert (await person.patch(path, {"name": "Outra"})).status == 403
        assert (await person.delete(path)).status == 403
        assert (await person.post(f"{path}/check")).status == 403
        assert (await person.post("/api/channels", draft(number))).status == 403
        assert (await person.post("/api/channels/sandbox", {"name": "Teste"})).status == 403


async def test_another_tenants_channel_does_not_exist(house: House, rival: Session) -> None:
    path = f"/api/channels/{house.channel['id']}"
    assert (await rival.get(path)).status == 404
    assert (await rival.patch(path, {"name": "Outra"})).status == 404
    assert (await rival.delete(path)).status == 404
    assert (await rival.post(f"{path}/check")).status == 404
    assert await (await rival.get("/api/channels")).json() == {"data": []}


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"name": ""}, "name"),
        ({"phoneNumberId": "1 2"}, "phoneNumberId"),
        ({"phoneNumberId": 5}, "phoneNumberId"),
        ({"wabaId": {"$gt": ""}}, "wabaId.$gt"),
        ({"accessToken": "a\nb"}, "accessToken"),
        ({"appSecret": "…cret"}, "appSecret"),
        ({"verifyToken": None}, "verifyToken"),
        ({"type": "PIGEON"}, "type"),
        ({"surprise": 1}, "surprise"),
    ],
)
async def test_what_does_not_fit_is_named(
    hotel: Session, number: PlayedNumber, changes: Json, field: str
) -> None:
    answer = await hotel.post("/api/channels", draft(number, **changes))
    assert answer.status == 400
    assert [detail["field"] for detail in (await answer.json())["details"]] == [field]
    assert await hotel.db.channels.all() == []


async def test_a_number_is_connected_subscribed_and_verified(house: House) -> None:
    channel, number = house.channel, house.number
    url = f"{house.session.runtime.settings.public_url}/webhooks/whatsapp/{house.session.slug}"
    assert channel["webhookUrl"] == number.number.account.callback == url
    assert channel["webhookVerifiedAt"]
    assert (channel["phoneNumberId"], channel["wabaId"]) == (number.phone_number_id, number.waba_id)
    assert (channel["type"], channel["name"]) == ("WHATSAPP_CLOUD", "Recepção")
    listed = await (await house.session.get("/api/channels")).json()
    alone = await (await house.session.get(f"/api/channels/{channel['id']}")).json()
    assert listed == {"data": [alone]} == {"data": [channel]}


async def test_secrets_are_sealed_and_only_hinted_at(house: House) -> None:
    plain = [house.number.access_token, house.number.app_secret, house.number.verify_token]
    hints = [house.channel[name] for name in ("accessToken", "appSecret", "verifyToken")]
    assert hints == [f"…{secret[-4:]}" for secret in plain]
    shown = await (await house.session.get("/api/channels")).text()
    stored = str(await house.session.db.channels.by_id(house.channel["id"]))
    told = str(await events(house.session, "channel.changed"))
    assert not [secret for secret in plain if secret in shown + stored + told]
    assert "secrets" not in told


async def test_a_bad_token_is_a_reason_and_a_good_one_cures_it(hotel: Session, number: PlayedNumber) -> None:
    answer = await hotel.post("/api/channels", draft(number, accessToken="EAAG-wrong-token"))
    channel = await answer.json()
    assert (answer.status, channel["status"]) == (201, "PENDING")
    assert "oken" in channel["statusReason"]
    assert channel["statusCode"] == "TOKEN"
    checked = await (await hotel.post(f"/api/channels/{channel['id']}/check")).json()
    token = next(check for check in checked["checks"] if check["name"] == "token")
    assert not token["ok"]
    assert token["cause"]
    assert token["nextStep"]
    path = f"/api/channels/{channel['id']}"
    cured = await (await hotel.patch(path, {"accessToken": number.access_token})).json()
    assert (cured["status"], cured["statusReason"]) == ("CONNECTED", None)
    assert cured["statusCode"] is None


async def test_a_provider_that_cannot_be_reached_is_a_reason(hotel: Session, number: PlayedNumber) -> None:
    runtime = hotel.runtime
    online = runtime.settings
    runtime.settings = online.model_copy(update={"graph_api_url": "http://127.0.0.1:9"})
    answer = await hotel.post("/api/channels", draft(number))
    channel = await answer.json()
    assert (answer.status, channel["status"]) == (201, "PENDING")
    assert channel["statusReason"]
    runtime.settings = online
    checked = await (await hotel.post(f"/api/channels/{channel['id']}/check")).json()
    assert checked["status"] == "CONNECTED"
    assert {check["name"] for check in checked["checks"]} == {"token", "number", "subscription", "webhook"}
    assert all(check["ok"] for check in checked["checks"])


async def owner_of(session: Session, number: PlayedNumber) -> str | None:
    key = registry.phone_number_key(number.phone_number_id)
    found = await registry.find_address(session.runtime.database, key)
    return found.tenant_id if found else None


async def checked(session: Session, channel: Json) -> Json:
    return await body_of(await session.post(f"/api/channels/{channel['id']}/check"))


async def test_a_number_is_once_in_a_tenant(house: House) -> None:
    answer = await house.session.post("/api/channels", draft(house.number))
    assert answer.status == 409
    told = await answer.json()
    assert (told["error"], told["reason"]) == ("CONFLICT", "CHANNEL_EXISTS")


async def test_an_invented_token_keeps_nobody_from_his_number(
    hotel: Session, rival: Session, number: PlayedNumber
) -> None:
    invented = draft(number, accessToken="EAAG-invented")
    other, own = [await made(session, "/api/channels", **invented) for session in (rival, hotel)]
    assert {channel["status"] for channel in (other, own)} == {"PENDING"}
    assert await owner_of(hotel, number) is None
    cured = await hotel.patch(f"/api/channels/{own['id']}", {"accessToken": number.access_token})
    assert (await body_of(cured))["status"] == "CONNECTED"
    assert await owner_of(hotel, number) == hotel.tenant["id"]
    assert (await checked(rival, other))["status"] == "PENDING"
    assert await owner_of(hotel, number) == hotel.tenant["id"]


async def test_a_number_that_another_tenant_has_proven_is_his_until_he_removes_it(
    house: House, rival: Session
) -> None:
    account = house.number.number.account
    second = await made(rival, "/api/channels", **draft(house.number))
    assert (second["status"], second["statusCode"]) == ("PENDING", "HELD")
    assert "outra conta" in second["statusReason"]
    told = await checked(rival, second)
    assert [(check["name"], check["ok"]) for check in told["checks"]] == [("held", False)]
    assert account.callback == house.channel["webhookUrl"], "its events still come to whoever has it"
    for word in (house.session.slug, house.session.tenant["id"], house.channel["name"]):
        assert word not in str(told["checks"])
    assert (await house.deliver(house.raw, path="/webhooks/whatsapp")).status == 200
    assert await rival.db.webhook_inbox.all() == []
    await house.session.delete(f"/api/channels/{house.channel['id']}")
    assert (await checked(rival, second))["status"] == "CONNECTED"
    assert account.callback == second["webhookUrl"]


async def test_of_two_who_prove_a_number_at_once_one_has_it(
    hotel: Session, rival: Session, number: PlayedNumber
) -> None:
    both = await asyncio.gather(*(made(each, "/api/channels", **draft(number)) for each in (hotel, rival)))
    statuses = {each.tenant["id"]: made["status"] for each, made in zip((hotel, rival), both, strict=True)}
    owner = await owner_of(hotel, number)
    assert [id for id, status in statuses.items() if status == "CONNECTED"] == [owner]
    assert sorted(statuses.values()) == ["CONNECTED", "PENDING"]


async def test_a_bad_token_does_not_lose_the_number(house: House, rival: Session) -> None:
    assert (await house.change(accessToken="EAAG-wrong-token"))["status"] == "PENDING"
    second = await made(rival, "/api/channels", **draft(house.number))
    assert (await checked(rival, second))["checks"][0]["name"] == "held"
    assert await owner_of(rival, house.number) == house.session.tenant["id"]


async def test_a_channel_that_is_removed_while_it_is_proven_keeps_nothing(house: House) -> None:
    id = house.channel["id"]
    await house.session.db.channels.update({"_id": id}, {"$set": {"proven": False}})
    await asyncio.gather(
        *(house.session.post(f"/api/channels/{id}/check") for _ in range(3)),
        house.session.delete(f"/api/channels/{id}"),
    )
    assert await owner_of(house.session, house.number) is None
    async with house.session.runtime.enter(await tenant_of(house)) as ctx:
        with pytest.raises(channels.ChannelNotFound):
            await connecting.hold(ctx, house.session.runtime, id)
    assert await owner_of(house.session, house.number) is None


async def test_a_removed_channel_leaves_its_conversations_and_frees_its_number(
    house: House, rival: Session
) -> None:
    path = f"/api/channels/{house.channel['id']}"
    assert (await house.session.delete(path)).status == 204
    assert (await house.session.get(path)).status == 404
    assert (await house.session.delete(path)).status == 404
    kept = await house.session.db.channels.by_id(house.channel["id"])
    assert kept
    assert (kept["deleted"], kept["status"], kept["secrets"]) == (True, "DISCONNECTED", {})
    await connected(rival, house.number)
    await rival.delete(f"/api/channels/{(await rival.db.channels.all())[0]['_id']}")
    await connected(house.session, house.number)


async def test_numbers_of_one_account_may_be_two_channels(
    house: House, rival: Session, simulator: Simulator
) -> None:
    second, third = [await simulator.add_number(wabaId=house.number.waba_id) for _ in range(2)]
    await connected(house.session, second, name="Reservas")
    await connected(rival, third)
    await house.session.delete(f"/api/channels/{house.channel['id']}")
    owners = await registry.find_each(
        house.session.runtime.database, [registry.waba_key(house.number.waba_id)]
    )
    assert {address.tenant_id for _, address in owners} == {house.session.tenant["id"], rival.tenant["id"]}


async def test_a_name_is_changed_without_asking_the_provider(house: House) -> None:
    house.number.expire_token()
    changed = await house.change(name="Reservas", displayPhoneNumber="+55 11 4000-0001")
    assert (changed["name"], changed["displayPhoneNumber"]) == ("Reservas", "+55 11 4000-0001")
    assert changed["status"] == "CONNECTED"
    for wrong in ({"phoneNumberId": "1"}, {"accessToken": house.channel["accessToken"]}, {"name": None}):
        answer = await house.session.patch(f"/api/channels/{house.channel['id']}", wrong)
        assert answer.status == 400


async def test_the_sandbox_is_a_fresh_number_of_the_simulator(hotel: Session, simulator: Simulator) -> None:
    answer = await hotel.post("/api/channels/sandbox", {"name": "Testes"})
    channel = await answer.json()
    assert (answer.status, channel["status"], channel["name"]) == (201, "CONNECTED", "Testes")
    number = simulator.number(channel["phoneNumberId"])
    assert channel["displayPhoneNumber"] == number.display_phone_number
    assert channel["phoneUrl"] == f"{hotel.runtime.settings.simulator_url}/#{channel['phoneNumberId']}"
    assert (await stored(hotel, "channels", channel["id"]))["sandbox"] is True
    assert (await hotel.post("/api/channels/sandbox", {})).status == 400


async def test_only_the_sandbox_has_a_phone(house: House) -> None:
    settings = house.session.runtime.settings
    assert settings.simulator_url == settings.graph_api_url
    played = await (await house.session.post("/api/channels/sandbox", {"name": "Testes"})).json()
    listed = (await (await house.session.get("/api/channels")).json())["data"]
    assert {channel["id"]: channel["phoneUrl"] for channel in listed} == {
        house.channel["id"]: None, played["id"]: played["phoneUrl"],
    }  # fmt: skip


async def test_without_a_simulator_there_is_no_sandbox(hotel: Session) -> None:
    online = hotel.runtime.settings
    hotel.runtime.settings = online.model_copy(update={"simulator_url": None})
    assert (await hotel.post("/api/channels/sandbox", {"name": "Testes"})).status == 404
    hotel.runtime.settings = online.model_copy(update={"simulator_url": "http://127.0.0.1:9"})
    assert (await hotel.post("/api/channels/sandbox", {"name": "Testes"})).status == 503
    assert await hotel.db.channels.all() == []


# What the outbox and the webhooks say of a channel


async def tenant_of(house: House) -> Tenant:
    found = await registry.tenant_by_id(house.session.runtime.database, house.session.tenant["id"])
    assert found
    return found


async def test_a_parked_channel_is_told_once_and_freed_by_a_good_check(house: House) -> None:
    async with house.session.runtime.enter(await tenant_of(house)) as ctx:
        for _ in range(2):
            await channels.park(ctx, house.channel["id"], reason=channels.Reason("190", "Token vencido."))
    shown = await (await house.session.get(f"/api/channels/{house.channel['id']}")).json()
    assert (shown["status"], shown["statusReason"]) == ("PARKED", "Token vencido.")
    assert shown["statusCode"] == "190"
    [raised] = await events(house.session, "notification.raised")
    assert raised["user_id"] is None
    assert raised["notification"]["channelId"] == house.channel["id"]
    house.number.expire_token()
    checked = await (await house.session.post(f"/api/channels/{house.channel['id']}/check")).json()
    assert checked["status"] == "PARKED"
    house.number.number.account.token_valid = True
    checked = await (await house.session.post(f"/api/channels/{house.channel['id']}/check")).json()
    assert (checked["status"], checked["statusReason"]) == ("CONNECTED", None)


async def report(ctx: Context, id: str, **reported: Any) -> None:
    await channels.report(ctx, await channels.by_id(ctx, id), ChannelReported(**reported))


async def test_reports_about_the_account_are_kept_shown_and_obeyed(house: House) -> None:
    id = house.channel["id"]
    async with house.session.runtime.enter(await tenant_of(house)) as ctx:
        await report(ctx, id, field="phone_number_name_update", event="APPROVED")
        await report(ctx, id, field="phone_number_quality_update", event="FLAGGED", severity="warning")
        channel = await channels.by_id(ctx, id)
        assert (channel.status, channel.quality) == (ChannelStatus.CONNECTED, "FLAGGED")
        await report(
            ctx, id, field="account_update", event="DISABLED_UPDATE", severity="critical", parks=True
        )
        channel = await channels.by_id(ctx, id)
    assert channel.status is ChannelStatus.PARKED
    assert (channel.status_code, channel.status_detail) == ("RESTRICTED", "DISABLED_UPDATE")
    assert [entry["event"] for entry in channel.reports] == ["APPROVED", "FLAGGED", "DISABLED_UPDATE"]
    severities = [
        raised["notification"]["severity"] for raised in await events(house.session, "notification.raised")
    ]
    assert severities == ["warning", "critical"]
