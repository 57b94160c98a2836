"""Headers that tell the browser what it must not do with an answer."""

from http import HTTPStatus

from aiohttp import web

# No inline script or style anywhere: what a customer writes can never run. A page that needs more (the API documents)
# sets its own policy, which is then left alone.
_PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    # Not every browser counts a WebSocket to the same host as 'self'.
    "connect-src 'self' ws: wss:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_OTHER_POLICY = "default-src 'none'; frame-ancestors 'none'"
_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}
_YEAR = 365 * 24 * 60 * 60


def secure(app: web.Application, *, behind_tls: bool) -> None:
    """Have every answer carry the headers, streams and errors too. `behind_tls`: the public address is https."""

    async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
        # Which versions of what answer here is nobody's affair.
        response.headers["Server"] = "balcao"
        for name, value in _EVERYWHERE.items():
            response.headers.setdefault(name, value)
        # Whatever does not say otherwise is somebody's own.
        response.headers.setdefault("Cache-Control", "no-store")
        # A 304 has no type of its own, and what it says would replace the policy of the page the browser has kept.
        if response.status != HTTPStatus.NOT_MODIFIED:
            policy = _PAGE_POLICY if response.content_type == "text/html" else _OTHER_POLICY
            response.headers.setdefault("Content-Security-Policy", policy)
        if behind_tls:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR}")

    app.on_response_prepare.append(add_headers)
