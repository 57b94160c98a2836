"""What of the provider's webhooks could not be applied."""

import asyncio
from typing import Annotated

import orjson
from pydantic import BaseModel, BeforeValidator, Field

from server.desk import dead_letters
from server.desk.dead_letters import Cause, Opened
from server.dialects.native.schemas import Moment, Out, Query
from server.redaction import DEEPEST, redact
from server.web.endpoint import Routes
from server.web.pages import Keyset, decode_cursor, encode_cursor
from tenants.context import Context

routes = Routes("Eventos não aplicados")
_SHOWN = 64 * 1024  # characters


class DeadLetterQuery(Query):
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class ChannelNamed(Out):
    id: str
    name: str


class DeadLetterOut(Out):
    """`phoneNumberId`: what it is about, as far as that is known; `channel` is null where no channel has that number."""

    id: str
    at: Moment
    reason: Cause
    error: Annotated[str | None, BeforeValidator(redact)]
    channel: ChannelNamed | None
    phoneNumberId: Annotated[str | None, Field(validation_alias="number")]
    size: int


class OpenedOut(DeadLetterOut):
    """`content`: JSON where it is some, without tokens and secrets; `cut` where there is more than is shown."""

    content: str
    cut: bool


class DeadLetters(BaseModel):
    """`counts`: how many there are in all, by reason."""

    data: list[DeadLetterOut]
    nextCursor: str | None
    counts: dict[str, int]


@routes.get("/api/dead-letters")
async def list_dead_letters(ctx: Context, query: DeadLetterQuery) -> DeadLetters:
    """O que o WhatsApp enviou e não pôde ser aplicado, do mais novo ao mais antigo; sem o conteúdo."""
    below = decode_cursor(query.cursor) if query.cursor else None
    found = await dead_letters.page(ctx, limit=query.limit, below=below)
    last = found.letters[-1] if found.more else None
    return DeadLetters(
        data=DeadLetterOut.each(found.letters),
        nextCursor=encode_cursor(Keyset(last.at, last.id)) if last else None,
        counts={reason.value: count for reason, count in found.counts.items()},
    )


@routes.get("/api/dead-letters/{id}")
async def read_dead_letter(ctx: Context, id: str) -> OpenedOut:
    """Um deles, com o conteúdo sem segredos."""
    found = await dead_letters.opened(ctx, id)
    # It may have megabytes, which nobody else should wait for.
    return await asyncio.to_thread(_shown, found)


@routes.post("/api/dead-letters/{id}/replay", status=204)
async def replay_dead_letter(ctx: Context, id: str) -> None:
    """Passa pelo processamento mais uma vez. Se ainda não puder ser aplicado, volta para esta lista."""
    await dead_letters.replay(ctx, id)


@routes.delete("/api/dead-letters/{id}")
async def remove_dead_letter(ctx: Context, id: str) -> None:
    """Apaga sem aplicar."""
    await dead_letters.remove(ctx, id)


def _shown(opened: Opened) -> OpenedOut:
    content = _without_secrets(opened.content)
    return OpenedOut.model_validate(
        {**opened.letter.model_dump(), "content": content[:_SHOWN], "cut": len(content) > _SHOWN}
    )


def _without_secrets(raw: bytes) -> str:
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return str(redact(raw[: 4 * _SHOWN].decode(errors="replace")))
    # Twice as deep as for logs: a message stands eight levels down in its body.
    return orjson.dumps(redact(value, depth=-DEEPEST), option=orjson.OPT_INDENT_2).decode()
