"""What a channel hands to the desk, in no provider's words. Every provider's `parse.py` makes these."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from server.desk.messages.models import Kind, SendError


class Sender(BaseModel):
    """Who wrote. At least one of `wa_id` and `user_id` is there; a phone may be missing (BSUID users).

    `wa_id`: digits as the provider wrote them, kept verbatim for sending. `user_id`: business-scoped user id.
    """

    wa_id: str | None = None
    user_id: str | None = None
    name: str | None = None
    username: str | None = None


class InboundMedia(BaseModel):
    provider_id: str
    mime_type: str | None = None
    sha256: str | None = None  # as the provider wrote it: base64 or hex
    filename: str | None = None
    voice: bool = False
    animated: bool = False
    url: str | None = None


class Received(BaseModel):
    """A message of the customer's, or (`echo`) one that the business wrote in its phone app.

    `details` per kind: LOCATION {latitude, longitude, name, address, url}; CONTACTS {contacts: [vCard-like]};
    REACTION {emoji, target} (emoji "" removes); INTERACTIVE {interactive_type: button_reply|list_reply|form_reply|
    template_button, id, title, description, payload, response}; ORDER {catalog_id, items}; SYSTEM {event, …};
    UNSUPPORTED {reason, raw}. Any kind may have {forwarded, frequently_forwarded, referral, referred_product}.
    """

    wamid: str
    at: datetime
    sender: Sender
    kind: Kind
    text: str = ""
    details: dict[str, Any] = Field(default_factory=dict)
    media: InboundMedia | None = None
    reply_to: str | None = None  # wamid
    echo: bool = False


class StatusReported(BaseModel):
    """`status`: sent, delivered, read, played or failed, as the provider says it."""

    wamid: str
    status: str
    at: datetime
    recipient: str | None = None
    opaque: str | None = None  # what we attached when sending: `{"m": id, "a": attempt}`
    error: SendError | None = None
    pricing: dict[str, Any] | None = None
    conversation: dict[str, Any] | None = None


class Edited(BaseModel):
    target: str  # wamid
    at: datetime
    text: str


class Revoked(BaseModel):
    target: str  # wamid
    at: datetime


class IdentityChanged(BaseModel):
    """A customer has a new phone number or a new business-scoped id."""

    at: datetime
    old: Sender
    new: Sender


class MarketingPreference(BaseModel):
    at: datetime
    sender: Sender
    opted_in: bool


class TemplateReported(BaseModel):
    """`change`: status, category, quality or components; `state` holds what is new, in the desk's template fields."""

    name: str
    language: str
    change: str
    state: dict[str, Any]


class ChannelReported(BaseModel):
    """Something about the number or the account: quality, name, limits, restriction, alert. Kept and shown."""

    field: str
    event: str
    severity: str = "info"  # info, warning, critical
    parks: bool = False  # critical enough that sending must stop
    raw: dict[str, Any] = Field(default_factory=dict)


class Unknown(BaseModel):
    """A field or shape that nobody knows yet: kept raw, never lost."""

    field: str
    raw: dict[str, Any]


Inbound = (
    Received
    | StatusReported
    | Edited
    | Revoked
    | IdentityChanged
    | MarketingPreference
    | TemplateReported
    | ChannelReported
    | Unknown
)
