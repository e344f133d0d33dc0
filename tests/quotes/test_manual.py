"""A quote logged by hand: it counts at once, says who logged it, and refuses nonsense in words."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from compliance.models import AuditEntry
from outreach.models import Enrollment
from quotes.choices import EntryMethod, QuoteStatus
from quotes.comparison.facts import Extra
from quotes.errors import InvalidQuoteError
from quotes.manual import log_quote
from quotes.models import Quote
from quotes.values import values_of

Vendor = Callable[..., Enrollment]


@pytest.fixture
def thread(vendor: Vendor) -> Enrollment:
    return vendor("VistaJet", channel="phone")


def test_it_stands_at_once_in_the_loggers_name(thread: Enrollment, boss: User) -> None:
    quote = log_quote(thread, actor=boss, price="45,000", currency="usd")
    assert (quote.price, quote.currency, quote.status) == (45000, "USD", QuoteStatus.CURRENT)
    assert (quote.entry_method, quote.logged_by) == (EntryMethod.MANUAL, boss)
    entry = AuditEntry.objects.get(action="quote.logged")
    assert (entry.actor, entry.campaign_id) == ("boss", thread.campaign_id)


def test_everything_a_person_may_say_is_kept(thread: Enrollment, boss: User) -> None:
    until = timezone.localdate() + timedelta(days=9)
    quote = log_quote(
        thread,
        actor=boss,
        price="$42.5k",
        includes_tax="no",
        availability="available",
        expiration_date=until.isoformat(),
        deposit="10%",
        extras="VAT: 7.5%\nLanding fee: 1,250\nFuel",
        options="CJ3+: 42,500\nPhenom 300: 44 000,50",
        fields={"aircraft": "CJ3+", "seats": "7", "wifi": "true"},
    )
    quote.refresh_from_db()
    assert (quote.price, quote.currency, quote.includes_tax) == (42500, "USD", False)
    assert (quote.expiration_date, quote.deposit) == (until, "10%")
    values = values_of(quote)
    assert values.extras == (
        Extra("VAT", None, Decimal("7.5")),
        Extra("Landing fee", Decimal(1250)),
        Extra("Fuel"),
    )
    assert [option.price for option in values.options] == [42500, Decimal("44000.50")]
    assert quote.fields == {"aircraft": "CJ3+", "seats": 7, "wifi": True}


@pytest.mark.parametrize(
    ("values", "name", "words"),
    [
        ({"price": "forty"}, "price", "“forty” is no amount"),
        ({"price": ""}, "price", "Fill in the price"),
        ({"price": "-5"}, "price", "never below zero"),
        ({"price": "1" * 14}, "price", "too large"),
        ({"price": "NaN"}, "price", "is no amount"),
        ({"price": "12", "currency": "XQQ"}, "currency", "“XQQ” is no currency"),
        ({"price": "12"}, "currency", "Say which currency"),
        ({"price": "12", "currency": "USD", "price_high": "5"}, "price_high", "swap the two"),
        ({"expiration_date": "next week"}, "expiration_date", "year-month-day"),
        ({"expiration_date": "1999-01-01"}, "expiration_date", "check the year"),
        ({"expiration_date": "2999-01-01"}, "expiration_date", "years away"),
        ({"availability": "maybe"}, "availability", "choose one of available"),
        ({"kind": "song"}, "kind", "choose one of quote"),
        ({"extras": "VAT: thirteen"}, "extras", "“thirteen” is no amount"),
        ({"extras": ": 13%"}, "extras", "needs a name"),
        ({"extras": "Discount: -500"}, "extras", "not between 0"),
        ({"options": "King Air"}, "options", "needs a price"),
        ({"deposit": "x" * 121}, "deposit", "longer than 120"),
        ({"terms": "a\x00b"}, "terms", "cannot be stored"),
        ({"fields": {"seats": "many"}}, "fields.seats", "is no number"),
        ({"fields": {"seats": "4.5"}}, "fields.seats", "whole number"),
        ({"fields": {"wings": "2"}}, "fields.wings", "no field of this category"),
        ({"fields": {"wifi": "perhaps"}}, "fields.wifi", "say yes or no"),
        ({"colour": "red"}, "colour", "no value of a quote"),
    ],
)
def test_nonsense_is_refused_in_words_and_nothing_is_written(
    thread: Enrollment, boss: User, values: dict[str, Any], name: str, words: str
) -> None:
    with pytest.raises(InvalidQuoteError) as caught:
        log_quote(thread, actor=boss, **values)
    assert words in caught.value.problems[name]
    assert not Quote.objects.exists()


def test_every_problem_is_named_at_once(thread: Enrollment, boss: User) -> None:
    with pytest.raises(InvalidQuoteError) as caught:
        log_quote(thread, actor=boss, price="x", currency="??", expiration_date="soon")
    assert set(caught.value.problems) == {"price", "currency", "expiration_date"}


def test_a_decline_by_phone_needs_no_price(thread: Enrollment, boss: User) -> None:
    assert log_quote(thread, actor=boss, kind="decline").status == QuoteStatus.CURRENT


def test_a_new_quote_supersedes_and_keeps_the_old_one(thread: Enrollment, boss: User) -> None:
    first = log_quote(thread, actor=boss, price="45000", currency="USD")
    second = log_quote(thread, actor=boss, price="43000", currency="USD")
    first.refresh_from_db()
    assert (first.status, first.price) == (QuoteStatus.SUPERSEDED, 45000)
    assert (second.status, second.supersedes_id) == (QuoteStatus.CURRENT, first.pk)


def test_a_chat_after_the_quote_does_not_take_its_place(thread: Enrollment, boss: User) -> None:
    quote = log_quote(thread, actor=boss, price="45000", currency="USD")
    log_quote(thread, actor=boss, kind="acknowledgement")
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.CURRENT


def test_logging_ends_the_waiting_for_an_answer(thread: Enrollment, boss: User) -> None:
    log_quote(thread, actor=boss, price="45000", currency="USD")
    thread.refresh_from_db()
    assert thread.status == "replied"
    assert thread.last_inbound_at is not None


def test_a_date_as_such_is_taken_too(thread: Enrollment, boss: User) -> None:
    until = timezone.localdate() + timedelta(days=3)
    quote = log_quote(thread, actor=boss, price=Decimal(9), currency="EUR", expiration_date=until)
    assert isinstance(quote.expiration_date, date)
