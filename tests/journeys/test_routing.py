"""Customers come, and the house gives them to its people: by rule, within their capacity, and with its reason."""

from typing import Any

from tests.conftest import Session
from tests.factories import body_of, stored
from tests.journeys.conftest import Provider, closed_by, eventually, is_there
from tests.realtime.plain import Dial, dial

__all__ = ["dial"]
Json = dict[str, Any]


async def test_each_conversation_finds_its_agent(provider: Provider, dial: Dial) -> None:
    await provider.decides(routing={"distribution": "LEAST_BUSY", "sticky": False, "capacity": 2})
    first = (await provider.written(provider.customer(0)))["id"]
    ana = await provider.hires("Ana")
    assert await provider.given(first) == ("Ana", "LEAST_BUSY")
    bia = await provider.hires("Bia")
    second = (await provider.written(provider.customer(1)))["id"]
    assert await provider.given(second) == ("Bia", "LEAST_BUSY")
    for place in (2, 3):
        await provider.given((await provider.written(provider.customer(place)))["id"])
    await who_waits_is_told_so(provider)
    await who_has_room_again_is_given_the_next(provider, bia, second)
    await who_goes_is_given_nothing(provider, ana, bia, dial)


async def who_waits_is_told_so(provider: Provider) -> None:
    """Both have all they can take: two wait, and both dialects say so alike. Four were served within the hour."""
    waiting = [(await provider.written(provider.customer(place)))["id"] for place in (4, 5)]
    native = await body_of(await provider.owner.get("/api/queue"))
    isp = await provider.chief.reads("/dashboard/queue")
    assert [place["conversation"]["id"] for place in native["data"]] == waiting
    assert [(place["position"], place["estimatedWaitSeconds"]) for place in native["data"]] == [
        (1, 900.0),
        (2, 1800.0),
    ]
    assert [(p["position"], p["customer_name"], p["estimated_wait_minutes"]) for p in isp["queue"]] == [
        (1, "Cliente 4", 15),
        (2, "Cliente 5", 30),
    ]
    assert native["total"] == isp["total_in_queue"] == 2
    agents = (await provider.chief.reads("/dashboard/agents"))["agents"]
    loads = [(each["nome"], each["status"], each["current_conversations"]) for each in agents]
    assert sorted(loads) == [("Ana", "busy", 2), ("Bia", "busy", 2)]


async def who_has_room_again_is_given_the_next(provider: Provider, bia: Session, id: str) -> None:
    await closed_by(bia, id)
    rows = await provider.rows()
    assert await provider.given(rows["Cliente 4"]["id"]) == ("Bia", "LEAST_BUSY")
    assert (await provider.chief.reads("/dashboard/queue"))["queue"][0]["customer_name"] == "Cliente 5"


async def who_goes_is_given_nothing(provider: Provider, ana: Session, bia: Session, dial: Dial) -> None:
    """Ana says that she is away; Bia's line breaks, and only what is hers already stays with her."""
    await is_there(ana, away=True)
    line = await dial(bia)
    await line.settles()
    rows = await provider.rows()
    for place in (0, 2, 3):
        holder = ana if rows[f"Cliente {place}"]["assignedTo"]["name"] == "Ana" else bia
        await closed_by(holder, rows[f"Cliente {place}"]["id"])
    assert await provider.given(rows["Cliente 5"]["id"]) == ("Bia", "LEAST_BUSY")
    await line.hangs_up()

    async def only_ana_is_known() -> bool:
        here = (await body_of(await provider.owner.get("/api/presence")))["data"]
        return [each["presence"] for each in here if each["userId"] in {ana.user["id"], bia.user["id"]}] == [
            "AWAY"
        ]

    await eventually(only_ana_is_known)
    left = (await provider.written(provider.customer(6)))["id"]
    assert (await provider.rows())["Cliente 5"]["assignedTo"]["name"] == "Bia"
    assert (await body_of(await provider.owner.get("/api/queue")))["total"] == 1
    await is_there(ana)
    assert await provider.given(left) == ("Ana", "LEAST_BUSY")


async def test_in_turn_and_to_whom_they_know(provider: Provider) -> None:
    """However quickly somebody is done, the next one is another's turn; who comes back is served by whoever knows him."""
    await provider.decides(routing={"distribution": "ROUND_ROBIN", "sticky": True, "capacity": 9})
    agents = {name: await provider.hires(name) for name in ("Ana", "Bia", "Cid")}
    served = []
    for place in range(6):
        id = (await provider.written(provider.customer(place)))["id"]
        name, reason = await provider.given(id)
        assert reason == "ROUND_ROBIN"
        served.append(name)
        await closed_by(agents[name], id)
    assert sorted(served[:3]) == ["Ana", "Bia", "Cid"]
    assert served[3:] == served[:3]
    again = (await provider.written(provider.customer(1), "Caiu de novo"))["id"]
    assert await provider.given(again) == (served[1], "STICKY")
    [step] = (await stored(provider.owner, "conversations", again))["assignments"]
    assert (step["by"], step["user_id"]) == (None, agents[served[1]].user["id"])
    assert step["waited_seconds"] >= 0
