"""One or more requests for every route behind the door: what a stranger may try, and what the owner is given.

The route tables are data, so a new route fails in `test_isolation.py` until someone has thought about it: give it a row here.
"""

import hashlib
import itertools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from server.dialects import native
from server.web.endpoint import Route
from tests.factories import PIXEL

World = dict[str, str]
MARK = "segredo"
_serial = itertools.count(1)
ROUTES = [route for route in native.routes if not route.public]


class Ask(NamedTuple):
    """One request. `$noun` stands for the other tenant's, `@noun` for the caller's own, `#` for a number never used yet;
    the path's ids are the other's.

    `own` is what the path's ids are instead, where the point of the request is its body. `status` is what a stranger is
    told, `owner` what the owner of everything is told, where that is not a success. `exact`: only this very value means
    something there, so that another in its place is another request.
    """

    body: Any = None
    query: Any = None
    headers: dict[str, str] | None = None
    upload: bool = False
    own: bool = False
    status: int = 404
    owner: int | None = None
    exact: bool = False


def refused(body: Any = None, *, query: Any = None) -> Ask:
    """The caller's own path, with another's id in the body or the query."""
    return Ask(body, query, own=True, status=400)


def searches(**query: str) -> Ask:
    """A list that must be empty for the stranger."""
    return Ask(query=query, status=200)


OPEN = Ask(status=200)
ETAG = f'"{hashlib.sha256(PIXEL).hexdigest()}"'  # of a file that both tenants have
BUTTONS = {"bodyText": "x", "buttons": [{"id": "1", "title": "x"}]}
LIST = {"bodyText": "x", "buttonText": "x", "sections": [{"rows": [{"id": "1", "title": "x"}]}]}
NUMBER = {"name": "x", "wabaId": "1", "accessToken": "x", "appSecret": "x", "verifyToken": "x"}
PERSON = {"name": "x", "password": "senha123"}


def sends(end: str, **content: Any) -> dict[str, list[Ask]]:
    """A way of sending: to the other's conversation, and in answer to the other's message."""
    return {
        f"POST /api/messages{end}": [
            Ask({"conversationId": "$conversation", **content}),
            refused({"conversationId": "@conversation", "replyToId": "$message", **content}),
        ]
    }


