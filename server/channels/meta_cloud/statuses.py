"""`statuses[]`: what became of what we sent."""

from typing import Any

from server.channels.meta_cloud import errors
from server.channels.meta_cloud.messages import Setting
from server.channels.meta_cloud.reading import Json, mapping, moment, objects, text
from server.desk.messages.inbound import StatusReported, Unknown

STATUSES = frozenset({"sent", "delivered", "read", "played", "failed"})


def reported(raw: Any, setting: Setting) -> StatusReported | Unknown:
    report = mapping(raw)
    wamid, status = text(report.get("id")), (text(report.get("status")) or "").lower()
    if not wamid or status not in STATUSES:
        return setting.unknown(raw)
    return StatusReported(
        wamid=wamid,
        status=status,
        at=moment(report.get("timestamp"), setting.received_at),
        recipient=text(report.get("recipient_id")) or text(report.get("recipient_user_id")),
        opaque=text(report.get("biz_opaque_callback_data")),
        error=next((errors.reported(error) for error in objects(report.get("errors"))), None),
        pricing=_object(report, "pricing"),
        conversation=_object(report, "conversation"),
    )


def _object(report: Json, name: str) -> Json | None:
    return mapping(report.get(name)) or None
