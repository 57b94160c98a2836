"""Texts of every kind go in and come out as they are, are found as they are, and are nowhere an instruction."""

import json
from typing import Any

import pytest

from server.dialects import native
from tests.conftest import Session
from tests.factories import a_channel, a_conversation, body_of, made
from tests.hostile.effort import tried

# Each of them a name that somebody may have, for all we know.
TEXTS = [
    ".*", "a.*b", "(a+)+$", "^", "\\", "\\Qx\\E", "[a-", "$where", "{$gt: 1}", "a.b", "$1", "%", "_", "'; DROP TABLE x;--", '" || 1==1', "${7*7}", "{{7*7}}", "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "=cmd|'/c calc'!A0",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "</title>", "&lt;b&gt;", "\u202eevil", "\u200bx", "x\u0301\u0301\u0301", "é", "e\u0301", "İstanbul", "ß", "ﬀ", "Ⅷ", "ﷺ", "مرحبا", "שלום", "日本語", "👩‍👩‍👧‍👦", "🇧🇷", "\U0001d54f", "\ufeffx", "\uffff", "x\u2028y",
    "undefined", "null", "NaN", "true", "0", "None", "constructor", "__proto__", "toString", "%00", "%s%n", "../x", "C:\\x", "CON", "\x7f", "a\x01b",
]  # fmt: skip

EXPRESSIONS = [".*", "a.*b", "(a+)+$", "^", "\\", "[a-", "$where", "%", "_"]


async def test_they_come_out_as_they_went_in_and_are_found_as_they_are(hotel: Session) -> None:
    contacts = {}
    for number, text in enumerate(TEXTS):
        fields = {
            "phoneNumber": f"55119{70_000_000 + number}",
            "name": f"n{number} {text}",
            "notes": text,
            "customAttributes": {"x": text},
        }
        contact = await made(hotel, "/api/contacts", **fields)
        assert (contact["name"], contact["notes"], contact["customAttributes"]) == (
            f"n{number} {text}".strip(),
            text,
            {"x": text},
        )
        contacts[contact["id"]] = text
    for id, text in contacts.items():
        found = await body_of(await hotel.get("/api/contacts", params={"search": text, "limit": 100}))
        shown = {row["id"] for row in found["data"]}
        assert id in shown or not text.isalpha(), text
        # Its letters are words to look for; read as an expression it would find all, or never end.
        assert text not in EXPRESSIONS or len(shown) < len(TEXTS) / 3, (text, len(shown))
    tried["texts"] += len(TEXTS)


async def test_in_messages_too(hotel: Session) -> None:
    conversation = await a_conversation(hotel, await a_channel(hotel))
    for text in (text for text in TEXTS if text.strip()):
        sent = await made(hotel, "/api/messages", conversationId=conversation["id"], content=text)
        assert sent["content"] == text
        for query in (text, text[:1], f"{text} {text}"):
            answer = await hotel.get("/api/messages/search", params={"query": query})
            assert answer.status == 200, query
    assert {
        row["content"]
        for row in (
            await body_of(
                await hotel.get(f"/api/conversations/{conversation['id']}/messages", params={"limit": 100})
            )
        )["data"]
    } >= {*TEXTS}


@pytest.mark.parametrize(
    "key",
    [
        "a.b",
        "a.$b",
        "x$",
        "",
        " ",
        "é",
        "__proto__",
        "constructor",
        "0",
        "a\u0000",
        "$set",
        "$",
        "_id",
        "tenant_id",
        "x" * 65,
    ],
)
async def test_names_of_attributes_are_no_paths(hotel: Session, key: str) -> None:
    """Kept under that very name, or refused; never taken for a path, an operator or a field of ours."""
    fields = {"phoneNumber": "5511977776666", "customAttributes": {key: "x"}}
    answer = await hotel.post("/api/contacts", fields)
    body = await answer.json()
    if answer.status == 201:
        assert body["customAttributes"] == {key: "x"}
        [kept] = await hotel.db.contacts.all({})
        assert (kept["attributes"], kept["tenant_id"]) == ({key: "x"}, hotel.tenant["id"])
        again = await hotel.patch(f"/api/contacts/{body['id']}", {"customAttributes": {key: "y"}})
        assert (await again.json())["customAttributes"] == {key: "y"}
    else:
        assert (answer.status, body["error"]) == (400, "VALIDATION_ERROR")


