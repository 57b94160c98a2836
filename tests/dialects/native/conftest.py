"""A number, and a customer who has written to it."""

from typing import Any

import pytest

from tests.conftest import Session
from tests.factories import a_channel, a_conversation


@pytest.fixture
async def channel(hotel: Session) -> dict[str, Any]:
    return await a_channel(hotel)


@pytest.fixture
async def conversation(hotel: Session, channel: dict[str, Any]) -> dict[str, Any]:
    return await a_conversation(hotel, channel, "Olá, gostaria de fazer uma reserva")