ASKS: dict[str, list[Ask]] = {
    "GET /auth/me": [OPEN],
    "POST /auth/change-password": [Ask({"oldPassword": "x", "newPassword": "senha1234"}, status=400, owner=400)],
    # Conversations
    "GET /api/conversations": [
        OPEN,
        *(searches(**{name: f"${noun}"}) for name, noun in [
            ("assignedToId", "user"), ("channelId", "channel"), ("teamId", "team"), ("tagId", "tag"), ("contactId", "contact"),
        ]),
        *(searches(search=words) for words in (MARK, MARK[:3], "$phone", "$email", "$conversation")),
        Ask(query={"cursor": "$cursor"}, status=200),  # a place in the order, whosesoever row stands there
    ],
    "POST /api/conversations": [
        refused({"contactId": "$contact", "channelId": "@channel"}),
        refused({"contactId": "@contact", "channelId": "$channel"}),
    ],
    "GET /api/conversations/stats": [OPEN],
    "GET /api/conversations/{id}": [Ask()],
    "PATCH /api/conversations/{id}": [
        Ask({"priority": "HIGH"}),
        refused({"assignedToId": "$user"}),
        refused({"tagIds": ["@tag", "$tag"]}),
    ],
    "POST /api/conversations/{id}/assign": [Ask({"userId": "@user"}), refused({"userId": "$user"})],
    "POST /api/conversations/{id}/claim": [Ask(owner=409)],
    "POST /api/conversations/{id}/transfer": [
        Ask({"userId": "@user"}),
        refused({"userId": "$user"}),
        refused({"teamId": "$team"}),
    ],
    "POST /api/conversations/{id}/close": [Ask()],
    "POST /api/conversations/{id}/reopen": [Ask()],
    "POST /api/conversations/{id}/notes": [Ask({"content": "x"})],
    "POST /api/conversations/{id}/read": [Ask()],
    "GET /api/conversations/{conversationId}/stats": [Ask()],
    # Messages
    "GET /api/conversations/{conversationId}/messages": [
        Ask(),
        refused(query={"before": "$message"}),
        refused(query={"after": "$message"}),
    ],
    "POST /api/conversations/{id}/messages": [
        Ask({"content": "x"}),
        refused({"content": "x", "replyToId": "$message"}),
    ],
    **sends("", content="x"),
    **sends("/template", templateName="x"),
    **sends("/buttons", **BUTTONS),
    **sends("/list", **LIST),
    "POST /api/messages/{id}/read": [Ask()],
    "POST /api/messages/{id}/retry": [Ask()],
    "POST /api/messages/{id}/discard": [Ask()],
    "GET /api/messages/{id}/timeline": [Ask()],
    "GET /api/messages/search": [
        *(searches(query=words) for words in (MARK, MARK[:3], "$message", "$wamid")),
        searches(query=MARK, conversationId="$conversation"),
        searches(query="quarto", conversationId="$conversation"),
    ],
    "GET /api/messages/{id}": [Ask()],
    # Contacts
    "GET /api/contacts": [OPEN, *(searches(search=words) for words in (MARK, MARK[:3], "$phone", "$email", "$contact"))],
    "POST /api/contacts": [refused({"phoneNumber": "5511977776666", "tagIds": ["@tag", "$tag"]})],
    "GET /api/contacts/stats": [OPEN],
    "GET /api/contacts/phone/{number}": [Ask()],
    "GET /api/contacts/{id}": [Ask()],
    "PATCH /api/contacts/{id}": [Ask({"notes": "x"}), refused({"tagIds": ["$tag"]})],
    "DELETE /api/contacts/{id}": [Ask()],
    "POST /api/contacts/{id}/merge": [
        Ask({"intoId": "@contact"}, owner=400),
        refused({"intoId": "$other_contact"}),
    ],
    # Reports
    "GET /api/reports/overview": [OPEN],
    "GET /api/reports/attendants": [OPEN],
    "GET /api/reports/hourly": [OPEN],
    # Files, channels, templates
    "POST /api/media": [Ask(upload=True, status=201)],
    "POST /api/media/upload": [Ask(upload=True, status=201)],
    "GET /api/media/{id}": [
        Ask(),
        Ask(headers={"Range": "bytes=0-3"}, owner=206),
        Ask(headers={"Range": "bytes=999999-"}, owner=416),
        Ask(headers={"If-None-Match": ETAG}, owner=304),
    ],
    "GET /api/channels": [OPEN],
    "POST /api/channels": [
        # That a number is connected somewhere cannot be hidden: it can be connected once.
        Ask({"phoneNumberId": "$phone_number_id", **NUMBER}, status=409, owner=409, exact=True),
    ],
    "POST /api/channels/sandbox": [Ask({"name": "x"}, owner=404)],
    "GET /api/channels/{id}": [Ask()],
    "PATCH /api/channels/{id}": [Ask({"name": "x"})],
    "DELETE /api/channels/{id}": [Ask()],
    "POST /api/channels/{id}/check": [Ask()],
    "GET /api/templates": [OPEN, searches(channelId="$channel")],
    "POST /api/templates/sync": [Ask(query={"channelId": "$channel"}, owner=503)],
    # The house itself
    "GET /api/tenant": [OPEN],
    "PATCH /api/tenant": [Ask({"name": "x"}, status=200)],
    "GET /api/users": [OPEN],
    "POST /api/users": [refused({"email": "x@x.com", "teamIds": ["$team"], **PERSON})],
    "GET /api/users/{id}": [Ask()],
    "PATCH /api/users/{id}": [Ask({"name": "x"}), refused({"teamIds": ["$team"]})],
    "DELETE /api/users/{id}": [Ask()],
    "GET /api/teams": [OPEN],
    "POST /api/teams": [refused({"name": "x", "memberIds": ["$user"]})],
    "GET /api/teams/{id}": [Ask()],
    "PATCH /api/teams/{id}": [Ask({"name": "y"}), refused({"memberIds": ["$user"]})],
    "DELETE /api/teams/{id}": [Ask()],
    "GET /api/tags": [OPEN],
    "POST /api/tags": [Ask({"name": "x#"}, status=201)],
    "PATCH /api/tags/{id}": [Ask({"name": "y#"})],
    "DELETE /api/tags/{id}": [Ask()],
    "GET /api/canned-responses": [OPEN],
    "POST /api/canned-responses": [Ask({"shortcut": "x#", "content": "x"}, status=201)],
    "GET /api/canned-responses/{id}": [Ask()],
    "PATCH /api/canned-responses/{id}": [Ask({"content": "x"})],
    "DELETE /api/canned-responses/{id}": [Ask()],
    "GET /api/events": [OPEN],
    "GET /api/alarms": [OPEN],
    # What is connected beside the channels
    "GET /api/integrations": [OPEN],
    "POST /api/integrations": [Ask({"kind": "GEMINI", "key": "x"}, status=201)],
    "GET /api/integrations/{id}": [Ask()],
    "PATCH /api/integrations/{id}": [Ask({"app": "x"})],
    "DELETE /api/integrations/{id}": [Ask()],
    "POST /api/integrations/{id}/check": [Ask()],
}  # fmt: skip
# Ids that stand where nobody would look for them.
_IMAGE = {"type": "IMAGE"}
_REACTION = {"type": "REACTION", "content": "👍"}
for _way, _said in (("/messages", {"conversationId": "@conversation"}), ("/conversations/{id}/messages", {})):
    ASKS[f"POST /api{_way}"] += [
        refused({**_said, **hidden})
        for hidden in (
            {**_IMAGE, "mediaId": "$media"},
            {**_IMAGE, "content": "/api/media/$media"},
            {**_IMAGE, "content": "https://balcao.example/api/media/$media"},
            {**_IMAGE, "metadata": {"mediaId": "$media"}},
            {**_REACTION, "metadata": {"messageId": "$message"}},
            {**_REACTION, "metadata": {"target": "$message"}},
        )
    ]
