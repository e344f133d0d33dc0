"""Many at once: one reading a message, one standing answer a vendor, one winner a version."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from outreach.models import Enrollment, Message
from quotes import reading
from quotes.choices import QuoteStatus
from quotes.errors import QuoteError, ReviewConflictError
from quotes.manual import log_quote
from quotes.models import Quote
from quotes.review import confirm, correct
from tests.quotes.test_reading import quoted

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MANY = 8


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """Run the act MANY times at the same moment; results, or the expected refusals."""
    start = Barrier(MANY)

    def one(number: int) -> Any:
        try:
            start.wait()
            return act(number)
        except QuoteError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


@pytest.fixture
def thread(vendor: Callable[..., Enrollment]) -> Enrollment:
    return vendor("TurnKey Jets")


def test_many_log_for_one_vendor_and_one_answer_stands(thread: Enrollment, boss: User) -> None:
    at_once(lambda n: log_quote(thread, actor=boss, price=str(1000 + n), currency="USD"))
    statuses = list(Quote.objects.values_list("status", flat=True))
    assert statuses.count(QuoteStatus.CURRENT) == 1
    assert statuses.count(QuoteStatus.SUPERSEDED) == MANY - 1
    # Every one but the first superseded exactly one other: nothing fell out of the chain.
    links = list(Quote.objects.exclude(supersedes=None).values_list("supersedes", flat=True))
    assert len(links) == len(set(links)) == MANY - 1


def test_many_workers_read_one_reply_and_one_reading_is_kept(
    thread: Enrollment, reply: Callable[..., Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "understand", lambda message: quoted())
    message = reply(thread, "$42,000")
    found = at_once(lambda _n: reading.read_reply(message.pk))
    assert len({quote.pk for quote in found}) == 1
    assert Quote.objects.count() == 1


def test_many_replies_of_one_vendor_leave_the_newest_standing(
    thread: Enrollment, reply: Callable[..., Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "understand", lambda message: quoted(message.body))
    replies = [reply(thread, str(1000 + n)) for n in range(MANY)]
    at_once(lambda n: reading.read_reply(replies[n].pk))
    (current,) = Quote.objects.filter(status=QuoteStatus.CURRENT)
    assert current.message_id == replies[-1].pk


def test_many_correct_the_same_version_and_one_wins(
    thread: Enrollment, reply: Callable[..., Message], boss: User
) -> None:
    quote = Quote.objects.create(
        enrollment=thread, message=reply(thread, "x"), price=1, currency="USD"
    )
    results = at_once(
        lambda n: correct(Quote.objects.get(pk=quote.pk), actor=boss, version=1, price=str(50 + n))
    )
    refused = [one for one in results if isinstance(one, ReviewConflictError)]
    assert len(refused) == MANY - 1
    quote.refresh_from_db()
    (winner,) = (one for one in results if isinstance(one, Quote))
    assert quote.price == winner.price


def test_confirming_many_readings_at_once_leaves_one(
    thread: Enrollment, reply: Callable[..., Message], boss: User
) -> None:
    quotes = [
        Quote.objects.create(
            enrollment=thread, message=reply(thread, "x"), price=n + 1, currency="USD"
        )
        for n in range(MANY)
    ]
    at_once(lambda n: confirm(quotes[n], actor=boss))
    assert Quote.objects.filter(status=QuoteStatus.CURRENT).count() == 1
