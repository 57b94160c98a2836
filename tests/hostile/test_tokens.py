"""No token but our own opens a route or a socket."""

from typing import Any

from multidict import CIMultiDict

from tests.conftest import Session
from tests.hostile.effort import tried
from tests.hostile.test_envelope import said_to
from tests.hostile.tokens import forged, opened, sealed, wrong
from tests.realtime.conftest import Connect, connect, refusal

__all__ = ["connect"]
REFUSALS = ("UNAUTHENTICATED", "TOKEN_EXPIRED")


def every(session: Session) -> dict[str, str]:
    return {**forged(session.token), **wrong(session.token, session.runtime.settings.jwt_secret)}


async def test_the_forger_s_tools_are_sound(hotel: Session) -> None:
    """A token made as those are, of the good one's own claims, opens: else nothing below would mean anything."""
    made = sealed(opened(hotel.token), hotel.runtime.settings.jwt_secret)
    assert (await hotel.get("/api/tags", headers={"Authorization": f"Bearer {made}"})).status == 200


async def test_no_route_opens(hotel: Session) -> None:
    for name, token in every(hotel).items():
        headers = {"Authorization": f"Bearer {token}".encode().decode("latin-1"), "X-Tenant-Slug": hotel.slug}
        for method, path in (("GET", "/api/tags"), ("GET", "/auth/me"), ("POST", "/auth/logout")):
            answer = await hotel.client.request(method, path, headers=headers)
            assert answer.status == 401, (name, path, await answer.text())
            assert (await answer.json())["error"] in REFUSALS, name
            assert answer.headers["WWW-Authenticate"] == "Bearer"
    tried["tokens"] += len(every(hotel))
    assert (await hotel.get("/auth/me")).status == 200


async def test_other_ways_of_showing_it(hotel: Session) -> None:
    """Only one header shows a token: not the address, a cookie, or the other schemes."""
    token = hotel.token
    shown: list[dict[str, Any]] = [
        {"headers": {"Authorization": token}}, {"headers": {"Authorization": f"Basic {token}"}}, {"headers": {"Authorization": f"Bearer Bearer {token}"}},
        {"headers": {"Authorization": f"Bearer {token},"}}, {"headers": {"Authorization": f"Bearer {token} {token}"}}, {"headers": {"Authorization": "Bearer"}},
        {"headers": {"Cookie": f"token={token}"}}, {"headers": {"X-Access-Token": token}}, {"params": {"token": token, "access_token": token}},
    ]  # fmt: skip
    for options in shown:
        headers = {"X-Tenant-Slug": hotel.slug, **options.get("headers", {})}
        answer = await hotel.client.get("/api/tags", headers=headers, params=options.get("params"))
        assert answer.status == 401, options


async def test_no_socket_opens(connect: Connect, hotel: Session) -> None:
    shown: list[Any] = [
        *every(hotel).values(),
        None,
        7,
        [],
        {},
        [hotel.token],
        {"$ne": ""},
        True,
        "x" * 60_000,
    ]
    for token in shown:
        assert (await refusal(connect(None, token=token)))["code"] in REFUSALS, str(token)[:80]
    address = f"/socket.io/?EIO=4&transport=polling&token={hotel.token}"
    assert (await hotel.client.get(address)).status == 200  # and is nobody, until he says who he is
    tried["tokens on sockets"] += len(shown)


async def test_a_slug_is_exactly_the_token_s(hotel: Session, rival: Session) -> None:
    slug = hotel.slug
    for other in (rival.slug, f"{slug}x", slug[:-1], f"{slug},{rival.slug}", f"{rival.slug},{slug}", f"{slug}/", f"../{slug}", f"{slug};", f'"{slug}"',
                  slug.replace("o", "%6F"), slug.replace("o", "\u043e"), slug.replace("h", "\uff48"), f"{slug}\u200b", "*", "null", '{"$ne":""}', slug.replace("-", "_")):  # fmt: skip
        headers = {"X-Tenant-Slug": other.encode().decode("latin-1")}
        answer = await hotel.get("/api/tags", headers=headers)
        assert (answer.status, (await answer.json())["error"]) == (403, "TENANT_MISMATCH"), other
    for same in (slug.upper(), f" {slug} "):
        assert (await hotel.get("/api/tags", headers={"X-Tenant-Slug": same})).status == 200


async def test_said_twice_it_is_said_by_nobody(hotel: Session, rival: Session) -> None:
    """Of two tokens or two slugs a proxy before us may have believed the other."""
    own, other = ("X-Tenant-Slug", hotel.slug), ("X-Tenant-Slug", rival.slug)
    good, bad = (("Authorization", f"Bearer {token}") for token in (hotel.token, rival.token))
    for headers, status in (
        ((good, good, own), 401), ((good, bad, own), 401), ((bad, good, own), 401), ((good, own, other), 403), ((good, other, own), 403), ((good, own), 200),
    ):  # fmt: skip
        answer = await hotel.client.get("/api/tags", headers=CIMultiDict(headers))
        assert answer.status == status, headers


async def test_the_scraper_s_token_in_any_bytes(hotel: Session) -> None:
    runtime = hotel.runtime
    runtime.settings = runtime.settings.model_copy(update={"metrics_token": "prometheus"})
    for token, status in (
        (b"prometheus", 200),
        (b"\xff\xfe", 403),
        ("ção".encode(), 403),
        (b"x" * 6000, 403),
        (b"", 403),
    ):
        lines = b"Host: x\r\nConnection: close\r\nAuthorization: Bearer " + token
        assert await said_to(hotel, b"GET /metrics HTTP/1.1\r\n" + lines + b"\r\n\r\n") == [status], token[:9]
