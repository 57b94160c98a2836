"""The hotel of the document's examples, with the number of its webhook example."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer, PlayedNumber
from server.runtime import Runtime
from tests.conftest import PASSWORD, Session
from tests.factories import JOAO, body_of, made
from tests.workers import work_off

Json = dict[str, Any]
GREETING = "Olá, gostaria de fazer uma reserva"
RESERVATION = {
    "name": "reserva_confirmada",
    "language": "pt_BR",
    "category": "UTILITY",
    "components": [
        {"type": "BODY", "text": "{{1}}, sua reserva de {{2}} de {{3}} às {{4}} está confirmada."}
    ],
}


@dataclass
class Scene:
    """The document's hotel with the number of its webhook example connected."""

    simulator: Simulator
    runtime: Runtime
    admin: Session
    number: PlayedNumber

    @property
    def joao(self) -> PlayedCustomer:
        return self.number.customer(JOAO, name="João Silva")

    async def settles(self) -> None:
        """All that is under way, on either side, has arrived."""
        for _ in range(2):
            await self.simulator.settled()
            await work_off(self.runtime)

    async def greeted(self, text: str = GREETING) -> str:
        """João writes; the conversation's id."""
        await self.joao.says(text)
        await self.settles()
        return str((await self.reads("/api/conversations"))["data"][0]["id"])

    async def reads(self, path: str, **query: Any) -> Json:
        return await body_of(await self.admin.get(path, params=query))

    async def maria(self) -> Json:
        user = {"email": "maria@hotel.com", "name": "Maria Atendente", "password": PASSWORD, "role": "AGENT"}
        return await made(self.admin, "/api/users", **user)


async def documents_number(simulator: Simulator) -> PlayedNumber:
    return await simulator.add_number(
        phoneNumberId="PHONE_NUMBER_ID",
        wabaId="WHATSAPP_BUSINESS_ACCOUNT_ID",
        displayPhoneNumber="15551234567",
        templates=[RESERVATION],
    )


def connection(number: PlayedNumber) -> Json:
    return {
        "type": "WHATSAPP_CLOUD",
        "name": "Recepção",
        "phoneNumberId": number.phone_number_id,
        "wabaId": number.waba_id,
        "accessToken": number.access_token,
        "appSecret": number.app_secret,
        "verifyToken": number.verify_token,
    }


def signature(number: PlayedNumber, raw: bytes) -> str:
    return "sha256=" + hmac.digest(number.app_secret.encode(), raw, hashlib.sha256).hex()
