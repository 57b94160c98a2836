import asyncio, pytest, sys
from tests.realtime.test_official_client import *
from tests.realtime.test_official_client import browse

@pytest.mark.parametrize("n", range(6))
async def test_x(browse, hotel, settings, n):
    port = free_port()
    server = TestServer(make_app(settings), port=port)
    await server.start_server()
    browser = await browse(["polling"], at=f"http://127.0.0.1:{port}", token=hotel.token)
    await browser.says("connected")
    await browser.asks("ping")
    t=asyncio.create_task(server.close())
    await asyncio.sleep(2)
    if not t.done():
        for task in asyncio.all_tasks():
            s=str(task.get_stack())
            if 'realtime' in s or 'web_protocol' in s or 'poll' in s: 
                task.print_stack(file=sys.stderr)
        for h in server.runner.server.connections: print(h, h._current_request, h._task_handler, file=sys.stderr)
    assert t.done()
