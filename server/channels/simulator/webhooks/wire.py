"""The bytes Meta sends: its JSON, its envelope, its signature (whatsapp.md 1.4)."""

import hmac
import json
from typing import Any

Json = dict[str, Any]


def encode(payload: Json) -> bytes:
    r"""Compact JSON with everything outside ASCII as `\u00e1` and `/` as `\/`: whoever parses and
    serialises again gets other bytes, and another signature.
    """
    return json.dumps(payload, ensure_ascii=True, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def signature(app_secret: str, body: bytes) -> str:
    """The value of X-Hub-Signature-256."""
    return "sha256=" + hmac.digest(app_secret.encode(), body, "sha256").hex()


def envelope(entries: list[Json]) -> Json:
    return {"object": "whatsapp_business_account", "entry": entries}


def entry(waba_id: str, changes: list[Json], at: float) -> Json:
    return {"id": waba_id, "time": int(at), "changes": changes}
