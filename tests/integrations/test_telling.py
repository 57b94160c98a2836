"""Subscribers told of what happens: signed, in order, at least once, for a day, and at public addresses only."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from prometheus_client.parser import text_string_to_metric_families

from server.desk.alarms import Kind
from server.detector.tenants import detect
from server.integrations import subscribers
from server.outside import guarded_session
from tenants import feed
from tests.conftest import Client, Session
from tests.factories import a_channel, a_conversation, body_of, made
from tests.fakes.subscriber import FakeSubscriber
from tests.workers import work_off

Json = dict[str, Any]
PATH = "/api/webhooks"
TAGS = ["catalog.changed"]
GAUGES = {"subscribers_waiting", "subscriber_lag_seconds"}


@pytest.fixture
def subscriber() -> FakeSubscriber:
    return FakeSubscriber()


@pytest.fixture
async def url(hotel: Session, subscriber: FakeSubscriber) -> AsyncIterator[str]:
    """Where the subscriber is, and the house may reach it."""
    server = TestServer(subscriber.app())
    await server.start_server()
    root = str(server.make_url("")).rstrip("/")
    async with guarded_session(own=[root]) as outside:
        hotel.runtime.outside, usual = outside, hotel.runtime.outside
        yield f"{root}/balcao"
        hotel.runtime.outside = usual
    await server.close()


async def subscribe(session: Session, url: str, events: list[str]) -> Json:
    """Told of nothing that was before."""
    await feed.stamp(session.db)
    return await made(session, PATH, url=url, events=events)


async def tag(session: Session, name: str) -> None:
    await made(session, "/api/tags", name=name)


async def told(session: Session) -> None:
    """All that is due."""
    await feed.stamp(session.db)
    await work_off(session.runtime)


async def log_of(session: Session, hook: Json, **query: Any) -> list[Json]:
    return list((await body_of(await session.get(f"{PATH}/{hook['id']}/deliveries", params=query)))["data"])


async def counted(session: Session) -> dict[str, float]:
    """What `/metrics` says of subscribers: deliveries by their outcome, and the gauges."""
    text = await (await session.client.get("/metrics")).text()
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    gauges = {sample.name: sample.value for sample in samples if sample.name in GAUGES}
    deliveries = (sample for sample in samples if sample.name == "subscriber_deliveries_total")
    return gauges | {sample.labels["outcome"]: sample.value for sample in deliveries}


async def now_due(session: Session) -> None:
    await session.db.subscriptions.update_all({}, {"$set": {"due_at": datetime.now(UTC)}})


async def test_what_is_wanted_comes_signed_and_as_the_feed_has_it(
    hotel: Session, subscriber: FakeSubscriber, url: str
) -> None:
    hook = await subscribe(hotel, url, ["message.added"])
    conversation = await a_conversation(hotel, await a_channel(hotel), "Bom dia")
    await tag(hotel, "VIP")
    await told(hotel)
    [heard] = subscriber.heard
    assert heard.is_signed_with(hook["secret"])
    assert not heard.is_signed_with("whsec_b3V0cmE=")
    assert abs(int(heard.headers["webhook-timestamp"]) - datetime.now(UTC).timestamp()) < 60
    assert heard.headers["content-type"] == "application/json"
    feed_now = await body_of(await hotel.get("/api/events"))
    [entry] = [event for event in feed_now["events"] if event["kind"] == "message.added"]
    assert heard.json == {
        "type": "message.added", "timestamp": entry["at"], "tenantSlug": hotel.slug, "data": entry,
    }  # fmt: skip
    [name, payload] = entry["frames"][0]
    assert (name, payload["conversationId"]) == ("message:new", conversation["id"])
    stored = await hotel.db.events.by_id(heard.id)
    assert stored
    assert stored["seq"] == entry["seq"]


async def test_for_a_day_both_secrets_sign_and_then_the_new_one(
    hotel: Session, subscriber: FakeSubscriber, url: str
) -> None:
    hook = await subscribe(hotel, url, ["user.changed"])
    path = f"{PATH}/{hook['id']}"
    new = await body_of(await hotel.post(f"{path}/rotate-secret"))
    await body_of(await hotel.post(f"{path}/test"))
    [heard] = subscriber.heard
    assert heard.is_signed_with(hook["secret"])
    assert heard.is_signed_with(new["secret"])
    newest = await body_of(await hotel.post(f"{path}/rotate-secret"))
    await body_of(await hotel.post(f"{path}/test"))
    signs = [subscriber.heard[-1].is_signed_with(each["secret"]) for each in (hook, new, newest)]
    assert signs == [False, True, True]
    past = datetime.now(UTC) - timedelta(seconds=1)
    await hotel.db.subscriptions.update_all({}, {"$set": {"previous_until": past}})
    await body_of(await hotel.post(f"{path}/test"))
    assert [subscriber.heard[-1].is_signed_with(each["secret"]) for each in (new, newest)] == [False, True]
    assert " " not in subscriber.heard[-1].headers["webhook-signature"]


async def test_what_becomes_of_deliveries_is_counted(
    hotel: Session, subscriber: FakeSubscriber, url: str
) -> None:
    before = await counted(hotel)
    hook = await subscribe(hotel, url, TAGS)
    await told(hotel)
    subscriber.answers = [500, 204, 410, 500]
    await tag(hotel, "A")
    await told(hotel)
    waiting = await counted(hotel)
    assert waiting["subscribers_waiting"] == 1
    assert 0 <= waiting["subscriber_lag_seconds"] < 60
    await now_due(hotel)
    await told(hotel)
    await tag(hotel, "B")
    await told(hotel)
    await body_of(await hotel.post(f"{PATH}/{hook['id']}/test"))
    after = await counted(hotel)
    grown = {name: after[name] - before.get(name, 0) for name in after if name not in GAUGES}
    assert grown == {"delivered": 2, "retried": 1, "dead": 1, "failed": 1}
    assert (after["subscribers_waiting"], after["subscriber_lag_seconds"]) == (0, 0), "it was disabled"


async def test_each_once_in_order_and_only_from_now_on(
    hotel: Session, subscriber: FakeSubscriber, url: str
) -> None:
    await tag(hotel, "Antes")
    await subscribe(hotel, url, TAGS)
    for number in range(3):
        await tag(hotel, f"Etiqueta {number}")
    await told(hotel)
    await told(hotel)
    places = [heard.json["data"]["seq"] for heard in subscriber.heard]
    assert places == sorted(set(places))
    # The first is about the webhook itself: it was made after it began to hear.
    nouns = [heard.json["data"]["frames"][0][1]["noun"] for heard in subscriber.heard]
    assert nouns == ["webhooks", "tags", "tags", "tags"]


async def test_one_that_is_ill_is_tried_again_and_keeps_its_order(
    hotel: Session, subscriber: FakeSubscriber, url: str
) -> None:
    hook = await subscribe(hotel, url, TAGS)
    await told(hotel)
    subscriber.heard.clear()
    subscriber.answers = [500, 302]
    await tag(hotel, "A")
    await tag(hotel, "B")
    await told(hotel)
    shown = await body_of(await hotel.get(f"{PATH}/{hook['id']}"))
    assert (shown["failures"], shown["nextAttemptAt"] > shown["failingSince"]) == (1, True)
    await told(hotel)
    assert len(subscriber.heard) == 1, "it waits"
    for _ in range(2):
        await now_due(hotel)
        await told(hotel)
    first, second, third, last = subscriber.heard
    assert first.id == second.id == third.id != last.id
    assert first.body == second.body == third.body
    shown = await body_of(await hotel.get(f"{PATH}/{hook['id']}"))
    assert (shown["failures"], shown["failingSince"], shown["nextAttemptAt"]) == (0, None, None)
    log = [(each["status"], each["attempt"], each["ok"]) for each in await log_of(hotel, hook, limit=4)]
    assert log == [(204, 1, True), (204, 3, True), (302, 2, False), (500, 1, False)]
    failed = await log_of(hotel, hook, ok="false")
    assert [each["error"] for each in failed] == [
        "O endereço respondeu com 302.",
        "O endereço respondeu com 500.",
    ]


async def test_the_waits_grow_up_to_an_hour(hotel: Session, subscriber: FakeSubscriber, url: str) -> None:
    await subscribe(hotel, url, TAGS)
    subscriber.answers = [503] * 14
    for wait in (5, 10, 20, 40, *[None] * 9, 3600):
        began = datetime.now(UTC) - timedelta(milliseconds=1)  # the store knows no less
        await told(hotel)
        [kept] = await hotel.db.subscriptions.all()
        assert wait is None or began <= kept["due_at"] - timedelta(seconds=wait) <= datetime.now(UTC), wait
        await now_due(hotel)


@pytest.mark.parametrize("status, since", [(500, timedelta(hours=25)), (410, timedelta(0))])
async def test_after_a_day_or_where_nobody_wants_it_the_house_gives_up(
    hotel: Session, subscriber: FakeSubscriber, url: str, status: int, since: timedelta
) -> None:
    hook = await subscribe(hotel, url, TAGS)
    subscriber.answers = [status]
    failing = {"failures": 30, "failing_since": datetime.now(UTC) - since}
    await hotel.db.subscriptions.update_all({}, {"$set": failing})
    await told(hotel)
    shown = await body_of(await hotel.get(f"{PATH}/{hook['id']}"))
    assert (shown["enabled"], shown["disabledBecause"]) == (False, f"O endereço respondeu com {status}.")
    await detect(hotel.runtime)
    [alarm] = [
        each
        for each in (await body_of(await hotel.get("/api/alarms")))["data"]
        if each["kind"] == "subscriber"
    ]
    assert alarm["id"] == f"{Kind.SUBSCRIBER}/{hook['id']}"
    [entry] = (await body_of(await hotel.get("/api/audit", params={"action": "webhook.disabled"})))["data"]
    assert entry["actor"]["kind"] == "HOUSE"

    await tag(hotel, "Enquanto isso")
    await told(hotel)
    assert len(subscriber.heard) == 1
    await hotel.patch(f"{PATH}/{hook['id']}", {"enabled": True})
    await told(hotel)
    nouns = [heard.json["data"]["frames"][0][1]["noun"] for heard in subscriber.heard]
    assert nouns == ["webhooks", "webhooks", "webhooks", "tags", "webhooks"], "it goes on where it stood"
    await detect(hotel.runtime)
    assert [each["kind"] for each in (await body_of(await hotel.get("/api/alarms")))["data"]].count(
        "subscriber"
    ) == 0


async def test_one_that_is_ill_holds_up_no_other(
    hotel: Session, subscriber: FakeSubscriber, url: str
) -> None:
    ill = await subscribe(hotel, f"{url.rpartition(':')[0]}:9/x", TAGS)
    await subscribe(hotel, url, TAGS)
    await tag(hotel, "VIP")
    await told(hotel)
    assert len(subscriber.heard) == 2
    assert [each["ok"] for each in await log_of(hotel, ill)] == [False]


async def test_one_that_is_disabled_hears_nothing(
    hotel: Session, subscriber: FakeSubscriber, url: str
) -> None:
    hook = await subscribe(hotel, url, TAGS)
    await hotel.patch(f"{PATH}/{hook['id']}", {"enabled": False})
    await tag(hotel, "VIP")
    await told(hotel)
    assert subscriber.heard == []


async def test_nothing_of_another_tenant(
    hotel: Session, rival: Session, subscriber: FakeSubscriber, url: str
) -> None:
    await subscribe(hotel, url, TAGS)
    await told(hotel)
    subscriber.heard.clear()
    await tag(rival, "Segredo")
    await feed.stamp(rival.db)
    await told(hotel)
    assert subscriber.heard == []


async def test_a_log_that_no_longer_reaches_back_is_gone_on_behind_its_gap(
    hotel: Session, subscriber: FakeSubscriber, url: str
) -> None:
    await subscribe(hotel, url, TAGS)
    await tag(hotel, "Esquecida")
    await feed.stamp(hotel.db)
    await hotel.db.events.delete_all({"seq": {"$lt": await feed.tail(hotel.db)}})
    await told(hotel)
    assert len(subscriber.heard) == 1


async def test_no_way_inside(hotel: Session) -> None:
    """Neither by number, nor by name, nor by a redirect: nothing listens to where it leads, and nothing asks there."""
    inside = FakeSubscriber()
    server = TestServer(inside.app())
    await server.start_server()
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0"):  # noqa: S104
        hook = await subscribe(hotel, f"http://{host}:{server.port}/x", TAGS)
        answer = await body_of(await hotel.post(f"{PATH}/{hook['id']}/test"))
        assert (answer["ok"], answer["status"]) == (False, None)
        assert "endereços públicos" in answer["error"]
    await told(hotel)
    assert inside.heard == []
    await server.close()


async def test_one_that_does_not_answer(
    hotel: Session, subscriber: FakeSubscriber, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscribers, "SECONDS", 0.2)
    hook = await subscribe(hotel, url, TAGS)
    subscriber.slow = 3
    answer = await body_of(await hotel.post(f"{PATH}/{hook['id']}/test"))
    assert (answer["ok"], answer["status"], answer["error"]) == (
        False,
        None,
        "O endereço não respondeu em 0.2 s.",
    )
    assert 150 < answer["milliseconds"] < 2900


async def test_trying_it_out(hotel: Session, subscriber: FakeSubscriber, url: str) -> None:
    hook = await subscribe(hotel, url, TAGS)
    answer = await body_of(await hotel.post(f"{PATH}/{hook['id']}/test"))
    [heard] = subscriber.heard
    assert heard.is_signed_with(hook["secret"])
    assert (heard.json["type"], heard.json["data"], heard.id) == (
        "webhook.test", {"test": True}, answer["eventId"],
    )  # fmt: skip
    assert answer == (await log_of(hotel, hook))[0]
    assert answer == {
        "id": answer["id"], "eventId": heard.id, "event": "webhook.test", "seq": None, "occasion": "TEST", "attempt": 1,
        "ok": True, "status": 204, "milliseconds": answer["milliseconds"], "error": None, "at": answer["at"],
    }  # fmt: skip
    # It is no event of the feed, so there is nothing to send again.
    assert (await hotel.post(f"{PATH}/{hook['id']}/deliveries/{answer['id']}/replay")).status == 409


async def test_again_on_request(hotel: Session, subscriber: FakeSubscriber, url: str) -> None:
    hook = await subscribe(hotel, url, TAGS)
    await told(hotel)
    [first] = await log_of(hotel, hook)
    path = f"{PATH}/{hook['id']}/deliveries"
    again = await body_of(await hotel.post(f"{path}/{first['id']}/replay"))
    assert (again["occasion"], again["attempt"], again["eventId"]) == ("REPLAY", 2, first["eventId"])
    assert [heard.id for heard in subscriber.heard] == [first["eventId"]] * 2
    assert subscriber.heard[0].body == subscriber.heard[1].body
    assert (await hotel.post(f"{path}/nowhere/replay")).status == 404
    other = await subscribe(hotel, url, TAGS)
    assert (await hotel.post(f"{PATH}/{other['id']}/deliveries/{first['id']}/replay")).status == 404
    await hotel.db.events.delete_all({})
    assert (await hotel.post(f"{path}/{first['id']}/replay")).status == 409


async def test_the_log_pages(hotel: Session, subscriber: FakeSubscriber, url: str) -> None:
    hook = await subscribe(hotel, url, TAGS)
    for number in range(4):
        await tag(hotel, f"Etiqueta {number}")
    await told(hotel)
    path, seen, query = f"{PATH}/{hook['id']}/deliveries", list[Json](), {"limit": "2"}
    while True:
        page = await body_of(await hotel.get(path, params=query))
        seen += page["data"]
        if not page["nextCursor"]:
            break
        query["cursor"] = page["nextCursor"]
    assert seen == await log_of(hotel, hook)
    assert [each["seq"] for each in seen] == sorted([each["seq"] for each in seen], reverse=True)
    assert len(seen) == 5


async def test_a_secret_that_cannot_be_opened_is_said_so(
    client: Client, hotel: Session, subscriber: FakeSubscriber, url: str
) -> None:
    hook = await subscribe(hotel, url, TAGS)
    await hotel.db.subscriptions.update_all({}, {"$set": {"secrets.secret": "x"}})
    answer = await body_of(await hotel.post(f"{PATH}/{hook['id']}/test"))
    assert "lacrada" in answer["error"]
    assert subscriber.heard == []
