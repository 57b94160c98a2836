"""What goes wrong with a number, without anybody noticing: found, told with its cause, and over when it is mended."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.fernet import Fernet

from server.channels.simulator import Simulator
from server.detector.probing import probe
from tenants.ids import new_id
from tests.conftest import Client, Session, SignUp
from tests.detector.conftest import SILENCE, Watched
from tests.factories import body_of
from tests.workers import work_off

Json = dict[str, Any]


async def until(look: Callable[[], Awaitable[Any]], *, within: float = 30) -> Any:
    deadline = time.monotonic() + within
    while not (seen := await look()):
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.05)
    return seen


async def test_all_is_well(watched: Watched) -> None:
    assert await watched.look() == {}
    assert await watched.told(watched.session.user) == []


async def test_a_revoked_token_is_an_alarm_until_there_is_a_good_one(watched: Watched) -> None:
    account = watched.number.number.account
    assert await watched.look() == {}
    account.token_valid = False
    await watched.asked_again()
    alarm = (await watched.look())["token"]
    assert (alarm["severity"], alarm["channelId"]) == ("critical", watched.channel["id"])
    assert "Recepção" in alarm["title"]
    assert alarm["cause"]
    assert alarm["nextStep"]
    assert (await watched.look())["token"]["since"] == alarm["since"]
    account.token_valid = True
    checked = await watched.session.post(f"/api/channels/{watched.channel['id']}/check")
    assert checked.status == 200
    assert await watched.look() == {}, "what an admin has mended is asked about at once"
    key = f"token/{watched.channel['id']}"
    told = [("alarm.raised", key), ("alarm.cleared", key)]
    assert await watched.told(watched.session.user) == told


async def test_alarms_are_the_admins(watched: Watched) -> None:
    agent, admin = await watched.session.colleague("AGENT"), await watched.session.colleague("ADMIN")
    watched.number.expire_token()
    assert await watched.look()
    assert (await agent.get("/api/alarms")).status == 403
    assert await watched.told(agent.user) == []
    assert len(await watched.told(admin.user)) == 1
    assert (await body_of(await admin.get("/api/alarms")))["data"]


async def test_a_tenant_hears_nothing_of_anothers(watched: Watched, signup: SignUp, client: Client) -> None:
    rival = await signup()
    watched.number.expire_token()
    assert await watched.look()
    heard = (await body_of(await rival.get("/api/alarms")))["data"]
    # Of the house everyone hears; nobody beats here, and a slow machine may notice.
    assert {alarm["kind"] for alarm in heard} <= {"worker", "unheard", "redis", "deaf"}
    ready = await (await client.get("/ready")).text()
    assert "Recepção" not in ready
    assert watched.channel["id"] not in ready


async def test_a_send_that_is_refused_has_the_number_asked_about_at_once(
    watched: Watched, simulator: Simulator
) -> None:
    assert await watched.look() == {}
    watched.number.expire_token()
    await _send(watched)
    await work_off(watched.session.runtime)
    alarms = await watched.look()
    assert set(alarms) == {"parked"}
    assert alarms["parked"]["cause"]
    channel = await watched.session.db.channels.by_id(watched.channel["id"])
    assert channel
    assert channel["watch"]["trouble"]["name"] == "token"
    watched.number.number.account.token_valid = True
    await watched.session.post(f"/api/channels/{watched.channel['id']}/check")
    await work_off(watched.session.runtime)
    assert await watched.look() == {}


async def test_a_lost_subscription_is_an_alarm(watched: Watched) -> None:
    watched.number.number.account.subscribed = False
    assert set(await watched.look()) == {"subscription"}
    await watched.session.post(f"/api/channels/{watched.channel['id']}/check")
    assert await watched.look() == {}


async def test_a_webhook_that_leads_elsewhere_is_an_alarm(watched: Watched) -> None:
    watched.number.number.account.callback = "https://another.example/webhook"
    assert set(await watched.look()) == {"webhook"}


async def test_a_provider_that_does_not_answer_is_not_called_a_bad_token(
    watched: Watched, simulator: Simulator
) -> None:
    runtime = watched.session.runtime
    online = runtime.settings
    runtime.settings = online.model_copy(update={"graph_api_url": "http://127.0.0.1:9"})
    assert await watched.look() == {}, "once says nothing"
    await asyncio.sleep(SILENCE)
    assert {kind: alarm["severity"] for kind, alarm in (await watched.look()).items()} == {
        "unreachable": "warning"
    }
    runtime.settings = online
    await watched.asked_again()
    assert await watched.look() == {}


async def test_secrets_that_do_not_open_are_an_alarm(watched: Watched) -> None:
    foreign = Fernet(Fernet.generate_key()).encrypt(b"x").decode()
    await watched.session.db.channels.update(
        {"_id": watched.channel["id"]}, {"$set": {"secrets.access_token": foreign}}
    )
    assert set(await watched.look()) == {"secrets"}


async def _send(watched: Watched) -> Json:
    """A message of an agent's to someone who has written."""
    customer = watched.number.customer("5511999999999", name="João Silva")
    await customer.says("Olá")

    async def conversation() -> Any:
        await work_off(watched.session.runtime)
        return (await body_of(await watched.session.get("/api/conversations")))["data"]

    [found] = await until(conversation)
    message = {"conversationId": found["id"], "content": "Bom dia"}
    return await body_of(await watched.session.post("/api/messages", message), 201)


