"""Counts and times each request under its route's template, so that ids in paths make no new series."""

import time

from aiohttp import web
from aiohttp.typedefs import Handler

from server import metrics


@web.middleware
async def metered(request: web.Request, handler: Handler) -> web.StreamResponse:
    began = time.perf_counter()
    status = 500
    try:
        response = await handler(request)
        status = response.status
    finally:
        resource = request.match_info.route.resource
        route = resource.canonical if resource else "unmatched"
        metrics.requests.labels(request.method, route, status).inc()
        metrics.request_seconds.labels(request.method, route).observe(time.perf_counter() - began)
    return response
