"""The verbs of messages, in one place for those who call them."""

from server.desk.messages.reading import mark_read, read_conversation
from server.desk.messages.receiving import receive
from server.desk.messages.sending import discard, note, retry, send

__all__ = ["discard", "mark_read", "note", "read_conversation", "receive", "retry", "send"]
