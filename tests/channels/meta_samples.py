"""Changes shaped as Meta documents them, and what reads them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from server.channels.meta_cloud.parse import parse
from server.desk.messages.inbound import Inbound, Sender

SAMPLES = Path(__file__).parent / "samples"
FILES = ("messages", "statuses", "coexistence", "customers", "templates", "account")
WABA = "102290129340398"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
AT = datetime.fromtimestamp(1760000000, UTC)
ANA = Sender(wa_id="5511987654321", user_id="BR.13491208655302741918", name="Ana Souza")


def samples(file: str) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads((SAMPLES / f"{file}.json").read_bytes())
    return found


def read(file: str, name: str) -> list[Inbound]:
    return parse(samples(file)[name], waba_id=WABA, received_at=NOW)
