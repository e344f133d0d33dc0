"""Three named people: the assistant works, the analyst looks on, a stranger stays outside."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from outreach.models import Campaign, Enrollment, Message
from quotes.choices import QuoteStatus
from quotes.models import Quote

Browser = Callable[[User], Client]


@pytest.fixture
def reading(vendor: Callable[..., Enrollment], reply: Callable[..., Message]) -> Quote:
    thread = vendor("TurnKey Jets")
    return Quote.objects.create(
        enrollment=thread,
        message=reply(thread, "$42,000"),
        status=QuoteStatus.NEEDS_REVIEW,
        price=42000,
        currency="USD",
    )


@pytest.fixture
def pages(campaign: Campaign, reading: Quote) -> list[str]:
    return [
        reverse("admin:quotes_comparison", args=[campaign.pk]),
        reverse("admin:quotes_export_csv", args=[campaign.pk]),
        reverse("admin:quotes_export_xlsx", args=[campaign.pk]),
        reverse("admin:quotes_review", args=[reading.pk]),
        reverse("admin:quotes_quote_changelist"),
        reverse("admin:quotes_exchangerate_changelist"),
    ]


@pytest.fixture
def writes(campaign: Campaign, reading: Quote) -> list[tuple[str, dict[str, str]]]:
    row = [campaign.pk, reading.enrollment_id]
    return [
        (reverse("admin:quotes_review", args=[reading.pk]), {"act": "confirm"}),
        (reverse("admin:quotes_review", args=[reading.pk]), {"act": "reject"}),
        (reverse("admin:quotes_review", args=[reading.pk]), {"act": "correct", "version": "1"}),
        (reverse("admin:quotes_note", args=row), {"text": "hello"}),
        (reverse("admin:quotes_finalist", args=row), {"finalist": "1"}),
        (reverse("admin:quotes_follow_up", args=row), {}),
        (reverse("admin:quotes_log", args=row), {"price": "1", "currency": "USD"}),
    ]


def test_the_analyst_sees_everything_and_no_button(
    client_of: Browser, ann: User, pages: list[str]
) -> None:
    browser = client_of(ann)
    for page in pages:
        assert browser.get(page).status_code == 200, page
    assert b"csrfmiddlewaretoken" not in browser.get(pages[0], headers=LIVE).content
    assert b"Confirm as read" not in browser.get(pages[3]).content


LIVE = {"HX-Request": "true", "HX-Target": "compare-live"}


def test_the_analyst_writes_nothing(
    client_of: Browser, ann: User, writes: list[tuple[str, dict[str, str]]], reading: Quote
) -> None:
    browser = client_of(ann)
    for path, values in writes:
        assert browser.post(path, values).status_code == 403, path
    assert list(Quote.objects.values_list("status", "version")) == [("needs_review", 1)]
    reading.enrollment.refresh_from_db()
    assert reading.enrollment.notes == ""


def test_the_assistant_works(
    client_of: Browser, ella: User, writes: list[tuple[str, dict[str, str]]]
) -> None:
    browser = client_of(ella)
    for path, values in writes:
        assert browser.post(path, values).status_code in (302, 409, 422), path


def test_staff_keeps_the_rates_and_the_assistant_does_not(
    client_of: Browser, sam: User, ella: User
) -> None:
    add = reverse("admin:quotes_exchangerate_add")
    assert client_of(ella).get(add).status_code == 403
    page = client_of(sam)
    values = {"currency": "rub", "usd": "0.0125", "valid_on": "2026-10-02", "source": "bank"}
    assert page.post(add, values).status_code == 302
    refused = page.post(add, {**values, "currency": "QQQ"})
    assert "is no currency" in refused.content.decode()


@pytest.mark.parametrize("known", [False, True])
def test_a_stranger_is_sent_to_the_log_in(
    client: Client,
    db: None,
    pages: list[str],
    writes: list[tuple[str, dict[str, str]]],
    known: bool,
) -> None:
    if known:  # a user of the machine who is no staff
        client.force_login(User.objects.create_user("rolf"))
    for path in pages:
        assert "/login/" in client.get(path).get("Location", ""), path
    for path, values in writes:
        assert "/login/" in client.post(path, values).get("Location", ""), path


def test_staff_without_a_role_gets_no_page(client_of: Browser, pages: list[str], db: None) -> None:
    nobody = User.objects.create_user("nora", is_staff=True)
    browser = client_of(nobody)
    for path in pages:
        assert browser.get(path).status_code == 403, path


def test_a_post_without_the_token_is_refused(
    ella: User, writes: list[tuple[str, dict[str, str]]]
) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ella)
    for path, values in writes:
        assert browser.post(path, values).status_code == 403, path
