"""A customer's message as Meta writes it, of every kind (whatsapp.md 1.5)."""

from typing import Any

from server.channels.simulator import identity
from server.channels.simulator.graph.errors import GraphError
from server.channels.simulator.media import KINDS, MediaStore
from server.channels.simulator.world import Customer, Number

Json = dict[str, Any]
# Members of the request that speak to the simulator and are not part of the message.
DIRECTIONS = ("name", "username", "waId")
_UNSUPPORTED = GraphError(
    131051, message="Message type unknown", details="Message type is currently not supported."
)


def compose(number: Number, customer: Customer, body: Json, media: MediaStore, now: float) -> Json:
    """The `messages[]` object. `body` is what depends on the type, `{"type": "text", "text": {…}}`, with any other
    member (`context`, `referral`, `errors`, …) passed on. ValueError when it has no type.
    """
    kind = body.get("type")
    if not isinstance(kind, str) or not kind:
        raise ValueError("a message needs a type")
    message: Json = {"from": customer.wa_id} if customer.wa_id else {}
    message |= {
        "from_user_id": customer.user_id,
        "id": identity.new_wamid(customer.key),
        "timestamp": str(int(now)),
        "type": kind,
    }
    message |= {name: value for name, value in body.items() if name not in DIRECTIONS}
    if kind in KINDS:
        message[kind] = media.inbound(number, kind, body.get(kind) or {})
    elif kind == "unsupported":
        message.setdefault("errors", [_UNSUPPORTED.in_status()])
    elif kind not in body:
        raise ValueError(f"a message of type {kind} needs {kind!r}")
    if "context" in message:
        message["context"] = _context(number, message["context"])
    return message


def _context(number: Number, given: Json) -> Json:
    """A reply names the business as the author of what it answers."""
    return {"from": number.phone} | given if "id" in given else given


def tapped(number: Number, wamid: str, choice: str) -> Json:
    """The body for a tap on a button, a list row or a template's quick reply with this id, text or title.
    ValueError when that message offers no such choice.
    """
    message = number.messages[wamid]
    offers = (
        _template_choices(message.drawn or {})
        if message.type == "template"
        else _choices(message.content or {})
    )
    for offer, names in offers:
        if choice in names:
            return offer | {"context": {"id": wamid}}
    raise ValueError(f"{wamid} offers no {choice!r}")


def _choices(content: Json) -> list[tuple[Json, tuple[str, ...]]]:
    action = content.get("action", {})
    found = []
    for button in action.get("buttons", []):
        reply = {"id": button["reply"]["id"], "title": button["reply"]["title"]}
        found.append((_interactive("button_reply", reply), tuple(reply.values())))
    for section in action.get("sections", []):
        for row in section.get("rows", []):
            reply = {name: row[name] for name in ("id", "title", "description") if row.get(name)}
            found.append((_interactive("list_reply", reply), (row["id"], row["title"])))
    return found


def _interactive(kind: str, reply: Json) -> Json:
    return {"type": "interactive", "interactive": {"type": kind, kind: reply}}


def _template_choices(drawn: Json) -> list[tuple[Json, tuple[str, ...]]]:
    return [
        (
            {"type": "button", "button": {"payload": button["id"], "text": button["text"]}},
            (button["id"], button["text"]),
        )
        for button in drawn.get("buttons", [])
        if button["type"] == "QUICK_REPLY"
    ]
