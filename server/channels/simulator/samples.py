"""Small real files for customers who send "a picture" without giving one."""

import struct
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

_FILES = Path(__file__).with_name("files")
_OPUS_SILENCE = b"\xf8\xff\xfe"  # one frame of 20 ms
_SAMPLES_A_FRAME = 960
_CRC_POLYNOMIAL = 0x04C11DB7


@cache
def of(kind: str) -> tuple[str, bytes]:
    """(MIME type, contents) for image, video, audio, document or sticker."""
    makers: dict[str, tuple[str, Callable[[], bytes]]] = {
        "image": ("image/png", lambda: picture(320, 200)),
        "video": ("video/mp4", (_FILES / "sea.mp4").read_bytes),
        "audio": ("audio/ogg", lambda: silence(2.0)),
        "document": ("application/pdf", lambda: page("Comprovante de reserva")),
        "sticker": ("image/webp", (_FILES / "sun.webp").read_bytes),
    }
    mime_type, make = makers[kind]
    return mime_type, make()


def picture(width: int, height: int) -> bytes:
    """A PNG: sky, sun and sea."""
    rows = b"".join(
        b"\x00" + b"".join(_pixel(x, y, width, height) for x in range(width)) for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _pixel(x: int, y: int, width: int, height: int) -> bytes:
    horizon = height * 0.62
    if y > horizon:
        depth = (y - horizon) / (height - horizon)
        return bytes((int(20 + 20 * depth), int(120 - 50 * depth), int(150 - 30 * depth)))
    if (x - width * 0.72) ** 2 + (y - height * 0.3) ** 2 < (height * 0.12) ** 2:
        return bytes((255, 224, 130))
    warmth = y / horizon
    return bytes((int(120 + 130 * warmth), int(180 + 30 * warmth), int(235 - 60 * warmth)))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def page(line: str) -> bytes:
    """A PDF of one line."""
    drawing = f"BT /F1 24 Tf 72 760 Td ({line}) Tj ET".encode("latin-1")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + tail % (table, len(out))


def silence(seconds: float) -> bytes:
    """A voice note in which nobody speaks: Ogg with Opus, mono."""
    head = b"OpusHead\x01\x01" + struct.pack("<HIHB", 312, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 9) + b"simulator" + struct.pack("<I", 0)
    frames = int(seconds * 50)
    pages = [_ogg_page(0, 2, 0, [head]), _ogg_page(1, 0, 0, [tags])]
    for start in range(0, frames, 50):
        count = min(50, frames - start)
        last = 4 if start + count >= frames else 0
        position = (start + count) * _SAMPLES_A_FRAME
        pages.append(_ogg_page(len(pages), last, position, [_OPUS_SILENCE] * count))
    return b"".join(pages)


def _ogg_page(sequence: int, flags: int, position: int, packets: list[bytes]) -> bytes:
    sizes = bytes(len(packet) for packet in packets)
    start = b"OggS\x00" + bytes([flags]) + struct.pack("<qII", position, 1, sequence)
    rest = bytes([len(packets)]) + sizes + b"".join(packets)
    return start + struct.pack("<I", _ogg_crc(start + bytes(4) + rest)) + rest


def _ogg_crc(page_bytes: bytes) -> int:
    crc = 0
    for byte in page_bytes:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1) ^ _CRC_POLYNOMIAL if crc & 0x80000000 else crc << 1
            crc &= 0xFFFFFFFF
    return crc
