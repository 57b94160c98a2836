"""What is tried over the native dialect."""

import hashlib
from typing import Any

from server.dialects import native
from tenants.permissions import Permission
from tests.asks.wire import MARK, OPEN, Ask, Tried, Wire, needing, refused, searches
from tests.factories import PIXEL
from tests.wall.listening import on_socket_io

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


_FILTERS = [
    ("assignedToId", "user"), ("channelId", "channel"), ("teamId", "team"), ("tagId", "tag"), ("contactId", "contact"),
]  # fmt: skip
_NARROW = [("channelId", "channel"), ("teamId", "team"), ("agentId", "user")]
_NONE = '"all":{"conversations":0,"unreadMessages":0}'
ASKS: dict[str, list[Ask]] = {
    "GET /auth/me": [OPEN],
    "POST /auth/change-password": [Ask({"oldPassword": "x", "newPassword": "senha1234"}, status=400, owner=400)],
    # Conversations
    "GET /api/conversations": [
        OPEN,
        *(searches(**{name: f"${noun}"}) for name, noun in _FILTERS),
        *(searches(search=words) for words in (MARK, MARK[:3], "$phone", "$email", "$conversation")),
        Ask(query={"cursor": "$cursor"}, status=200),  # a place in the order, whosesoever row stands there
    ],
    "POST /api/conversations": [
        refused({"contactId": "$contact", "channelId": "@channel"}),
        refused({"contactId": "@contact", "channelId": "$channel"}),
    ],
    "GET /api/conversations/stats": [OPEN],
    "GET /api/conversations/counts": [
        OPEN,
        *(searches(**{name: f"${noun}"})._replace(nothing=_NONE) for name, noun in _FILTERS),
        *(searches(search=words)._replace(nothing=_NONE) for words in (MARK, "$phone", "$conversation")),
    ],
    "GET /api/conversations/{id}": [Ask()],
    "PATCH /api/conversations/{id}": [
        Ask({"priority": "HIGH"}),
        refused({"assignedToId": "$user"}),
        refused({"teamId": "$team"}),
        refused({"tagIds": ["@tag", "$tag"]}),
    ],
    "POST /api/conversations/{id}/assign": [Ask({"userId": "@user"}), refused({"userId": "$user"})],
    "POST /api/conversations/{id}/claim": [Ask(owner=409)],
    "POST /api/conversations/{id}/transfer": [
        Ask({"userId": "@user"}),
        refused({"userId": "$user"}),
        refused({"teamId": "$team"}),
    ],
    "POST /api/conversations/{id}/close": [Ask(), Ask({"resolution": "RESOLVED", "notes": "x"})],
    "POST /api/conversations/{id}/reopen": [Ask(), Ask({"asItWas": True})],
    "POST /api/conversations/{id}/snooze": [Ask({"until": "2100-01-01T00:00:00Z"}, owner=409)],  # nobody has it
    "DELETE /api/conversations/{id}/snooze": [Ask()],
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
    "GET /api/reports/figures": [OPEN, *(searches(**{name: f"${noun}"})._replace(nothing='"begun":0') for name, noun in _NARROW)],
    "GET /api/reports/latency": [OPEN, searches(channelId="$channel")._replace(nothing='"messages":0')],
    "GET /api/reports/conversations.csv": [
        OPEN, *(searches(**{name: f"${noun}"})._replace(nothing="Mensagens\r\n") for name, noun in _NARROW)
    ],
    "GET /api/dashboard": [OPEN],
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
        Ask({"phoneNumberId": "@phone_number_id", **NUMBER}, status=409, owner=409),
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
    "PATCH /api/tenant": [
        Ask({"name": "x"}, status=200),
        Ask({"settings": {"branding": {"logoMediaId": "$media"}}}, status=400),
    ],
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
    "GET /api/views": [OPEN],
    "POST /api/views": [Ask({"name": "x#", "filters": {}}, status=201)],
    "DELETE /api/views/{id}": [Ask()],
    "GET /api/canned-responses": [OPEN],
    "POST /api/canned-responses": [Ask({"shortcut": "x#", "content": "x"}, status=201)],
    "GET /api/canned-responses/{id}": [Ask()],
    "PATCH /api/canned-responses/{id}": [Ask({"content": "x"})],
    "DELETE /api/canned-responses/{id}": [Ask()],
    "GET /api/events": [OPEN],
    "GET /api/alarms": [OPEN],
    "GET /api/audit": [OPEN, searches(actorId="$user"), Ask(query={"cursor": "$cursor"}, status=200)],
    # Programs
    "GET /api/api-keys": [OPEN],
    "POST /api/api-keys": [Ask({"name": "x", "role": "AGENT"}, status=201)],
    "DELETE /api/api-keys/{id}": [Ask()],
    # Webhooks that leave the house
    "GET /api/webhooks": [OPEN],
    "POST /api/webhooks": [Ask({"url": "http://127.0.0.1:9/x", "events": ["message.added"]}, status=201)],
    "GET /api/webhooks/{id}": [Ask()],
    "PATCH /api/webhooks/{id}": [Ask({"enabled": False})],
    "DELETE /api/webhooks/{id}": [Ask()],
    "POST /api/webhooks/{id}/rotate-secret": [Ask()],
    "POST /api/webhooks/{id}/test": [Ask()],
    "GET /api/webhooks/{id}/deliveries": [Ask(), Ask(query={"cursor": "$cursor"}, own=True, status=200)],
    "POST /api/webhooks/{id}/deliveries/{deliveryId}/replay": [Ask()],
    # What of the provider's could not be applied
    "GET /api/dead-letters": [OPEN, Ask(query={"cursor": "$cursor"}, status=200)],
    "GET /api/dead-letters/{id}": [Ask()],
    "POST /api/dead-letters/{id}/replay": [Ask()],
    "DELETE /api/dead-letters/{id}": [Ask()],
    # Who is there, and who waits
    "GET /api/presence": [OPEN],
    "POST /api/presence": [Ask({"away": True}, status=200)],
    "GET /api/queue": [OPEN],
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
ASKS["POST /api/messages/template"] += [
    refused({"conversationId": "@conversation", "templateName": "oi", "mediaId": "$media"})
]
NOUN_OF = {
    "conversations": "conversation", "messages": "message", "contacts": "contact", "phone": "phone", "media": "media",
    "channels": "channel", "users": "user", "teams": "team", "tags": "tag", "canned-responses": "canned_response",
    "views": "view",
    "integrations": "integration", "api-keys": "api_key", "webhooks": "webhook", "deliveries": "delivery",
    "dead-letters": "dead_letter",
}  # fmt: skip
_EXCEPTIONS = {
    "POST /api/messages/{id}/retry": "failed_message",
    "POST /api/messages/{id}/discard": "failed_message",  # it waits again since the retry
    "DELETE /api/contacts/{id}": "other_contact",
    "POST /api/dead-letters/{id}/replay": "other_dead_letter",
}
# What each route asks of a role.
NEEDS = needing(
    {
        None: """
        GET /auth/me, POST /auth/change-password, GET /api/tenant, GET /api/presence, POST /api/presence
    """,
        Permission.CONVERSATIONS_READ: """
        GET /api/conversations, GET /api/conversations/stats, GET /api/conversations/counts, GET /api/conversations/{id},
        GET /api/conversations/{conversationId}/stats, GET /api/conversations/{conversationId}/messages,
        GET /api/messages/search, GET /api/messages/{id}, GET /api/messages/{id}/timeline, GET /api/media/{id},
        GET /api/events, GET /api/queue, GET /api/views, POST /api/views
    """,
        Permission.CONVERSATIONS_WORK: """
        POST /api/conversations, PATCH /api/conversations/{id}, POST /api/conversations/{id}/assign,
        POST /api/conversations/{id}/claim, POST /api/conversations/{id}/transfer, POST /api/conversations/{id}/close,
        POST /api/conversations/{id}/snooze, DELETE /api/conversations/{id}/snooze,
        POST /api/conversations/{id}/reopen, POST /api/conversations/{id}/notes, POST /api/conversations/{id}/read,
        POST /api/conversations/{id}/messages, POST /api/messages, POST /api/messages/template,
        POST /api/messages/buttons, POST /api/messages/list, POST /api/messages/{id}/read,
        POST /api/messages/{id}/retry, POST /api/messages/{id}/discard, POST /api/media, POST /api/media/upload
    """,
        Permission.CONTACTS_READ: """
        GET /api/contacts, GET /api/contacts/stats, GET /api/contacts/phone/{number}, GET /api/contacts/{id}
    """,
        Permission.CONTACTS_EDIT: "POST /api/contacts, PATCH /api/contacts/{id}",
        Permission.CONTACTS_DELETE: "DELETE /api/contacts/{id}, POST /api/contacts/{id}/merge",
        Permission.CATALOG_READ: """
        GET /api/templates, GET /api/users, GET /api/users/{id}, GET /api/teams, GET /api/teams/{id}, GET /api/tags,
        GET /api/canned-responses, GET /api/canned-responses/{id}
    """,
        Permission.CATALOG_EDIT: """
        POST /api/templates/sync, POST /api/teams, PATCH /api/teams/{id}, DELETE /api/teams/{id}, POST /api/tags,
        PATCH /api/tags/{id}, DELETE /api/tags/{id}, POST /api/canned-responses, PATCH /api/canned-responses/{id},
        DELETE /api/canned-responses/{id}, DELETE /api/views/{id}
    """,
        Permission.REPORTS_READ: """
        GET /api/reports/overview, GET /api/reports/attendants, GET /api/reports/hourly, GET /api/reports/figures,
        GET /api/reports/latency, GET /api/reports/conversations.csv, GET /api/dashboard
    """,
        # Whom it may touch is more than a route can say: tests/dialects/native/test_users.py.
        Permission.AGENTS_EDIT: "POST /api/users, PATCH /api/users/{id}, DELETE /api/users/{id}",
        Permission.CHANNELS_READ: "GET /api/channels, GET /api/channels/{id}",
        Permission.CHANNELS_EDIT: """
        POST /api/channels, POST /api/channels/sandbox, PATCH /api/channels/{id}, DELETE /api/channels/{id},
        POST /api/channels/{id}/check
    """,
        Permission.TENANT_EDIT: """
        PATCH /api/tenant, GET /api/integrations, POST /api/integrations, GET /api/integrations/{id},
        PATCH /api/integrations/{id}, DELETE /api/integrations/{id}, POST /api/integrations/{id}/check,
        GET /api/api-keys, POST /api/api-keys, DELETE /api/api-keys/{id},
        GET /api/webhooks, POST /api/webhooks, GET /api/webhooks/{id}, PATCH /api/webhooks/{id},
        DELETE /api/webhooks/{id}, POST /api/webhooks/{id}/rotate-secret, POST /api/webhooks/{id}/test,
        GET /api/webhooks/{id}/deliveries,
        POST /api/webhooks/{id}/deliveries/{deliveryId}/replay, GET /api/dead-letters,
        GET /api/dead-letters/{id}, POST /api/dead-letters/{id}/replay, DELETE /api/dead-letters/{id}
    """,
        Permission.ALARMS_READ: "GET /api/alarms",
        Permission.AUDIT_READ: "GET /api/audit",
    }
)

_EVENTS = {
    "conversation:join": [Tried("$conversation"), Tried({"conversationId": "$conversation"})],
    # Nothing to leave: no difference.
    "conversation:leave": [Tried({"conversationId": "$conversation"}, refused=False)],
    "conversation:typing": [Tried({"conversationId": "$conversation", "isTyping": True})],
    "conversation:viewing": [Tried({"conversationId": "$conversation", "isViewing": True})],
    "user:typing": [Tried({"conversationId": "$conversation", "isTyping": True})],
    "messages:mark-read": [Tried({"messageIds": ["$message"]}, refused=False)],  # answers an empty list
    "ping": [Tried(None, refused=False)],
    "join-tenant": [Tried({"tenantSlug": "$slug"})],
    "auth:refresh": [Tried({"token": "$token"}, exact=True)],
    "sync": [Tried({"after": 0, "limit": 500, "live": True}, refused=False)],  # its own feed
}
# Those that are about no permission do nothing that a colleague could not see him do.
_EVENT_NEEDS = needing({
    None: "conversation:join, conversation:leave, conversation:viewing, ping, join-tenant, auth:refresh",
    Permission.CONVERSATIONS_READ: "sync",
    Permission.CONVERSATIONS_WORK: "conversation:typing, user:typing, messages:mark-read",
})  # fmt: skip
_PUBLIC = """
    POST /auth/register, POST /auth/login, POST /auth/refresh, POST /auth/logout, GET /webhooks/whatsapp,
    GET /webhooks/whatsapp/{tenantSlug}, POST /webhooks/whatsapp, POST /webhooks/whatsapp/{tenantSlug}, GET /health,
    GET /ready, GET /metrics, GET /api/schema/, GET /api/docs/, GET /api/docs/start.js, GET /api/redoc/,
    GET /api/redoc/start.js
"""
WIRE = Wire(
    name="native",
    routes=native.routes,
    public=frozenset(needing({None: _PUBLIC})),
    asks=ASKS,
    needs=NEEDS,
    nouns=NOUN_OF,
    exceptions=_EXCEPTIONS,
    code="error",
    error=frozenset({"error", "message"}),
    nothing='"data":[]',
    vocabulary=native.vocabulary,
    events=_EVENTS,
    event_needs=_EVENT_NEEDS,
    answers=frozenset(
        {"tail", "pong", "error", "conversation:left", "messages:marked-read", "presence:changed"}
    ),
    listening=on_socket_io,
)