async def test_statuses_that_do_not_come_are_an_alarm(watched: Watched, simulator: Simulator) -> None:
    fault = simulator.faults.add("drop_status")
    runtime = watched.session.runtime
    impatient = runtime.settings
    runtime.settings = impatient.model_copy(update={"silence_after": 60.0})
    await _send(watched)
    await work_off(watched.session.runtime)
    assert await watched.look() == {}, "they may still come"
    runtime.settings = impatient
    await asyncio.sleep(SILENCE)
    await watched.number.customer("5511999999999").says("Ainda aí?")
    assert await simulator.settled()
    await work_off(watched.session.runtime)
    alarm = (await watched.look())["statuses"]
    assert alarm["severity"] == "warning"
    simulator.faults.remove(fault.id)
    [accepted] = simulator.log
    await watched.number.sends_status(accepted.wamid, "delivered")
    await simulator.settled()
    assert "statuses" not in await watched.look(), "that nobody has applied them yet is another matter"
    await work_off(watched.session.runtime)
    assert await watched.look() == {}


async def test_a_status_may_be_quicker_than_the_answer_it_is_about(
    watched: Watched, simulator: Simulator
) -> None:
    message = await _send(watched)
    await work_off(watched.session.runtime)
    assert await simulator.settled()
    [webhook] = await watched.session.db.webhook_inbox.all(sort=[("at", -1)], limit=1)
    recorded = webhook["at"] + timedelta(milliseconds=1)
    slow = {"$set": {"stages.accepted": recorded}}
    assert await watched.session.db.messages.update({"_id": message["id"]}, slow)
    await asyncio.sleep(SILENCE)
    assert "statuses" not in await watched.look()


async def test_one_lost_status_among_many_is_no_alarm(watched: Watched, simulator: Simulator) -> None:
    simulator.faults.add("drop_status", count=3)
    await _send(watched)
    await work_off(watched.session.runtime)
    await asyncio.sleep(0.01)
    await _send(watched)
    await work_off(watched.session.runtime)
    await simulator.settled()
    await work_off(watched.session.runtime)
    await asyncio.sleep(SILENCE)
    assert await watched.look() == {}


async def _deliver(watched: Watched, signature: str) -> int:
    raw = b'{"entry": [{"changes": [{"value": {"metadata": {"phone_number_id": "%s"}}}]}]}'
    body = raw % watched.number.phone_number_id.encode()
    answer = await watched.session.client.post(
        f"/webhooks/whatsapp/{watched.session.slug}", data=body, headers={"X-Hub-Signature-256": signature}
    )
    return answer.status


async def test_refused_signatures_are_an_alarm_until_one_fits(watched: Watched, simulator: Simulator) -> None:
    path = f"/api/channels/{watched.channel['id']}"
    assert (await watched.session.patch(path, {"appSecret": "not-the-apps-secret"})).status == 200

    async def refused() -> Any:
        return (await watched.look()).get("signatures")

    await watched.number.customer("5511999999999").says("Alguém aí?")
    alarm = await until(refused)
    assert (alarm["channelId"], alarm["severity"]) == (watched.channel["id"], "critical")
    assert (await watched.session.patch(path, {"appSecret": watched.number.app_secret})).status == 200
    assert await simulator.settled()
    assert "signatures" not in await watched.look()


async def test_strangers_webhooks_raise_nothing(watched: Watched, client: Client) -> None:
    assert [await _deliver(watched, "sha256=00") for _ in range(2)] == [403, 403]
    foreign = b'{"entry": [{"changes": [{"value": {"metadata": {"phone_number_id": "999"}}}]}]}'
    for _ in range(9):
        await client.post(f"/webhooks/whatsapp/{watched.session.slug}", data=foreign)

    async def stored() -> Any:
        channel = await watched.session.db.channels.by_id(watched.channel["id"])
        return channel and channel.get("refused")

    assert (await until(stored))["n"] == 2
    assert await watched.look() == {}


