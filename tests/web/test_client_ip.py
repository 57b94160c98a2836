"""Whom a request comes from, behind any number of proxies."""

import pytest
from aiohttp.test_utils import make_mocked_request

from server.web.client_ip import client_ip

PROXIES = ("10.0.0.0/8", "192.0.2.7", "::1")


@pytest.mark.parametrize(
    "remote, forwarded, client",
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("::1", "2001:db8::5", "2001:db8::5"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1, 192.0.2.7", "198.51.100.1"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_only_what_known_proxies_wrote_counts(remote: str, forwarded: str, client: str) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = make_mocked_request("GET", "/", headers=headers).clone(remote=remote)
    assert client_ip(request, PROXIES) == client


def test_without_known_proxies_the_header_is_nobodys_word() -> None:
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": "198.51.100.1"}).clone(
        remote="10.0.0.1"
    )
    assert client_ip(request, ()) == "10.0.0.1"
