"""python-socketio as it comes, on aiohttp and uvloop: `POST /emit` tells everyone the body, as often as `?times=` says."""

import sys

import socketio
import uvloop
from aiohttp import web

server = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins=[])


async def emit(request: web.Request) -> web.Response:
    name, payload = await request.json()
    for _ in range(int(request.query["times"])):
        await server.emit(name, payload)
    return web.Response(text="ok")


async def ready(_request: web.Request) -> web.Response:
    return web.Response(text="ok")


if __name__ == "__main__":
    app = web.Application()
    server.attach(app)
    app.router.add_post("/emit", emit)
    app.router.add_get("/ready", ready)
    web.run_app(
        app,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        access_log=None,
        print=None,
        loop=uvloop.new_event_loop(),
    )
