"""What is tried over the ISP chat's dialect. Each request names the other tenant in a header, which must mean nothing."""

import base64
import hashlib

from server.dialects import isp
from server.dialects.isp import sockets
from tenants.permissions import Permission
from tests.asks.wire import OPEN, Ask, Tried, Wire, needing, refused, searches
from tests.factories import PIXEL
from tests.isp import STRONG
from tests.wall.listening import on_web_socket

_ETAG = f'"{hashlib.sha256(PIXEL).hexdigest()}"'  # of a file that both tenants have
_IMAGE = base64.b64encode(PIXEL).decode()
_HERE = "/api/v1/conversations/{conversation_id}"
_ASKS = {
    "POST /api/v1/auth/logout": [OPEN],
    "GET /api/v1/auth/me": [OPEN],
    # Users. Their ids are numbers, each tenant its own.
    "GET /api/v1/users": [OPEN],
    "POST /api/v1/users": [
        Ask({"email": "y#@x.com", "nome": "x", "password": STRONG}, status=201),
        # That an address is known elsewhere makes no difference here.
        Ask({"email": "$user_email", "nome": "x", "password": STRONG}, status=201, owner=409, exact=True),
    ],
    "GET /api/v1/users/{user_id}": [Ask()],
    "PUT /api/v1/users/{user_id}": [Ask({"nome": "x"}), Ask({"is_active": True})],
    "DELETE /api/v1/users/{user_id}": [Ask()],
    # Conversations
    "GET /api/v1/conversations": [OPEN, searches(assigned_to="$user_number")],
    f"GET {_HERE}": [Ask(), refused(query={"before": "$message"})],
    f"POST {_HERE}/messages": [
        Ask({"content": "x"}),
        Ask({"type": "template", "content": "x"}),
        Ask({"type": "image", "content": _IMAGE}),
        refused({"type": "image", "content": "/api/v1/media/$media"}),
        refused({"type": "image", "content": {"url": "https://balcao.example/api/v1/media/$media"}}),
    ],
    f"POST {_HERE}/transfer": [Ask({"to_agent_id": "@user_number"}), refused({"to_agent_id": "$user_number"})],
    f"POST {_HERE}/close": [Ask({"resolution": "resolved", "notes": "x"})],
    f"POST {_HERE}/rating": [Ask({"rating": 5})],
    # The assistant
    "POST /api/v1/chatbot/message": [
        Ask({"message": "x"}, status=200),
        Ask({"conversation_id": "$conversation", "message": "x"}),
    ],
    # It has been closed above.
    "POST /api/v1/chatbot/escalate": [Ask({"conversation_id": "$conversation", "reason": "x"}, owner=409)],
    "GET /api/v1/chatbot/status": [OPEN],
    "GET /api/v1/chatbot/intents": [OPEN],
    # The house right now
    "GET /api/v1/dashboard/metrics": [OPEN],
    "GET /api/v1/dashboard/agents": [OPEN],
    "GET /api/v1/dashboard/queue": [OPEN],
    # By telephone: another's customer is anybody, to whom only a template may be sent.
    "POST /api/v1/whatsapp/send": [
        Ask({"to": "$phone", "content": "x"}, status=409, owner=201, exact=True),
        refused({"to": "@phone", "type": "image", "content": "/api/v1/media/$media"}),
    ],
    "POST /api/v1/whatsapp/send-template": [
        Ask({"to": "$phone", "template_name": "x"}, status=201, exact=True),
    ],
    "GET /api/v1/media/{media_id}": [
        Ask(),
        Ask(headers={"Range": "bytes=0-3"}, owner=206),
        Ask(headers={"If-None-Match": _ETAG}, owner=304),
    ],
}  # fmt: skip
_NEEDS = needing({
    None: "POST /api/v1/auth/logout, GET /api/v1/auth/me, GET /api/v1/chatbot/intents",
    Permission.CONVERSATIONS_READ: f"""
        GET /api/v1/conversations, GET {_HERE}, GET /api/v1/chatbot/status, GET /api/v1/dashboard/queue,
        GET /api/v1/media/{{media_id}}
    """,
    Permission.CONVERSATIONS_WORK: f"""
        POST {_HERE}/messages, POST {_HERE}/transfer, POST {_HERE}/close, POST {_HERE}/rating,
        POST /api/v1/chatbot/message, POST /api/v1/chatbot/escalate, POST /api/v1/whatsapp/send,
        POST /api/v1/whatsapp/send-template
    """,
    Permission.CATALOG_READ: "GET /api/v1/users/{user_id}",
    Permission.REPORTS_READ: "GET /api/v1/dashboard/metrics, GET /api/v1/dashboard/agents",
    Permission.AGENTS_EDIT: """
        GET /api/v1/users, POST /api/v1/users, PUT /api/v1/users/{user_id}, DELETE /api/v1/users/{user_id}
    """,
})  # fmt: skip
_THERE = {"conversation_id": "$conversation"}
_EVENTS = {
    "join_conversation": [Tried(_THERE)],
    "leave_conversation": [Tried(_THERE, refused=False)],  # nothing to leave: no difference
    "send_message": [
        Tried({**_THERE, "content": "x"}),
        Tried({**_THERE, "message_type": "image", "content": _IMAGE}),
        Tried({**_THERE, "message_type": "image", "content": "/api/v1/media/$media"}),
    ],
    "typing_start": [Tried(_THERE)],
    "typing_stop": [Tried(_THERE, refused=False)],  # nothing to stop: no answer
    "ping": [Tried({}, refused=False)],
    "auth": [Tried({"token": "$token"}, exact=True)],
    "sync": [Tried({"after": 0, "limit": 500}, refused=False), Tried({}, refused=False)],  # its own feed
}
_EVENT_NEEDS = needing({
    None: "leave_conversation, typing_stop, ping, auth",
    Permission.CONVERSATIONS_READ: "join_conversation, sync",
    (Permission.CONVERSATIONS_READ, Permission.CONVERSATIONS_WORK): "send_message, typing_start",
})  # fmt: skip
_PUBLIC = """
    POST /api/v1/auth/login, POST /api/v1/auth/register, POST /api/v1/auth/refresh, GET /api/v1/whatsapp/webhook,
    POST /api/v1/whatsapp/webhook, GET /api/v1/openapi.json, GET /api/v1/docs, GET /api/v1/docs/start.js,
    GET /api/v1/redoc, GET /api/v1/redoc/start.js
"""
WIRE = Wire(
    name="isp",
    routes=isp.routes,
    public=frozenset(needing({None: _PUBLIC})),
    asks=_ASKS,
    needs=_NEEDS,
    nouns={"users": "user_number", "conversations": "conversation", "media": "media"},
    headers={"X-Tenant-Slug": "$slug"},
    code="error_code",
    error=frozenset({"detail", "error_code"}),
    nothing='"conversations":[]',
    vocabulary=sockets.vocabulary,
    events=_EVENTS,
    event_needs=_EVENT_NEEDS,
    answers=frozenset({"pong", "error", "conversation_left", "sync"}),
    listening=on_web_socket,
)
