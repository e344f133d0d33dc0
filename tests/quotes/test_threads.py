"""Where a vendor stands is told by what counts among all that was written, however much it was."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from outreach.models import Campaign, Enrollment, Message
from quotes.comparison.facts import Thread
from quotes.manual import log_quote
from quotes.models import Quote
from quotes.offers import KEPT, list_offers

Vendor = Callable[..., Enrollment]
Reply = Callable[..., Message]


def written(thread: Enrollment, **values: Any) -> Message:
    return Message.objects.create(
        enrollment=thread, campaign=thread.campaign, direction="outbound",
        **{"kind": "follow_up", "subject": "Charter", "body": "Any news?", **values},
    )  # fmt: skip


def stands(thread: Enrollment) -> Thread:
    (found,) = (one for one in list_offers(thread.campaign) if one.enrollment_id == thread.pk)
    return found.thread


def test_the_furthest_message_decides_and_not_the_last(vendor: Vendor) -> None:
    thread = vendor("NetJets")
    written(thread, status="failed", reason="The server said no.")
    assert (stands(thread).outbound, stands(thread).detail) == ("sent", "")


def test_the_last_of_those_that_failed_says_why(vendor: Vendor) -> None:
    thread = vendor("NetJets", status="failed", reason="The server said no.", sent_at=None)
    written(thread, status="cancelled", reason="The campaign was cancelled.")
    written(thread, status="failed", reason="It said no again.", kind="negotiation")
    assert (stands(thread).outbound, stands(thread).detail) == ("failed", "It said no again.")


def test_a_bounce_is_told_by_what_it_means_and_not_as_the_server_put_it(vendor: Vendor) -> None:
    raw = {"status": "bounced", "reason": "It bounced for good: 550 5.1.1 User unknown"}
    named = vendor("NetJets", bounce_cause="no_such_user", **raw)
    assert stands(named).detail == "There is no such mailbox at that address."
    for cause in ("undetermined", ""):
        assert stands(vendor(f"Jets {cause}", bounce_cause=cause, **raw)).detail == raw["reason"]


def test_follow_ups_count_once_they_left_and_the_last_day_stands(vendor: Vendor) -> None:
    thread = vendor("NetJets")
    now = timezone.now()
    for days in (3, 2, 1):
        written(thread, status="delivered", sent_at=now + timedelta(days=days))
    written(thread, status="ea_review")
    told = stands(thread)
    assert (told.follow_ups, told.sent_at, told.draft_waiting) == (3, now + timedelta(days=3), True)


def test_a_first_draft_is_no_further_one(vendor: Vendor) -> None:
    thread = vendor("NetJets", status="ea_review", sent_at=None)
    assert (stands(thread).outbound, stands(thread).draft_waiting) == ("draft", False)


def test_the_newest_answer_is_told_by_its_own_reading(vendor: Vendor, reply: Reply) -> None:
    thread = vendor("NetJets")
    first, second = reply(thread, "We can do it."), reply(thread, "From which terminal?")
    assert stands(thread).reply_kind == "unread"
    Quote.objects.create(enrollment=thread, message=second, kind="question", status="current")
    Quote.objects.create(enrollment=thread, message=first, kind="quote", status="superseded")
    assert stands(thread).reply_kind == "question"
    reply(thread, "I am away.", kind="auto_reply")
    reply(thread, "Not delivered.", kind="bounce")
    assert stands(thread).reply_kind == "out_of_office"


def test_each_vendor_stands_alone(vendor: Vendor, reply: Reply) -> None:
    asked, silent = vendor("NetJets"), vendor("Wheels Up")
    reply(asked, "We can do it.")
    assert (stands(asked).reply_kind, stands(silent).reply_kind) == ("unread", "")


def test_of_many_revisions_the_last_ones_are_read(
    vendor: Vendor, boss: User, campaign: Campaign
) -> None:
    thread = vendor("NetJets")
    log_quote(thread, actor=boss, price="90", currency="USD", deposit="30%")
    for price in range(KEPT + 1):
        log_quote(thread, actor=boss, price=str(price + 1), currency="USD")
    (found,) = list_offers(campaign)
    assert found.offer is not None
    assert (found.offer.price, found.offer.previous) == (KEPT + 1, (KEPT, "USD"))
    assert found.offer.earlier.deposit == ""  # said so long ago that it is not brought up again
