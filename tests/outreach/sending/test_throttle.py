"""Limits roll with the clock: never more than the limit in any hour or day, on both databases."""

from collections import deque
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.models import Mailbox, ThrottleWindow
from outreach.sending import throttle
from tests.factories import make_mailbox

pytestmark = pytest.mark.django_db
NOON = datetime(2030, 1, 1, 12, 0, tzinfo=UTC)


def ask(mailbox: Mailbox, count: int, now: datetime, domain: str = "jets.example") -> int:
    pairs = [(uuid4(), f"person{number}@{domain}") for number in range(count)]
    return len(throttle.reserve(mailbox, pairs, now).granted)


def test_a_full_hour_frees_up_only_an_hour_later_not_at_the_full_hour() -> None:
    mailbox = make_mailbox(per_hour=3)
    assert ask(mailbox, 5, NOON + timedelta(minutes=58)) == 3
    assert ask(mailbox, 5, NOON + timedelta(minutes=62)) == 0
    assert ask(mailbox, 5, NOON + timedelta(minutes=121)) == 3


def test_what_is_held_is_told_until_when_and_why() -> None:
    mailbox = make_mailbox(per_hour=50, per_domain_hour=1)
    first, second = uuid4(), uuid4()
    grant = throttle.reserve(mailbox, [(first, "a@x.example"), (second, "b@x.example")], NOON)
    assert grant.granted == [first]
    grant = throttle.reserve(mailbox, [(second, "b@x.example")], NOON)
    held = grant.held[second]
    assert held.until == NOON + timedelta(hours=1, minutes=5)
    assert held.words == "x.example gets at most 1 an hour from this mailbox"
    assert ask(mailbox, 1, held.until, "x.example") == 1


def test_capacity_given_back_can_be_used_again() -> None:
    mailbox = make_mailbox(per_hour=2)
    assert ask(mailbox, 2, NOON) == 2
    throttle.give_back(mailbox, ["person0@jets.example"], NOON)
    assert ask(mailbox, 2, NOON) == 1


def test_two_mailboxes_do_not_share_capacity() -> None:
    one, other = make_mailbox(per_hour=1), make_mailbox(per_hour=1, from_email="b@desk.example")
    assert (ask(one, 2, NOON), ask(other, 2, NOON)) == (1, 1)


def test_a_batch_over_many_domains_takes_two_statements(django_assert_num_queries: object) -> None:
    mailbox = make_mailbox(per_hour=500)
    pairs = [(uuid4(), f"a@firm{number}.example") for number in range(60)]
    with django_assert_num_queries(2):  # type: ignore[operator]
        throttle.reserve(mailbox, pairs, NOON)
    with django_assert_num_queries(2):  # type: ignore[operator]
        throttle.reserve(mailbox, pairs, NOON)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(asks=st.lists(st.tuples(st.integers(0, 50), st.integers(1, 6)), min_size=5, max_size=40))
def test_no_span_of_an_hour_or_a_day_holds_more_than_its_limit(asks: list[tuple[int, int]]) -> None:
    ThrottleWindow.objects.all().delete()
    mailbox = make_mailbox(per_hour=5, daily_cap=12, from_email=f"{uuid4().hex}@desk.example")
    now, sent = NOON, deque[datetime]()
    for minutes, count in asks:
        now += timedelta(minutes=minutes)
        sent.extend([now] * ask(mailbox, count, now, f"{uuid4().hex[:6]}.example"))
    for moment in sent:
        assert sum(moment - timedelta(hours=1) < at <= moment for at in sent) <= 5
        assert sum(moment - timedelta(days=1) < at <= moment for at in sent) <= 12
