"""Files that are not what they say, names that lead elsewhere, forms that are none, and games with Range."""

import io
import itertools
import zipfile
from typing import Any

import pytest
from aiohttp import ClientResponse

from tests.conftest import Session
from tests.factories import PIXEL, a_file
from tests.hostile.effort import tried

SCRIPT = b"<script>alert(1)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><body>" + SCRIPT
DECLARED = [
    "image/png",
    "image/svg+xml",
    "text/html",
    "application/javascript",
    "application/pdf",
    "x",
    "",
    "image/png\r\nX: y",
]
# What a browser may draw in our origin, and what it may only keep.
DRAWN = ("image/jpeg", "image/png", "image/webp", "image/gif", "audio/", "video/")
KEPT = ("application/octet-stream", "application/pdf")


def bomb() -> bytes:
    """50 MB of nothing in 50 KB, as a Word document."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("word/document.xml", bytes(50_000_000))
    return packed.getvalue()


FILES: dict[str, bytes] = {
    "SVG": SVG, "HTML": HTML, "XML": b"<?xml version='1.0'?><a/>", "SVG behind a comment": b"<!-- " + b"x" * 9000 + b" -->" + SVG, "HTML behind spaces": b" " * 9000 + HTML,
    "PNG and HTML": PIXEL + HTML, "GIF and script": b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)", "JPEG and HTML": b"\xff\xd8\xff\xe0" + HTML, "PDF and HTML": b"%PDF-1.7\n" + HTML, "HTML and PDF": HTML + b"%PDF-1.7\n",
    "MP4 and HTML": b"\0\0\0\x18ftypmp42" + HTML, "OGG and HTML": b"OggS" + b"\0" * 24 + b"OpusHead" + HTML, "ZIP bomb": bomb(), "UTF-16 HTML": HTML.decode().encode("utf-16"), "UTF-7": b"+ADw-script+AD4-alert(1)",
    "program": b"MZ" + bytes(200), "ELF": b"\x7fELF" + bytes(200), "shell": b"#!/bin/sh\nrm -rf /", "PHP": b"<?php system($_GET[0]);", "class": b"\xca\xfe\xba\xbe" + bytes(50),
    "one byte": b"\0", "one letter": b"x", "nearly a PNG": PIXEL[:7], "nearly a WebP": b"RIFF\xff\xff\xff\xffWEBP", "VP8X without an end": b"RIFF\0\0\0\0WEBPVP8X", "only a head": PIXEL[:16], "NUL": bytes(5000),
}  # fmt: skip
NAMES = [
    "../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "C:\\x.png", "a\0b.png", "x.png\r\nSet-Cookie: a=b", 'a".png', "a;b.png", "x" * 5000 + ".png", "\u202egnp.exe", "😀.png", "ção.png", "",
    ".", "..", "/", "%2e%2e%2f", "a.png/", "=1+1.csv", "<script>.png", "${jndi:ldap://x}", "CON", " ", "\x7f\x1b[31m",
]  # fmt: skip
RANGES = [
    "bytes=0-", "bytes=-1", "bytes=-0", "bytes=5-2", "bytes=0-0", "bytes=1-99999999999999999999999", "bytes=99999999999999999999999-", "bytes=-99999999999999999999999",
    "bytes=0-18446744073709551616", "bytes=", "bytes=-", "bytes=--1", "bytes=a-b", "items=0-1", "0-1", "bytes=0-1,", "bytes= 0 - 1", "bytes=0x0-1", "bytes=\u0660-\u0661", "Bytes=0-1", "bytes=1-1\t",
    "bytes=" + "0-0," * 1500 + "0-0", "bytes=" + "9" * 5000 + "-", "bytes=0-1;x",
]  # fmt: skip


FORM = {"Content-Type": "multipart/form-data; boundary=b-o-u-n-d"}


async def uploaded(
    session: Session, content: bytes, *, name: str, declared: str = "image/png"
) -> ClientResponse:
    """As it stands, without the care of a client."""
    head = (
        f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: {declared}\r\n\r\n'
    )
    body = b"--b-o-u-n-d\r\n" + head.encode() + content + b"\r\n--b-o-u-n-d--\r\n"
    return await session.request("POST", "/api/media", data=body, headers=FORM)


async def test_nothing_that_was_uploaded_becomes_a_page(hotel: Session) -> None:
    kept = 0
    for (what, content), declared in itertools.product(FILES.items(), DECLARED):
        answer = await uploaded(hotel, content, declared=declared, name=f"x.{declared[6:9]}")
        assert answer.status in (201, 413, 415), (what, declared, await answer.text())
        if answer.status != 201:
            continue
        kept += 1
        shown = await hotel.get((await answer.json())["url"])
        assert await shown.read() == content
        drawn = shown.content_type.startswith(DRAWN)
        assert drawn or shown.content_type in KEPT, (what, shown.content_type)
        assert shown.content_type != "image/svg+xml"
        assert shown.headers["Content-Disposition"].startswith("inline;" if drawn else "attachment;"), what
        assert shown.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert 0 < kept < len(FILES) * len(DECLARED)
    tried["files"] += len(FILES) * len(DECLARED)


async def test_a_name_is_a_name(hotel: Session) -> None:
    for name in NAMES:
        answer = await uploaded(hotel, PIXEL, name=name)
        if answer.status != 201:
            assert answer.status == 400, (name, await answer.text())
            continue
        file = await answer.json()
        assert not set(file["filename"] or "") & set("/\\\0\r\n\x1b\x7f\u202e"), (name, file["filename"])
        shown = await hotel.get(file["url"])
        assert "Set-Cookie" not in shown.headers
        assert shown.headers["Content-Disposition"].isascii()
        assert len(shown.headers["Content-Disposition"]) < 3000
    tried["names of files"] += len(NAMES)


def parts(count: int, inner: bytes = b"x") -> bytes:
    return b"".join(
        b'--b\r\nContent-Disposition: form-data; name="a%d"\r\n\r\n%s\r\n' % (n, inner) for n in range(count)
    )


def nested(depth: int) -> bytes:
    body = b"x"
    for level in range(depth):
        mark = b"n%d" % level
        body = b"Content-Type: multipart/mixed; boundary=%s\r\n\r\n--%s\r\n%s\r\n--%s--\r\n" % (
            mark,
            mark,
            body,
            mark,
        )
    return b"--b\r\n" + body + b"\r\n--b--\r\n"


FORMS: dict[str, bytes] = {
    "very many parts": parts(30_000) + b"--b--\r\n",
    "a huge part before": parts(1, b"x" * 2_000_000) + b"--b--\r\n",
    "parts within parts": nested(3), "and within them": nested(300),
    "no end": parts(1)[:-2], "a huge head": b"--b\r\nX-A: " + b"a" * 200_000 + b"\r\n\r\nx\r\n--b--", "very many heads": b"--b\r\n" + b"X-A: b\r\n" * 20_000 + b"\r\nx\r\n--b--",
    "nearly boundaries": b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"\r\n--" * 200_000 + b"\r\n--b--",
    "a length in a part": b'--b\r\nContent-Disposition: form-data; name="file"\r\nContent-Length: 99999999999\r\n\r\nx\r\n--b--',
    "a negative length": b'--b\r\nContent-Disposition: form-data; name="file"\r\nContent-Length: -1\r\n\r\nx\r\n--b--',
    "another coding": b'--b\r\nContent-Disposition: form-data; name="file"\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%\r\n--b--',
    "an unknown coding": b'--b\r\nContent-Disposition: form-data; name="file"\r\nContent-Transfer-Encoding: x\r\n\r\nx\r\n--b--',
    "packed": b'--b\r\nContent-Disposition: form-data; name="file"\r\nContent-Encoding: gzip\r\n\r\nx\r\n--b--',
    "no name": b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", "no disposition": b"--b\r\n\r\nx\r\n--b--", "two names": b'--b\r\nContent-Disposition: form-data; name="a"; name="file"\r\n\r\nx\r\n--b--',
    "a name in another charset": b"--b\r\nContent-Disposition: form-data; name*=x'y'%ff\r\n\r\nx\r\n--b--", "only ends": b"--b--\r\n" * 1000, "something before": b"x" * 100_000 + parts(1) + b"--b--",
}  # fmt: skip


REFUSED = {
    "very many parts": (400,),
    "a huge part before": (413,),
    "parts within parts": (400,),
    "and within them": (400,),
}


@pytest.mark.parametrize("what", FORMS)
@pytest.mark.filterwarnings(
    "ignore::aiohttp.BadContentDispositionHeader", "ignore::aiohttp.BadContentDispositionParam"
)
async def test_forms_that_are_none(hotel: Session, what: str) -> None:
    answer = await hotel.request(
        "POST", "/api/media", data=FORMS[what], headers={"Content-Type": "multipart/form-data; boundary=b"}
    )
    assert answer.status in REFUSED.get(what, (201, 400, 413, 415)), await answer.text()
    tried["forms"] += 1


async def test_games_with_ranges(hotel: Session) -> None:
    file = await a_file(hotel)
    headers: list[dict[str, Any]] = [{"Range": asked.encode().decode("latin-1")} for asked in RANGES]
    headers += [{"If-None-Match": tag} for tag in ("*", "x", '"', 'W/"x"', '"x",' * 1000)]
    headers += [{"If-Range": "x", "Range": "bytes=0-1"}, {"If-Modified-Since": "never"}]
    for sent in headers:
        answer = await hotel.get(file["url"], headers=sent)
        body = await answer.read()
        assert answer.status in (200, 206, 304, 416), (sent, answer.status)
        if answer.status == 200:
            assert body == PIXEL
        if answer.status == 206:
            first, last, size = (
                int(part) for part in answer.headers["Content-Range"][6:].replace("/", "-").split("-")
            )
            assert (body, size) == (PIXEL[first : last + 1], len(PIXEL))
    tried["ranges"] += len(headers)