async def _refused(watched: Watched, times: int) -> None:
    for _ in range(times):
        assert await _deliver(watched, "sha256=00") == 403

    async def noted() -> Any:
        channel = await watched.session.db.channels.by_id(watched.channel["id"])
        return channel and channel.get("refused", {}).get("n") == times

    await until(noted)


async def test_strangers_webhooks_do_not_cast_doubt_on_a_secret_that_has_proven_itself(
    watched: Watched, simulator: Simulator
) -> None:
    customer, channels = watched.number.customer("5511999999999"), watched.session.db.channels
    this = {"_id": watched.channel["id"]}
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    await channels.update(this, {"$set": {"app_secret_at": long_ago}})
    await customer.says("Olá")
    assert await simulator.settled()
    await work_off(watched.session.runtime)
    await _refused(watched, 3)
    assert await watched.look() == {}
    minutes_ago = {"$set": {"refused.since": datetime.now(UTC) - timedelta(minutes=11)}}
    await channels.update(this, minutes_ago)
    assert await watched.look() == {}, "a valid one has come meanwhile"
    await watched.session.db.webhook_inbox.update_all({}, {"$set": {"at": long_ago}})
    await _refused(watched, 4)
    await channels.update(this, minutes_ago)
    assert {kind: alarm["severity"] for kind, alarm in (await watched.look()).items()} == {
        "unsigned": "warning"
    }
    await customer.says("Ainda aí?")
    assert await simulator.settled()
    await work_off(watched.session.runtime)
    await _deliver(watched, "sha256=00")
    assert await watched.look() == {}, "however long the stranger goes on"


async def test_a_secret_is_not_proven_by_what_the_one_before_it_fitted(
    watched: Watched, simulator: Simulator
) -> None:
    path, this = f"/api/channels/{watched.channel['id']}", {"_id": watched.channel["id"]}
    db = watched.session.db
    await db.channels.update(this, {"$set": {"app_secret_at": datetime.now(UTC) - timedelta(hours=1)}})
    await watched.number.customer("5511999999999").says("Olá")
    assert await simulator.settled()
    assert (await watched.session.patch(path, {"appSecret": "not-the-apps-secret"})).status == 200
    # By a web process that still remembered the one before.
    await db.webhook_inbox.update_all({}, {"$set": {"at": datetime.now(UTC) + timedelta(seconds=4)}})
    await work_off(watched.session.runtime)
    await db.webhook_inbox.delete_all({})
    await _refused(watched, 3)
    assert set(await watched.look()) == {"signatures"}


async def test_webhooks_that_nobody_applies_are_an_alarm(watched: Watched) -> None:
    await watched.number.customer("5511999999999").says("Olá")

    async def journaled() -> bool:
        return await watched.session.db.webhook_inbox.exists({})

    await until(journaled)
    await asyncio.sleep(SILENCE)
    alarm = (await watched.look())["journal"]
    assert alarm["channelId"] is None
    await work_off(watched.session.runtime)
    assert await watched.look() == {}


async def test_messages_that_nobody_sends_are_an_alarm(watched: Watched) -> None:
    await _send(watched)
    await asyncio.sleep(SILENCE)
    assert set(await watched.look()) == {"outbox"}
    lane = {"_id": new_id(), "name": f"outbound:{watched.channel['id']}", "owner": "someone"}
    until_then = datetime.now(UTC) + timedelta(minutes=1)
    await watched.session.db.lanes.insert({**lane, "until": until_then})
    assert await watched.look() == {}, "a long queue that someone works on is not stuck"
    await watched.session.db.lanes.delete({"_id": lane["_id"]})
    await work_off(watched.session.runtime)
    assert await watched.look() == {}


async def test_a_number_is_asked_about_once_in_a_while(watched: Watched, simulator: Simulator) -> None:
    """However many clocks there are; and a removed channel not at all."""
    runtime = watched.session.runtime
    await asyncio.gather(probe(runtime), probe(runtime))
    first = await _due_at(watched)
    await probe(runtime)
    assert await _due_at(watched) == first
    wait = first - datetime.now(UTC)
    assert timedelta(seconds=30) < wait < timedelta(seconds=45)
    watched.number.expire_token()
    await watched.session.delete(f"/api/channels/{watched.channel['id']}")
    assert await watched.look() == {}


async def _due_at(watched: Watched) -> datetime:
    channel = await watched.session.db.channels.by_id(watched.channel["id"])
    assert channel
    found: datetime = channel["watch"]["due_at"]
    return found


async def test_one_broken_tenant_does_not_hide_the_others(watched: Watched, rival: Session) -> None:
    broken = {"_id": "broken", "deleted": False, "address": "1", "status": "NONSENSE"}
    await rival.db.channels.insert(broken)
    watched.number.expire_token()
    await watched.asked_again()
    assert set(await watched.look()) == {"token"}
