"""Signed nonsense: whoever has the app secret may still say anything, and the next real message must come through."""

import gzip
import json
from typing import Any

from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as drawing
from hypothesis import strategies as st

from server.channels.simulator.play import PlayedNumber
from tests.channels.conftest import House, body_of, change_about, house, number
from tests.channels.meta_samples import WABA
from tests.channels.test_meta_anything import JSON, mutated
from tests.hostile.effort import EFFORT, tried
from tests.workers import work_off

__all__ = ["house", "number"]
PHONE = "106540352242922"  # of the samples
SHAPES: list[bytes] = [
    b"", b" ", b"null", b"7", b'"x"', b"[]", b"{}", b'{"entry":null}', b'{"entry":{}}', b'{"entry":[null,7,"x",[]]}', b'{"entry":[{"changes":null}]}', b'{"entry":[{"changes":[null,7,{}]}]}',
    b'{"entry":[{"id":{"$gt":""},"changes":[{"value":{"metadata":{"phone_number_id":{"$ne":1}}}}]}]}', b'{"object":"page","entry":[]}', b"{" * 50_000, b'{"entry":' + b"[" * 900 + b"]" * 900 + b"}",
    b'{"entry":[]}\x00', b"\xef\xbb\xbf{}", b'{"a":1,"a":2}', b'{"entry":[{"changes":[{"field":"\xff"}]}]}', b'{"__proto__":{},"constructor":1}', b'{"entry":NaN}', b'{"entry":1e999}',
]  # fmt: skip


def nonsense(count: int) -> list[Any]:
    drawn: list[Any] = []

    @drawing(
        max_examples=count, derandomize=True, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=[*HealthCheck],
    )  # fmt: skip
    @given(mutated() | JSON | st.builds(lambda change: {"field": "messages", "value": change}, JSON))
    def draw(change: Any) -> None:
        drawn.append(change)

    draw()
    return drawn


async def test_nonsense_of_every_shape(house: House) -> None:
    """It is taken or refused, and drained without a stumble; nothing of it kills a reader or holds up the rest."""
    statuses = set()
    for change in nonsense(EFFORT.webhooks):
        body = {"object": "whatsapp_business_account", "entry": [{"id": WABA, "changes": [change]}]}
        text = (
            json.dumps(body).replace(PHONE, house.number.phone_number_id).replace(WABA, house.number.waba_id)
        )
        answer = await house.deliver(text.encode())
        statuses.add(answer.status)
    for raw in SHAPES:
        answer = await house.deliver(raw)
        statuses.add(answer.status)
        assert answer.status == 400 or raw.strip().startswith(b"{"), raw[:40]
        assert (await house.deliver(raw, path="/webhooks/whatsapp")).status in (400, 404), raw[:40]
    assert statuses <= {200, 400}
    await house.deliver(
        body_of((house.number.waba_id, [change_about(house.number.phone_number_id, "a real one")]))
    )
    await work_off(house.session.runtime)
    assert await house.session.db.messages.exists({"text": "a real one"})
    assert {row["state"] for row in await house.journaled()} == {"DONE"}
    tried["signed webhooks"] += EFFORT.webhooks + len(SHAPES)


async def test_the_envelope_of_a_webhook(house: House) -> None:
    good, path = house.raw, house.path
    packed = gzip.compress(b" " * 50_000_000 + b"{}")
    for raw, headers, status in (
        (good, {"X-Hub-Signature-256": ""}, 403),
        (good, {"X-Hub-Signature-256": "sha256="}, 403),
        (good, {"X-Hub-Signature-256": "sha256=" + "0" * 64}, 403),
        (good, {"X-Hub-Signature-256": "sha1=" + "0" * 40}, 403),
        (good, {"X-Hub-Signature-256": "sha256=" + "é" * 32}, 403),
        (good, {"X-Hub-Signature-256": "x" * 6000}, 403),
        (packed, {"Content-Encoding": "gzip"}, 415),
        (b" " * (3 * 1024 * 1024 + 1), {}, 413),
        (b'{"entry":[' + b"[]," * 300_000 + b"0]}", {}, 400),
    ):
        for address in (path, "/webhooks/whatsapp"):
            answer = await house.deliver(raw, path=address, **headers)
            assert answer.status == status, (raw[:20], headers)
    assert await house.journaled() == []
    slugs = ("%00", "%ff", "..", "%2e%2e", "x" * 4000, "$ne", "%24ne", "%F0%9F%98%80", "a%20b", "%0d%0aX:y")
    for slug in slugs:
        assert (await house.deliver(good, path=f"/webhooks/whatsapp/{slug}")).status in (400, 404), slug


async def test_a_body_for_very_many(house: House, number: PlayedNumber) -> None:
    changes = [change_about(str(n)) for n in range(1001)]
    assert (await house.deliver(body_of(("1", changes)), path="/webhooks/whatsapp")).status == 400
    own = change_about(number.phone_number_id)
    for signed in (house.number.app_secret, "another"):
        answer = await house.deliver(
            body_of(("1", [*changes[:900], own])), secret=signed, path="/webhooks/whatsapp"
        )
        assert answer.status == (200 if signed == house.number.app_secret else 403)
