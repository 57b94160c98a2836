"""The errors of the Graph API, by code (whatsapp.md 1.6)."""

import base64
import os
from dataclasses import dataclass
from typing import Any

ERRORS_PAGE = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"

# code: (HTTP status, title)
KNOWN: dict[int, tuple[int, str]] = {
    0: (401, "AuthException"),
    1: (400, "API Unknown"),
    2: (503, "API Service"),
    3: (500, "API Method"),
    4: (400, "API Too Many Calls"),
    10: (403, "Permission Denied"),
    33: (400, "Parameter value is not valid"),
    100: (400, "Invalid parameter"),
    190: (401, "Access token has expired"),
    200: (403, "API Permission"),
    368: (403, "Temporarily blocked for policies violations"),
    80007: (400, "Rate limit issues"),
    130403: (400, "Message blocked: the business blocked this user"),
    130429: (400, "Rate limit hit"),
    130472: (400, "User's number is part of an experiment"),
    130497: (403, "Business account is restricted from messaging users in this country."),
    131000: (500, "Something went wrong"),
    131005: (403, "Access denied"),
    131008: (400, "Required parameter is missing"),
    131009: (400, "Parameter value is not valid"),
    131016: (500, "Service unavailable"),
    131021: (400, "Recipient cannot be sender"),
    131026: (400, "Message undeliverable"),
    131030: (400, "Recipient phone number not in allowed list"),
    131031: (403, "Business Account locked"),
    131037: (400, "The WhatsApp number used for the request does not have an approved display name"),
    131042: (400, "Business eligibility payment issue"),
    131045: (500, "Incorrect certificate"),
    131047: (400, "Re-engagement message"),
    131048: (400, "Spam Rate limit hit"),
    131049: (400, "This message was not delivered to maintain healthy ecosystem engagement."),
    131050: (400, "User has stopped receiving marketing messages from this business"),
    131051: (400, "Unsupported message type"),
    131052: (400, "Media download error"),
    131053: (400, "Media upload error"),
    131056: (400, "(Business Account, Consumer Account) pair rate limit hit"),
    131057: (500, "Account in maintenance mode"),
    131062: (400, "Business-scoped user ids are not supported for this message"),
    131063: (400, "Template category is not supported"),
    131064: (400, "Messaging limit reached"),
    132000: (400, "Number of parameters does not match the expected number of params"),
    132001: (404, "Template name does not exist in the translation"),
    132005: (400, "Translated text too long"),
    132007: (400, "Template format character policy violated"),
    132008: (400, "Parameter value does not match the template"),
    132012: (400, "Parameter format does not match format in the created template"),
    132015: (400, "Template is paused"),
    132016: (400, "Template is disabled"),
    132018: (400, "There is an issue with the parameters of the template"),
    132068: (400, "Flow is blocked"),
    132069: (400, "Flow is throttled"),
    133000: (500, "Incomplete deregistration"),
    133004: (503, "Server temporarily unavailable"),
    133005: (400, "Two step verification PIN mismatch"),
    133006: (400, "Phone number re-verification needed"),
    133008: (400, "Too many two step verification PIN guesses"),
    133009: (400, "Two step verification PIN guessed too fast"),
    133010: (400, "Phone number not registered"),
    133015: (400, "Please wait a few minutes before attempting to register this phone number"),
    133016: (400, "Account register deregister rate limit exceeded"),
    135000: (400, "Generic user error"),
}


@dataclass(slots=True)
class GraphError(Exception):
    """An error answer. `message` replaces `(#code) title`; `details` goes to `error_data.details`."""

    code: int
    details: str = ""
    message: str = ""
    subcode: int | None = None
    kind: str = "OAuthException"
    status: int | None = None

    @property
    def title(self) -> str:
        return KNOWN.get(self.code, (400, "Unknown error"))[1]

    @property
    def http_status(self) -> int:
        return self.status or KNOWN.get(self.code, (400, ""))[0]

    def body(self) -> dict[str, Any]:
        error: dict[str, Any] = {
            "message": self.message or f"(#{self.code}) {self.title}",
            "type": self.kind,
            "code": self.code,
        }
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        error["fbtrace_id"] = base64.urlsafe_b64encode(b"A" + os.urandom(16)).decode().rstrip("=")
        return {"error": error}

    def in_status(self) -> dict[str, Any]:
        """The same error inside `statuses[].errors` of a webhook."""
        return {
            "code": self.code,
            "title": self.title,
            "message": self.message or self.title,
            "error_data": {"details": self.details or self.title},
            "href": ERRORS_PAGE,
        }


def unknown_object(method: str, object_id: str) -> GraphError:
    return GraphError(
        100,
        message=f"Unsupported {method.lower()} request. Object with ID '{object_id}' does not exist, cannot be"
        " loaded due to missing permissions, or does not support this operation. Please read the Graph API"
        " documentation at https://developers.facebook.com/docs/graph-api",
        subcode=33,
        kind="GraphMethodException",
    )


def bad_token(reason: str = "The access token could not be decrypted") -> GraphError:
    return GraphError(190, message=f"Invalid OAuth access token - {reason}")


def parameter(message: str) -> GraphError:
    """(#100): the request is not shaped as documented."""
    return GraphError(100, message=f"(#100) {message}", details=message)


def value(details: str) -> GraphError:
    """(#131009): the shape is right, a value is not."""
    return GraphError(131009, details=details)


def missing(details: str) -> GraphError:
    """(#131008)."""
    return GraphError(131008, details=details)
