"""Mensagens (seed 003): what may be sent, and how a message is shown."""

import base64
import binascii
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, Field, PlainValidator, StringConstraints, WithJsonSchema, computed_field

from server.desk import media
from server.desk.messages.content import AnyContent, MediaContent, Template, Text
from server.desk.messages.models import Automatic, Kind, Media
from server.desk.messages.sending import Sent
from server.dialects.isp.media import media_address, media_id_in
from server.dialects.isp.schemas import Hidden, In, Moment, Out
from server.dialects.isp.words import BOT, DirectionWord, KindWord, StatusWord, in_wire_names, inside
from server.web.endpoint import Answer
from server.web.wire import TooLarge, UnsupportedMediaType
from tenants.context import Context
from tenants.problems import Invalid

C = TypeVar("C", bound=BaseModel)

# The largest picture that WhatsApp takes, in base64, with room for what is around it.
MAX_BYTES = 7_500_000
Caption = Annotated[str, StringConstraints(max_length=1024)]
Filename = Annotated[str, StringConstraints(max_length=240)]
Components = Annotated[list[dict[str, Any]], Field(max_length=20)]


class File(In):
    """`url`: an address, a `data:` URI, or the file itself in base64."""

    url: Annotated[str, StringConstraints(min_length=1, max_length=MAX_BYTES)]
    caption: Caption | None = None
    filename: Filename | None = None


class TemplateIn(In):
    template_name: str
    language: str = "pt_BR"
    components: Components | None = None

    def as_content(self) -> Template:
        return in_wire_names(
            Template,
            template_name=self.template_name,
            language_code=self.language,
            components=self.components,
        )


def _text_or_object(value: Any) -> str | dict[str, Any]:
    if isinstance(value, str | dict) and value:
        return value
    raise ValueError("Precisa ser um texto ou um objeto, e não pode estar vazio.")


Content = Annotated[
    str | dict[str, Any],
    PlainValidator(_text_or_object),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 1},
                File.model_json_schema(),
                TemplateIn.model_json_schema(),
            ]
        }
    ),
]


class MessageIn(In):
    """`content`: the text; of a file its address, a `data:` URI, base64, or `{url, caption}`; of a template its name or what
    `POST /whatsapp/send-template` takes.
    """

    type: Literal["text", "image", "document", "template"] = "text"
    content: Content

    async def for_sending(self, ctx: Context) -> AnyContent:
        """A file that came with the body is in our store afterwards."""
        if self.type == "text":
            return in_wire_names(Text, text=self.content)
        if self.type == "template":
            return _read(TemplateIn, self.content, "template_name").as_content()
        return await _file(ctx, _FILES[self.type], _read(File, self.content, "url"))


def _read(model: type[C], said: str | dict[str, Any], of_text: str) -> C:
    """The object that `content` is, or that a bare text stands for."""
    return inside("content", model, said if isinstance(said, dict) else {of_text: said})


_FILES: dict[str, Kind] = {"image": Kind.IMAGE, "document": Kind.DOCUMENT}


async def _file(ctx: Context, kind: Kind, file: File) -> MediaContent:
    beside = {"kind": kind, "caption": file.caption, "filename": file.filename}
    if ours := media_id_in(file.url):
        return in_wire_names(MediaContent, media_id=ours, **beside)
    if file.url.startswith(("http://", "https://")):
        return in_wire_names(MediaContent, link=file.url, **beside)
    stored = await _upload(ctx, kind, file)
    return in_wire_names(MediaContent, media_id=stored.id, **beside)


async def _upload(ctx: Context, kind: Kind, file: File) -> media.StoredMedia:
    declared, raw = _decoded(file.url)
    try:
        return await media.upload(ctx, _once(raw), filename=file.filename, declared=declared, kind=kind)
    except media.FileTooLarge as large:
        raise TooLarge(large.message, fields=large.fields) from large
    except media.TypeRefused as refused:
        raise UnsupportedMediaType(refused.message, fields=refused.fields) from refused


def _decoded(text: str) -> tuple[str | None, bytes]:
    """The type that a `data:` URI names, and the bytes. White space between the digits means nothing."""
    declared, digits = None, text
    if text.startswith("data:"):
        head, _, digits = text.partition(",")
        declared = head.removeprefix("data:").removesuffix(";base64") or None
    try:
        return declared, base64.b64decode("".join(digits.split()), validate=True)
    except (binascii.Error, ValueError) as broken:
        raise Invalid.field("content", "Envie um endereço http(s), um data: URI ou base64.") from broken


async def _once(raw: bytes) -> AsyncIterator[bytes]:
    yield raw


class MessageOut(Out):
    """`content`: the text, or the address of the file (empty until it is here) with its text as `caption`.

    `sent_by`: `bot`, or the name of who wrote it; null of what customers write.
    """

    id: str
    conversation_id: str
    direction: DirectionWord
    type: Annotated[KindWord, Field(validation_alias="kind")]
    timestamp: Moment
    status: StatusWord
    text: Hidden[str]
    media: Hidden[Media | None]
    automatic: Hidden[Automatic | None]
    sent_by_name: Hidden[str | None]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def content(self) -> str:
        if self.media is None:
            return self.text
        return media_address(self.media.id) if self.media.id else self.media.link or ""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def caption(self) -> str | None:
        return self.text or None if self.media else None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def sent_by(self) -> str | None:
        return BOT if self.automatic else self.sent_by_name


def answered(sent: Sent) -> Answer:
    """201; 200 where the key was used before, and this is what was sent then."""
    return Answer(MessageOut.of(sent.message), status=201 if sent.new else 200)