# What stands before an id in a path says whose id it is.
NOUN_OF = {
    "conversations": "conversation", "messages": "message", "contacts": "contact", "phone": "phone", "media": "media",
    "channels": "channel", "users": "user", "teams": "team", "tags": "tag", "canned-responses": "canned_response",
    "integrations": "integration",
}  # fmt: skip
EXCEPTIONS = {
    "POST /api/messages/{id}/retry": "failed_message",
    "POST /api/messages/{id}/discard": "failed_message",  # it waits again since the retry
    "DELETE /api/contacts/{id}": "other_contact",
}


def key(route: Route) -> str:
    return f"{route.method} {route.path}"


def address(route: Route, ids: World) -> str:
    def filled(match: re.Match[str]) -> str:
        return f"/{match[1]}/{ids[EXCEPTIONS.get(key(route), NOUN_OF[match[1]])]}"

    return re.sub(r"/([\w-]+)/{\w+}", filled, route.path)


def filled(value: Any, other: World, own: World) -> Any:
    """With real ids in the places of `$noun` and `@noun`, and numbers in those of `#`."""
    if isinstance(value, dict):
        return {name: filled(part, other, own) for name, part in value.items()}
    if isinstance(value, list):
        return [filled(part, other, own) for part in value]
    if not isinstance(value, str):
        return value
    value = re.sub("#", lambda _: str(next(_serial)), value)
    with_other = re.sub(r"\$(\w+)", lambda match: other[match[1]], value)
    return re.sub(r"^@(\w+)", lambda match: own[match[1]], with_other)


def rows() -> Iterator[tuple[Route, Ask]]:
    """Those that take something away come last, so that the others still find it."""
    gentle_first = sorted(ROUTES, key=lambda route: (route.method == "DELETE", route.path.endswith("/merge")))
    return ((route, ask) for route in gentle_first for ask in ASKS[key(route)])
