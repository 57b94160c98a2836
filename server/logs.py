"""Logs: lines for people (`text`) or JSON for machines, and no secret in either.

Code says `structlog.get_logger().warning("feed.numbering_delayed", tenant=…)`: an event name in dotted English, the rest
as fields. `structlog.contextvars.bind_contextvars(request_id=…, tenant=…, job=…)` adds what a whole request or job
shares. The standard library's loggers (aiohttp, rq, engineio, asyncio) go the same way.
"""

import logging
import os
import sys
from collections.abc import Sequence
from typing import Literal

import orjson
import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from server.redaction import redact

# What these say below WARNING our own code says better.
CHATTERERS = ("aiohttp", "aiohttp.access", "asyncio", "engineio", "socketio", "rq", "rq.worker", "pymongo")

_FIRST: Sequence[Processor] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def configure(level: str = "INFO", format: Literal["text", "json"] = "text") -> None:
    """Set up structlog and the standard library's logging for this process, on standard error."""
    structlog.configure(
        processors=[*_FIRST, ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, structlog.stdlib.ExtraAdder(), *_FIRST],
            processors=[*_last(format)],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    logging.captureWarnings(capture=True)
    for name in CHATTERERS:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def _last(format: Literal["text", "json"]) -> Sequence[Processor]:
    # Tracebacks are made text before the redaction, and without local variables: those hold tokens.
    safe: Sequence[Processor] = (
        ProcessorFormatter.remove_processors_meta,
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        _redacted,
    )
    if format == "json":
        return (*safe, _json)
    return (
        *safe,
        structlog.dev.ConsoleRenderer(
            colors=in_colour(), pad_event_to=0, exception_formatter=structlog.dev.plain_traceback
        ),
    )


def in_colour() -> bool:
    """Whether a person's terminal is at the other end; `make run` passes FORCE_COLOR on, NO_COLOR always wins."""
    wanted = sys.stderr.isatty() or "FORCE_COLOR" in os.environ
    return wanted and not os.environ.get("NO_COLOR")


def _redacted(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    safe: EventDict = redact(event)
    return safe


def _json(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    return orjson.dumps(event, option=orjson.OPT_NON_STR_KEYS).decode()
