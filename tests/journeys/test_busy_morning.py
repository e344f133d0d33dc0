"""A busy morning at the inbox: what only a browser shows of counts, keys and long threads."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from outreach.admin.threads import SHOWN
from tests.journeys.assistant import Assistant
from tests.journeys.conftest import Desk

pytestmark = pytest.mark.browser

WORDS = 120
# One hot thread to which two people wrote a lot, and two more that wait; research on the first.
SET_UP = f"""
from datetime import timedelta
from django.utils import timezone
from outreach.models import Conversation, Enrollment, Message
now = timezone.now()
found = Enrollment.objects.filter(campaign__kind="sequence").select_related("contact")
threads = list(found.order_by("contact__name")[:3])
for number, one in enumerate(threads):
    Message.objects.bulk_create(Message(
        campaign=one.campaign, enrollment=one, direction="inbound", kind="reply", channel="email",
        status="needs_attention" if n == 0 else "processed", from_address="a@morning.example",
        body=f"Word {{n}} of {{number}}.", received_at=now + timedelta(seconds=n),
    ) for n in range({WORDS} if number == 0 else 1))
    Conversation.objects.update_or_create(
        enrollment=one, defaults=dict(state="replied", intent="question",
        hot_since=None if number else now, last_reply_at=now - timedelta(minutes=number)))
who = threads[0].contact
who.ai_research_data = {{"imported": {{"boat": "Sea Ray"}}}}
who.save()
first = Message.objects.filter(enrollment=threads[0], direction="inbound").earliest("received_at")
print("IDS", *(one.pk for one in threads), who.pk, first.pk)
"""


@pytest.fixture(scope="module")
def ids(desk: Desk) -> list[str]:
    """The three conversations, the first person, and the first words of the first."""
    told = desk.type_in("shell", "-c", SET_UP)
    found = re.search(r"^IDS (.+)$", told, re.MULTILINE)
    assert found, told
    return found[1].split()


@pytest.fixture
def sam(browser: Any, desk: Desk) -> Iterator[Assistant]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    assistant = Assistant(context.new_page(), desk)
    assistant.log_in("sam")
    yield assistant
    assert assistant.complaints == []
    context.close()


def test_the_sidebar_counts_what_is_left_while_the_page_stays_open(
    sam: Assistant, ids: list[str]
) -> None:
    sam.go(f"/admin/inbox/?show=open&c={ids[1]}")
    badge = sam.page.locator("#badge-needs_attention")
    before = int(badge.inner_text())
    sam.page.keyboard.press("x")
    expect(sam.page.locator("#inbox-pane")).to_contain_text("It comes back when they write again")
    expect(badge).to_have_text(str(before - 1) if before > 1 else "")
    expect(sam.page.locator(f"#t-{ids[1]}")).to_have_count(0)
    # The one that stood below it is next, though it has taken its place.
    sam.page.keyboard.press("n")
    expect(sam.page.locator(f"#t-{ids[2]}")).to_have_class(re.compile("is-chosen"))
    expect(sam.page.locator("#inbox-pane")).to_contain_text("Word 0 of 2.")
    sam.page.keyboard.press("?")
    expect(sam.page.locator("dialog[open]")).to_contain_text("nothing to answer")


def test_a_long_thread_opens_at_its_end_and_shows_the_rest_where_one_was(
    sam: Assistant, ids: list[str]
) -> None:
    sam.go(f"/admin/inbox/?show=all&c={ids[0]}")
    last = sam.page.get_by_text(f"Word {WORDS - 1} of 0.").last
    expect(last).to_be_in_viewport()
    expect(sam.page.locator("#reply-body")).to_be_in_viewport()
    acts = sam.page.locator(".at-pane-acts > *")
    expect(acts.first).to_have_text("I have it")
    expect(acts.filter(has_text="Looked at")).to_be_visible()
    middles = acts.evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(it => it.top + it.height / 2)"
    )
    assert max(middles) - min(middles) < 10, "they stand in one row"
    sam.picture("morning-long-thread")
    top = sam.page.locator(".at-say").first.get_attribute("id")
    sam.click("text=Show more")
    expect(sam.page.locator(".at-say")).to_have_count(3 * SHOWN)
    expect(sam.page.locator(f"[id='{top}']")).to_be_in_viewport()
    sam.click("[data-shows-all]")
    expect(sam.page.locator(".at-pane-thread")).to_contain_text("Word 0 of 0.")
    expect(sam.page.locator("[data-shows-all]")).to_have_count(0)
    # A link to words that are folded away leads to them.
    sam.go(f"/admin/outreach/enrollment/{ids[0]}/thread/#m-{ids[4]}")
    expect(sam.page.locator(f"[id='m-{ids[4]}']")).to_be_in_viewport()


def test_on_a_phone_a_conversation_opens_at_its_last_words(
    browser: Any, desk: Desk, ids: list[str]
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True)
    phone = Assistant(context.new_page(), desk)
    phone.log_in("sam")
    phone.go(f"/admin/inbox/?show=all&c={ids[0]}")
    expect(phone.page.get_by_text(f"Word {WORDS - 1} of 0.").last).to_be_in_viewport()
    expect(phone.page.locator("#reply-body")).to_be_in_viewport()
    phone.picture("morning-phone-thread")
    assert phone.complaints == []
    context.close()


def test_research_is_changed_as_lines(sam: Assistant, ids: list[str]) -> None:
    sam.go(f"/admin/crm/contact/{ids[3]}/change/")
    expect(sam.page.locator(".rs-lines")).to_contain_text("Sea Ray")
    expect(sam.page.get_by_label("Research as JSON")).to_be_hidden()
    sam.click(".rs-research summary:has-text('Change')")
    sam.page.locator("[name=ai_research_data-value]").fill("Bayliner")
    sam.page.locator("[name=ai_research_data-new-name]").fill("Dog")
    sam.page.locator("[name=ai_research_data-new-value]").fill("Rex")
    sam.picture("morning-research")
    sam.click("[name=_continue]")
    expect(sam.page.locator(".rs-lines")).to_contain_text("Bayliner")
    expect(sam.page.locator(".rs-lines")).to_contain_text("Rex")
