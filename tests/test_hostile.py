"""Whatever is thrown at it, the house answers with a documented refusal: never a 500, never an error in the log."""

import asyncio
import gzip
import json
import logging
import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
import structlog
from yarl import URL

from server.dialects import native
from server.dialects.native.problems import FieldReason
from server.web.endpoint import Route
from tests.asks.native import ASKS, NOUN_OF
from tests.asks.wire import World, filled
from tests.bodies import fields, is_text, with_value
from tests.conftest import Client, Session, SignUp
from tests.factories import a_world, body_of
from tests.nonsense import BAD_IDS, BAD_VALUES, MALFORMED, NOT_A_TEXT, NOT_TO_BE_KEPT, ODD

Json = dict[str, Any]
ROUTES = native.routes
WITH_BODY = [route for route in ROUTES if route.body]
BEHIND_THE_DOOR = [route for route in ROUTES if not route.public]
CODE = re.compile(r"[A-Z]+(_[A-Z]+)*")
EXAMPLES: dict[str, Json] = {
    "/auth/register": {
        "tenantName": "Hotel",
        "tenantSlug": "hotel-novo",
        "userName": "Admin",
        "email": "a@b.com",
        "password": "senha123",
    },
    "/auth/login": {"email": "a@b.com", "password": "senha123"},
    "/auth/refresh": {"refreshToken": "a.b.c"},
    "/auth/logout": {"refreshToken": "a.b.c"},
}


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whoever sends nonsense must not be able to fill the log with errors."""
    with structlog.testing.capture_logs() as entries:
        yield
    loud = [entry for entry in entries if entry["log_level"] in ("error", "critical", "exception")]
    assert not loud
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def refused(answer: Any, *statuses: int, what: object = None) -> Json:
    """A refusal in the documented shape."""
    text = await answer.text()
    assert 400 <= answer.status < 500, (what, answer.status, text)
    assert not statuses or answer.status in statuses, (what, answer.status, text)
    body: Json = json.loads(text)
    assert CODE.fullmatch(body["error"]), (what, body)
    assert isinstance(body["message"], str)
    for detail in body.get("details", []):
        assert {"field", "message"} <= set(detail) <= {"field", "message", "reason"}
        assert detail.get("reason") in {None, *get_args(FieldReason)}
    assert answer.headers["X-Request-ID"]
    return body


async def not_a_stumble(answer: Any, what: object) -> None:
    """An answer, or a refusal in the documented shape."""
    if answer.status >= 400:
        await refused(answer, what=what)
    await answer.read()


def address(route: Route, world: World | None = None) -> str:
    """With real ids where there is a world, so that the handler itself is reached."""
    known = {noun: world[key] for noun, key in NOUN_OF.items()} if world else {}
    return re.sub(r"/([\w-]+)/{\w+}", lambda found: f"/{found[1]}/{known.get(found[1], 'x')}", route.path)


def example(route: Route, world: World) -> Json:
    """A body that the route takes."""
    if route.path in EXAMPLES:
        return EXAMPLES[route.path]
    body = next(ask.body for ask in ASKS[f"{route.method} {route.path}"] if ask.body)
    return dict(filled(body, world, world))


# Bodies


async def test_no_field_takes_an_operator_for_a_text(hotel: Session) -> None:
    """Nor a list, a number or NUL, in any field of any body."""
    world, tried = await a_world(hotel), 0
    await hotel.db.events.delete_all({})
    for route in WITH_BODY:
        assert route.body
        for path, annotation in fields(route.body):
            for value in [*NOT_A_TEXT, *NOT_TO_BE_KEPT] if is_text(annotation) else NOT_TO_BE_KEPT:
                body = with_value(example(route, world), path, value)
                answer = await hotel.request(route.method, address(route, world), json=body)
                said = await refused(answer, 400, what=(route.path, path, value))
                assert said["error"] == "VALIDATION_ERROR", (route.path, path, value, said)
                tried += 1
    assert tried > 500
    assert await hotel.db.events.count({}) == 0


async def test_odd_values_are_taken_or_refused(signup: SignUp) -> None:
    """Each field, with one value after the other; those that are taken may change what the next one meets."""
    hotel = await signup()
    world = await a_world(hotel)
    for route in WITH_BODY:
        assert route.body
        if route.path.startswith("/auth/"):
            continue  # each attempt costs a password; their fields are tried above, and in test_auth
        for path, _ in fields(route.body):
            for value in ODD:
                body = with_value(example(route, world), path, value)
                answer = await hotel.request(route.method, address(route, world), json=body)
                await not_a_stumble(answer, (route.path, path, str(value)[:50]))
    for route in BEHIND_THE_DOOR:
        if route.method == "GET":
            # What was taken can be shown.
            await not_a_stumble(await hotel.get(address(route, world)), route.path)


async def test_malformed_bodies(hotel: Session) -> None:
    for route in WITH_BODY:
        for raw in MALFORMED:
            answer = await hotel.request(
                route.method, address(route), data=raw, headers={"Content-Type": "application/json"}
            )
            await refused(answer, 400, what=(route.path, raw[:40]))


async def test_other_media_types(hotel: Session) -> None:
    types = [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "x",
    ]
    for route in WITH_BODY:
        for media_type in types:
            answer = await hotel.request(
                route.method, address(route), data=b"{}", headers={"Content-Type": media_type}
            )
            await refused(answer, 415, what=(route.path, media_type))


async def test_three_megabytes(hotel: Session) -> None:
    heavy = b'{"content": "' + b"x" * 3_000_000 + b'"}'

    async def in_pieces() -> Any:
        for start in range(0, len(heavy), 65_536):
            yield heavy[start : start + 65_536]

    for route in WITH_BODY:
        json_body = {"Content-Type": "application/json"}
        packed = {**json_body, "Content-Encoding": "gzip"}
        for data, headers in [(heavy, json_body), (in_pieces(), json_body), (gzip.compress(heavy), packed)]:
            answer = await hotel.request(route.method, address(route), data=data, headers=headers)
            assert (await refused(answer, 413, what=route.path))["error"] == "PAYLOAD_TOO_LARGE"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "compress", "x"])
async def test_encodings_that_are_none(hotel: Session, encoding: str) -> None:
    """Some are refused by the HTTP parser, before there is a request that we could answer in our own words."""
    headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
    for data in (b"{}", b"\x1f\x8b\x08garbage", gzip.compress(b"{}")[:-6]):
        answer = await hotel.request("POST", "/api/tags", data=data, headers=headers)
        assert answer.status in (400, 415), (data, await answer.text())
    assert (await hotel.get("/api/tags")).status == 200


async def test_passwords_that_bcrypt_would_cut(client: Client, hotel: Session) -> None:
    for password in ("x" * 73, "ã" * 37, "😀" * 19, "senha\0123", "x" * 1001, "curta", ""):
        register = {**EXAMPLES["/auth/register"], "password": password}
        login = {"email": hotel.user["email"], "password": password, "tenantSlug": hotel.slug}
        change = {"oldPassword": "senha123", "newPassword": password}
        user = {"email": "x@x.com", "name": "x", "password": password}
        await refused(await client.post("/auth/register", json=register), 400, what=password)
        await refused(await client.post("/auth/login", json=login), 400, 401, what=password)
        await refused(await hotel.post("/auth/change-password", change), 400, what=password)
        await refused(await hotel.post("/api/users", user), 400, what=password)
        await refused(
            await hotel.patch(f"/api/users/{hotel.user['id']}", {"password": password}), 400, what=password
        )


# Addresses and queries


async def test_bad_ids(hotel: Session) -> None:
    world = await a_world(hotel)
    for route in BEHIND_THE_DOOR:
        if not route.path_parameters:
            continue
        body = example(route, world) if route.body else None
        for bad in BAD_IDS:
            path = re.sub(r"{\w+}", lambda _, bad=bad: bad, route.path)  # type: ignore[misc]
            answer = await ask(hotel, route.method, path, body)
            await refused(answer, 400, 404, 405, what=(route.method, path))


async def ask(session: Session, method: str, path: str, body: Any = None) -> Any:
    """As it is written: without the client's own reading of the address."""
    server = session.client.make_url("/")
    url = URL(f"{str(server).rstrip('/')}{path}", encoded=True)
    return await session.client.session.request(method, url, json=body, headers=session.headers)


