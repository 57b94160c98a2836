"""A provider with its people, a number, and a customer who has written to it."""

from typing import Any

import pytest

from tests.conftest import Session
from tests.factories import a_channel, a_conversation
from tests.isp import Person, as_person


@pytest.fixture
async def admin(hotel: Session) -> Person:
    return await as_person(hotel)


@pytest.fixture
async def agent(hotel: Session) -> Person:
    return await as_person(await hotel.colleague("AGENT"))


@pytest.fixture
async def supervisor(hotel: Session) -> Person:
    return await as_person(await hotel.colleague("SUPERVISOR"))


@pytest.fixture
async def viewer(hotel: Session) -> Person:
    return await as_person(await hotel.colleague("VIEWER"))


@pytest.fixture
async def stranger(rival: Session) -> Person:
    return await as_person(rival)


@pytest.fixture
async def channel(hotel: Session) -> dict[str, Any]:
    return await a_channel(hotel)


@pytest.fixture
async def conversation(hotel: Session, channel: dict[str, Any]) -> dict[str, Any]:
    return await a_conversation(hotel, channel, "Olá, preciso de ajuda")
