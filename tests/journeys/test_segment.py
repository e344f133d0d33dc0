"""From “whom do I mean?” to a queued campaign in minutes, by somebody who writes no queries."""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.assistant import Assistant
from tests.journeys.conftest import running_desk

pytestmark = pytest.mark.browser
PEOPLE, NO_ADDRESS = 12, 2
MOST_CLICKS, MOST_SECONDS = 20, 180


@pytest.fixture(scope="module")
def sam(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Staff, on a desk of their own that has just taken in a list of people."""
    folder = tmp_path_factory.mktemp("segment")
    rows = ["name,role,company,country,email,phone"]
    rows += [f"Chief {n},CTO,Firm {n},US,chief{n}@firm{n}.com," for n in range(PEOPLE)]
    rows += [f"Sales {n},Director of Sales,Firm {n},US,sales{n}@firm{n}.com," for n in range(5)]
    rows += [f"Head {n},Head of IT,Firm {n},US,,+1305200100{n}" for n in range(NO_ADDRESS)]
    (folder / "people.csv").write_text("\n".join(rows))
    with running_desk(folder) as desk:
        desk.type_in("contact", "import", str(folder / "people.csv"), "--user", "sam")
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        assistant = Assistant(context.new_page(), desk)
        assistant.log_in("sam")
        yield assistant
        context.close()


def choose(sam: Assistant, selector: str, value: str, then: str) -> None:
    """Choose from a list, which is a click, and wait for what it brings."""
    sam.clicks += 1
    expect(sam.page.locator(selector)).to_be_visible(timeout=15_000)
    sam.page.wait_for_load_state("networkidle")
    sam.page.wait_for_timeout(200)  # what came anew hears from then on; a person takes longer
    sam.page.select_option(selector, value)
    expect(sam.page.locator(then)).to_be_visible(timeout=15_000)
    sam.page.wait_for_load_state("networkidle")


def test_from_an_idea_to_a_queued_campaign(sam: Assistant) -> None:
    page, began = sam.page, time.monotonic()
    sam.clicks = 0
    sam.click("nav a:has-text('Segments'), aside a:has-text('Segments'), a:has-text('Segments')")
    sam.click("text=Build the first one")
    page.fill("#segment-name", "Chief technologists, silent")
    choose(sam, "#g-0-field", "contact.role", "#g-0-value0")
    page.fill("#g-0-value0", "CTO")
    sam.click("#g-0-or")
    page.fill("#g-0-value1", "Head of IT")
    sam.click("#g-add")
    choose(sam, "#g-1-field", "outreach.contacted", "#g-1-value")
    page.fill("#g-1-value", "60")
    live = page.locator("#segment-live")
    expect(live).to_contain_text(f"{PEOPLE + NO_ADDRESS} people", timeout=15_000)
    expect(live).to_contain_text("not written to in the last 60 days")
    sam.picture("segment-1-builder")
    sam.click("text=Save segment")
    expect(page.locator(".sg-kept")).to_contain_text("No e-mail address that works")
    sam.picture("segment-2-page")
    sam.click("text=Start a campaign…")
    sam.clicks += 1
    page.select_option("#start-sequence", "three_step")
    page.fill("[name=offer]", "We look after planes for owners who fly too rarely.")
    sam.click("text=Look first")
    expect(page.locator("#start-look")).to_contain_text(
        f"{PEOPLE} of {PEOPLE + NO_ADDRESS} would come in", timeout=30_000
    )
    sam.picture("segment-3-start")
    sam.click("button:has-text('Start the campaign')")
    page.wait_for_url(re.compile("/audience/"), timeout=30_000)
    expect(page.locator("body")).to_contain_text(f"is queued with {PEOPLE} people")
    expect(page.locator("body")).to_contain_text("There is no address for E-mail.")
    sam.picture("segment-4-audience")
    seconds = time.monotonic() - began
    print(f"\n{sam.clicks} clicks, {seconds:.0f} s from the idea to a queued campaign")
    assert sam.clicks <= MOST_CLICKS
    assert seconds < MOST_SECONDS
    assert not sam.complaints


def test_choosing_a_file_to_import_shows_its_name_and_breaks_nothing(
    sam: Assistant, tmp_path: Path
) -> None:
    """The theme's script looks for a box beside every file input; ours have none."""
    (tmp_path / "people.csv").write_text("name,email\nKim,kim@firm.example\n")
    sam.go("/admin/imports/new/")
    sam.page.set_input_files("input[type=file]", tmp_path / "people.csv")
    expect(sam.page.locator("[data-name]")).to_contain_text("people.csv")
    assert not sam.complaints


def test_a_list_of_two_gigabytes_is_told_before_it_is_sent(sam: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    file.write_text("name,email\nPat,pat@sky.example\n")
    small = tmp_path / "few.csv"
    small.write_bytes(file.read_bytes())
    os.truncate(file, 2 * 1024**3)  # sparse: it takes no room
    page = sam.page
    sam.go("/admin/imports/new/")
    page.set_input_files(".im-file", str(file))
    told = page.locator("[data-name]")
    expect(told).to_contain_text("larger than 256 MB. Split it")
    sam.picture("import-too-large")
    sam.click("text=Look at its columns")
    expect(told).to_contain_text("larger than 256 MB. Split it")
    page.set_input_files(".im-file", str(small))
    expect(told).to_contain_text("few.csv, 0 kB")
    sam.click("text=Look at its columns")
    expect(page.locator(".im-columns-form")).to_be_visible()
