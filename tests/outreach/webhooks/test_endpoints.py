"""News leaves the house only towards the public internet."""

import socket
from typing import Any

import pytest

from outreach.webhooks.endpoints import UrlError, check_url


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://hooks.example/x", "https"),
        ("ftp://hooks.example/x", "https"),
        ("https:///x", "with a host"),
        ("https://user:pass@hooks.example/x", "without a user name"),
        ("https://hooks.example:99999/x", "no port"),
        ("https://127.0.0.1/x", "not on the public internet"),
        ("https://[::1]/x", "not on the public internet"),
        ("https://10.1.2.3/x", "not on the public internet"),
        ("https://169.254.169.254/latest/meta-data", "not on the public internet"),
        ("https://2130706433/", "not on the public internet"),
        ("https://[::ffff:127.0.0.1]/x", "not on the public internet"),
        ("https://[64:ff9b::7f00:1]/x", "not on the public internet"),
        ("https://[2002:7f00:1::]/x", "not on the public internet"),
        ("https://[ff02::1]/x", "not on the public internet"),
        ("https://224.0.0.1/x", "not on the public internet"),
        ("https://0.0.0.0/x", "not on the public internet"),
        ("https://no-such-host.invalid/x", "No address is known"),
    ],
)
def test_what_may_not_hear_us_is_told_why(url: str, words: str) -> None:
    with pytest.raises(UrlError, match=words):
        check_url(url)


def test_a_name_with_one_private_address_among_public_ones_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def two(*_args: Any, **_kwargs: Any) -> Any:
        return [(0, 0, 0, "", ("93.184.216.34", 443)), (0, 0, 0, "", ("192.168.0.9", 443))]

    monkeypatch.setattr(socket, "getaddrinfo", two)
    with pytest.raises(UrlError, match="public internet"):
        check_url("https://hooks.example/x")


def test_the_address_that_was_checked_is_the_one_to_connect_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def one(*_args: Any, **_kwargs: Any) -> Any:
        return [(0, 0, 0, "", ("93.184.216.34", 8443))]

    monkeypatch.setattr(socket, "getaddrinfo", one)
    assert check_url("https://hooks.example:8443/x") == ("hooks.example", 8443, "93.184.216.34")
