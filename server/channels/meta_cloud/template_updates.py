"""Webhooks about templates, in the fields that `templates()` lists them with."""

from collections.abc import Callable

from server.channels.meta_cloud.reading import Json, objects, text
from server.desk.messages.inbound import TemplateReported

AGAIN_APPROVED = frozenset({"REINSTATED", "UNPAUSED", "UNLOCKED"})


def reported(field: str, value: Json) -> TemplateReported | None:
    """None when the field is about something else, or does not name its template."""
    name, language = text(value.get("message_template_name")), text(value.get("message_template_language"))
    if field not in CHANGES or not name or not language:
        return None
    change, state_of = CHANGES[field]
    state = state_of(value)
    # Webhooks write `pt-BR` where the API writes `pt_BR`.
    language = language.replace("-", "_")
    return TemplateReported(name=name, language=language, change=change, state=state) if state else None


def _status(value: Json) -> Json:
    event = (text(value.get("event")) or "").upper()
    reason = text(value.get("reason"))
    if not event:
        return {}
    status = "APPROVED" if event in AGAIN_APPROVED else event
    return {"status": status, "rejected_reason": None if reason == "NONE" else reason}


def _category(value: Json) -> Json:
    category = text(value.get("new_category")) or text(value.get("correct_category"))
    return {"category": category} if category else {}


def _quality(value: Json) -> Json:
    quality = text(value.get("new_quality_score"))
    return {"quality": quality} if quality else {}


def _components(value: Json) -> Json:
    texts = [
        {"type": kind, "text": written}
        for kind, key in (("HEADER", "title"), ("BODY", "element"), ("FOOTER", "footer"))
        if (written := text(value.get(f"message_template_{key}")))
    ]
    buttons = [_button(button) for button in objects(value.get("message_template_buttons"))]
    components = texts + ([{"type": "BUTTONS", "buttons": buttons}] if buttons else [])
    return {"components": components} if components else {}


def _button(button: Json) -> Json:
    """`message_template_button_text` in the webhook is `text` in the API, and so on."""
    return {key.removeprefix("message_template_button_"): value for key, value in button.items()}


CHANGES: dict[str, tuple[str, Callable[[Json], Json]]] = {
    "message_template_status_update": ("status", _status),
    "template_category_update": ("category", _category),
    "message_template_quality_update": ("quality", _quality),
    "message_template_components_update": ("components", _components),
}
