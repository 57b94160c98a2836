"""What customers do beside writing, and the faults of one customer's phone."""

from pathlib import Path
from typing import Any

import aiohttp

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer, PlayedNumber
from tests.simulator.conftest import FAST, JOAO, Graph, Receiver

Json = dict[str, Any]
ELSEWHERE = "5521988887777"


async def test_an_edit_and_a_deletion_change_what_was_said(
    sim: Simulator, receiver: Receiver, joao: PlayedCustomer
) -> None:
    [first, second] = [await joao.says("Quero um quarto"), await joao.says("Esqueça")]
    await joao.edits(first, "Quero dois quartos")
    await joao.deletes(second)
    assert await sim.settled()
    shown = {message.wamid: message.as_json() for message in joao.thread}
    assert shown[first]["content"] == {"body": "Quero dois quartos"}
    assert (shown[first].get("edited"), shown[second].get("revoked")) == (True, True)
    edit, revocation = receiver.messages[-2:]
    assert edit["edit"]["original_message_id"] == first
    assert revocation["revoke"] == {"original_message_id": second}


async def test_nothing_that_was_sent_to_who_blocks_the_business_ever_arrives(
    sim: Simulator, receiver: Receiver, graph: Graph, joao: PlayedCustomer
) -> None:
    joao.changes(blocksBusiness=True)
    await graph.sends("Olá?")
    assert await sim.settled()
    assert [status["status"] for status in receiver.statuses] == ["sent"]
    joao.changes(blocksBusiness=False)
    joao.changes(online=True, opened=True)
    await graph.sends("Voltou")
    assert await sim.settled()
    assert [(message.status, message.lost) for message in joao.received] == [("sent", True), ("read", False)]


async def test_who_is_not_on_whatsapp_is_told_of_after_the_acceptance(
    sim: Simulator, receiver: Receiver, graph: Graph, joao: PlayedCustomer
) -> None:
    joao.changes(onWhatsApp=False)
    await graph.sends()
    assert await sim.settled()
    assert [status["errors"][0]["code"] for status in receiver.statuses] == [131026]


async def test_who_wants_no_marketing_gets_none_and_the_business_knows(
    sim: Simulator, receiver: Receiver, graph: Graph, joao: PlayedCustomer
) -> None:
    joao.changes(wantsMarketing=False)
    joao.changes(wantsMarketing=False)
    assert await sim.settled()
    [choice] = [value["user_preferences"][0] for value in receiver.values]
    assert (choice["wa_id"], choice["category"], choice["value"]) == (JOAO, "marketing_messages", "stop")
    status, _ = await graph.send("template", _welcome())
    await graph.sends("Um texto passa")
    assert await sim.settled()
    assert status == 200
    failed = [status for status in receiver.statuses if status["status"] == "failed"]
    assert [status["errors"][0]["code"] for status in failed] == [131050]
    assert [message.status for message in joao.received] == ["failed", "delivered"]


def _welcome() -> Json:
    body = {"type": "body", "parameters": [{"type": "text", "text": "João"}]}
    return {"name": "boas_vindas", "language": {"code": "pt_BR"}, "components": [body]}


async def test_only_templates_meet_a_fault_of_templates(
    sim: Simulator, graph: Graph, joao: PlayedCustomer
) -> None:
    sim.faults.add("error", code=132001, operation="template")
    assert (await graph.send("template", _welcome()))[1]["error"]["code"] == 132001
    assert (await graph.send("text", {"body": "Olá"}))[0] == 200


async def test_late_statuses_come_late(
    sim: Simulator, receiver: Receiver, graph: Graph, joao: PlayedCustomer
) -> None:
    sim.faults.add("late_status", count=1, seconds=30)
    await graph.sends("demora")
    await graph.sends("não demora")
    await receiver.waits_for(2, lambda: receiver.statuses)
    assert [message.status for message in joao.received] == ["accepted", "delivered"]


async def test_held_webhooks_wait_and_then_all_of_them_come(
    sim: Simulator, receiver: Receiver, joao: PlayedCustomer
) -> None:
    fault = sim.faults.add("hold")
    said = [await joao.says(text) for text in ("um", "dois")]
    assert not await sim.settled(0.2)
    assert receiver.messages == []
    assert sim.faults.remove(fault.id)
    assert await sim.settled()
    assert [message["id"] for message in receiver.messages] == said


