"""One conversation on both wires at once: what is done over one is told on the sockets of both, and stored once."""

from dataclasses import dataclass

from tests.factories import JOAO, body_of, made, tallied
from tests.realtime.conftest import Connect, Ear, connect, numbered
from tests.realtime.plain import Dial, Plain, dial
from tests.test_two_dialects import House, house, settings

__all__ = ["connect", "dial", "house", "settings"]
# What the ISP chat's sockets are told, and under which name the native ones hear of the same event.
NATIVE_NAMES = {
    "new_message": "message:new",
    "message_status": "message:status-update",
    "conversation_assigned": "conversation:updated",
    "conversation_closed": "conversation:updated",
}


@dataclass
class Listeners:
    """Ana on the native socket and Maria on the ISP's, both in one conversation."""

    ana: Ear
    maria: Plain

    async def settle(self) -> None:
        await self.ana.settles()
        await self.maria.settles()

    @property
    def seen_by_ana(self) -> list[tuple[int, str]]:
        """(place in the feed, name) of what is kept; aliases and notifications say the same once more."""
        names = {*NATIVE_NAMES.values(), "conversation:new"}
        return [(said["seq"], name) for name, said in self.ana.heard if name in names and "seq" in said]

    @property
    def seen_by_maria(self) -> list[tuple[int, str]]:
        return [(frame["seq"], frame["type"]) for frame in self.maria.heard if "seq" in frame]

    def check(self) -> None:
        """Each heard everything once, in the order of the feed, and both the same."""
        for seen in (self.seen_by_ana, self.seen_by_maria):
            places = [seq for seq, _ in seen]
            assert places == sorted(places)
            assert len(set(seen)) == len(seen)
        assert {(seq, NATIVE_NAMES[name]) for seq, name in self.seen_by_maria} <= set(self.seen_by_ana)

    def statuses(self, message_id: str) -> tuple[list[str], list[str]]:
        """What each was told of a message, in order."""
        native = [
            said["status"]
            for said in self.ana.all("message:status-update")
            if said["messageId"] == message_id
        ]
        isp = [
            said["status"] for said in self.maria.all("message_status") if said["message_id"] == message_id
        ]
        return native, isp


async def listeners(house: House, connect: Connect, dial: Dial, id: str) -> Listeners:
    ear, line = await connect(house.ana), await dial(params={"token": house.maria.token})
    await ear.asks("conversation:join", id)
    await line.asks("join_conversation", "conversation_joined", conversation_id=id)
    return Listeners(ear, line)


async def statuses_on_both(house: House, id: str) -> dict[str, tuple[str, str]]:
    """By text: the status of each message of the house, as each dialect reads it."""
    native = (await body_of(await house.ana.get(f"/api/conversations/{id}/messages")))["data"]
    isp = (await house.maria.reads(f"/conversations/{id}"))["messages"]
    read = {message["id"]: message["status"] for message in isp}
    return {m["content"]: (m["status"], read[m["id"]]) for m in native if m["direction"] == "OUTBOUND"}


