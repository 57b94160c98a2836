"""What may be wrong, by name: whoever says it in other words has the whole list (tests/dialects/native/test_problems.py)."""

from typing import Literal

# `error` of an answer.
Code = Literal[
    "ANSWERED_MEANWHILE", "BAD_REQUEST", "CONFLICT", "CONVERSATION_CLOSED", "CONVERSATION_OPEN",
    "FORBIDDEN", "INTERNAL_ERROR", "INVALID_JSON", "INVALID_SIGNATURE", "LOCKED", "METHOD_NOT_ALLOWED",
    "NOBODY_HAS_IT", "NOT_FOUND", "NO_CHANNEL", "PAYLOAD_TOO_LARGE", "PROVIDER_REFUSED", "RATE_LIMITED",
    "TENANT_MISMATCH", "TENANT_REQUIRED", "TENANT_SUSPENDED", "UNAUTHENTICATED", "UNAVAILABLE",
    "UNSUPPORTED_MEDIA_TYPE", "VALIDATION_ERROR", "VERIFICATION_REFUSED", "WINDOW_CLOSED",
    "WRONG_PASSWORD",
]  # fmt: skip

# More exact than that, where there is more to say.
Reason = Literal[
    "ALREADY_CLAIMED", "ANOTHER_IS_OPEN", "API_KEY_NOT_FOUND", "CHANNEL_EXISTS",
    "CHANNEL_NOT_FOUND", "CONTACT_NOT_FOUND", "CONVERSATION_NOT_FOUND", "DEAD_LETTER_NOT_FOUND",
    "DELIVERY_NOT_FOUND", "EMAIL_TAKEN", "EVENT_FORGOTTEN", "FILE_TOO_LARGE", "FOR_PEOPLE_ONLY",
    "INTEGRATION_EXISTS", "INTEGRATION_NOT_FOUND", "KEY_USED_ELSEWHERE", "LAST_ADMIN", "MALFORMED",
    "MEDIA_NOT_FOUND", "MESSAGE_NOT_FOUND", "NOT_ACCEPTABLE_TEXT", "NOT_DISCARDABLE", "NOT_JSON",
    "NOT_RETRYABLE", "NO_SIMULATOR", "ORIGINAL_FORGOTTEN", "PHONE_TAKEN", "SHORTCUT_TAKEN",
    "SLUG_TAKEN", "SUBSCRIPTION_NOT_FOUND", "TAG_TAKEN", "TEAM_IN_USE", "TEAM_TAKEN",
    "TENANT_HEADER_MISSING", "TOKEN_EXPIRED", "TOO_LARGE", "TOO_MANY_PARTS", "TOO_MANY_WEBHOOKS",
    "TYPE_REFUSED", "UNKNOWN_RECIPIENT", "VIEW_NAME_TAKEN", "WRONG_CREDENTIALS",
]  # fmt: skip

# Why one field is wrong, where its message says no more than this.
FieldReason = Literal[
    "missing", "extra_forbidden", "string_type", "string_too_short", "string_too_long",
    "string_pattern_mismatch", "int_type", "int_parsing", "float_type", "float_parsing", "bool_type",
    "bool_parsing", "list_type", "dict_type", "model_type", "enum", "literal_error", "too_short",
    "too_long", "greater_than_equal", "less_than_equal", "finite_number", "datetime_parsing",
    "datetime_from_date_parsing", "date_parsing", "date_type", "date_from_datetime_parsing",
    "date_from_datetime_inexact",
]  # fmt: skip
