"""The least that accepting a webhook could cost: aiohttp, the raw body, its HMAC, 200."""

import hashlib
import hmac
import sys

import uvloop
from aiohttp import web

from bench.hotel import APP_SECRET


async def receive(request: web.Request) -> web.Response:
    raw = await request.read()
    expected = f"sha256={hmac.digest(APP_SECRET.encode(), raw, hashlib.sha256).hex()}"
    if not hmac.compare_digest(expected, request.headers.get("X-Hub-Signature-256", "")):
        return web.Response(status=403)
    return web.Response(text="EVENT_RECEIVED")


if __name__ == "__main__":
    app = web.Application()
    app.router.add_post("/webhooks/whatsapp/{slug}", receive)
    web.run_app(
        app,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        access_log=None,
        print=None,
        loop=uvloop.new_event_loop(),
    )
