"""The systems outside, played by real servers; and a session that may reach them."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from server.integrations.gemini import Gemini
from server.integrations.openai_compatible import OpenAICompatible
from server.integrations.sgp import Sgp
from server.outside import guarded_session
from tests.fakes.gemini import FakeGemini
from tests.fakes.models import KEY
from tests.fakes.openai import FakeOpenAI
from tests.fakes.serving import served
from tests.fakes.sgp import APP, TOKEN, FakeSgp


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def fake_gemini() -> FakeGemini:
    return FakeGemini()


@pytest.fixture
async def gemini(fake_gemini: FakeGemini, http: aiohttp.ClientSession) -> AsyncIterator[Gemini]:
    async with served(fake_gemini.app()) as url:
        yield Gemini(http, url, KEY, timeout=1.0)


@pytest.fixture
def fake_openai() -> FakeOpenAI:
    return FakeOpenAI()


@pytest.fixture
async def openai(fake_openai: FakeOpenAI) -> AsyncIterator[OpenAICompatible]:
    async with served(fake_openai.app()) as url, guarded_session(own=[url]) as outside:
        yield OpenAICompatible(outside, f"{url}/v1", KEY, model="llama-4", timeout=1.0)


@pytest.fixture
def fake_sgp() -> FakeSgp:
    return FakeSgp()


@pytest.fixture
async def sgp(fake_sgp: FakeSgp) -> AsyncIterator[Sgp]:
    async with served(fake_sgp.app()) as url, guarded_session(own=[url]) as outside:
        yield Sgp(outside, url, TOKEN, app=APP, ticket_type=42, timeout=1.0)
