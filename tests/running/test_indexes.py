"""A web process makes its indexes, even where something is in the way for a while."""

import asyncio

from aiohttp.test_utils import TestClient, TestServer

from server.app import make_app
from server.runtime import Runtime
from server.settings import Settings
from server.web.dialect import RUNTIME


async def test_it_tries_again_until_they_are_made(settings: Settings) -> None:
    runtime = await Runtime.open(settings)
    tags = runtime.database._database.tags
    await tags.drop()
    await tags.insert_many([{"tenant_id": "t", "number": 1, "name_key": name} for name in ("a", "b")])
    app = make_app(settings)
    async with TestClient(TestServer(app)):
        await asyncio.sleep(0.5)
        assert not app[RUNTIME].indexed.is_set()
        await tags.delete_one({"name_key": "a"})
        async with asyncio.timeout(60):
            await app[RUNTIME].indexed.wait()
    await runtime.close()
