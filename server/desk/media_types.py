"""Which files WhatsApp takes, how large, and how to tell what a file is (whatsapp.md 1.3)."""

from collections.abc import Callable

from server.desk.messages.models import Kind
from tenants.problems import Invalid

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE

OOXML = "application/vnd.openxmlformats-officedocument."
WORD, EXCEL, POWERPOINT = "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"
DOCX = OOXML + "wordprocessingml.document"
XLSX = OOXML + "spreadsheetml.sheet"
PPTX = OOXML + "presentationml.presentation"
OPUS = "audio/ogg; codecs=opus"
OLE, ZIP = "application/x-ole-storage", "application/zip"

TYPES: dict[Kind, tuple[str, ...]] = {
    Kind.IMAGE: ("image/jpeg", "image/png"),
    Kind.VIDEO: ("video/mp4", "video/3gpp"),
    Kind.AUDIO: ("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", OPUS),
    Kind.DOCUMENT: (
        "text/plain",
        "application/pdf",
        *(WORD, EXCEL, POWERPOINT),
        *(DOCX, XLSX, PPTX),
    ),
    Kind.STICKER: ("image/webp",),
}
LIMITS: dict[Kind, int] = {
    Kind.IMAGE: 5 * MEGABYTE,
    Kind.VIDEO: 16 * MEGABYTE,
    Kind.AUDIO: 16 * MEGABYTE,
    Kind.DOCUMENT: 100 * MEGABYTE,
    Kind.STICKER: 100 * KILOBYTE,
}
ANIMATED_STICKER_LIMIT = 500 * KILOBYTE
NAMES: dict[Kind, str] = {
    Kind.IMAGE: "imagem",
    Kind.VIDEO: "vídeo",
    Kind.AUDIO: "áudio",
    Kind.DOCUMENT: "documento",
    Kind.STICKER: "figurinha",
}
ACCEPTED: dict[Kind, str] = {
    Kind.IMAGE: "JPEG ou PNG",
    Kind.VIDEO: "MP4 ou 3GPP",
    Kind.AUDIO: "AAC, AMR, MP3, M4A ou OGG com Opus",
    Kind.DOCUMENT: "PDF, Word, Excel, PowerPoint ou texto",
    Kind.STICKER: "WebP",
}
ALIASES = {
    "image/jpg": "image/jpeg",
    "audio/mp3": "audio/mpeg",
    "audio/x-m4a": "audio/mp4",
    "audio/m4a": "audio/mp4",
}
# What a container may hold, by extension.
CONTAINERS: dict[str, dict[str, str]] = {
    OLE: {"doc": WORD, "xls": EXCEL, "ppt": POWERPOINT},
    ZIP: {"docx": DOCX, "xlsx": XLSX, "pptx": PPTX},
}


def normal(mime: str) -> str:
    """`Audio/OGG;codecs=opus` → `audio/ogg; codecs=opus`; other parameters say nothing that WhatsApp asks."""
    base, _, parameters = mime.strip().lower().partition(";")
    base = ALIASES.get(base.strip(), base.strip())
    return OPUS if base == "audio/ogg" and "opus" in parameters else base


def kind_of(mime: str) -> Kind:
    """The kind of message that carries such a file. Raises Invalid for a type that WhatsApp does not take."""
    wanted = normal(mime)
    for kind, types in TYPES.items():
        if wanted in types:
            return kind
    if wanted == "audio/ogg":
        raise Invalid.field("file", "áudio OGG só é aceito com o codec Opus")
    raise Invalid.field("file", f"o WhatsApp não aceita arquivos do tipo {wanted or 'desconhecido'}")


def limit_of(kind: Kind, *, animated: bool = True) -> int:
    """Bytes. A sticker that does not move has a lower limit."""
    return ANIMATED_STICKER_LIMIT if kind is Kind.STICKER and animated else LIMITS[kind]


