"""One WhatsApp number on Meta's Cloud API (whatsapp.md 1)."""

from collections.abc import Sequence

import aiohttp

from server.channels.base import Check, FetchedMedia, Outgoing, Receipt, RemoteTemplate
from server.channels.meta_cloud import errors, send
from server.channels.meta_cloud.checks import Checks
from server.channels.meta_cloud.downloads import META_HOSTS, Downloads
from server.channels.meta_cloud.reading import Json, mapping, objects, text
from server.channels.meta_cloud.transport import Graph
from server.desk.messages.models import Media

CALL_SECONDS = 15.0
UPLOAD_SECONDS = 120.0
TEMPLATE_FIELDS = "name,status,category,language,components,parameter_format,quality_score,rejected_reason"
PAGE_SIZE = 100
MOST_PAGES = 100
HELD = frozenset({"held_for_quality_assessment", "paused"})


class MetaCloud:
    """Implements `server.channels.base.Channel`. `send_timeout` (seconds) covers connecting and the whole answer."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        *,
        outside: aiohttp.ClientSession,
        graph_url: str,
        version: str,
        phone_number_id: str,
        waba_id: str,
        access_token: str,
        send_timeout: float,
        fetch_hosts: Sequence[str] = META_HOSTS,
    ) -> None:
        self._graph = Graph(http, graph_url, version, access_token, outside=outside)
        self._phone_number_id = phone_number_id
        self._waba_id = waba_id
        self._send_timeout = send_timeout
        self._downloads = Downloads(self._graph, phone_number_id=phone_number_id, hosts=fetch_hosts)
        self._checks = Checks(self._graph, phone_number_id, waba_id, access_token)

    async def send(self, outgoing: Outgoing, *, deadline: float) -> Receipt:
        answer = await self._graph.send(
            (self._phone_number_id, "messages"),
            send.payload(outgoing),
            deadline=deadline,
            timeout=self._send_timeout,
        )
        return _receipt(answer)

    async def mark_read(self, wamid: str, *, typing: bool = False) -> None:
        await self._graph.call(
            "POST",
            (self._phone_number_id, "messages"),
            json=send.read_receipt(wamid, typing=typing),
            timeout=CALL_SECONDS,
        )

    async def upload(self, content: bytes, *, mime_type: str, filename: str) -> str:
        form = aiohttp.FormData()
        form.add_field("messaging_product", "whatsapp")
        form.add_field("type", mime_type)
        form.add_field("file", content, filename=filename, content_type=mime_type)
        answer = await self._graph.call(
            "POST", (self._phone_number_id, "media"), data=form, timeout=UPLOAD_SECONDS
        )
        media_id = text(answer.get("id"))
        if media_id is None:
            raise errors.without_doubt(errors.failure_of(200, answer))
        return media_id

    async def fetch(self, media: Media, *, limit: int) -> FetchedMedia:
        return await self._downloads.fetch(media, limit=limit)

    async def templates(self) -> list[RemoteTemplate]:
        found: list[Json] = []
        cursor: str | None = ""
        for _ in range(MOST_PAGES):
            if cursor is None:
                break
            page = await self._template_page(cursor)
            found += objects(page.get("data"))
            cursor = _next_cursor(page, cursor)
        return [template for template in map(_template, found) if template]

    async def _template_page(self, cursor: str) -> Json:
        params = {"fields": TEMPLATE_FIELDS, "limit": str(PAGE_SIZE)} | ({"after": cursor} if cursor else {})
        path = (self._waba_id, "message_templates")
        return await self._graph.call("GET", path, params=params, timeout=CALL_SECONDS)

    async def prove(self) -> None:
        path, params = (self._phone_number_id,), {"fields": "id,display_phone_number"}
        answer = await self._graph.call("GET", path, params=params, timeout=CALL_SECONDS)
        # `me` is an address too, and leads to whatever the token likes.
        if text(answer.get("id")) != self._phone_number_id:
            raise errors.without_doubt(errors.failure_of(200, answer))

    async def subscribe(self, callback_url: str, verify_token: str) -> None:
        self._graph.keep_secret(verify_token)
        body = {"override_callback_uri": callback_url, "verify_token": verify_token}
        await self._graph.call("POST", (self._waba_id, "subscribed_apps"), json=body, timeout=CALL_SECONDS)

    async def check(self, callback_url: str) -> list[Check]:
        """Four lines: token, number, subscription, webhook. What cannot be asked is a line, not an error."""
        return await self._checks.run(callback_url)


def _receipt(answer: Json) -> Receipt:
    messages, contacts = objects(answer.get("messages")), objects(answer.get("contacts"))
    wamid = text(messages[0].get("id")) if messages else None
    if wamid is None:
        raise errors.failure_of(200, answer)
    wa_id = text(contacts[0].get("wa_id")) if contacts else None
    return Receipt(wamid, wa_id, held=text(messages[0].get("message_status")) in HELD)


def _next_cursor(page: Json, previous: str) -> str | None:
    """Only the cursor is taken from `paging`: its `next` is an address, and whose it is nobody has checked."""
    paging = mapping(page.get("paging"))
    after = text(mapping(paging.get("cursors")).get("after"))
    return after if paging.get("next") and after != previous else None


def _template(row: Json) -> RemoteTemplate | None:
    name, language, status = text(row.get("name")), text(row.get("language")), text(row.get("status"))
    if not (name and language and status):
        return None
    reason = text(row.get("rejected_reason"))
    return RemoteTemplate(
        name=name,
        language=language,
        status=status,
        category=text(row.get("category")),
        components=objects(row.get("components")),
        parameter_format=text(row.get("parameter_format")),
        quality=text(mapping(row.get("quality_score")).get("score")),
        rejected_reason=None if reason == "NONE" else reason,
    )