async def test_another_phone_number_is_the_same_customer(
    sim: Simulator, receiver: Receiver, number: PlayedNumber, joao: PlayedCustomer
) -> None:
    old_id = joao.customer.user_id
    await joao.moves("+55 21 98888-7777")
    await joao.says("Sou eu")
    assert await sim.settled()
    system, said = receiver.messages
    assert (system["from"], system["system"]["wa_id"]) == (JOAO, ELSEWHERE)
    assert (system["from_user_id"], system["system"]["user_id"]) == (old_id, joao.customer.user_id)
    assert (said["from"], said["from_user_id"]) == (ELSEWHERE, joao.customer.user_id)
    assert number.number.find(ELSEWHERE) is joao.customer
    assert number.number.find(JOAO) is None


async def test_people_over_http(
    sim: Simulator, number: PlayedNumber, graph: Graph, joao: PlayedCustomer
) -> None:
    number.customer("5511988887777", name="Maria")
    root = f"{sim.url}/simulator/numbers/{number.phone_number_id}/customers"
    wamid = await graph.sends("Ouça")
    assert await sim.settled()

    async def call(method: str, path: str, body: Json | None = None) -> tuple[int, Json]:
        async with session.request(method, f"{root}/{path}", json=body) as answer:
            return answer.status, await answer.json()

    async with aiohttp.ClientSession() as session:
        assert (await call("POST", f"{JOAO}/played", {"wamid": wamid}))[1]["status"] == "played"
        assert (await call("POST", f"{JOAO}/move", {"phone": "5511988887777"}))[0] == 400
        assert (await call("POST", f"{JOAO}/move", {"phone": "Rua 7"}))[0] == 400
        status, moved = await call("POST", f"{JOAO}/move", {"phone": ELSEWHERE})
        assert (status, moved["phone"], moved["name"]) == (200, ELSEWHERE, "João Silva")
        assert (await call("POST", f"{JOAO}/move", {"phone": "5511900009999"}))[0] == 404
        assert (await call("DELETE", moved["key"]))[0] == 200
        assert (await call("DELETE", moved["key"]))[0] == 404
    assert [customer.name for customer in number.number.everyone()] == ["Maria"]


async def test_all_of_it_survives_a_restart(receiver: Receiver, tmp_path: Path) -> None:
    async with Simulator(settings=FAST, data_dir=tmp_path) as sim:
        number = await sim.add_number(webhook=receiver.url)
        joao, maria = number.customer(JOAO, name="João"), number.customer("5511988887777", name="Maria")
        said = await joao.says("Quero um quarto")
        await joao.edits(said, "Quero dois quartos")
        await joao.reacts(said, "👍")
        await joao.moves(ELSEWHERE)
        joao.changes(wantsMarketing=False)
        await joao.says("Ainda sou eu")
        await maria.says("Adeus")
        assert await sim.settled()
        joao.changes(blocksBusiness=True)
        people = f"{sim.url}/simulator/numbers/{number.phone_number_id}/customers"
        async with aiohttp.ClientSession() as session:
            await Graph(session, sim.url, number, number.access_token).sends("Olá?", to=ELSEWHERE)
            assert await sim.settled()
            assert (
                await session.patch(f"{people}/{ELSEWHERE}", json={"blocksBusiness": False})
            ).status == 200
            assert (await session.delete(f"{people}/{maria.customer.key}")).status == 200
    async with Simulator(settings=FAST, data_dir=tmp_path) as sim:
        [again] = sim.number(number.phone_number_id).number.everyone()
        assert (again.phone, again.name, again.wants_marketing) == (ELSEWHERE, "João", False)
        first = again.thread[0]
        assert (first.content, first.edited, first.reactions) == (
            {"body": "Quero dois quartos"},
            True,
            {"customer": "👍"},
        )
        assert await sim.settled()
        assert (again.thread[-1].status, again.thread[-1].lost) == ("sent", True)
    assert len([message for message in receiver.messages if message["type"] == "text"]) == 3
