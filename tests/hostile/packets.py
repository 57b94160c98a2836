"""Engine.IO and Socket.IO packets by a seeded generator: sound ones, nearly sound ones, rubbish; and WebSocket frames."""

import json
import struct
from collections.abc import Sequence
from random import Random
from typing import Any

SEPARATOR = "\x1e"
RESERVED = [
    "connect",
    "connect_error",
    "disconnect",
    "disconnecting",
    "newListener",
    "removeListener",
    "error",
    "*",
    "",
]
STRANGE = [
    "$where", "__proto__", "constructor", "a" * 101, "😀", "\u202e", "\0", "conversation:join\n", "../", "sync ", "tail", "ev", "message:new",
]  # fmt: skip
LEAVES: list[Any] = [
    None, True, False, 0, -1, 1.5, 2**53, 2**63, -(2**63) - 1, 10**400, 1e308, "", "x", "\0", "💥", "\ud800", "{}", [], {}, "x" * 5000,
    {"$gt": ""}, {"_placeholder": True, "num": 0}, {"_placeholder": True, "num": -1}, [[[[[[]]]]]],
]  # fmt: skip
# Where the protocol's own edges are.
CORPUS = [
    "42[]", "42[1]", "42[null]", "42[{}]", '42[["ping"]]', "", "0", "1", "2", "2probe", "3", "3probe", "4", "5", "6", "7", "9", "b", "bAAAA", "40", '40{"token":1}', "40/admin,", "40/,{}", "41", "41/x,", "42", "43", "431[]",
    "44", "45", "451-[]", "46", "461-1[]", "47", "4\x00", "4" * 70_000, "42[", '42["ping"', '42["ping"]]', '42["ping",]', "42[NaN]", '42[1e400]', "42-1[]",
    '421["ping"]', '42999999999999999999999999["ping"]', '42["ping"]\x1e42["ping"]', '42/,["ping"]', '42/?a=b,["ping"]', '42/\ud83d,["ping"]', "42" + "[" * 30_000,
    '42["sync",{"after":0,"limit":500}]', '421["sync",{"after":1e400}]', '42["ping"' + ',"x"' * 5000 + "]", '4\u0664["ping"]', "\uff14\uff12[]", "\x1e\x1e\x1e", "4\x1e4\x1e",
]  # fmt: skip


class Generator:
    """`names`: the events that the server hears. `ids`: of things that are there. The same seed gives the same packets."""

    def __init__(self, seed: int, *, names: Sequence[str], ids: Sequence[str]) -> None:
        self._dice = Random(seed)
        self._names = [*names]
        self._leaves = [*LEAVES, *ids]
        self._known = [*CORPUS]

    def packet(self) -> str:
        """The text of one Engine.IO message; the corpus first, each once."""
        if self._known:
            return self._known.pop()
        make = self._dice.choices((self._event, self._control, self._mutant, self._rubbish), (6, 2, 6, 1))[0]
        return make()

    def payload(self) -> str:
        """The body of a polling POST."""
        packets = [self.packet() for _ in range(self._dice.choice((1, 1, 1, 2, 5, 40)))]
        return self._dice.choice((SEPARATOR, SEPARATOR, SEPARATOR, "", "\n")).join(packets)

    def _event(self) -> str:
        name = self._dice.choice(self._names * 3 + RESERVED + STRANGE)
        arguments = [self._value(0) for _ in range(self._dice.choice((0, 1, 1, 1, 2, 7)))]
        id = self._dice.choice(("", "", "1", "0", "007", str(2**64)))
        return f"42{id}{_text([name, *arguments])}"

    def _control(self) -> str:
        type = self._dice.choice("0123456789x")
        attachments = self._dice.choice(("", "", "", "1-", "0-", "99999-", "-"))
        namespace = self._dice.choice(("", "", "/admin,", "/,", "/" + "x" * 500 + ",", "/a?b=c,", "admin,"))
        body = self._dice.choice(("", _text(self._value(0)), "[", "{}", '["x"]'))
        return f"4{type}{attachments}{namespace}{self._dice.choice(('', '1', '-1'))}{body}"

    def _mutant(self) -> str:
        """A sound packet with a few characters cut, doubled or changed."""
        text = list(self._event())
        for _ in range(self._dice.randint(1, 4)):
            place = self._dice.randrange(len(text) + 1)
            strange = self._dice.choice(
                ("", "\0", "\x1e", '"', "[", "]", "{", "\\", "/", ",", "é", "\ufeff", "9")
            )
            text[place : place + self._dice.randint(0, 3)] = [strange]
        return "".join(text)

    def _rubbish(self) -> str:
        length = self._dice.choice((1, 3, 30, 3000))
        return "".join(chr(self._dice.randrange(0xD800)) for _ in range(length))

    def _value(self, depth: int) -> Any:
        kind = self._dice.random()
        if depth > 3 or kind < 0.4:
            return self._dice.choice(self._leaves)
        if kind < 0.5:
            return [self._value(depth + 1) for _ in range(self._dice.randint(0, 3))]
        fields = (
            "conversationId",
            "messageIds",
            "isTyping",
            "token",
            "after",
            "limit",
            "live",
            "tenantSlug",
            "$ne",
            "",
        )
        return {name: self._value(depth + 1) for name in self._dice.sample(fields, self._dice.randint(0, 3))}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True)


def frame(
    payload: bytes, *, opcode: int = 1, first: int = 0x80, masked: bool = True, claimed: int | None = None
) -> bytes:
    """One WebSocket frame as it is written: `first` holds FIN and the reserved bits, `claimed` another length than it has."""
    length = len(payload) if claimed is None else claimed
    mask = 0x80 if masked else 0
    head = struct.pack(
        "!BB", first | opcode, mask | (length if length < 126 else 126 if length < 1 << 16 else 127)
    )
    head += (
        b"" if length < 126 else struct.pack("!H", length) if length < 1 << 16 else struct.pack("!Q", length)
    )
    return head + (bytes(4) if masked else b"") + payload


# Against RFC 6455, each of them.
BAD_FRAMES = [
    frame(b"4", masked=False), frame(b"4", first=0xC0), frame(b"4", first=0xF0), frame(b"4", opcode=3), frame(b"4", opcode=7), frame(b"", opcode=11),
    frame(b"more", opcode=0), frame(b"4", first=0) + frame(b"4"), frame(b"x" * 126, opcode=9), frame(b"p", opcode=9, first=0), frame(b"\x03", opcode=8),
    frame(b"\x00\x00", opcode=8), frame(b"\x03\xe8\xff\xfe", opcode=8), frame(b"\xff\xfe"), frame(b"4\xed\xa0\x80"), frame(b"4", claimed=1 << 62), frame(b"4", claimed=(1 << 64) - 1),
    frame(b"4" * 70_000), frame(b"\x00\x01", opcode=2), frame(b"4", first=0) + frame(b"x" * 65_000, opcode=0, first=0) * 40, b"\xff" * 64, b"GET / HTTP/1.1\r\n\r\n",
]  # fmt: skip
# Allowed, however odd: the connection goes on.
ODD_FRAMES = [
    frame(b"", opcode=9),
    frame(b"x" * 125, opcode=9),
    frame(b"pong", opcode=10),
    frame(b"3", first=0) + frame(b"", opcode=0),
]
