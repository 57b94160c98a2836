"""Puts several changes into one body the ways Meta does: more messages, more changes, more entries."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from server.channels.simulator.webhooks import wire

if TYPE_CHECKING:
    from server.channels.simulator.webhooks.dispatch import Change

Json = dict[str, Any]
_LISTS = ("contacts", "messages", "statuses")


def pack(parcel: list[Change], chance: random.Random, at: float) -> list[Json]:
    """The `entry` list. The order of the parcel is the order of reading the body from top to bottom."""
    entries: list[Json] = []
    last: Change | None = None
    for change in parcel:
        shown = {"value": change.value, "field": change.field}
        waba_id = change.number.account.waba_id
        if last and _alike(last, change) and chance.random() < 0.5:
            _extend(entries[-1]["changes"][-1], change.value)
        elif entries and entries[-1]["id"] == waba_id and chance.random() < 0.7:
            entries[-1]["changes"].append(shown)
        else:
            entries.append(wire.entry(waba_id, [shown], at))
        last = change
    return entries


def _alike(one: Change, other: Change) -> bool:
    return (
        one.number is other.number
        and one.field == other.field == "messages"
        and ("messages" in one.value) == ("messages" in other.value)
        and ("statuses" in one.value) == ("statuses" in other.value)
        and "errors" not in one.value
        and "errors" not in other.value
    )


def _extend(shown: Json, value: Json) -> None:
    """Replaces `value` instead of growing it: the same change may be posted again elsewhere."""
    merged = dict(shown["value"])
    for name in _LISTS:
        if name in value:
            known = merged.get(name, [])
            merged[name] = known + [item for item in value[name] if name != "contacts" or item not in known]
    shown["value"] = merged
