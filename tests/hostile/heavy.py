"""The most expensive requests that we could think of, each as large as is let in."""

import gzip
import itertools
from collections.abc import Iterator
from typing import NamedTuple

from server.web.wire import MAX_JSON_BYTES

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "multipart/form-data; boundary=b"}
SIGNED = {"X-Hub-Signature-256": "sha256=" + "0" * 64}
ROOM = MAX_JSON_BYTES - 400
WEBHOOK_ROOM = 3 * 1024 * 1024 - 400


class Heavy(NamedTuple):
    what: str
    method: str
    path: str
    body: bytes = b""
    headers: dict[str, str] = {}


VALUES: dict[str, str] = {
    "zeros": f"[{'0,' * (ROOM // 2 - 1)}0]",
    "lists": f"[{'[],' * (ROOM // 3 - 1)}0]",
    "objects": f"[{'{},' * (ROOM // 3 - 1)}0]",
    "deep lists": f"[{','.join(['[' * 30 + ']' * 30] * (ROOM // 62))}]",
    "as many lists as are read": f"[{'[],' * 99_000}0]",
    "as many parts as are looked at": f"[{'[],' * 19_900}0]",
    "as many texts as are looked at": "[" + '"a",' * 19_900 + '"a"]',
    "objects that are nearly right": "[" + '{"id":"1","title":"x","rows":[]},' * 4_900 + "{}]",
    "names": "{" + ",".join(f'"k{number:x}":0' for number in range(ROOM // 12)) + "}",
    "a long text": f'"{"x" * ROOM}"',
    "spaces": f'"{" " * ROOM}"',
    "escapes": '"' + "\\u0041" * (ROOM // 6) + '"',
    "nearly an address": f'"{"a." * 150}@{"a." * 150}"',
    "a number": "1" * ROOM,
}
# `%s` stands for the value.
PLACES = {
    "/api/messages": '{"conversationId":"x","type":"CONTACTS","metadata":{"contacts":%s}}',
    "/api/messages/template": '{"conversationId":"x","templateName":"x","components":%s}',
    "/api/messages/list": '{"conversationId":"x","bodyText":"x","buttonText":"x","sections":%s}',
    "/api/messages/buttons": '{"conversationId":"x","bodyText":"x","buttons":%s}',
    "/api/contacts": '{"phoneNumber":"5511977776666","customAttributes":%s}',
    "/api/teams": '{"name":"x","memberIds":%s}',
    "/api/canned-responses": '{"shortcut":%s,"content":"x"}',
    "/api/users": '{"email":%s,"name":"x","password":"senha123"}',
    "/auth/login": '{"email":"a@b.com","password":%s}',
    "/auth/register": '{"tenantSlug":%s,"tenantName":"x","userName":"x","email":"a@b.com","password":"senha123"}',
}
WEBHOOKS: dict[str, str] = {
    "zeros": f'{{"entry":[{"0," * (WEBHOOK_ROOM // 2 - 20)}0]}}',
    "lists": f'{{"entry":[{"[]," * (WEBHOOK_ROOM // 3 - 20)}0]}}',
    "as many lists as are read": f'{{"entry":[{"[]," * 199_000}0]}}',
    "entries": '{"entry":[' + '{"changes":[{}]},' * (WEBHOOK_ROOM // 18) + "{}]}",
    "numbers": '{"entry":[{"changes":['
    + ",".join(
        f'{{"value":{{"metadata":{{"phone_number_id":"{number}"}}}}}}' for number in range(WEBHOOK_ROOM // 55)
    )
    + "]}]}",
    "one number, unsigned": '{"entry":[{"changes":[{"value":{"metadata":{"phone_number_id":"%(number)s"}}}]}],"x":"'
    + "x" * (WEBHOOK_ROOM - 200)
    + '"}',
}
FILE = b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\n'
FORMS: dict[str, bytes] = {
    "parts": b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' * 60_000 + b"--b--",
    "heads": b"--b\r\n" + b"A: b\r\n" * 200_000 + b"\r\n--b--",
    "nearly boundaries": FILE + b"\r\n--" * 1_000_000 + b"\r\n--b--",
    "lines": FILE + b"a\n" * 2_500_000 + b"\r\n--b--",
    "20 MB": FILE + b"%PDF-1.7 " + b"x" * 20_000_000 + b"\r\n--b--",
}
QUERIES = (
    "search=" + "a%20" * 49, "search=" + "%C3%A3" * 200, "&".join(f"a{number}=1" for number in range(900)), "cursor=" + "A" * 7000, "status=" + "OPEN," * 1200, "page=100000&limit=100",
)  # fmt: skip


def requests(slug: str, phone_number_id: str, *, each: int = 1) -> Iterator[Heavy]:
    """`each`: only every so many of the values in all their places."""
    for (what, value), (path, body) in itertools.islice(
        itertools.product(VALUES.items(), PLACES.items()), None, None, each
    ):
        yield Heavy(what, "POST", path, (body % value).encode(), JSON)
    for what, text in WEBHOOKS.items():
        for path in ("/webhooks/whatsapp", f"/webhooks/whatsapp/{slug}"):
            yield Heavy(what, "POST", path, text.replace("%(number)s", phone_number_id).encode(), SIGNED)
    for what, form in FORMS.items():
        yield Heavy(what, "POST", "/api/media", form, FORM)
    for query in QUERIES:
        yield Heavy(query[:20], "GET", f"/api/conversations?{query}")
    yield Heavy("phone", "GET", "/api/contacts/phone/" + "1" * 7000)
    packed = gzip.compress(b" " * 100_000_000 + b"{}")
    yield Heavy("100 MB packed", "POST", "/api/tags", packed, {**JSON, "Content-Encoding": "gzip"})
