"""The home owners' drip as its keeper lives it: approve, let time run, and see who answers."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.assistant import Assistant
from tests.journeys.conftest import Desk

pytestmark = pytest.mark.browser

MOVING_IN_SECONDS, ANSWER_SECONDS = 60.0, 90.0
# Whoever is among them answers the first text, a week into the drip.
STOPPED = ("Earl Hutchins", "Denise Whitaker", "Nadia Orlova", "Hilda Navarro")
ANSWERED = ("Marisol Vega", "Consuelo Ibarra", "Galina Petrenko", "Duane Pickett")


@pytest.fixture
def sam(browser: Any, desk: Desk) -> Iterator[Assistant]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    assistant = Assistant(context.new_page(), desk)
    assistant.log_in("sam")
    yield assistant
    context.close()


def test_three_weeks_of_texts_in_a_minute(sam: Assistant) -> None:
    approve_the_first(sam)
    sam.go("/admin/")
    before = sam.page.locator("#clock-now").inner_text()
    sam.click("text=Play three weeks")
    expect(sam.page.locator("text=Halt")).to_be_visible()
    news = sam.page.locator(".at-talk")
    expect(news.locator(".is-outbound").first).to_be_visible(timeout=60_000)
    expect(news).to_contain_text("Reply STOP to opt out", timeout=60_000)
    expect(news).to_contain_text("They asked us to stop", timeout=60_000)
    sam.picture("9-three-weeks")
    assert sam.page.locator("#clock-now").inner_text() != before
    answers = wait_for_answers(sam)
    sam.go("/admin/")
    sam.click("text=Halt")
    expect(sam.page.locator("text=Play three weeks")).to_be_visible()
    sam.go(answers)
    for name in STOPPED:
        expect(row_of(sam, name)).to_contain_text("to stop")
    sam.picture("9-answers")
    sam.click("text=Queue")
    expect(sam.page.locator("#queue-rows")).to_be_visible()
    for name in STOPPED + ANSWERED:  # an answer to what they said may wait; a touch may not
        touches = sam.page.locator(".sq-own tr", has_text=name)
        assert touches.count() == 0, touches.all_inner_texts()
    sam.click("text=All messages")
    expect(sam.page.locator("#queue-rows")).to_be_visible()
    for name in STOPPED + ANSWERED:
        leaving = sam.page.locator(".at-row.is-approved", has_text=name)
        assert leaving.count() == 0, f"{name} would be written to again"
    for name in STOPPED:
        assert sam.page.locator(".at-row.is-ea_review", has_text=name).count() == 0, name
    assert sam.complaints == []


def approve_the_first(sam: Assistant) -> None:
    """The drip's drafts, as soon as the owners have moved in."""
    drafts = sam.page.locator("text=the home owners’ drafts")
    deadline = time.monotonic() + MOVING_IN_SECONDS
    while not drafts.count() and time.monotonic() < deadline:
        time.sleep(0.5)
        sam.go("/admin/")
    drafts.click()
    batches = sam.page.locator("[data-counts=draft]")
    expect(sam.page.locator("#queue-rows")).to_be_visible()
    while left := batches.count():
        sam.click("[data-counts=draft]")
        expect(batches).to_have_count(left - 1, timeout=15_000)
        # After the first eight the desk approves the rest itself, and may have been quicker.
        expect(sam.page.locator(".at-notice[role=status]")).to_contain_text("approved")
    singly = sam.page.locator(".at-row.is-ea_review")
    while left := singly.count():
        sam.click(".at-row.is-ea_review [data-key=a]")
        expect(singly).to_have_count(left - 1, timeout=15_000)


def wait_for_answers(sam: Assistant) -> str:
    """Until everybody has answered the first text; returns the path of the campaign's replies."""
    sam.page.locator("tr", has_text="Home owners").get_by_text("Replies").click()
    path = re.sub(r"^https?://[^/]+", "", sam.page.url)
    deadline = time.monotonic() + ANSWER_SECONDS
    missing = {*STOPPED, *ANSWERED}
    while missing and time.monotonic() < deadline:
        time.sleep(1)
        sam.go(path)
        missing = {name for name in missing if not row_of(sam, name).count()}
    assert not missing
    return path


def row_of(sam: Assistant, name: str) -> Any:
    return sam.page.locator(".at-row", has_text=name)
