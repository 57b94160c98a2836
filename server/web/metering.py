"""Counts and times each request under its route's template: neither ids in paths nor methods of one's own make series."""

import time

from aiohttp import web
from aiohttp.hdrs import METH_ALL
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
        method = request.method if request.method in METH_ALL else "other"
        metrics.count("http_requests_total", method=method, route=route, status=status)
        if status != 101:  # a socket's life is no latency
            seconds = time.perf_counter() - began
            metrics.observe("http_request_duration_seconds", seconds, method=method, route=route)
    return response
