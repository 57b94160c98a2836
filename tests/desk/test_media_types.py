"""What WhatsApp takes, and what a file is whatever it is called."""

import io
import zipfile

import pytest

from server.desk.media_types import (
    DOCX,
    OLE,
    OPUS,
    PPTX,
    TYPES,
    WORD,
    XLSX,
    ZIP,
    check_upload,
    is_animated,
    kind_of,
    limit_of,
    normal,
    sniff,
)
from server.desk.messages.models import Kind
from tenants.problems import Invalid

KB, MB = 1024, 1024 * 1024


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def webp(flags: int) -> bytes:
    return b"RIFF\x24\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00" + bytes([flags]) + bytes(9)


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"),
        (b"GIF89a\x01\x00", "image/gif"),
        (webp(0), "image/webp"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", None),
        (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00", "video/mp4"),
        (b"\x00\x00\x00\x1cftypmp42", "video/mp4"),
        (b"\x00\x00\x00\x18ftyp3gp4", "video/3gpp"),
        (b"\x00\x00\x00\x1cftypM4A \x00", "audio/mp4"),
        (b"\x00\x00\x00\x14ftypqt  ", "video/quicktime"),
        (b"OggS\x00\x02" + bytes(22) + b"OpusHead\x01\x01", OPUS),
        (b"OggS\x00\x02" + bytes(22) + b"\x01vorbis", "audio/ogg"),
        (b"#!AMR\n<", "audio/amr"),
        (b"ID3\x04\x00\x00", "audio/mpeg"),
        (b"\xff\xfb\x90\x64\x00", "audio/mpeg"),
        (b"\xff\xf3\x18\xc4\x00", "audio/mpeg"),
        (b"\xff\xf1\x50\x80\x00", "audio/aac"),
        (b"\xff\xf9\x50\x80\x00", "audio/aac"),
        (b"\x1aE\xdf\xa3\x9fB\x86", "video/webm"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", OLE),
        (zipped("[Content_Types].xml", "word/document.xml"), DOCX),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), XLSX),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), PPTX),
        (zipped("virus.exe"), ZIP),
        ("Preço;Código\nPão;7".encode(), "text/plain"),
        ("Preço".encode("latin-1"), "text/plain"),
        (b"MZ\x90\x00\x03", None),
        (b"\x7fELF\x02\x01\x01\x00", None),
        (b"", None),
    ],
)
def test_sniff(head: bytes, mime: str | None) -> None:
    assert sniff(head) == mime


@pytest.mark.parametrize(
    ("declared", "filename", "mime"),
    [
        (WORD, None, WORD),
        (None, "proposta.DOC", WORD),
        ("application/octet-stream", "plano.xls", "application/vnd.ms-excel"),
        (WORD, "plano.xls", WORD),
        (None, "sem extensão", OLE),
        ("image/png", "foto.png", OLE),
        (DOCX, "proposta.docx", OLE),
    ],
)
def test_a_container_is_told_by_its_name(declared: str | None, filename: str | None, mime: str) -> None:
    assert sniff(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", declared=declared, filename=filename) == mime


def test_a_name_does_not_make_a_file_what_it_is_not() -> None:
    assert sniff(b"%PDF-1.7", declared="image/png", filename="foto.png") == "application/pdf"
    assert sniff(b"MZ\x90\x00", declared="application/pdf", filename="boleto.pdf") is None


def test_normal() -> None:
    assert normal(" Audio/OGG;codecs=opus ") == OPUS
    assert normal("text/plain; charset=utf-8") == "text/plain"
    assert normal("image/jpg") == "image/jpeg"


@pytest.mark.parametrize(("kind", "mime"), [(kind, mime) for kind, types in TYPES.items() for mime in types])
def test_every_type_is_of_one_kind(kind: Kind, mime: str) -> None:
    assert kind_of(mime) is kind
    assert check_upload(None, mime, 1) is kind
    assert check_upload(kind, mime, limit_of(kind, animated=False)) is kind
    with pytest.raises(Invalid):
        check_upload(kind, mime, limit_of(kind, animated=False) + 1)


@pytest.mark.parametrize(
    "mime", ["audio/ogg", "image/gif", "video/webm", "application/zip", "text/html", "", "x"]
)
def test_refused(mime: str) -> None:
    with pytest.raises(Invalid) as raised:
        kind_of(mime)
    assert raised.value.fields[0].field == "file"


@pytest.mark.parametrize(
    ("kind", "limit"),
    [
        (Kind.IMAGE, 5 * MB),
        (Kind.VIDEO, 16 * MB),
        (Kind.AUDIO, 16 * MB),
        (Kind.DOCUMENT, 100 * MB),
        (Kind.STICKER, 500 * KB),
    ],
)
def test_limits(kind: Kind, limit: int) -> None:
    assert limit_of(kind) == limit


def test_stickers_that_move_may_be_larger() -> None:
    assert check_upload(Kind.STICKER, "image/webp", 300 * KB, animated=True) is Kind.STICKER
    with pytest.raises(Invalid, match="Dados inválidos"):
        check_upload(Kind.STICKER, "image/webp", 300 * KB)
    assert (is_animated(webp(0b10)), is_animated(webp(0)), is_animated(b"")) == (True, False, False)


@pytest.mark.parametrize(
    ("kind", "mime", "size", "says"),
    [
        (Kind.IMAGE, "application/pdf", 10, "imagem aceita JPEG ou PNG"),
        (Kind.IMAGE, "image/png", 0, "o arquivo está vazio"),
        (Kind.IMAGE, "image/png", 5 * MB + 1, "imagem pode ter no máximo 5 MB"),
        (Kind.STICKER, "image/webp", 200 * KB, "figurinha pode ter no máximo 100 KB"),
        (Kind.TEXT, "image/png", 10, "esta mensagem aceita outro tipo de conteúdo"),
        (None, "audio/ogg", 10, "áudio OGG só é aceito com o codec Opus"),
    ],
)
def test_what_a_person_is_told(kind: Kind | None, mime: str, size: int, says: str) -> None:
    with pytest.raises(Invalid) as raised:
        check_upload(kind, mime, size)
    assert raised.value.fields[0].message == says