async def test_bad_queries(hotel: Session) -> None:
    world = await a_world(hotel)
    for route in ROUTES:
        if not route.query or route.method != "GET":
            continue
        path = address(route, world)
        for name, field in route.query.model_fields.items():
            for value in BAD_VALUES:
                answer = await ask(hotel, "GET", f"{path}?{name}={value}")
                if "%00" in value:
                    await refused(answer, 400, what=(path, name, value))
                await not_a_stumble(answer, (path, name, value))
            twice = await ask(hotel, "GET", f"{path}?{name}=1&{name}=2")
            await refused(twice, 400, what=(path, name))
            assert field is not None
            for bracketed in (
                f"{name}[$ne]=1",
                f"{name}[]=1",
                f"{name}%5B%24regex%5D=.*",
                "%00=1",
                "%ff=1",
                "&&&==&",
            ):
                await not_a_stumble(await ask(hotel, "GET", f"{path}?{bracketed}"), (path, bracketed))


async def test_an_operator_in_a_query_is_a_text_like_any_other(hotel: Session) -> None:
    await a_world(hotel)
    for path, name in [
        ("/api/conversations", "search"), ("/api/conversations", "assignedToId"), ("/api/conversations", "channelId"),
        ("/api/contacts", "search"), ("/api/templates", "channelId"), ("/api/messages/search", "query"),
    ]:  # fmt: skip
        for value in ('{"$gt": ""}', '{"$ne": null}', "[$ne]", ".*", "^", "$"):
            body = await body_of(await hotel.get(path, params={name: value}))
            assert body["data"] == [], (path, name, value)


# The envelope


