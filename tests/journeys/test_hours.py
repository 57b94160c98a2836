"""What a customer is told by the house itself: when it is open, when it is not, and what becomes of a quiet conversation."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.factories import body_of, stored
from tests.isp import refusal
from tests.journeys.conftest import Provider, eventually
from workers import sweeps

Json = dict[str, Any]
GREETING, AWAY = "Olá! Já vamos atender.", "Estamos fechados; voltamos às 14h."
REPLIES = {"greeting": GREETING, "away": AWAY}


def where_it_is_noon() -> str:
    """A time zone in which it is now between 12:00 and 13:00, so that the day's hours can be told around it (an hour may
    end while the test goes on).
    """
    behind = datetime.now(UTC).hour - 12
    return f"Etc/GMT{behind:+d}" if behind else "Etc/GMT"


def day(*periods: tuple[str, str], **holiday: str) -> Json:
    """Business hours that are the same every day; `holiday` is closed, or open in its own `periods`."""
    opened = [{"opens": opens, "closes": closes} for opens, closes in periods]
    names = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
    return {"weekly": dict.fromkeys(names, opened), "holidays": [holiday] if holiday else []}


async def told(provider: Provider, place: int, *, count: int = 1) -> list[str]:
    """What a new customer is told by the house."""
    customer = provider.customer(place)
    await provider.written(customer, "Bom dia")
    return [message.content["body"] for message in await customer.receives(count, timeout=30)]


async def test_the_house_by_its_clock(provider: Provider) -> None:
    zone = where_it_is_noon()
    await body_of(await provider.owner.patch("/api/tenant", {"timeZone": zone}))
    twice_a_day = (("08:00", "11:00"), ("14:00", "18:00"))
    await provider.decides(replies=REPLIES, hours=day(*twice_a_day))
    assert await told(provider, 0) == [AWAY]
    await provider.decides(hours=day(("08:00", "11:00"), ("11:30", "13:30"), ("14:00", "18:00")))
    assert await told(provider, 1) == [GREETING]
    today = datetime.now(ZoneInfo(zone)).date().isoformat()
    await provider.decides(hours=day(("00:00", "24:00"), date=today, name="Aniversário da cidade"))
    assert await told(provider, 2) == [AWAY]
    await provider.decides(
        hours=day(*twice_a_day, date=(datetime.now(UTC) + timedelta(days=9)).date().isoformat())
    )
    assert await told(provider, 3) == [AWAY]
    await provider.decides(hours=None)
    assert await told(provider, 4) == [GREETING]
    row = (await provider.rows())["Cliente 4"]
    automatic = (await provider.thread(row["id"]))[-1]
    assert (automatic["content"], automatic["sentById"]) == (GREETING, None)
    assert (await provider.chief.reads(f"/conversations/{row['id']}"))["messages"][-1]["sent_by"] == "bot"


async def test_what_is_quiet_is_closed(provider: Provider) -> None:
    """Answered, and then nothing for longer than the account says. What nobody has answered stays."""
    await provider.decides(closeIdleAfter=10)
    answered, waiting = provider.customer(0), provider.customer(1)
    quiet, open_still = [(await provider.written(each))["id"] for each in (answered, waiting)]
    sent = await provider.chief.post(f"/conversations/{quiet}/messages", {"content": "Voltou?"})
    await body_of(sent, 201)
    await answered.receives(1, timeout=30)
    assert (await provider.owner.post(f"/api/conversations/{quiet}/read")).status == 204
    long_ago = provider.owner.runtime.clock() - timedelta(minutes=11)
    for id in (quiet, open_still):
        await provider.owner.db.conversations.update({"_id": id}, {"$set": {"last_message_at": long_ago}})
    await sweeps.close_the_idle(provider.owner.runtime)
    closed = await provider.chief.reads(f"/conversations/{quiet}")
    assert (closed["status"], closed["resolution"]) == ("closed", "abandoned")
    assert (await provider.conversation(open_still))["status"] == "OPEN"
    assert (await stored(provider.owner, "conversations", quiet))["closed_by_id"] is None
    refused = await provider.chief.post(f"/conversations/{quiet}/messages", {"content": "Oi?"})
    await refusal(refused, 409, "CONVERSATION_CLOSED")

    async def begun_anew() -> bool:
        return bool((await provider.written(answered, "Caiu de novo"))["id"] != quiet)

    assert await eventually(begun_anew)
