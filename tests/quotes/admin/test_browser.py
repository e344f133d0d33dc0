"""In a real browser: the table fills while it is open, and a value leads to its words."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from outreach.models import Campaign, Enrollment, Message
from quotes.manual import log_quote
from quotes.models import Quote

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]  # fmt: skip
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: `apt-get install chromium`"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def tab(live_server: Any, boss: User, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A page of a browser that is logged in; its errors fail the test."""
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps a loop running
    client = Client()
    client.force_login(boss)
    errors: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": 1440, "height": 900}
        )
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda line: (
                errors.append(line.text) if "Content Security Policy" in line.text else None
            ),
        )
        yield page
        page.goto("about:blank")  # no request is under way when the database is taken down
        context.close()
        browser.close()
    assert errors == []


def vendors(tab: Any) -> list[str]:
    return [text.strip() for text in tab.locator(".cmp-vendor").all_inner_texts()]


def test_a_quote_appears_while_the_page_is_open_and_the_order_stays(
    tab: Any, campaign: Campaign, vendor: Callable[..., Enrollment], boss: User
) -> None:
    threads = [vendor(name) for name in ("Alpha", "Beta", "Gamma")]
    tab.goto(reverse("admin:quotes_comparison", args=[campaign.pk]))
    tab.click("#sort-vendor")
    tab.wait_for_url("**sort=vendor")
    tab.click("#sort-vendor")
    tab.wait_for_url("**sort=-vendor")
    assert vendors(tab) == ["Gamma", "Beta", "Alpha"]
    tab.keyboard.press("j")
    log_quote(threads[1], actor=boss, price="38500", currency="USD")
    tab.wait_for_selector("tr[data-row] .cmp-price", timeout=15_000)
    assert tab.inner_text(".cmp-price") == "$38,500"
    assert vendors(tab) == ["Gamma", "Beta", "Alpha"]
    assert tab.evaluate("document.activeElement.dataset.row") == str(threads[2].pk)


def test_a_note_being_written_is_not_swept_away(
    tab: Any, campaign: Campaign, vendor: Callable[..., Enrollment], boss: User
) -> None:
    thread = vendor("Alpha")
    tab.goto(reverse("admin:quotes_comparison", args=[campaign.pk]))
    tab.click(f"#note-{thread.pk}")
    tab.fill(":popover-open textarea", "Prefers e-mail")
    log_quote(thread, actor=boss, price="1", currency="USD")
    tab.wait_for_timeout(6000)  # longer than a refresh takes
    assert tab.input_value(":popover-open textarea") == "Prefers e-mail"
    tab.click(":popover-open button[type=submit]")
    tab.wait_for_selector("text=Noted for Alpha.")
    thread.refresh_from_db()
    assert thread.notes.endswith("Prefers e-mail")


def test_a_value_lights_up_its_words_and_a_change_disarms_confirm(
    tab: Any,
    vendor: Callable[..., Enrollment],
    reply: Callable[..., Message],
) -> None:
    thread = vendor("Alpha")
    quote = Quote.objects.create(
        enrollment=thread, message=reply(thread, "It is $42,000 all in."), price=42000,
        currency="USD", review_reasons=["Unsure."],
        evidence={"price": {"text": "$42,000", "start": 6, "end": 13, "source": "body"}},
    )  # fmt: skip
    tab.goto(reverse("admin:quotes_review", args=[quote.pk]))
    tab.click("[data-shows=price]")
    assert tab.locator("mark.is-lit").all_inner_texts() == ["$42,000"]
    tab.fill("#in-price", "41,000")
    assert tab.locator("[data-unchanged]").is_disabled()
    tab.click("button[value=correct]")
    tab.wait_for_selector("text=Saved: Alpha")
    quote.refresh_from_db()
    assert quote.price == 41000
