"""The least that a page of the console's weight could cost: as many bytes of script, style and rows, and no work.

Arguments: port, bytes of script, of style, of rows.
"""

import sys

import uvloop
from aiohttp import web

_PAGE = """<!doctype html><meta charset="utf-8"><title>Bare</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/assets/bare.css">
<script type="module" src="/assets/bare.js"></script>
<main><p>Bare</p></main><input><button>Swap</button><ol></ol><div class="list"><ul></ul></div>"""
_STYLE = ".list { height: 600px; overflow: auto } li { height: 84px }"
# What a click and a list of rows cost when nothing stands between them and the DOM.
_SCRIPT = """
const { rows } = await (await fetch("/rows")).json();
const fill = (list, count, what) => list.replaceChildren(...Array.from({ length: count }, (_, place) => {
  const line = document.createElement("li");
  line.innerHTML = what(place);
  return line;
}));
fill(document.querySelector("ul"), 1000, (place) => `<a class="row">Row ${place}</a>`);
let swapped = 0;
document.querySelector("button").onclick = () =>
  fill(document.querySelector("ol"), 50, (place) => `<b>${swapped++}</b> message ${place}`);
"""


def filled(text: str, size: int, opening: str, closing: str) -> str:
    padding = size - len(text) - len(opening) - len(closing)
    return text + opening + "x" * max(padding, 0) + closing


def bare(script: int, style: int, rows: int) -> web.Application:
    answers = {
        "/": (_PAGE, "text/html", "no-cache"),
        "/assets/bare.js": (filled(_SCRIPT, script, "/*", "*/"), "text/javascript", "max-age=31536000, immutable"),
        "/assets/bare.css": (filled(_STYLE, style, "/*", "*/"), "text/css", "max-age=31536000, immutable"),
        "/rows": (filled('{"rows": ', rows, '"', '"}'), "application/json", "no-store"),
        "/ready": ("", "text/plain", "no-store"),
    }  # fmt: skip

    async def answer(request: web.Request) -> web.Response:
        text, type, kept = answers[request.path]
        return web.Response(text=text, content_type=type, headers={"Cache-Control": kept})

    app = web.Application()
    app.router.add_routes([web.get(path, answer) for path in answers])
    return app


if __name__ == "__main__":
    port, *sizes = (int(word) for word in sys.argv[1:])
    loop = uvloop.new_event_loop()
    web.run_app(bare(*sizes), host="127.0.0.1", port=port, access_log=None, print=None, loop=loop)
