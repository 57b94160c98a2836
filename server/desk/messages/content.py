"""What may be sent, with the limits WhatsApp sets (whatsapp.md 1.2). Out of bounds is `Invalid` before anything is stored."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from server.desk.messages.models import Kind


def _text(limit: int, *, least: int = 1) -> Any:
    return StringConstraints(min_length=least, max_length=limit, strip_whitespace=False)


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("não pode ficar em branco")
    return value


def _https(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("precisa ser um endereço http(s)")
    return value


Body = Annotated[str, _text(1024), AfterValidator(_not_blank)]
LongBody = Annotated[str, _text(4096), AfterValidator(_not_blank)]
Link = Annotated[str, _text(2000), AfterValidator(_https)]
Short = Annotated[str, _text(60)]
ButtonTitle = Annotated[str, _text(20), AfterValidator(_not_blank)]
RowTitle = Annotated[str, _text(24), AfterValidator(_not_blank)]


class Content(BaseModel):
    """`text` is what lists and searches show; `details()` is what else must be kept to send and to draw it."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind

    @property
    def text_shown(self) -> str:
        return ""

    def details(self) -> dict[str, Any]:
        return self.model_dump(exclude={"kind", "text"}, exclude_none=True)


class Text(Content):
    kind: Literal[Kind.TEXT] = Kind.TEXT
    text: LongBody
    preview_url: bool = True

    @property
    def text_shown(self) -> str:
        return self.text


class MediaContent(Content):
    """By `link` (the provider fetches it) or by `media_id` (uploaded to us before)."""

    kind: Literal[Kind.IMAGE, Kind.VIDEO, Kind.AUDIO, Kind.DOCUMENT, Kind.STICKER]
    link: Link | None = None
    media_id: str | None = None
    caption: Annotated[str, _text(1024, least=0)] | None = None
    filename: Annotated[str, _text(240)] | None = None
    voice: bool = False

    @model_validator(mode="after")
    def _one_source(self) -> "MediaContent":
        if (self.link is None) == (self.media_id is None):
            raise ValueError("informe o endereço (content) ou mediaId, um dos dois")
        if self.caption and self.kind in (Kind.AUDIO, Kind.STICKER):
            raise ValueError("áudio e figurinha não têm legenda")
        return self

    @property
    def text_shown(self) -> str:
        return self.caption or ""

    def details(self) -> dict[str, Any]:
        return {"caption": self.caption} if self.caption else {}


class Location(Content):
    kind: Literal[Kind.LOCATION] = Kind.LOCATION
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    name: Annotated[str, _text(1000, least=0)] | None = None
    address: Annotated[str, _text(1000, least=0)] | None = None

    @property
    def text_shown(self) -> str:
        return self.name or self.address or ""


class ContactName(BaseModel):
    model_config = ConfigDict(extra="allow")

    formatted_name: Annotated[str, _text(200)]


class ContactPhone(BaseModel):
    model_config = ConfigDict(extra="allow")

    phone: Annotated[str, _text(40)]


class ContactCard(BaseModel):
    """vCard-like, as WhatsApp takes it; what else it may hold is passed on."""

    model_config = ConfigDict(extra="allow")

    name: ContactName
    phones: list[ContactPhone] = []


class Contacts(Content):
    kind: Literal[Kind.CONTACTS] = Kind.CONTACTS
    contacts: Annotated[list[ContactCard], Field(min_length=1, max_length=5)]

    @property
    def text_shown(self) -> str:
        return ", ".join(card.name.formatted_name for card in self.contacts)


class ReactionContent(Content):
    """`target` is the id of the message reacted to; an empty emoji takes the reaction back."""

    kind: Literal[Kind.REACTION] = Kind.REACTION
    target: str
    emoji: Annotated[str, _text(32, least=0)]

    @property
    def text_shown(self) -> str:
        return self.emoji


class Button(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, _text(256), AfterValidator(_not_blank)]
    title: ButtonTitle


def _distinct(values: list[str], what: str) -> None:
    if len(set(values)) != len(values):
        raise ValueError(f"{what} repetido")


class Buttons(Content):
    kind: Literal[Kind.INTERACTIVE] = Kind.INTERACTIVE
    interactive_type: Literal["button"] = "button"
    body_text: Body
    buttons: Annotated[list[Button], Field(min_length=1, max_length=3)]
    header_text: Short | None = None
    footer_text: Short | None = None

    @model_validator(mode="after")
    def _tell_apart(self) -> "Buttons":
        _distinct([b.id for b in self.buttons], "id de botão")
        _distinct([b.title for b in self.buttons], "título de botão")
        return self

    @property
    def text_shown(self) -> str:
        return self.body_text


class Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, _text(200), AfterValidator(_not_blank)]
    title: RowTitle
    description: Annotated[str, _text(72, least=0)] | None = None


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, _text(24, least=0)] | None = None
    rows: Annotated[list[Row], Field(min_length=1, max_length=10)]


class ListMenu(Content):
    kind: Literal[Kind.INTERACTIVE] = Kind.INTERACTIVE
    interactive_type: Literal["list"] = "list"
    body_text: LongBody
    button_text: ButtonTitle
    sections: Annotated[list[Section], Field(min_length=1, max_length=10)]
    header_text: Short | None = None
    footer_text: Short | None = None

    @model_validator(mode="after")
    def _ten_rows(self) -> "ListMenu":
        rows = [row.id for section in self.sections for row in section.rows]
        if len(rows) > 10:
            raise ValueError("no máximo 10 itens no total")
        _distinct(rows, "id de item")
        if len(self.sections) > 1 and not all(section.title for section in self.sections):
            raise ValueError("com mais de uma seção, cada uma precisa de título")
        return self

    @property
    def text_shown(self) -> str:
        return self.body_text


class Template(Content):
    """An approved template. `parameters` fill the body's placeholders in order; `components` says it all instead.

    `media_id`: the file of its header, uploaded to us before; then `components` says nothing of the header.
    """

    kind: Literal[Kind.TEMPLATE] = Kind.TEMPLATE
    template_name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,512}$")]
    language_code: Annotated[str, StringConstraints(pattern=r"^[a-zA-Z]{2,3}(_[a-zA-Z]{2,4})?$")] = "pt_BR"
    parameters: Annotated[list[Annotated[str, _text(32_768)]], Field(max_length=100)] = []
    components: Annotated[list[dict[str, Any]], Field(max_length=20)] | None = None
    media_id: str | None = None

    @model_validator(mode="after")
    def _one_header(self) -> "Template":
        said = {str(component.get("type")).lower() for component in self.components or []}
        if self.media_id and "header" in said:
            raise ValueError("informe o cabeçalho em components ou mediaId, um dos dois")
        return self

    @property
    def text_shown(self) -> str:
        return f"Template: {self.template_name}"

    def details(self) -> dict[str, Any]:
        return {name: value for name, value in super().details().items() if name != "media_id"}


AnyContent = Text | MediaContent | Location | Contacts | ReactionContent | Buttons | ListMenu | Template
