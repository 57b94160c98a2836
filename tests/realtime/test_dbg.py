import asyncio
import sys

import pytest

from tests.realtime import test_official_client as t
from tests.realtime.test_official_client import TestServer, browse, free_port, make_app


@pytest.mark.parametrize("n", range(8))
async def test_x(browse, hotel, settings, n):
    port = free_port()
    server = TestServer(make_app(settings), port=port)
    await server.start_server()
    browser = await browse(["polling"], at=f"http://127.0.0.1:{port}", token=hotel.token)
    await browser.says("connected")
    await browser.asks("ping")
    await server.close()
    server = TestServer(make_app(settings), port=port)
    await server.start_server()
    await browser.says("connected")
    from server.realtime import engine
    o=engine.Engine._answer
    async def a(self, r):
        print("IN",r.method,r.path_qs, file=sys.stderr)
        x=await o(self,r)
        print("OUT",r.method,r.path_qs[-20:],x.status, file=sys.stderr)
        return x
    engine.Engine._answer=a
    t=asyncio.create_task(server.close())
    await asyncio.sleep(2)
    if not t.done():
        for task in asyncio.all_tasks():
                task.print_stack(file=sys.stderr)
        for h in server.runner.server.connections: print("CONN",h, h._current_request, h._task_handler, h._request_in_progress,file=sys.stderr)
    assert t.done()
