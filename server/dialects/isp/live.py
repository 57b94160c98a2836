"""What an agent's socket hears of an event (seed 003, WebSocket, Servidor → Cliente)."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AliasPath, Field

from server.desk import events, queue
from server.desk.conversations.models import Conversation, ConversationStatus, Placement
from server.desk.conversations.queries import sees_placed
from server.desk.messages.models import MOVING, Direction, Message, SendError, Status
from server.desk.queue import Line
from server.dialects.isp.dashboard import PlaceOut, QueueOut
from server.dialects.isp.dialect import envelope
from server.dialects.isp.messages import MessageOut
from server.dialects.isp.schemas import CustomerPhone, Moment, Out
from server.dialects.isp.words import STATUSES, ResolutionWord, Stage, stage_of
from server.realtime import Audience, Digest, Frame
from tenants.models import Actor
from tenants.problems import Problem

Document = dict[str, Any]


class Assigned(Out):
    conversation_id: Annotated[str, Field(validation_alias="id")]
    assigned_to: Annotated[int | None, Field(validation_alias=AliasPath("assigned_to", "number"))]
    agent_name: Annotated[str, Field(validation_alias=AliasPath("assigned_to", "name"))]
    customer_phone: Annotated[CustomerPhone, Field(validation_alias=AliasPath("contact", "phone_number"))]
    customer_name: Annotated[str | None, Field(validation_alias=AliasPath("contact", "name"))]


class Closed(Out):
    conversation_id: str
    status: Stage
    resolution: ResolutionWord | None
    closed_at: Moment | None


class QueuePlace(PlaceOut):
    """As a row of the waiting line, with the conversation that one may take."""

    conversation_id: Annotated[str, Field(validation_alias=AliasPath("conversation", "id"))]


class QueueUpdate(QueueOut):
    queue: Annotated[list[QueuePlace], Field(validation_alias="places")]  # type: ignore[assignment]


def frames(event: Document) -> list[Frame]:
    """The event as stored in the feed. What the document has no word for is shown as nothing."""
    draw = _DRAWN.get(event["kind"])
    return draw(event, event["payload"]) if draw else []


def _message_added(event: Document, payload: Document) -> list[Frame]:
    return _about_message("new_message", event, payload)


def _message_changed(event: Document, payload: Document) -> list[Frame]:
    return _about_message("message_updated", event, payload)


def _about_message(name: str, event: Document, payload: Document) -> list[Frame]:
    message = Message.of(payload["message"])
    if message.direction is Direction.INTERNAL:
        return []
    said = {"conversation_id": event["conversation_id"], "message": MessageOut.of(message).model_dump()}
    return [Frame(name, said, Audience.CONCERNED)]


def _status_changed(event: Document, payload: Document) -> list[Frame]:
    message = payload["message"]
    status = Status(message["status"])
    if status is Status.SENT and message.get("delivery") in MOVING:
        return []  # it still waits here: not sent, whatever a list shows
    error = message.get("error") and SendError.model_validate(message["error"])
    said = {
        "conversation_id": event["conversation_id"],
        "message_id": message["_id"],
        "client_message_id": message.get("client_message_id"),
        "status": STATUSES[status],
        **({"error_code": error.code, "detail": error.title} if error else {}),
    }
    return [Frame("message_status", said, Audience.CONCERNED)]


def _conversation_changed(event: Document, payload: Document) -> list[Frame]:
    conversation = Conversation.of({**payload["conversation"], "tenant_id": event["tenant_id"]})
    changed = payload["changed"]
    shown = []
    if "assigned_to_id" in changed and conversation.assigned_to:
        shown.append(Frame("conversation_assigned", Assigned.of(conversation).model_dump()))
    if "status" in changed and conversation.status is ConversationStatus.CLOSED:
        shown.append(_closed(conversation))
    return shown


def _closed(conversation: Conversation) -> Frame:
    said = Closed(
        conversation_id=conversation.id,
        status=stage_of(conversation.status, conversation.resolution),
        resolution=conversation.resolution,
        closed_at=conversation.closed_at,
    )
    return Frame("conversation_closed", said.model_dump())


_DRAWN: dict[str, Callable[[Document, Document], list[Frame]]] = {
    events.MessageAdded.kind: _message_added,
    events.MessageChanged.kind: _message_changed,
    events.MessageStatusChanged.kind: _status_changed,
    events.ConversationChanged.kind: _conversation_changed,
}
CONCERNING = frozenset(
    {events.MessageAdded.kind, events.MessageChanged.kind, events.MessageStatusChanged.kind}
)


def typing_frames(payload: Document) -> list[Frame]:
    said = {
        "conversation_id": payload["conversation_id"],
        "agent_id": payload["user_number"],
        "agent_name": payload["user_name"],
        "is_typing": payload["is_typing"],
    }
    return [Frame("agent_typing", said, Audience.JOINED)]


def expired(grace: int) -> Frame:
    return Frame("auth_expired", {"grace_seconds": grace})


_ECHOED = ("conversation_id", "client_message_id")
_LONGEST_ECHO = 128


def refusal(problem: Problem, said: Document) -> Document:
    """As an HTTP error is told; `event` and the ids are those of what the client had asked for."""
    asked = {"event": said.get("type"), **{name: said.get(name) for name in _ECHOED}}
    about = {
        name: value for name, value in asked.items() if isinstance(value, str) and len(value) <= _LONGEST_ECHO
    }
    return {**envelope(problem), **about}


# What decides who waits, in which order and before whom.
_IN_LINE = {"priority", "team_id", "contact"}


def _moves_the_line(event: Document) -> bool:
    conversation = event["payload"].get("conversation", {})
    if event["kind"] == events.ConversationOpened.kind:
        return conversation.get("queued_at") is not None
    if event["kind"] != events.ConversationChanged.kind:
        return False
    changed = set(event["payload"]["changed"])
    return "queued_at" in changed or bool(conversation.get("queued_at") and changed & _IN_LINE)


def _queue_frames(line: Line, viewer: Actor | None) -> list[Frame]:
    seen = [place for place in line.places if viewer is None or _may_see(viewer, place.conversation)]
    return [Frame("queue_update", QueueUpdate.of(line._replace(places=seen)).model_dump())]


def _may_see(viewer: Actor, conversation: Conversation) -> bool:
    return sees_placed(viewer, Placement(conversation.assigned_to_id, conversation.team_id))


queue_digest = Digest(wanted=_moves_the_line, read=queue.line, draw=_queue_frames)
