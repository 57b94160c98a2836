"""The house with a provider: the real app, and the simulator that its Graph calls reach and that calls its webhooks."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

import orjson
import pytest
from aiohttp import ClientResponse

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedNumber
from server.settings import Settings
from tests.conftest import Session

Json = dict[str, Any]


@pytest.fixture
def settings(settings: Settings, simulator: Simulator) -> Settings:
    return settings.model_copy(update={"graph_api_url": simulator.url, "simulator_url": simulator.url})


@pytest.fixture
async def number(simulator: Simulator) -> PlayedNumber:
    return await simulator.add_number()


@dataclass
class House:
    """A tenant with a connected number."""

    session: Session
    number: PlayedNumber
    channel: Json

    @property
    def path(self) -> str:
        return f"/webhooks/whatsapp/{self.session.slug}"

    @property
    def raw(self) -> bytes:
        return body_of((self.number.waba_id, [change_about(self.number.phone_number_id)]))

    async def journaled(self) -> list[Json]:
        return await self.session.db.webhook_inbox.lightly.all(sort=[("_id", 1)])

    async def deliver(
        self, raw: bytes, *, secret: str | None = None, path: str | None = None, **headers: str
    ) -> ClientResponse:
        """As Meta would: signed with the number's app secret, to the tenant's own address."""
        sent = {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": signature(secret or self.number.app_secret, raw),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        return await self.session.client.post(path or self.path, data=raw, headers=sent)

    async def change(self, **changes: Any) -> Json:
        answer = await self.session.patch(f"/api/channels/{self.channel['id']}", changes)
        assert answer.status == 200, await answer.text()
        changed: Json = await answer.json()
        return changed


@pytest.fixture
async def house(hotel: Session, number: PlayedNumber) -> House:
    return House(hotel, number, await connected(hotel, number))


@pytest.fixture
async def neighbour(rival: Session, simulator: Simulator) -> House:
    """Another tenant, with a number and a Meta app of its own."""
    number = await simulator.add_number()
    return House(rival, number, await connected(rival, number))


def draft(number: PlayedNumber, **changes: Any) -> Json:
    return {
        "type": "WHATSAPP_CLOUD",
        "name": "Recepção",
        "phoneNumberId": number.phone_number_id,
        "wabaId": number.waba_id,
        "accessToken": number.access_token,
        "appSecret": number.app_secret,
        "verifyToken": number.verify_token,
        **changes,
    }


async def connected(session: Session, number: PlayedNumber, **changes: Any) -> Json:
    answer = await session.post("/api/channels", draft(number, **changes))
    assert answer.status == 201, await answer.text()
    channel: Json = await answer.json()
    assert channel["status"] == "CONNECTED", channel["statusReason"]
    return channel


def change_about(phone_number_id: str, text: str = "Olá", wamid: str = "wamid.HBgNNTU1") -> Json:
    """One `changes[]` item with one message, as in the document's example."""
    return {
        "field": "messages",
        "value": {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15551234567", "phone_number_id": phone_number_id},
            "contacts": [{"profile": {"name": "João Silva"}, "wa_id": "5511999999999"}],
            "messages": [
                {
                    "from": "5511999999999",
                    "id": wamid,
                    "timestamp": "1699881234",
                    "type": "text",
                    "text": {"body": text},
                }
            ],
        },
    }


def body_of(*entries: tuple[str, list[Json]]) -> bytes:
    """`entries`: (WABA id, changes)."""
    entry = [{"id": waba_id, "changes": changes} for waba_id, changes in entries]
    return orjson.dumps({"object": "whatsapp_business_account", "entry": entry})


def signature(secret: str, raw: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
