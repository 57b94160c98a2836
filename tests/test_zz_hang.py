import asyncio, sys, io, time
from aiohttp.test_utils import TestClient, TestServer
from server.app import make_app
async def cycle(settings, k):
    async with TestClient(TestServer(make_app(settings))) as client:
        if k % 3: await client.get("/api/conversations")
        if k % 3 == 2: await asyncio.sleep(0.03)
async def test_hang(settings):
    t0=time.monotonic()
    for k in range(400):
        if time.monotonic()-t0>80: break
        task=asyncio.create_task(cycle(settings,k))
        done,_=await asyncio.wait([task],timeout=8)
        if not done:
            for t in asyncio.all_tasks():
                b=io.StringIO(); t.print_stack(file=b); print("TASK",t.get_name(),t.get_coro(),b.getvalue(),file=sys.stderr)
            raise SystemExit(3)
    print("cycles",k)