def check_upload(kind: Kind | None, mime: str, size: int, *, animated: bool = False) -> Kind:
    """The kind the file will be sent as. Raises Invalid when type or size (bytes) does not fit `kind`.

    `mime` is what the file is (`sniff`), not what its sender called it. `animated` matters to stickers alone.
    """
    wanted = check_kind(mime, kind)
    limit = limit_of(wanted, animated=animated)
    if size <= 0:
        raise Invalid.field("file", "o arquivo está vazio")
    if size > limit:
        raise Invalid.field("file", f"{NAMES[wanted]} pode ter no máximo {_readable(limit)}")
    return wanted


def check_kind(mime: str, wanted: Kind | None) -> Kind:
    """Raises Invalid when such a file is nothing that WhatsApp takes, or not `wanted`."""
    found = kind_of(mime)
    if wanted not in {None, found}:
        accepted = ACCEPTED.get(wanted, "outro tipo de conteúdo")
        raise Invalid.field("file", f"{NAMES.get(wanted, 'esta mensagem')} aceita {accepted}")
    return found


def _readable(size: int) -> str:
    return f"{size // MEGABYTE} MB" if size >= MEGABYTE else f"{size // KILOBYTE} KB"


def sniff(head: bytes, *, declared: str | None = None, filename: str | None = None) -> str | None:
    """What a file is by its first bytes (4 KB are enough); None when nothing is recognised.

    Office files are containers alike from outside: `declared`, then the extension of `filename`, tells them apart.
    """
    found = _signed(head)
    inside = CONTAINERS.get(found or "", {})
    extension = (filename or "").rpartition(".")[2].lower()
    named = normal(declared or "")
    return named if named in inside.values() else inside.get(extension, found)


def _signed(head: bytes) -> str | None:
    for matches, mime in SIGNATURES:
        if matches(head):
            return mime(head) if callable(mime) else mime
    return "text/plain" if _is_text(head) else None


def is_animated(head: bytes) -> bool:
    """Of a WebP file."""
    return head[12:16] == b"VP8X" and len(head) > 20 and bool(head[20] & 0b10)


def _starts(*prefixes: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(prefixes)


def _is_webp(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _is_iso_media(head: bytes) -> bool:
    return head[4:8] == b"ftyp"


def _iso_media(head: bytes) -> str:
    brand = head[8:12]
    if brand.startswith(b"3g"):
        return "video/3gpp"
    if brand in {b"M4A ", b"M4B ", b"M4P "}:
        return "audio/mp4"
    return "video/quicktime" if brand == b"qt  " else "video/mp4"


def _ogg(head: bytes) -> str:
    return OPUS if b"OpusHead" in head[:512] else "audio/ogg"


def _zip(head: bytes) -> str:
    for folder, mime in ((b"word/", DOCX), (b"xl/", XLSX), (b"ppt/", PPTX)):
        if folder in head:
            return mime
    return ZIP


def _is_adts(head: bytes) -> bool:
    """AAC: a 12-bit sync word, then layer 0."""
    return len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0


def _is_mpeg_audio(head: bytes) -> bool:
    """MP3 without ID3: an 11-bit sync word, then layer III."""
    return len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2


def _is_text(head: bytes) -> bool:
    """UTF-8 or Latin-1 without control characters; a character cut in half at the end is no objection."""
    control = set(range(32)) - set(b"\t\n\v\f\r\x1b")
    return bool(head) and not control.intersection(head)


SIGNATURES: list[tuple[Callable[[bytes], bool], str | Callable[[bytes], str]]] = [
    (_starts(b"\xff\xd8\xff"), "image/jpeg"),
    (_starts(b"\x89PNG\r\n\x1a\n"), "image/png"),
    (_starts(b"GIF87a", b"GIF89a"), "image/gif"),
    (_is_webp, "image/webp"),
    (_is_iso_media, _iso_media),
    (_starts(b"OggS"), _ogg),
    (_starts(b"#!AMR"), "audio/amr"),
    (_starts(b"ID3"), "audio/mpeg"),
    (_is_adts, "audio/aac"),
    (_is_mpeg_audio, "audio/mpeg"),
    (_starts(b"\x1aE\xdf\xa3"), "video/webm"),
    (_starts(b"%PDF-"), "application/pdf"),
    (_starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), OLE),
    (_starts(b"PK\x03\x04"), _zip),
]
