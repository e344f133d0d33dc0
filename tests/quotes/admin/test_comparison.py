"""The comparison page: one table, kept up to date, that only those who may can work on."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from compliance.spreadsheets import harmless
from outreach.models import Campaign, Enrollment, Message
from quotes.admin.comparison import FIRST
from quotes.manual import log_quote
from quotes.models import Quote
from tests.factories import make_drafts

Vendor = Callable[..., Enrollment]
FRAGMENT = {"HX-Request": "true", "HX-Target": "compare-live"}


@pytest.fixture
def browser(client: Client, boss: User) -> Client:
    client.force_login(boss)
    return client


@pytest.fixture
def url(campaign: Campaign) -> str:
    return reverse("admin:quotes_comparison", args=[campaign.pk])


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_it_stands_where_campaigns_stand(url: str, campaign: Campaign) -> None:
    assert url == f"/admin/outreach/campaign/{campaign.pk}/compare/"


def test_its_tabs_are_those_of_the_campaign(browser: Client, url: str, campaign: Campaign) -> None:
    queue = browser.get(reverse("admin:outreach_campaign_queue", args=[campaign.pk]))
    settings = reverse("admin:outreach_campaign_change", args=[campaign.pk]) + "?settings"
    assert settings in queue.content.decode()
    assert settings in browser.get(url).content.decode()


def test_a_filter_it_does_not_know_is_named_with_those_it_does(
    browser: Client, url: str, vendor: Vendor
) -> None:
    vendor("NetJets")
    page = text_of(browser.get(url, {"status": "quoted", "show": "bogus", "sort": "-vendor"}))
    assert "This page knows no filter “status”" in page
    assert "“bogus” is nothing this page knows for “show”" in page
    assert "Choose among All, Quoted, Waiting, To check, Finalists, Closed." in page
    assert "“-vendor”" not in page
    assert "NetJets" in page


def test_an_empty_campaign_says_what_to_do(browser: Client, url: str) -> None:
    assert "Write the drafts first" in text_of(browser.get(url))


def test_what_a_revision_leaves_out_is_marked_as_from_the_earlier_quote(
    browser: Client, url: str, vendor: Vendor, boss: User
) -> None:
    thread = vendor("NetJets")
    log_quote(
        thread, actor=boss, price="38500", currency="USD", includes_tax="yes", deposit="30%",
        fields={"aircraft": "Phenom 300"},
    )  # fmt: skip
    log_quote(thread, actor=boss, price="36000", currency="USD")
    log_quote(thread, actor=boss, price="35000", currency="USD")
    page = text_of(browser.get(url))
    assert "NetJets at $35,000" in page
    assert "before: $36,000" in page
    assert "Deposit 30% (from the earlier quote)" in page
    assert "Phenom 300 from the earlier quote" in page
    assert "tax from the earlier quote" in page


def test_it_shows_price_status_and_the_best_deal_with_its_reason(
    browser: Client, url: str, vendor: Vendor, boss: User
) -> None:
    log_quote(
        vendor("NetJets"), actor=boss, price="38500", currency="USD", includes_tax="yes",
        fields={"aircraft": "Phenom 300"},
    )  # fmt: skip
    log_quote(vendor("TurnKey Jets"), actor=boss, price="42000", currency="USD")
    vendor("Wheels Up")
    page = text_of(browser.get(url))
    assert "NetJets at $38,500" in page
    assert "$3,500 below the next (TurnKey Jets)" in page
    assert "Phenom 300" in page
    assert "Logged by Bo Lang" in page
    assert "Sent" in page


def test_a_vendors_words_are_shown_as_text(
    browser: Client, url: str, vendor: Vendor, boss: User
) -> None:
    log_quote(
        vendor("<b>Evil</b>"), actor=boss, price="1", currency="USD",
        extras="<script>alert(1)</script>: 5", fields={"aircraft": "<img src=x>"},
    )  # fmt: skip
    page = browser.get(url).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x>" not in page
    assert "<b>Evil" not in page


def test_no_inline_script_and_no_event_handler(browser: Client, url: str, vendor: Vendor) -> None:
    vendor("Wheels Up")
    live = browser.get(url, headers=FRAGMENT).content.decode()
    assert not re.search(r"<script(?![^>]*src=)", live)
    assert not re.search(r"\son\w+=", live)


def test_a_refresh_brings_the_live_part_only_and_nothing_while_nothing_changed(
    browser: Client, url: str, vendor: Vendor, boss: User
) -> None:
    thread = vendor("NetJets")
    live = browser.get(url, {"sort": "-vendor", "show": "waiting"}, headers=FRAGMENT)
    assert b"<html" not in live.content
    again = re.search(r'hx-get="([^"]+seen=[^"]+)"', live.content.decode())
    assert again is not None
    seen = again[1].replace("&amp;", "&")
    assert "show=waiting" in seen
    assert "sort=-vendor" in seen
    assert browser.get(seen, headers=FRAGMENT).status_code == 204
    log_quote(thread, actor=boss, price="1", currency="USD")
    assert browser.get(seen, headers=FRAGMENT).status_code == 200


def test_looking_changes_nothing(browser: Client, url: str, vendor: Vendor) -> None:
    thread = vendor("NetJets")
    for name in ("note", "finalist"):
        path = reverse(f"admin:quotes_{name}", args=[thread.campaign_id, thread.pk])
        assert browser.get(path).status_code == 405
    assert browser.post(url).status_code == 405


def test_the_number_of_queries_does_not_grow_with_the_vendors(
    browser: Client, url: str, vendor: Vendor, boss: User
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url, headers=FRAGMENT).status_code == 200
        return len(queries)

    log_quote(vendor("A"), actor=boss, price="1", currency="EUR", extras="VAT: 5%", options="X: 1")
    first = count()
    for letter in "BCDEFGHIJ":
        log_quote(
            vendor(letter), actor=boss, price="1", currency="EUR", extras="VAT: 5%", options="X: 1"
        )
    # session, user, campaign, vendors, quotes, extras, options, messages in numbers, the newest of
    # them, rates
    assert (first, count()) == (10, 10)


def test_of_very_many_vendors_the_first_are_drawn_and_the_rest_on_demand(
    browser: Client, url: str, campaign: Campaign
) -> None:
    make_drafts(campaign, FIRST + 2)
    page = browser.get(url, {"sort": "vendor"}).content.decode()
    assert page.count("data-row=") == FIRST
    assert "Show 2 more" in page
    assert "whole=1" in page
    assert f"All <b>{FIRST + 2}</b>" in page
    whole = browser.get(url, {"sort": "vendor", "whole": "1"}).content.decode()
    assert whole.count("data-row=") == FIRST + 2
    assert "Show 2 more" not in whole
    csv = browser.get(reverse("admin:quotes_export_csv", args=[campaign.pk])).content
    assert len(csv.splitlines()) == FIRST + 3


def test_csv_and_xlsx_hold_the_table_as_it_is_shown(
    browser: Client, campaign: Campaign, vendor: Vendor, boss: User
) -> None:
    log_quote(vendor("NetJets"), actor=boss, price="38500", currency="USD")
    vendor("Wheels Up")
    csv_url = reverse("admin:quotes_export_csv", args=[campaign.pk])
    lines = browser.get(csv_url, {"show": "quoted"}).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("NetJets,")
    book = load_workbook(
        io.BytesIO(browser.get(reverse("admin:quotes_export_xlsx", args=[campaign.pk])).content)
    )
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Vendor", "NetJets", "Wheels Up"]
    assert rows[1][6] == 38500


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+cmd", "-1+cmd", "@SUM(A1)", "\t=1", " =1", "=HYPERLINK()"]
)
def test_a_vendors_words_never_become_a_formula(
    browser: Client, campaign: Campaign, vendor: Vendor, boss: User, text: str
) -> None:
    log_quote(vendor(text), actor=boss, price="1", currency="USD", fields={"aircraft": "=2+2"})
    raw = browser.get(reverse("admin:quotes_export_csv", args=[campaign.pk])).content.decode()
    assert harmless(text) in raw
    assert f"\n{text}" not in raw
    assert ",=2+2" not in raw
    book = load_workbook(
        io.BytesIO(browser.get(reverse("admin:quotes_export_xlsx", args=[campaign.pk])).content)
    )
    assert all(cell.data_type != "f" for row in book.worksheets[0].iter_rows() for cell in row)


def test_a_finalist_is_marked_and_the_view_is_kept(
    browser: Client, url: str, vendor: Vendor, boss: User
) -> None:
    thread = vendor("NetJets")
    quote = log_quote(thread, actor=boss, price="1", currency="USD")
    path = reverse("admin:quotes_finalist", args=[thread.campaign_id, thread.pk])
    answer = browser.post(path, {"finalist": "1", "next": f"{url}?show=quoted"})
    assert answer["Location"] == f"{url}?show=quoted"
    quote.refresh_from_db()
    assert quote.is_finalist


def test_the_way_back_never_leads_elsewhere(browser: Client, url: str, vendor: Vendor) -> None:
    thread = vendor("NetJets")
    path = reverse("admin:quotes_note", args=[thread.campaign_id, thread.pk])
    answer = browser.post(path, {"text": "x", "next": "https://evil.example/"})
    assert answer["Location"] == url


def test_a_thread_of_another_campaign_is_not_found(browser: Client, vendor: Vendor) -> None:
    thread = vendor("NetJets")
    path = reverse("admin:quotes_note", args=[thread.pk, thread.pk])
    assert browser.post(path, {"text": "x"}).status_code == 404


def test_a_refusal_is_told_in_words(browser: Client, vendor: Vendor) -> None:
    thread = vendor("NetJets")
    path = reverse("admin:quotes_finalist", args=[thread.campaign_id, thread.pk])
    page = browser.post(path, {"finalist": "1"}, follow=True)
    assert "no offer that stands yet" in text_of(page)


def test_a_reply_that_is_not_read_yet_is_said(
    browser: Client, url: str, vendor: Vendor, reply: Callable[..., Message]
) -> None:
    reply(vendor("NetJets"), "Here is our offer.")
    page = text_of(browser.get(url))
    assert "Answered" in page
    assert "Being read" in page
    assert not Quote.objects.exists()
