"""The review page: the mail beside the values, each with the words it was read from."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from outreach.models import Campaign, Enrollment, Message
from quotes.choices import QuoteStatus
from quotes.manual import log_quote
from quotes.models import Quote

BODY = "We can do it for $42,000 on a CJ3+.\n<b>Dana</b>"


@pytest.fixture
def browser(client: Client, boss: User) -> Client:
    client.force_login(boss)
    return client


@pytest.fixture
def reading(vendor: Callable[..., Enrollment], reply: Callable[..., Message]) -> Quote:
    thread = vendor("TurnKey Jets")
    return Quote.objects.create(
        enrollment=thread,
        message=reply(thread, BODY),
        status=QuoteStatus.NEEDS_REVIEW,
        price=42000,
        currency="USD",
        fields={"aircraft": "CJ3+"},
        evidence={"price": {"text": "$42,000", "start": 17, "end": 24, "source": "body"}},
        confidence={"price": 0.6},
        review_reasons=["Two prices were found."],
    )


@pytest.fixture
def url(reading: Quote) -> str:
    return reverse("admin:quotes_review", args=[reading.pk])


def test_it_shows_mail_values_evidence_and_why_a_person_is_asked(browser: Client, url: str) -> None:
    page = browser.get(url).content.decode()
    assert '<mark data-values="price">$42,000</mark>' in page
    assert "&lt;b&gt;Dana&lt;/b&gt;" in page
    assert "Two prices were found." in page
    assert 'value="42,000"' in page
    assert "60% sure" in page


def test_confirming(browser: Client, url: str, reading: Quote) -> None:
    browser.post(url, {"act": "confirm"})
    reading.refresh_from_db()
    assert reading.status == QuoteStatus.CURRENT


def test_correcting(browser: Client, url: str, reading: Quote) -> None:
    typed = {"kind": "quote", "price": "41,000", "currency": "USD", "field-aircraft": "CJ4"}
    answer = browser.post(url, {"act": "correct", "version": "1", **typed})
    assert answer.status_code == 302
    reading.refresh_from_db()
    assert (reading.price, reading.fields) == (41000, {"aircraft": "CJ4"})


def test_a_mistake_is_shown_beside_what_was_typed(browser: Client, url: str) -> None:
    answer = browser.post(url, {"act": "correct", "version": "1", "price": "cheap"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“cheap” is no amount" in page
    assert 'value="cheap"' in page


@pytest.mark.parametrize("version", ["0", "7", "", "x", "9" * 30])
def test_a_stale_page_is_told_and_keeps_what_was_typed(
    browser: Client, url: str, reading: Quote, version: str
) -> None:
    answer = browser.post(url, {"act": "correct", "version": version, "price": "40,123"})
    assert answer.status_code == 409
    assert 'value="40,123"' in answer.content.decode()
    reading.refresh_from_db()
    assert reading.price == 42000


def test_rejecting(browser: Client, url: str, reading: Quote) -> None:
    browser.post(url, {"act": "reject"})
    reading.refresh_from_db()
    assert reading.status == QuoteStatus.REJECTED


def test_logging_by_hand(browser: Client, campaign: Campaign, reading: Quote) -> None:
    path = reverse("admin:quotes_log", args=[campaign.pk, reading.enrollment_id])
    assert browser.get(path).status_code == 200
    assert browser.post(path, {"price": "", "currency": "USD"}).status_code == 422
    answer = browser.post(path, {"kind": "quote", "price": "39,500", "currency": "USD"})
    assert answer["Location"] == reverse("admin:quotes_comparison", args=[campaign.pk])
    logged = Quote.objects.get(status=QuoteStatus.CURRENT)
    assert (logged.price, logged.logged_by_id is not None) == (39500, True)


def test_the_list_leads_here(browser: Client, url: str, reading: Quote) -> None:
    listing = browser.get(reverse("admin:quotes_quote_changelist"))
    assert "TurnKey Jets" in listing.content.decode()
    change = reverse("admin:quotes_quote_change", args=[reading.pk])
    assert browser.get(change)["Location"] == url


def test_an_id_that_is_none_is_not_found(browser: Client, db: None) -> None:
    assert browser.get("/admin/quotes/quote/nonsense/change/").status_code == 404


def test_the_lists_queries_do_not_grow_with_its_rows(
    browser: Client, vendor: Callable[..., Enrollment], boss: User
) -> None:
    listing = reverse("admin:quotes_quote_changelist")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(listing).status_code == 200
        return len(queries)

    log_quote(vendor("A"), actor=boss, price="1", currency="USD")
    count()  # the values that its filters offer are looked for once a minute
    first = count()
    for name in "BCDEFGH":
        log_quote(vendor(name), actor=boss, price="1", currency="USD")
    assert count() == first
