"""Nonsense in every place: nothing raises, and nothing is kept that cannot be stored."""

from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.channels.meta_cloud.parse import parse, phone_number_id_of
from server.channels.meta_cloud.reading import storable
from server.desk.messages.inbound import Received, Unknown
from tests.channels.meta_samples import FILES, NOW, WABA, samples

EVERY_SAMPLE = [change for file in FILES for change in samples(file).values()]


@pytest.mark.parametrize("nonsense", [None, 7, "x", [], [[]], {}, {"field": 3}, {"field": "messages"}])
def test_nonsense_is_unknown(nonsense: Any) -> None:
    (found,) = parse(nonsense, waba_id=WABA)
    assert isinstance(found, Unknown)
    assert phone_number_id_of(nonsense) is None


def test_one_broken_message_does_not_hide_its_neighbours() -> None:
    change = samples("messages")["two_people"]
    change["value"]["messages"].insert(0, "garbage")
    change["value"]["messages"].insert(2, {"type": ["text"], "from": {"a": 1}})
    found = parse(change, waba_id=WABA)
    assert [type(each) for each in found] == [Unknown, Received, Unknown, Received]


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(st.characters(), max_size=8)
    | st.sampled_from(
        ["", "text", "image", "system", "edit", "0", "+55 11 9", "BR.1", "\ud800", "\0", "9" * 30]
    )
)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "from", "text", "body", "errors", "\0"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in _places(item, (*path, key)))]


def _replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = _replaced(value[path[0]], path[1:], new)
    return copy


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    change = draw(st.sampled_from(EVERY_SAMPLE))
    for _ in range(draw(st.integers(1, 4))):
        change = _replaced(change, draw(st.sampled_from(_places(change))), draw(JSON))
    return change


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated() | JSON)
def test_never_raises_and_never_keeps_what_cannot_be_stored(change: Any) -> None:
    phone_number_id_of(change)
    found = parse(change, waba_id=WABA)
    assert found
    for inbound in found:
        dumped = inbound.model_dump()
        assert storable(dumped) == dumped or any(map(_is_nan, _leaves(dumped)))
        assert not isinstance(inbound, Received) or inbound.sender.wa_id or inbound.sender.user_id


NASTY: list[Any] = [
    None,
    True,
    7,
    -(2**70),
    1.5,
    float("inf"),
    "",
    "x",
    "\ud800",
    [],
    ["x"],
    [[]],
    {},
    {"id": {}},
]


@pytest.mark.parametrize("change", EVERY_SAMPLE, ids=lambda change: change["field"])
def test_every_place_may_hold_anything(change: Any) -> None:
    for place in _places(change):
        for nasty in NASTY:
            found = parse(_replaced(change, place, nasty), waba_id=WABA, received_at=NOW)
            assert found, (place, nasty)
            orjson.dumps([inbound.model_dump() for inbound in found])


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in _leaves(item)]
    if isinstance(value, list):
        return [leaf for item in value for leaf in _leaves(item)]
    return [value]


def _is_nan(leaf: Any) -> bool:
    return isinstance(leaf, float) and leaf != leaf  # noqa: PLR0124


def test_a_pit_has_a_floor() -> None:
    pit: Any = "bottom"
    for _ in range(5000):
        pit = [pit]
    change = samples("messages")["from_the_future"]
    change["value"]["messages"][0]["hologram"] = pit
    (found,) = parse(change, waba_id=WABA)
    assert isinstance(found, Received)
    assert len(orjson.dumps(found.details)) < 1000


def test_parsing_twice_says_the_same() -> None:
    for change in EVERY_SAMPLE:
        assert parse(change, waba_id=WABA, received_at=NOW) == parse(change, waba_id=WABA, received_at=NOW)
