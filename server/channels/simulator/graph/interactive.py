"""Checks of `interactive` messages (whatsapp.md 1.2). Lengths outside the limits are 131009, as Meta's."""

from collections.abc import Callable
from typing import Any

from server.channels.simulator.graph import errors, fields

Json = dict[str, Any]
CheckMedia = Callable[[str, Json], None]
HEADERS = ("text", "image", "video", "document")
# Accepted with a body and an action, whose insides the simulator does not judge.
UNJUDGED = (
    "product",
    "product_list",
    "catalog_message",
    "order_details",
    "order_status",
    "carousel",
    "address_message",
    "call_permission_request",
    "voice_call",
)
MOST_ROWS = 10


def check_interactive(found: Json, check_media: CheckMedia) -> None:
    kind = found.get("type")
    if kind not in CHECKS:
        raise errors.value(f"Unexpected interactive type {str(kind)[:50]!r}.")
    _header(found, kind, check_media)
    if "footer" in found:
        fields.text(
            fields.section(found, "footer"), "text", 60, "interactive['footer']['text']", fail=errors.value
        )
    longest = 4096 if kind == "list" else 1024
    if kind not in UNJUDGED or "body" in found:
        fields.text(
            fields.section(found, "body"), "text", longest, "interactive['body']['text']", fail=errors.value
        )
    CHECKS[kind](fields.section(found, "action"))


def _header(found: Json, kind: str, check_media: CheckMedia) -> None:
    if "header" not in found:
        return
    header = fields.section(found, "header")
    shape = header.get("type")
    if shape not in HEADERS or (kind == "list" and shape != "text"):
        raise errors.value(
            f"Header of type {str(shape)[:50]!r} is not supported for interactive type {kind}."
        )
    if shape == "text":
        fields.text(header, "text", 60, "interactive['header']['text']", fail=errors.value)
    else:
        check_media(shape, fields.section(header, shape))


def _buttons(action: Json) -> None:
    buttons = fields.items(action, "buttons", 3, "interactive['action']['buttons']", fail=errors.value)
    for button in buttons:
        if button.get("type") != "reply":
            raise errors.value("Button type must be reply.")
        reply = fields.section(button, "reply")
        fields.text(reply, "id", 256, "button id", fail=errors.value)
        fields.text(reply, "title", 20, "button title", fail=errors.value)
    _unique([button["reply"]["id"] for button in buttons], "Button ids")
    _unique([button["reply"]["title"] for button in buttons], "Button titles")


def _list(action: Json) -> None:
    fields.text(action, "button", 20, "interactive['action']['button']", fail=errors.value)
    sections = fields.items(action, "sections", 10, "interactive['action']['sections']", fail=errors.value)
    rows: list[Json] = []
    for part in sections:
        fields.text(part, "title", 24, "section title", required=len(sections) > 1, fail=errors.value)
        rows += fields.items(part, "rows", MOST_ROWS, "section rows", fail=errors.value)
    if len(rows) > MOST_ROWS:
        raise errors.value(f"Total row count exceed max allowed count: {MOST_ROWS}")
    for row in rows:
        fields.text(row, "id", 200, "row id", fail=errors.value)
        fields.text(row, "title", 24, "row title", fail=errors.value)
        fields.text(row, "description", 72, "row description", required=False, fail=errors.value)
    _unique([row["id"] for row in rows], "Row ids")


def _cta_url(action: Json) -> None:
    _named(action, "cta_url")
    parameters = fields.section(action, "parameters")
    fields.text(parameters, "display_text", 20, "display_text", fail=errors.value)
    fields.link(parameters, "url", "url", fail=errors.value)


def _flow(action: Json) -> None:
    _named(action, "flow")
    parameters = fields.section(action, "parameters")
    if str(parameters.get("flow_message_version")) != "3":
        raise errors.value("flow_message_version must be 3.")
    if ("flow_id" in parameters) == ("flow_name" in parameters):
        raise errors.value("Either flow_id or flow_name is needed.")
    fields.text(parameters, "flow_cta", 30, "flow_cta", fail=errors.value)
    if parameters.get("flow_action", "navigate") not in ("navigate", "data_exchange"):
        raise errors.value("flow_action must be navigate or data_exchange.")


def _location_request(action: Json) -> None:
    _named(action, "send_location")


def _contact_request(action: Json) -> None:
    _named(action, "request_contact_info")


def _unjudged(action: Json) -> None:
    """What is inside depends on catalogues and payments, which the simulator has not."""


def _named(action: Json, name: str) -> None:
    if action.get("name") != name:
        raise errors.value(f"interactive['action']['name'] must be {name}.")


def _unique(values: list[str], what: str) -> None:
    if len(set(values)) < len(values):
        raise errors.value(f"{what} must be unique.")


CHECKS: dict[str, Callable[[Json], None]] = {
    "button": _buttons,
    "list": _list,
    "cta_url": _cta_url,
    "flow": _flow,
    "location_request_message": _location_request,
    "request_contact_info": _contact_request,
    **dict.fromkeys(UNJUDGED, _unjudged),
}
