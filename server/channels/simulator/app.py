"""The simulator as an aiohttp application: Graph API, control API, phone page."""

from pathlib import Path

from aiohttp import web

from server.channels.simulator.control import access, customers, numbers, observe
from server.channels.simulator.graph import media, messages, nodes, subscriptions, templates
from server.channels.simulator.graph.access import PROVIDER
from server.channels.simulator.media import DOWNLOAD_PATH
from server.channels.simulator.provider import Provider

PAGES = Path(__file__).parents[3] / "static" / "dist"
VERSION = r"/{version:v\d+\.\d+}"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; font-src 'self';"
    " img-src 'self' data: blob: http: https:; media-src 'self' http: https:; base-uri 'none'; form-action 'none'"
)
NOT_BUILT = "A página do telefone ainda não foi construída: rode `npm run build` em static/."


def make_app(provider: Provider, pages: Path = PAGES) -> web.Application:
    app = web.Application(client_max_size=4 * 1024 * 1024)
    app[PROVIDER] = provider
    app.add_routes(_control_routes())
    app.add_routes(_page_routes(pages))
    app.add_routes(_graph_routes())
    return app


def _graph_routes() -> list[web.RouteDef]:
    return [
        web.post(VERSION + "/{id}/messages", messages.messages),
        web.post(VERSION + "/{id}/media", media.upload),
        web.get(DOWNLOAD_PATH, media.download),
        web.get(VERSION + "/debug_token", nodes.debug_token),
        web.get(VERSION + "/{id}/message_templates", templates.page),
        web.post(VERSION + "/{id}/message_templates", templates.create),
        web.delete(VERSION + "/{id}/message_templates", templates.delete),
        web.get(VERSION + "/{id}/subscribed_apps", subscriptions.show),
        web.post(VERSION + "/{id}/subscribed_apps", subscriptions.subscribe),
        web.delete(VERSION + "/{id}/subscribed_apps", subscriptions.unsubscribe),
        web.get(VERSION + "/{id}/phone_numbers", nodes.phone_numbers),
        web.post(VERSION + "/{id}/register", nodes.register),
        web.post(VERSION + "/{id}/deregister", nodes.deregister),
        web.get(VERSION + "/{id}", nodes.show),
        web.post(VERSION + "/{id}", nodes.change),
        web.delete(VERSION + "/{id}", nodes.delete),
        web.route("*", VERSION + "/{rest:.*}", nodes.unknown_path),
    ]


def _control_routes() -> list[web.RouteDef]:
    number = "/simulator/numbers/{id}"
    customer = number + "/customers/{customer}"
    return [
        web.get("/simulator/numbers", numbers.index),
        web.post("/simulator/numbers", numbers.create),
        web.get(number, numbers.show),
        web.patch(number, numbers.change),
        web.post(number + "/webhook", numbers.send_webhook),
        web.post(number + "/burst", numbers.send_burst),
        web.post(number + "/statuses", numbers.send_status),
        web.get(number + "/templates", numbers.list_templates),
        web.post(number + "/templates", numbers.add_template),
        web.post(number + "/templates/{template}/review", numbers.review_template),
        web.get(number + "/customers", customers.index),
        web.get(customer, customers.show),
        web.patch(customer, customers.change),
        web.delete(customer, customers.forget),
        web.post(customer + "/messages", customers.write),
        web.get(customer + "/thread", customers.thread),
        web.post(customer + "/taps", customers.tap),
        web.post(customer + "/read", customers.read),
        web.post(customer + "/played", customers.play),
        web.post(customer + "/move", customers.move),
        web.post(customer + "/media", customers.keep_file),
        web.get("/simulator/log", observe.accepted),
        web.get("/simulator/inbound", observe.spoken),
        web.get("/simulator/deliveries", observe.deliveries),
        web.get("/simulator/faults", observe.list_faults),
        web.post("/simulator/faults", observe.add_fault),
        web.delete("/simulator/faults", observe.clear_faults),
        web.delete("/simulator/faults/{fault}", observe.remove_fault),
        web.get("/simulator/settings", observe.settings),
        web.patch("/simulator/settings", observe.change_settings),
        web.post("/simulator/clock", observe.clock),
        web.post("/simulator/settled", observe.settled),
        web.post("/simulator/reset", observe.reset),
        web.get("/simulator/health", observe.health),
        web.get("/simulator/media/{media}", observe.file),
        web.get("/simulator/stream", observe.stream),
        web.options("/simulator/{rest:.*}", access.preflight),
    ]


def _page_routes(pages: Path) -> list[web.RouteDef]:
    """Looked up at each request: the page may be built while the simulator runs."""

    async def phone(request: web.Request) -> web.StreamResponse:
        page = pages / "phone.html"
        if not page.is_file():
            return web.Response(status=404, text=NOT_BUILT)
        headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Cache-Control": "no-cache"}
        return web.FileResponse(page, headers=headers)

    async def asset(request: web.Request) -> web.StreamResponse:
        found = pages / "assets" / request.match_info["name"]
        if not found.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(found, headers={"Cache-Control": "public, max-age=31536000, immutable"})

    return [web.get("/", phone), web.get(r"/assets/{name:[\w-][\w.-]*}", asset)]
