"""Serves the agent console as Vite built it."""

from pathlib import Path

from aiohttp import web

DIST = Path(__file__).parents[2] / "static" / "dist"

# Vite puts a digest of the content into each name under assets/.
_FOR_EVER = "public, max-age=31536000, immutable"
# Kept, but asked about each time; an unchanged file is answered with 304.
_REVALIDATED = "no-cache"

_NOT_BUILT = """<!doctype html>
<html lang="pt-BR">
<meta charset="utf-8">
<title>Balcão</title>
<h1>O console ainda não foi compilado</h1>
<p>A API está no ar; o console, não. Na pasta do projeto, rode <code>make run</code>, ou:</p>
<pre>cd static &amp;&amp; npm ci &amp;&amp; npm run build</pre>
<p>e recarregue esta página.</p>
</html>
"""


def serve_console(app: web.Application, dist: Path = DIST) -> None:
    """`/` is the console; `dist` is looked at on each request, so a build needs no restart."""
    dist = dist.resolve()

    async def index(_request: web.Request) -> web.StreamResponse:
        page = dist / "index.html"
        if not page.is_file():
            return web.Response(text=_NOT_BUILT, status=503, content_type="text/html")
        return web.FileResponse(page, headers={"Cache-Control": _REVALIDATED})

    async def asset(request: web.Request) -> web.StreamResponse:
        return _file(dist / "assets", request.match_info["path"], _FOR_EVER)

    async def vendored(request: web.Request) -> web.StreamResponse:
        return _file(dist / "vendor", request.match_info["path"], _REVALIDATED)

    app.router.add_get("/", index)
    app.router.add_get("/assets/{path:.+}", asset)
    app.router.add_get("/vendor/{path:.+}", vendored)


def _file(folder: Path, path: str, caching: str) -> web.FileResponse:
    # None of our names has other characters, and `resolve` fails on NUL and on what is not UTF-8.
    if not (path.isascii() and path.isprintable()):
        raise web.HTTPNotFound
    file = (folder / path).resolve()
    if not file.is_relative_to(folder) or not file.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(file, headers={"Cache-Control": caching})
