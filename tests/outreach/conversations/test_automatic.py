"""What was taken for an answer is labelled as a machine's: it counts no more, and touches go on."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from outreach.conversations import acts
from outreach.models import Absence, Campaign, Enrollment, Message
from outreach.sequences.advance import advance
from tests.outreach.conversations.conftest import Reply, sent_by, talk_of

pytestmark = pytest.mark.django_db(transaction=True)

HOT = "Yes, I am interested. Can you call me tomorrow at 10?"


def away(days: int) -> tuple[str, date]:
    """A note of absence that no header and no known form gives away, and the day it names."""
    back = timezone.localdate() + timedelta(days=days)
    return f"Enjoying the mountains! I am back at my desk on {back:%B %d, %Y}.", back


def thread(message: Message) -> Enrollment:
    return Enrollment.objects.get(pk=message.enrollment_id)


def test_touches_go_on_after_the_day_of_return(touched: Message, reply: Reply, ella: User) -> None:
    words, back = away(30)
    heard = reply(touched, words)
    Message.objects.filter(pk=heard.pk).update(kind="reply")
    assert thread(heard).status == "replied"
    acts.label(heard.pk, intent="out_of_office", actor=ella)
    heard.refresh_from_db()
    touched.refresh_from_db()
    assert (heard.kind, thread(heard).status) == ("auto_reply", "active")
    assert (touched.status, touched.replied_at) == ("sent", None)
    assert Absence.objects.get().return_on == back
    advance()
    made = Message.objects.filter(enrollment=heard.enrollment_id, step=2).first()
    later = made.due_at.date() if made and made.due_at else thread(heard).next_touch_at.date()  # type: ignore[union-attr]
    assert later > timezone.localdate()


def test_nobody_has_answered_then(touched: Message, reply: Reply, ella: User) -> None:
    heard = reply(touched, HOT)
    assert (talk_of(heard).state, thread(heard).status) == ("taken_over", "handed_over")
    acts.label(heard.pk, intent="auto_reply", actor=ella)
    talk = talk_of(heard)
    assert (talk.state, talk.intent, talk.last_reply_at) == ("awaiting", "", None)
    assert (talk.hot_since, talk.pass_on_at) == (None, None)
    assert thread(heard).status == "active"
    assert not Absence.objects.exists()


def test_labelled_twice_it_goes_on_once(touched: Message, reply: Reply, ella: User) -> None:
    heard = reply(touched, HOT)
    acts.label(heard.pk, intent="auto_reply", actor=ella)
    Enrollment.objects.filter(pk=heard.enrollment_id).update(status="completed")
    acts.label(heard.pk, intent="auto_reply", actor=ella)
    assert thread(heard).status == "completed"


def test_what_a_person_said_before_still_stands(touched: Message, reply: Reply, ella: User) -> None:
    asked = reply(touched, "What does it cost per month?")
    heard = reply(touched, HOT)
    acts.label(heard.pk, intent="auto_reply", actor=ella)
    talk = talk_of(heard)
    assert (talk.state, talk.intent) == ("replied", "question")
    assert talk.last_reply_at == asked.received_at
    assert thread(heard).status == "handed_over"


def test_an_earlier_answer_found_automatic_moves_nothing_of_the_later(
    touched: Message, reply: Reply, ella: User
) -> None:
    first = reply(touched, "What does it cost per month?")
    reply(touched, HOT)
    acts.label(first.pk, intent="auto_reply", actor=ella)
    assert (talk_of(first).state, talk_of(first).intent) == ("taken_over", "interested")


def test_what_the_desk_closed_on_it_is_open_again(
    touched: Message, reply: Reply, ella: User
) -> None:
    heard = reply(touched, "We are keeping the house, thank you.")
    assert talk_of(heard).state == "closed"
    acts.label(heard.pk, intent="auto_reply", actor=ella)
    assert (talk_of(heard).state, thread(heard).status) == ("awaiting", "active")


def test_what_a_person_closed_stays_closed(touched: Message, reply: Reply, ella: User) -> None:
    heard = reply(touched, HOT)
    acts.close(heard.enrollment_id, outcome="lost", actor=ella)  # type: ignore[arg-type]
    acts.label(heard.pk, intent="auto_reply", actor=ella)
    assert (talk_of(heard).state, talk_of(heard).outcome) == ("closed", "lost")
    assert thread(heard).status == "handed_over"


def test_whom_a_person_has_stays_with_them(touched: Message, reply: Reply, ella: User) -> None:
    heard = reply(touched, HOT)
    acts.take_over(heard.enrollment_id, actor=ella)  # type: ignore[arg-type]
    acts.label(heard.pk, intent="out_of_office", actor=ella)
    assert (talk_of(heard).state, thread(heard).status) == ("taken_over", "handed_over")


def test_who_asked_us_to_stop_is_never_written_to_again(
    touched: Message, reply: Reply, ella: User
) -> None:
    heard = reply(touched, "Please remove me from your list.")
    acts.label(heard.pk, intent="auto_reply", actor=ella)
    assert talk_of(heard).outcome == "opted_out"
    assert thread(heard).status == "stopped"


def test_a_finished_campaign_is_not_woken(touched: Message, reply: Reply, ella: User) -> None:
    heard = reply(touched, HOT)
    Campaign.objects.update(status="cancelled")
    acts.label(heard.pk, intent="auto_reply", actor=ella)
    assert thread(heard).status == "handed_over"


def test_a_request_to_a_vendor_waits_for_its_answer_again(reply: Reply, ella: User) -> None:
    heard = reply(sent_by(ella)[0], HOT)
    acts.label(heard.pk, intent="auto_reply", actor=ella)
    assert (talk_of(heard).state, thread(heard).status) == ("awaiting", "active")
    assert thread(heard).next_touch_at is None
