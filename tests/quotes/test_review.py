"""What a person decides about a reading: with the version they saw, and on the record."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from compliance.models import AuditEntry
from outreach.models import Enrollment, Message
from quotes.choices import QuoteStatus, ReplyKind
from quotes.errors import InvalidQuoteError, QuoteError, ReviewConflictError
from quotes.manual import log_quote
from quotes.models import Quote
from quotes.review import add_note, confirm, correct, mark_finalist, reject

BODY = "We can do it for $42,000 on a CJ3+."


@pytest.fixture
def thread(vendor: Callable[..., Enrollment]) -> Enrollment:
    return vendor("TurnKey Jets")


@pytest.fixture
def reading(thread: Enrollment, reply: Callable[..., Message]) -> Quote:
    """A reading that waits for a person."""
    return Quote.objects.create(
        enrollment=thread,
        message=reply(thread, BODY),
        status=QuoteStatus.NEEDS_REVIEW,
        price=42000,
        currency="USD",
        fields={"aircraft": "CJ3+"},
        evidence={
            "price": {"text": "$42,000", "start": 17, "end": 24, "source": "body"},
            "aircraft": {"text": "CJ3+", "start": 30, "end": 34, "source": "body"},
        },
        confidence={"price": 0.6, "aircraft": 0.9},
        review_reasons=["Two prices were found."],
    )


def test_confirming_lets_it_stand(reading: Quote, boss: User) -> None:
    confirm(reading, actor=boss)
    reading.refresh_from_db()
    assert (reading.status, reading.review_reasons) == (QuoteStatus.CURRENT, [])
    assert reading.reviewed_by == boss
    assert AuditEntry.objects.filter(action="quote.confirmed", actor="boss").exists()


def test_confirming_supersedes_what_stood(reading: Quote, boss: User) -> None:
    before = log_quote(reading.enrollment, actor=boss, price="50000", currency="USD")
    confirm(reading, actor=boss)
    before.refresh_from_db()
    reading.refresh_from_db()
    assert before.status == QuoteStatus.SUPERSEDED
    assert reading.supersedes_id == before.pk


def test_a_reading_without_a_price_cannot_be_confirmed(reading: Quote, boss: User) -> None:
    Quote.objects.filter(pk=reading.pk).update(price=None)
    with pytest.raises(QuoteError, match="no price to confirm"):
        confirm(reading, actor=boss)


def test_a_correction_keeps_evidence_where_nothing_changed(reading: Quote, boss: User) -> None:
    correct(reading, actor=boss, version=1, price="41,000", fields={"aircraft": "CJ3+"})
    reading.refresh_from_db()
    assert (reading.price, reading.status) == (41000, QuoteStatus.CURRENT)
    assert set(reading.evidence) == {"aircraft"}
    assert set(reading.confidence) == {"aircraft"}
    entry = AuditEntry.objects.get(action="quote.corrected")
    assert entry.data["changed"] == {"price": ["42000.00", "41000.00"]}


def test_what_is_not_given_stays(reading: Quote, boss: User) -> None:
    correct(reading, actor=boss, version=1, deposit="10%")
    reading.refresh_from_db()
    assert (reading.price, reading.deposit) == (42000, "10%")
    assert reading.fields == {"aircraft": "CJ3+"}


def test_the_second_of_two_people_is_told_and_writes_nothing(reading: Quote, boss: User) -> None:
    correct(reading, actor=boss, version=1, price="41000")
    with pytest.raises(ReviewConflictError) as caught:
        correct(reading, actor=boss, version=1, price="40000")
    reading.refresh_from_db()
    assert (reading.price, caught.value.version) == (41000, reading.version)


def test_a_wrong_correction_changes_nothing(reading: Quote, boss: User) -> None:
    with pytest.raises(InvalidQuoteError):
        correct(reading, actor=boss, version=1, price="cheap")
    reading.refresh_from_db()
    assert (reading.price, reading.status) == (42000, QuoteStatus.NEEDS_REVIEW)


def test_an_odd_value_that_was_read_survives_a_correction(reading: Quote, boss: User) -> None:
    Quote.objects.filter(pk=reading.pk).update(fields={"check_in": "16:00"})
    correct(reading, actor=boss, version=1, price="1", fields={"check_in": "16:00"})
    reading.refresh_from_db()
    assert reading.fields == {"check_in": "16:00"}


def test_rejecting_brings_back_what_it_had_superseded(reading: Quote, boss: User) -> None:
    before = log_quote(reading.enrollment, actor=boss, price="50000", currency="USD")
    confirm(reading, actor=boss)
    reject(reading, actor=boss, reason="That was last year's offer.")
    before.refresh_from_db()
    reading.refresh_from_db()
    assert (before.status, reading.status) == (QuoteStatus.CURRENT, QuoteStatus.REJECTED)
    assert AuditEntry.objects.get(action="quote.rejected").reason == "That was last year's offer."


def test_a_rejected_reading_can_be_corrected_back(reading: Quote, boss: User) -> None:
    reject(reading, actor=boss)
    reading.refresh_from_db()
    correct(reading, actor=boss, version=reading.version, price="39000")
    assert reading.status == QuoteStatus.CURRENT


def test_only_what_stands_is_a_finalist_and_a_revision_stays_one(
    reading: Quote, boss: User
) -> None:
    with pytest.raises(QuoteError, match="check this one first"):
        mark_finalist(reading, actor=boss)
    confirm(reading, actor=boss)
    mark_finalist(reading, actor=boss)
    revised = log_quote(reading.enrollment, actor=boss, price="40000", currency="USD")
    assert revised.is_finalist
    mark_finalist(revised, actor=boss, finalist=False)
    assert not revised.is_finalist


def test_notes_are_signed_and_added_never_replaced(thread: Enrollment, boss: User) -> None:
    add_note(thread, actor=boss, text="Asked for Sunday.")
    noted = add_note(thread, actor=boss, text=" Likes e-mail. ")
    first, second = noted.notes.splitlines()
    assert first.endswith("Bo Lang: Asked for Sunday.")
    assert second.endswith("Bo Lang: Likes e-mail.")
    assert AuditEntry.objects.filter(action="enrollment.noted").count() == 2


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_an_empty_or_endless_note_is_refused(thread: Enrollment, boss: User, text: str) -> None:
    with pytest.raises(QuoteError):
        add_note(thread, actor=boss, text=text)


def test_declines_and_questions_need_no_price(reading: Quote, boss: User) -> None:
    correct(reading, actor=boss, version=1, kind="question", price="")
    reading.refresh_from_db()
    assert (reading.kind, reading.price) == (ReplyKind.QUESTION, None)


def test_corrected_lists_replace_the_old_ones(reading: Quote, boss: User) -> None:
    values: dict[str, Any] = {"extras": "VAT: 20%\nFuel: 300", "options": "A: 1"}
    correct(reading, actor=boss, version=1, **values)
    correct(reading, actor=boss, version=2, extras="VAT: 20%", options="")
    assert [extra.label for extra in reading.extras.all()] == ["VAT"]
    assert not reading.options.exists()
