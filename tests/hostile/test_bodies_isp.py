"""Whatever is thrown at the ISP dialect, it answers with a refusal in its own shape: never a 500, no error in the log."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from aiohttp import ClientResponse
from yarl import URL

from server.dialects import isp
from server.web.endpoint import Route
from tests.bodies import fields, is_text, with_value
from tests.conftest import Session
from tests.factories import a_world
from tests.isp import ERROR, STRONG
from tests.nonsense import BAD_IDS, BAD_VALUES, MALFORMED, NOT_A_TEXT, NOT_TO_BE_KEPT, ODD

Json = dict[str, Any]
PERSON: Json = {"email": "ana@isp.com", "password": STRONG, "nome": "Ana"}
TEMPLATE: Json = {"to": "+5511999999999", "template_name": "boas_vindas", "components": [{"type": "body"}]}
# A body that each route takes.
TAKEN: dict[str, Json] = {
    "POST /auth/login": {"email": "ana@isp.com", "password": "x"},
    "POST /auth/register": {**PERSON, "empresa": "Fibra", "tenant_slug": "fibra"},
    "POST /auth/refresh": {"refresh_token": "a.b.c"},
    "POST /users": PERSON,
    "PUT /users/{user_id}": {"nome": "Ana"},
    "POST /conversations/{conversation_id}/messages": {"content": "x"},
    "POST /conversations/{conversation_id}/transfer": {"to_agent_id": 1},
    "POST /conversations/{conversation_id}/close": {"notes": "x"},
    "POST /conversations/{conversation_id}/rating": {"rating": 5},
    "POST /chatbot/message": {"message": "x", "context": {"customer_name": "Ana"}},
    "POST /chatbot/escalate": {"conversation_id": "x", "reason": "x"},
    "POST /whatsapp/send": {"to": "+5511999999999", "content": "x"},
    "POST /whatsapp/send-template": TEMPLATE,
}
WITH_BODY = [route for route in isp.routes if route.body]
JSON_BODY = {"Content-Type": "application/json"}


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whoever sends nonsense must not be able to fill the log with errors."""
    with structlog.testing.capture_logs() as entries:
        yield
    assert not [entry for entry in entries if entry["log_level"] in ("error", "critical")]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


class Stranger:
    """An administrator with bad intentions. Where a path has an id, his own is there."""

    def __init__(self, session: Session, world: Json) -> None:
        self.session = session
        self.ids = {"user_id": "2", "conversation_id": world["conversation"], "media_id": world["media"]}

    async def sends(
        self, route: Route, *, query: str = "", ids: Json | None = None, **body: Any
    ) -> ClientResponse:
        """As it is written: without the client's own reading of the address."""
        path = route.path.format(**(ids or self.ids))
        url = URL(f"{str(self.session.client.make_url('/')).rstrip('/')}{path}{query}", encoded=True)
        headers = {"Authorization": f"Bearer {self.session.token}", **body.pop("headers", {})}
        return await self.session.client.session.request(route.method, url, headers=headers, **body)


@pytest.fixture
async def stranger(hotel: Session) -> Stranger:
    return Stranger(hotel, await a_world(hotel))


async def refused(answer: ClientResponse, what: object, *statuses: int) -> None:
    assert answer.status in (statuses or range(400, 500)), (what, answer.status, await answer.text())
    body = await answer.json()
    assert body.keys() >= ERROR, (what, body)
    assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", body["error_code"]), (what, body)
    assert answer.headers["X-Request-ID"]


async def taken_or_refused(answer: ClientResponse, what: object) -> None:
    if answer.status >= 400:
        await refused(answer, what)
    await answer.read()


def taken(route: Route) -> Json:
    return TAKEN[f"{route.method} {route.path.removeprefix('/api/v1')}"]


async def test_no_field_takes_an_operator_for_a_text(stranger: Stranger) -> None:
    """Nor a list, a number or NUL, in any field of any body."""
    for route in WITH_BODY:
        assert route.body
        for path, annotation in fields(route.body):
            for value in [*NOT_A_TEXT, *NOT_TO_BE_KEPT] if is_text(annotation) else NOT_TO_BE_KEPT:
                answer = await stranger.sends(route, json=with_value(taken(route), path, value))
                await refused(answer, (route.path, path, value), 400)
        assert (await stranger.sends(route, json=taken(route))).status != 400, route.path


async def test_odd_values_are_taken_or_refused(stranger: Stranger) -> None:
    for route in WITH_BODY:
        assert route.body
        for path, _ in fields(route.body):
            for value in ODD:
                answer = await stranger.sends(route, json=with_value(taken(route), path, value))
                await taken_or_refused(answer, (route.path, path, str(value)[:50]))
    for route in isp.routes:
        if route.method == "GET" and not route.public:
            await taken_or_refused(await stranger.sends(route), route.path)  # what was taken can be shown


async def test_malformed_bodies(stranger: Stranger) -> None:
    for route in WITH_BODY:
        for raw in MALFORMED:
            answer = await stranger.sends(route, data=raw, headers=JSON_BODY)
            await refused(answer, (route.path, raw[:40]), 400)
        for media_type in ("text/plain", "multipart/form-data; boundary=x", "x"):
            answer = await stranger.sends(route, data=b"{}", headers={"Content-Type": media_type})
            await refused(answer, (route.path, media_type), 415)


async def test_far_too_much(stranger: Stranger) -> None:
    heavy = b'{"content": "' + b"x" * 8_000_000 + b'"}'
    for route in WITH_BODY:
        await refused(await stranger.sends(route, data=heavy, headers=JSON_BODY), route.path, 413)


async def test_bad_ids(stranger: Stranger) -> None:
    for route in isp.routes:
        if not route.path_parameters:
            continue
        for bad in BAD_IDS:
            ids = dict.fromkeys(route.path_parameters, bad)
            answer = await stranger.sends(route, ids=ids, json=taken(route) if route.body else None)
            await refused(answer, (route.method, route.path, bad), 400, 404, 405)


async def test_bad_queries(stranger: Stranger) -> None:
    for route in isp.routes:
        if not route.query:
            continue
        for name, field in route.query.model_fields.items():
            shown = field.validation_alias or name
            for value in BAD_VALUES:
                answer = await stranger.sends(route, query=f"?{shown}={value}")
                await taken_or_refused(answer, (route.path, shown, value))
            await refused(
                await stranger.sends(route, query=f"?{shown}=1&{shown}=2"), (route.path, shown), 400
            )
