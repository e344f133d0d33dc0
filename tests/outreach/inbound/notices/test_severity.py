"""Why a server refused: its words first, then its status; never dead by a temporary answer."""

import re

import pytest

from outreach.inbound.notices.forms import phrases
from outreach.inbound.notices.severity import cause_of_status, causes, find_status, judge


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        ("5.1.1", "no_such_user"),
        ("5.1.10", "no_such_user"),
        ("4.1.1", "undetermined"),
        ("5.2.2", "full"),
        ("4.2.2", "full"),
        ("5.2.1", "disabled"),
        ("4.2.1", "busy"),
        ("5.4.4", "no_such_domain"),
        ("4.4.99", "unreachable"),
        ("5.7.23", "authentication"),
        ("5.7.999", "policy"),
    ],
)
def test_a_status_is_looked_up_from_the_narrowest_row_to_the_widest(
    status: str, cause: str
) -> None:
    found = cause_of_status(status)
    assert found is not None
    assert found.name == cause


@pytest.mark.parametrize("status", ["", "5.0.0", "2.1.1", "5.1", "five"])
def test_a_status_that_blames_nothing_has_no_cause(status: str) -> None:
    assert cause_of_status(status) is None


@pytest.mark.parametrize(
    ("status", "said", "hardness", "cause"),
    [
        ("5.7.1", "550 5.7.1 No such user!", "hard", "no_such_user"),
        ("5.1.1", "550 user over quota. (#5.1.1)", "soft", "full"),
        ("4.7.1", "451 4.7.1 Greylisting in action, please come back later", "soft", "greylisted"),
        ("4.7.0", "421 4.7.0 IP address rate limited", "policy", "rate"),
        ("5.1.0", "550 Sender address rejected: user unknown", "policy", "sender_refused"),
        ("", "450 4.1.1 <a@b.example>: user unknown for the moment", "soft", "undetermined"),
        ("5.0.0", "554 5.7.1 blocked using bl.spamcop.net", "policy", "blocklist"),
        ("5.5.0", "554 5.5.0 we did not like it", "soft", "undetermined"),
    ],
)
def test_words_and_status_are_weighed(status: str, said: str, hardness: str, cause: str) -> None:
    found = judge(status, said)
    assert (found.hardness, found.name) == (hardness, cause)


def test_only_the_words_of_the_server_are_asked_where_there_are_any() -> None:
    notice = "Is the mailbox full? Was it spam? 550 5.1.1 no such user"
    assert judge("5.1.1", "550 5.1.1 no such user", notice).name == "no_such_user"
    assert judge("", "", "The mailbox is full.").name == "full"


def test_addresses_and_dates_are_no_status() -> None:
    assert find_status("host 10.5.1.1 said so on 2026.5.1") == ""
    assert find_status("550 5.0.0 ... #5.1.1") == "5.1.1"


def test_every_phrase_has_a_cause_and_is_a_pattern() -> None:
    assert {name for name, _ in phrases()} <= set(causes())
    assert all(isinstance(pattern, re.Pattern) for _, pattern in phrases())