async def raw(client: Client, request: bytes) -> tuple[int, bytes]:
    """What comes back for these very bytes."""
    url = client.make_url("/")
    reader, writer = await asyncio.open_connection(url.host, url.port)
    try:
        writer.write(request)
        await writer.drain()
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
        length = re.search(rb"(?i)content-length: (\d+)", head)
        body = await asyncio.wait_for(reader.readexactly(int(length[1])), 30) if length else b""
    finally:
        writer.close()
    return int(head.split()[1]), body


async def test_strange_headers(hotel: Session) -> None:
    token = hotel.token.encode()
    good = {
        b"Host": b"x",
        b"Authorization": b"Bearer " + token,
        b"X-Tenant-Slug": hotel.slug.encode(),
        b"Content-Type": b"application/json",
    }
    conversation = (await a_world(hotel))["conversation"]
    body = json.dumps({"conversationId": conversation, "content": "x"}).encode()
    strange = [
        b"\xff\xfe",
        "ção".encode(),
        b"\xed\xa0\x80",
        b"x" * 6000,
        b"",
        b'{"$gt": ""}',
        b"=?UTF-8?Q?x?=",
    ]
    statuses = {}
    names = [b"Authorization", b"X-Tenant-Slug", b"Idempotency-Key", b"X-Request-ID", b"Content-Type", b"Accept", b"Origin", b"Cookie", b"Range",
             b"If-None-Match", b"X-Forwarded-For", b"X-Hub-Signature-256", b"Content-Encoding"]  # fmt: skip
    for name in names:
        for value in strange:
            headers = {**good, name: value, b"Content-Length": str(len(body)).encode()}
            lines = b"".join(key + b": " + text + b"\r\n" for key, text in headers.items())
            status, answer = await raw(
                hotel.client, b"POST /api/messages HTTP/1.1\r\n" + lines + b"\r\n" + body
            )
            assert status < 500, (name, value, answer)
            if status >= 400:
                assert CODE.fullmatch(json.loads(answer)["error"]), (name, value, answer)
            statuses[name, value] = status
    assert {statuses[b"Authorization", value] for value in strange} == {401}
    assert {statuses[b"Idempotency-Key", value] for value in (b"", b"x" * 6000)} <= {201, 400}


async def test_headers_beyond_all_measure(client: Client) -> None:
    for request in (
        b"GET /api/tags HTTP/1.1\r\nHost: x\r\nX-Big: " + b"x" * 70_000 + b"\r\n\r\n",
        b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /api/tags HTTP/1.1\r\nHost: x\r\n"
        + b"".join(b"X-%d: x\r\n" % n for n in range(5000))
        + b"\r\n",
        b"GET /api/tags HTTP/1.1\r\nHost: x\r\nX Y: z\r\n\r\n",
        b"FOO /api/tags HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /api/tags HTTP/9.9\r\nHost: x\r\n\r\n",
        b"POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\nzz\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 200 + b"\r\n\r\n",
    ):
        status, _ = await raw(client, request)
        assert 400 <= status < 500, request[:60]
    assert (await client.get("/health")).status == 200


async def test_unknown_addresses_and_methods(hotel: Session) -> None:
    for path in ("/api", "/api/", "/api/nothing", "/api//conversations", "/auth/login/", "/API/conversations", "/api/conversations/x/y/z",
                 "/..", "/%2e%2e/etc/passwd", "/%00", "/%ff", "/.git/config", "/.env", "/assets/..%2f..%2findex.html", "/assets/%00", "/vendor/%ff"):  # fmt: skip
        await refused(await ask(hotel, "GET", path), 404, what=path)
    for route in BEHIND_THE_DOOR:
        allowed = {other.method for other in ROUTES if address(other) == address(route)}
        for method in {"PUT", "TRACE", "PROPFIND", "DELETE", "POST"} - allowed:
            answer = await ask(hotel, method, address(route))
            body = await refused(answer, 404, 405, what=(method, route.path))
            assert body["error"] in ("METHOD_NOT_ALLOWED", "NOT_FOUND")
            if answer.status == 405:
                assert allowed <= set(answer.headers["Allow"].split(","))


async def test_multipart_that_is_none(hotel: Session) -> None:
    crlf = b"\r\n"
    part = crlf.join(
        [
            b"--x",
            b'Content-Disposition: form-data; name="file"; filename="\xff\x00"',
            b"",
            b"data",
            b"--x--",
            b"",
        ]
    )
    bodies = [
        b"",
        b"--x",
        b"--x--",
        b"--x\r\n\r\n",
        part[:40],
        part,
        part.replace(b"file", b"other"),
        b"\xff" * 100,
        b"--x\r\n" + b"a" * 100_000,
    ]
    for path in ("/api/media", "/api/media/upload"):
        for media_type in ("multipart/form-data; boundary=x", "multipart/form-data", "multipart/form-data; boundary=", 'multipart/form-data; boundary="' + "x" * 300 + '"'):  # fmt: skip
            for data in bodies:
                answer = await hotel.request("POST", path, data=data, headers={"Content-Type": media_type})
                await not_a_stumble(answer, (media_type, data[:40]))