async def test_said_twice_the_last_word_counts_and_is_looked_at(hotel: Session) -> None:
    for raw, status in (
        (b'{"name":"a","name":{"$gt":""}}', 400),
        (b'{"name":{"$gt":""},"name":"a"}', 201),
        (b'{"name":"b","tenantId":"x"}', 400),
    ):
        answer = await hotel.request(
            "POST", "/api/tags", data=raw, headers={"Content-Type": "application/json"}
        )
        assert answer.status == status, raw
    assert [tag["name"] for tag in (await body_of(await hotel.get("/api/tags")))["data"]] == ["a"]


async def test_cursors_lead_to_nobody_else(hotel: Session, rival: Session) -> None:
    """Another's cursor, and a cursor with something else in it, go through one's own list or through none."""
    for session in (hotel, rival):
        channel = await a_channel(session)
        for phone in ("5511900000001", "5511900000002", "5511900000003"):
            await a_conversation(session, channel, phone=phone)
    cursor = (await body_of(await rival.get("/api/conversations", params={"limit": 1})))["nextCursor"]
    own = {row["id"] for row in (await body_of(await hotel.get("/api/conversations")))["data"]}
    for place in range(len(cursor)):
        for changed in (
            cursor,
            cursor[:place],
            cursor[:place] + "!" + cursor[place + 1 :],
            cursor[:place] + "A" + cursor[place:],
        ):
            answer = await hotel.get("/api/conversations", params={"cursor": changed})
            assert answer.status in (200, 400), changed
            if answer.status == 200:
                assert {row["id"] for row in (await answer.json())["data"]} <= own
    tried["cursors"] += 4 * len(cursor)


PAGES: list[dict[str, Any]] = [
    {"page": value} for value in (-1, 0, "1.0", "1e3", "0x1", "٣", "NaN", 10**30, 100_001, "", "1,2", "[1]", " 1 ")
] + [{"limit": value} for value in (-1, 0, 101, 10**30, "Infinity", "null", "", "1;")]  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [r.path for r in native.routes if r.query and "limit" in r.query.model_fields and "{" not in r.path],
)
async def test_pages_that_are_none(hotel: Session, path: str) -> None:
    for params in PAGES:
        answer = await hotel.get(path, params=params | ({"query": "x"} if "search" in path else {}))
        assert answer.status in (200, 400), params
        assert answer.status == 400 or json.loads(await answer.text()), params


def test_nobody_is_given_a_table_or_a_page_to_open() -> None:
    """What somebody wrote is answered as JSON or as a file in a sandbox: HTML needs no care. Of tables there is one, where
    nothing is a formula (tests/web/test_csv.py).
    """
    kinds = {route.media_type for route in native.routes}
    assert kinds == {
        "application/json",
        "application/octet-stream",
        "text/plain",
        "text/html",
        "text/javascript",
        "text/csv",
    }
    assert [route.path for route in native.routes if route.media_type == "text/csv"] == [
        "/api/reports/conversations.csv"
    ]
    pages = {route.path for route in native.routes if route.media_type in ("text/html", "text/javascript")}
    assert pages == {"/api/docs/", "/api/docs/start.js", "/api/redoc/", "/api/redoc/start.js"}


async def test_what_the_provider_is_told_to_say_is_no_page(hotel: Session) -> None:
    """The handshake repeats a text of the caller's: as a text."""
    channel = await a_channel(hotel, verifyToken="v")
    params = {"hub.mode": "subscribe", "hub.verify_token": "v", "hub.challenge": "<script>alert(1)</script>"}
    answer = await hotel.client.get(f"/webhooks/whatsapp/{hotel.slug}", params=params)
    assert channel
    assert (answer.status, answer.content_type) == (200, "text/plain")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
