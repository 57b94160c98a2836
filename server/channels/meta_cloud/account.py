"""What is reported about the number and its account: quality, limits, names, restrictions, alerts, errors."""

from server.channels.base import Remedy
from server.channels.meta_cloud import errors
from server.channels.meta_cloud.reading import Json, mapping, objects, text
from server.desk.messages.inbound import ChannelReported, Inbound

PREFIXES = ("account_", "phone_number_", "business_", "payment_", "security", "flows")

ENDS_SENDING = frozenset(
    {"ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED", "PARTNER_REMOVED", "PARTNER_APP_UNINSTALLED"}
)
WORRYING = frozenset(
    {
        "ACCOUNT_VIOLATION",
        "ACCOUNT_RESTRICTION",
        "DISABLED_UPDATE",
        "FLAGGED",
        "DOWNGRADE",
        "REJECTED",
        "WARNING",
    }
)
BANNED = frozenset({"DISABLE", "DISABLED"})
NO_REPLIES = "RESTRICTED_CUSTOMER_INITIATED_MESSAGING"


def reported(field: str, value: Json, waba_id: str) -> ChannelReported | None:
    """None when the field is about something else, or holds nothing."""
    if not value or not field.startswith(PREFIXES):
        return None
    event = _event(value)
    parks = _ends_sending(event, value)
    return ChannelReported(
        field=field,
        event=event,
        severity="critical" if parks else _severity(event, value),
        parks=parks,
        raw={"waba_id": waba_id} | value,
    )


def errors_in(value: Json, field: str) -> list[Inbound]:
    """Errors that belong to no message: of the account, of the app, of a whole batch."""
    return [_error(error, field) for error in objects(value.get("errors"))]


def _error(error: Json, field: str) -> ChannelReported:
    code = text(error.get("code")) or ""
    parks = errors.meaning(code).remedy is Remedy.PARK_CHANNEL
    severity = "critical" if parks else "warning"
    return ChannelReported(
        field=field, event=f"error {code}".strip(), severity=severity, parks=parks, raw=error
    )


def _event(value: Json) -> str:
    alert = mapping(value.get("alert_info"))
    named = (value.get("event"), value.get("decision"), value.get("alert_type"), alert.get("alert_type"))
    return next((event for event in map(text, named) if event), "updated")


def _ends_sending(event: str, value: Json) -> bool:
    banned = text(mapping(value.get("ban_info")).get("waba_ban_state"))
    restrictions = {text(item.get("restriction_type")) for item in objects(value.get("restriction_info"))}
    return event in ENDS_SENDING or banned in BANNED or NO_REPLIES in restrictions


def _severity(event: str, value: Json) -> str:
    if text(mapping(value.get("ban_info")).get("waba_ban_state")) == "REINSTATE":
        return "info"
    alert = mapping(value.get("alert_info")) or value
    grade = (text(alert.get("alert_severity")) or "").lower()
    if grade in ("warning", "critical"):
        return grade
    return "warning" if event.upper() in WORRYING else "info"
