"""Where a vendor stands, in words an assistant would use."""

from datetime import timedelta
from typing import Any

import pytest

from quotes.comparison.status import status_of
from tests.quotes.comparison.build import NOW, ZONE, offer, vendor


def words(**thread: Any) -> tuple[str, str]:
    status = status_of(vendor("A", **thread), NOW, ZONE)
    return status.code, status.label


@pytest.mark.parametrize(
    ("thread", "code", "label"),
    [
        ({"sent_at": NOW - timedelta(hours=5)}, "sent", "Sent"),
        ({"sent_at": NOW - timedelta(days=5)}, "no_answer", "No answer since 5 Mar"),
        ({"channel": "phone"}, "called", "Called"),
        ({"outbound": "draft", "sent_at": None}, "draft", "Draft"),
        ({"outbound": "draft", "sent_at": None, "channel": "phone"}, "draft", "To call"),
        ({"outbound": "queued", "sent_at": None}, "queued", "Approved"),
        ({"outbound": "bounced"}, "bounced", "Bounced"),
        ({"outbound": "failed", "sent_at": None}, "failed", "Not delivered"),
        ({"outbound": "skipped", "sent_at": None}, "skipped", "Skipped"),
        ({"outbound": "", "sent_at": None}, "none", "Not contacted"),
        ({"reply_kind": "decline"}, "declined", "Declined"),
        ({"reply_kind": "question", "stopped": "They asked us to stop."}, "stopped", "Stopped"),
        ({"reply_kind": "question"}, "question", "Asked a question"),
        ({"reply_kind": "acknowledgement"}, "acknowledged", "Will answer"),
        ({"reply_kind": "out_of_office"}, "out_of_office", "Out of office"),
        ({"reply_kind": "unread"}, "answered", "Answered"),
        ({"reply_kind": "unrelated"}, "answered", "Answered"),
    ],
)
def test_a_thread_without_an_offer(thread: dict[str, Any], code: str, label: str) -> None:
    assert words(**thread) == (code, label)


def test_an_offer_is_quoted_and_one_by_hand_names_who_logged_it() -> None:
    status = status_of(vendor("A", offer(logged_by="Ella Marsh")), NOW, ZONE)
    assert (status.label, status.detail) == ("Quoted", "Logged by Ella Marsh")


def test_an_unchecked_offer_says_so() -> None:
    assert status_of(vendor("A", offer(to_check=True)), NOW, ZONE).label == "To check"


def test_a_question_after_the_offer_does_not_hide_the_offer() -> None:
    status = status_of(vendor("A", offer(), reply_kind="question"), NOW, ZONE)
    assert (status.label, status.detail) == ("Quoted", "Has asked something since")


def test_a_day_is_the_clients_day() -> None:
    late = NOW.replace(day=5, hour=3)  # still the fourth in New York
    assert words(sent_at=late) == ("no_answer", "No answer since 4 Mar")


def test_follow_ups_are_counted() -> None:
    status = status_of(vendor("A", sent_at=NOW - timedelta(days=4), follow_ups=2), NOW, ZONE)
    assert status.detail == "4 days, 2 follow-ups"