async def test_live_from_native_to_isp(house: House, connect: Connect, dial: Dial) -> None:
    """Begun by Ana over the native API; seen, answered, so taken, and closed by Maria over the ISP's."""
    contact = await made(house.ana, "/api/contacts", phoneNumber=JOAO, name="João Silva")
    opening = {"contactId": contact["id"], "channelId": house.channel["id"]}
    id = (await made(house.ana, "/api/conversations", **opening))["id"]
    both = await listeners(house, connect, dial, id)
    await house.joao.says("Minha internet caiu")
    await house.settles()
    assert (await both.maria.hears("new_message"))["message"]["content"] == "Minha internet caiu"
    assert (await both.ana.hears("message:new"))["message"]["content"] == "Minha internet caiu"

    answer = await both.maria.asks(
        "send_message", "message_sent", conversation_id=id, content="Vou verificar."
    )
    assert (await both.ana.hears("message:new", 2))["message"]["sentByName"] == "Maria Atendente"
    await house.settles()
    await house.joao.reads()
    await house.settles()
    await both.maria.hears("message_status", 3)
    await both.ana.hears("message:status-update", 3)
    assert both.statuses(answer["message"]["id"]) == (
        ["SENT", "DELIVERED", "READ"],
        ["sent", "delivered", "read"],
    )
    assert await statuses_on_both(house, id) == {"Vou verificar.": ("READ", "read")}

    closing = {"resolution": "resolved", "notes": "modem"}
    await body_of(await house.maria.post(f"/conversations/{id}/close", closing))
    assert (await both.maria.hears("conversation_assigned"))["assigned_to"] == house.maria.number
    assert (await both.maria.hears("conversation_closed"))["resolution"] == "resolved"
    await both.settle()
    told = [said["updates"] for said in both.ana.all("conversation:updated") if "updates" in said]
    assert [("assignedToId" in update, update.get("status")) for update in told][-2:] == [
        (True, "IN_PROGRESS"),
        (False, "CLOSED"),
    ]
    both.check()
    assert {name for _, name in both.seen_by_maria} == set(NATIVE_NAMES)
    await kept(house, id, resolution="RESOLVED", reasons=["ANSWERED"])


async def test_live_from_isp_to_native(house: House, connect: Connect, dial: Dial) -> None:
    """Begun by Maria with a template over the ISP's API; seen, answered, transferred and closed by Ana over the native one."""
    await body_of(await house.ana.post("/api/templates/sync", {"channelId": house.channel["id"]}))
    said = {"to": f"+{JOAO}", "template_name": "hello_world", "language": "en_US"}
    id = (await body_of(await house.maria.post("/whatsapp/send-template", said), 201))["conversation_id"]
    await house.settles()
    await numbered(house.ana)
    both = await listeners(house, connect, dial, id)
    await house.joao.says("Oi, recebi")
    await house.settles()
    assert (await both.maria.hears("new_message"))["message"]["content"] == "Oi, recebi"

    sent = await made(house.ana, "/api/messages", conversationId=id, content="Posso ajudar?")
    assert (await both.maria.hears("new_message", 2))["message"]["sent_by"] == "Admin"
    await house.settles()
    await house.joao.reads()
    await house.settles()
    await both.maria.hears("message_status", 3)
    await both.ana.hears("message:status-update", 3)
    assert both.statuses(sent["id"]) == (["SENT", "DELIVERED", "READ"], ["sent", "delivered", "read"])
    assert set((await statuses_on_both(house, id)).values()) == {("READ", "read")}

    given = {"userId": house.ana.user["id"]}
    await body_of(await house.ana.post(f"/api/conversations/{id}/assign", given))
    assert (await both.maria.hears("conversation_assigned"))["assigned_to"] == 1
    users = (await body_of(await house.ana.get("/api/users", params={"role": "AGENT"})))["data"]
    await body_of(await house.ana.post(f"/api/conversations/{id}/transfer", {"userId": users[0]["id"]}))
    assert (await both.maria.hears("conversation_assigned", 2))["assigned_to"] == house.maria.number
    await body_of(await house.ana.post(f"/api/conversations/{id}/close", {"resolution": "UNRESOLVED"}))
    closed = await both.maria.hears("conversation_closed")
    assert (closed["status"], closed["resolution"]) == ("closed", "unresolved")
    await both.settle()
    both.check()
    await kept(house, id, resolution="UNRESOLVED", reasons=["ANSWERED", "GIVEN", "TRANSFERRED"])


async def kept(house: House, id: str, *, resolution: str, reasons: list[str]) -> None:
    """What is stored, and that both dialects say so."""
    row = await house.ana.db.conversations.by_id(id)
    assert row
    assert (row["status"], row["resolution"], row["open"]) == ("CLOSED", resolution, False)
    shown = await body_of(await house.ana.get(f"/api/conversations/{id}"))
    assert [step["reason"] for step in shown["assignments"]] == reasons
    assert (await house.maria.reads(f"/conversations/{id}"))["resolution"] == resolution.lower()
    counts, recounted = await tallied(house.ana)
    assert counts == recounted
