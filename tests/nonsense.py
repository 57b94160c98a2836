"""What a stranger with time on his hands may send."""

from typing import Any

# What MongoDB would take for an instruction, and what no field of ours takes for a text.
NOT_A_TEXT: list[Any] = [{"$gt": ""}, {"gt": ""}, {"$where": "sleep(9)"}, [{"$ne": None}], [], 7, 1.5, True]
NOT_TO_BE_KEPT = ["\0", "a\0b"]
# Not wrong everywhere, but nowhere a reason to stumble.
ODD: list[Any] = [
    None, "", " ", "x" * 50_000, "\u202e\u200d", "😀" * 300, "';--", "{{7*7}}", "%00", "../../etc/passwd", -1, 2**53,
    2**63 - 1, 0.1, [], {}, [[]], [None], ["x"] * 2000, {"a": {"b": 1}}, {"__proto__": 1}, {"a.b": 1}, {"": 1},
]  # fmt: skip

# Bodies that are no JSON object, or none that we would keep.
MALFORMED = [
    b"{", b"}", b"[]", b'"x"', b"null", b"7", b"{'a': 1}", b'{"a": 1,}', b'{"a": NaN}', b'{"a": 1e999}', b"\xff\xfe{\x00}\x00",
    b'{"a": "\xff"}', b'{"a": "\xed\xa0\x80"}', b'{"a": "\\ud800"}', b'{"a": "\\q"}', b"\xef\xbb\xbf{}", b"\0", b"{}{}", b"a=1&b=2",
    b"[" * 100_000, b'{"a":' * 100_000, b'{"a":' * 900 + b"1" + b"}" * 900, b'{"a":' + b"[" * 40 + b"]" * 40 + b"}",
    b'{"a": 9223372036854775808}', b'{"a": -99999999999999999999999999}', b'{"a": 1' + b"0" * 5000 + b"}", b'{"$where": "1"}', b'{"a\\u0000": 1}',
]  # fmt: skip

# Where an id belongs in a path.
BAD_IDS = [
    "x", "0", "-1", "undefined", "null", "[object%20Object]", "%24ne", "%7B%22%24gt%22%3A%22%22%7D", "..%2F..%2Fetc%2Fpasswd", "%2e%2e", "%00",
    "a%00b", "%ff", "%ED%A0%80", "%C0%AF", "%F0%9F%98%80", "a" * 4000, "'%20OR%201=1", "%0d%0aX-Evil:%201", "*", "{id}", "%25%30%30", "%",
]  # fmt: skip

# Where a value belongs in a query.
BAD_VALUES = [
    "%00", "a%00b", "%ff", "%ED%A0%80", "{\"$gt\":\"\"}", "%7B%22%24gt%22%3A%22%22%7D", "99999999999999999999999", "-1", "1e9", "NaN", "x" * 5000,
    "%F0%9F%98%80", "$ne", "..", "", "%20", "a,b,%00", "null", "true", "MTIz", "MC4", "OTk5OTk5OTk5OTk5OTk5OTk5OS5h", "LTk5OTk5OTk5OTk5OTk5Lnga",
]  # fmt: skip
