"""The main job as the assistant lives it: log in, review, approve, and watch quotes arrive."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.assistant import Assistant
from tests.journeys.conftest import Desk

pytestmark = pytest.mark.browser

EMAIL_VENDORS = 8
BRIEF = "I need a light jet from Teterboro to Aspen on March 15 for 4 passengers"


@pytest.fixture
def ella(browser: Any, desk: Desk) -> Iterator[Assistant]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    assistant = Assistant(context.new_page(), desk)
    assistant.log_in("ella")
    yield assistant
    context.close()


def test_from_one_sentence_to_a_filled_comparison(ella: Assistant) -> None:
    page = ella.page
    ella.picture("1-home")
    ella.go("/admin/request/new/")
    page.fill("textarea[name=text]", BRIEF)
    expect(page.locator("#understood")).to_contain_text("Teterboro (TEB)", timeout=15_000)
    expect(page.locator("#understood")).to_contain_text("11 vendors")
    ella.picture("2-new-request")
    page.click("text=Create campaign and drafts")
    page.wait_for_url(re.compile("/queue/"))
    expect(page.locator(".at-row")).to_have_count(11)
    ella.picture("3-queue")

    started = time.monotonic()
    ella.clicks = 0
    ella.click(".at-row [data-key=p]")
    expect(page.locator(".at-panel .at-body")).to_contain_text("Teterboro (TEB)")
    ella.picture("4-preview")
    page.keyboard.press("Escape")
    ella.click("#approve-all")
    expect(page.locator("dialog[open]")).to_contain_text(f"Approve {EMAIL_VENDORS} e-mails?")
    ella.picture("5-approve-all")
    ella.click("dialog[open] button.is-primary")
    expect(page.locator("#queue-result")).to_contain_text(
        f"{EMAIL_VENDORS} approved", timeout=15_000
    )
    assert ella.clicks <= 3
    assert time.monotonic() - started < 120
    expect(page.locator("#queue-head")).to_contain_text("8 of 20 contacts used", timeout=15_000)

    ella.click("text=Compare")
    expect(page.locator(".cmp-best h2")).to_be_visible(timeout=60_000)
    # Four firm quotes, and one from a colleague nobody has met: it waits for a person.
    expect(page.locator("#show-quoted")).to_contain_text("5", timeout=90_000)
    expect(page.locator("#compare-live")).to_contain_text("Palisade Jets")
    expect(page.locator("#compare-live")).to_contain_text("Declined")
    expect(page.locator("#compare-live")).to_contain_text("Bounced")
    ella.picture("6-comparison")
    ella.click("text=View thread")
    expect(page.locator(".at-say.is-inbound").first).to_be_visible()
    ella.picture("7-thread")
    assert ella.complaints == []


def test_the_desk_at_night_and_on_a_phone(browser: Any, desk: Desk) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark", is_mobile=True
    )
    phone = Assistant(context.new_page(), desk)
    phone.log_in("ella")
    for name, path in (
        ("home", "/admin/"),
        ("review", "/admin/review/"),
        ("inbox", "/admin/inbox/"),
    ):
        phone.go(path)
        wide = phone.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        phone.picture(f"8-phone-{name}")
        assert wide <= 1, f"{path} is {wide} pixels too wide for a phone"
    assert phone.complaints == []
    context.close()


def test_who_only_reads_finds_no_button_and_no_door(browser: Any, desk: Desk) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    ann = Assistant(context.new_page(), desk)
    ann.log_in("ann")
    ann.go("/admin/review/")
    assert ann.page.locator("button[data-key=a]").count() == 0
    assert ann.page.goto(desk.url + "/admin/request/new/").status == 403  # type: ignore[union-attr]
    context.close()
