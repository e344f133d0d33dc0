"""The inbox as a member of staff uses it on a busy morning."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from compliance.models import AuditEntry
from outreach.admin.conversations import SNOOZES, moment_of
from outreach.admin.threads import SHOWN
from outreach.approvals import return_to_review
from outreach.inbound.process import process_open
from outreach.models import Alert, Conversation, KnowledgeEntry, Message
from tests.outreach.conversations.conftest import sent_by
from tests.outreach.inbound.conftest import post, postmark

pytestmark = pytest.mark.django_db
INBOX = reverse("admin:outreach_inbox")
ClientOf = Callable[[User], Client]


@pytest.fixture
def asked(ella: User) -> Message:
    """A message whose reader asked back."""
    (sent,) = sent_by(ella)
    hears(sent, "Thanks. How many passengers will there be, and do you need a car?")
    return sent


def hears(sent: Message, words: str, **changes: Any) -> None:
    number = Message.objects.count()
    changes = {"event_id": f"e{number}", "message_id": f"<m{number}@jets.example>", **changes}
    post(postmark(sent, words, **changes))
    process_open()


def talk(sent: Message) -> Conversation:
    return Conversation.objects.get(pk=sent.enrollment_id)


def do(browser: Client, sent: Message, name: str, **form: Any) -> str:
    where = reverse("admin:outreach_talk_act", args=[sent.enrollment_id, name])
    return browser.post(where, form, headers={"HX-Request": "true"}).content.decode()


def test_the_list_says_who_what_and_how(asked: Message, ella: User, client_of: ClientOf) -> None:
    page = client_of(ella).get(INBOX).content.decode()
    assert "How many passengers will there be" in page
    assert "Question" in page
    assert "is-unread" in page


def grown(sent: Message, number: int) -> list[Message]:
    """The thread with so many replies more, the first of them the oldest."""
    began = timezone.now() - timedelta(days=number)
    thread = sent.enrollment
    assert thread is not None
    return Message.objects.bulk_create(
        Message(
            campaign=thread.campaign, enrollment=thread, direction="inbound", kind="reply",
            status="processed", channel="email", from_address=sent.to_address,
            body=f"Word number {n}.", own_ranges=[[0, 20]], received_at=began + timedelta(hours=n),
        )
        for n in range(number)
    )  # fmt: skip


def test_a_long_conversation_begins_with_its_last_words_and_loses_none(
    asked: Message, ella: User, client_of: ClientOf
) -> None:
    grown(asked, 100)
    browser = client_of(ella)
    for page in (f"{INBOX}?show=all&c={asked.enrollment_id}&", f"{thread_of(asked)}?"):
        short = browser.get(page).content.decode()
        assert "How many passengers will there be" in short
        assert short.count('<article class="at-say') == SHOWN
        assert f"{102 - SHOWN} earlier messages" in short
        assert "Word number 3." not in short
        more = browser.get(f"{page}last=80").content.decode()
        assert "Word number 30." in more
        assert "22 earlier messages" in more
        whole = browser.get(f"{page}last=all").content.decode()
        assert whole.count('<article class="at-say') == 102
        assert "earlier message" not in whole
        assert (
            browser.get(f"{page}last=x").content.decode().count('<article class="at-say') == SHOWN
        )


def test_what_is_folded_away_still_counts(asked: Message, ella: User, client_of: ClientOf) -> None:
    """An early message that waits for a look, and that they answered at all."""
    early, *_rest = grown(asked, 60)
    Message.objects.filter(enrollment=asked.enrollment_id).exclude(pk=early.pk).update(
        kind="logged", status="processed"
    )
    Message.objects.filter(pk=early.pk).update(status="needs_attention")
    where = reverse("admin:outreach_talk", args=[asked.enrollment_id])
    pane = client_of(ella).get(where, headers={"HX-Request": "true"}).content.decode()
    assert "Word number 0." not in pane
    assert "Looked at" in pane
    assert 'id="reply-body"' in pane


def thread_of(sent: Message) -> str:
    return reverse("admin:outreach_thread", args=[sent.enrollment_id])


def test_a_conversation_opens_beside_the_list(
    asked: Message, ella: User, client_of: ClientOf
) -> None:
    page = client_of(ella).get(INBOX, {"c": asked.enrollment_id}).content.decode()
    assert 'id="reply-body"' in page
    assert "do you need a car" in page


@pytest.mark.parametrize("wrong", ["x", "00000000", "' OR 1=1"])
def test_a_broken_address_shows_the_list(ella: User, client_of: ClientOf, wrong: str) -> None:
    assert client_of(ella).get(INBOX, {"c": wrong, "show": wrong, "page": wrong}).status_code == 200


def test_opening_marks_read_by_a_post_of_its_own(
    asked: Message, ella: User, client_of: ClientOf
) -> None:
    browser = client_of(ella)
    browser.get(INBOX, {"c": asked.enrollment_id})
    assert Message.objects.filter(direction="inbound", read_at=None).exists()
    do(browser, asked, "seen")
    assert not Message.objects.filter(direction="inbound", read_at=None).exists()


def test_a_reply_goes_out_approved_by_who_wrote_it(
    asked: Message, ella: User, client_of: ClientOf
) -> None:
    Message.objects.filter(kind="answer").delete()
    page = do(client_of(ella), asked, "reply", body="Four passengers, and no car.")
    assert "On its way" in page
    answer = Message.objects.get(kind="answer")
    assert (answer.status, answer.body) == ("approved", "Four passengers, and no car.")
    assert answer.approvals.get().approver == ella
    assert answer.in_reply_to


def test_what_cannot_go_keeps_what_was_typed(
    asked: Message, ella: User, client_of: ClientOf
) -> None:
    asked.campaign.status = "cancelled"  # type: ignore[union-attr]
    asked.campaign.save()  # type: ignore[union-attr]
    page = do(client_of(ella), asked, "reply", body="My long and careful words.")
    assert "My long and careful words." in page
    assert 'role="alert"' in page
    assert not Message.objects.filter(kind="answer", body__contains="careful").exists()


def test_take_over_assign_put_aside_bring_back_close(
    asked: Message, ella: User, sam: User, client_of: ClientOf
) -> None:
    browser = client_of(ella)
    do(browser, asked, "take-over")
    assert (talk(asked).state, talk(asked).owner) == ("taken_over", ella)
    do(browser, asked, "assign", to=sam.pk)
    assert talk(asked).owner == sam
    assert Alert.objects.filter(user=sam, kind="assigned").exists()
    do(browser, asked, "snooze", until="tomorrow")
    assert talk(asked).snoozed_until is not None
    assert str(asked.enrollment.contact) not in _rows(browser, "open")
    assert str(asked.enrollment.contact) in _rows(browser, "snoozed")
    do(browser, asked, "wake")
    assert talk(asked).snoozed_until is None
    do(browser, asked, "close", outcome="won")
    assert (talk(asked).state, talk(asked).outcome) == ("closed", "won")


def _rows(browser: Client, show: str) -> str:
    return browser.get(reverse("admin:outreach_inbox_list"), {"show": show}).content.decode()


def test_a_wrong_reading_is_corrected_and_kept(
    asked: Message, ella: User, client_of: ClientOf
) -> None:
    heard = Message.objects.get(direction="inbound")
    do(client_of(ella), asked, "label", message=heard.pk, intent="interested")
    heard.reading.refresh_from_db()
    assert (heard.reading.corrected_intent, heard.reading.corrected_by) == ("interested", "ella")


def test_a_colleague_named_in_a_note_is_told(
    asked: Message, ella: User, sam: User, client_of: ClientOf
) -> None:
    page = do(client_of(ella), asked, "note", note="@sam please call them. Not me@sam.example.")
    assert "told Sam" in page
    alert = Alert.objects.get(kind="mention")
    assert alert.user == sam
    assert "call them" not in alert.words, "the words stand in the notes alone"


def test_who_is_named_in_a_note_and_is_nobody_is_said_to_be_nobody(
    asked: Message, ella: User, client_of: ClientOf
) -> None:
    page = do(client_of(ella), asked, "note", note="@samm please call them")
    assert "Nobody here is called @samm." in page


def test_what_waits_for_a_look_offers_that_one_has_looked(
    asked: Message, ella: User, client_of: ClientOf
) -> None:
    Message.objects.filter(direction="inbound").update(status="needs_attention")
    browser = client_of(ella)
    assert "Looked at" in browser.get(INBOX, {"c": asked.enrollment_id}).content.decode()
    page = do(browser, asked, "looked-at")
    assert "waits for a look no longer" in page
    assert ">Looked at<" not in page


def test_what_happened_is_told_in_words(asked: Message, ella: User, client_of: ClientOf) -> None:
    page = do(client_of(ella), asked, "take-over")
    assert "Taken over by a person" in page
    assert "taken_over:" not in page


def test_kept_answers_can_be_inserted(asked: Message, ella: User, client_of: ClientOf) -> None:
    KnowledgeEntry.objects.create(question="Is a car needed?", answer="No car is needed.")
    page = client_of(ella).get(INBOX, {"c": asked.enrollment_id}).content.decode()
    assert 'value="No car is needed."' in page


def test_words_of_strangers_stay_words(ella: User, client_of: ClientOf) -> None:
    (sent,) = sent_by(ella)
    hears(sent, '<script>alert(1)</script> "><img src=x onerror=alert(2)> What is the price?')
    for page in (client_of(ella).get(INBOX), client_of(ella).get(INBOX, {"c": sent.enrollment_id})):
        assert "<script>alert(1)" not in page.content.decode()
        assert "<img src=x" not in page.content.decode()


@pytest.mark.parametrize("name", ["take-over", "reply", "close", "label", "note", "seen"])
def test_who_only_reads_changes_nothing(
    asked: Message, ann: User, client_of: ClientOf, name: str
) -> None:
    where = reverse("admin:outreach_talk_act", args=[asked.enrollment_id, name])
    assert client_of(ann).post(where, {"body": "x"}).status_code == 403
    page = client_of(ann).get(INBOX, {"c": asked.enrollment_id}).content.decode()
    assert "Take over" not in page
    assert 'id="reply-body"' not in page


@pytest.mark.parametrize(("form", "mark"), [("txt", b"passengers"), ("json", b'"intent"')])
def test_a_conversation_can_be_taken_along(
    asked: Message, ella: User, client_of: ClientOf, form: str, mark: bytes
) -> None:
    where = reverse("admin:outreach_talk_export", args=[asked.enrollment_id, form])
    response = client_of(ella).post(where)
    assert mark in response.content
    assert "attachment" in response["Content-Disposition"]
    [line] = AuditEntry.objects.filter(action="conversation.exported")
    assert (line.actor, line.subject_id) == ("ella", str(asked.enrollment_id))
    assert line.data == {"form": form}


def test_a_link_takes_no_conversation_away(asked: Message, ella: User, client_of: ClientOf) -> None:
    browser = client_of(ella)
    where = reverse("admin:outreach_talk_export", args=[asked.enrollment_id, "txt"])
    assert browser.get(where).status_code == 405
    assert not AuditEntry.objects.filter(action="conversation.exported").exists()
    page = browser.get(INBOX, {"c": asked.enrollment_id}).content.decode()
    assert f'formaction="{where}"' in page
    assert f'href="{where}"' not in page


def test_who_only_reads_takes_no_conversation_along(
    asked: Message, ann: User, client_of: ClientOf
) -> None:
    browser = client_of(ann)
    where = reverse("admin:outreach_talk_export", args=[asked.enrollment_id, "txt"])
    assert browser.post(where).status_code == 403
    assert where not in browser.get(INBOX, {"c": asked.enrollment_id}).content.decode()


@pytest.fixture
def busy(ella: User) -> None:
    for sent in sent_by(ella, 12):
        hears(sent, "How much is it?")


def test_more_conversations_cost_no_more_queries(
    busy: None, ella: User, client_of: ClientOf
) -> None:
    browser = client_of(ella)
    browser.get(INBOX)
    with CaptureQueriesContext(connection) as many:
        browser.get(INBOX)
    keep = list(Conversation.objects.values_list("pk", flat=True)[:2])
    Conversation.objects.exclude(pk__in=keep).delete()
    with CaptureQueriesContext(connection) as few:
        browser.get(INBOX)
    assert len(many) == len(few)


def test_put_aside_until_the_morning_people_mean() -> None:
    zone = ZoneInfo("America/New_York")
    friday = datetime(2026, 3, 6, 17, 30, tzinfo=zone)
    assert moment_of("tomorrow", friday) == datetime(2026, 3, 7, 9, tzinfo=zone)
    # Over the change to summer time nine o'clock stays nine o'clock.
    assert moment_of("monday", friday) == datetime(2026, 3, 9, 9, tzinfo=zone)
    assert moment_of("nonsense", friday) == friday + timedelta(hours=1)
    assert all(moment_of(name, friday) > friday for name, _words in SNOOZES)
    assert timezone.is_aware(moment_of("week", friday))


def waiting(browser: Client, show: str = "open") -> bool:
    """Whether the conversation stands in this view."""
    page = browser.get(f"{reverse('admin:outreach_inbox_list')}?show={show}").content.decode()
    return '<article class="at-row' in page


def test_what_was_answered_waits_no_more_until_they_write_again(
    asked: Message, ella: User, client_of: ClientOf
) -> None:
    browser = client_of(ella)
    assert waiting(browser)
    assert waiting(browser, "questions")
    assert "On its way." in do(browser, asked, "reply", body="Four, and no car.")
    assert not waiting(browser)
    assert not waiting(browser, "questions")
    assert waiting(browser, "all")
    hears(asked, "Good. Will there be a dog on board?")
    assert waiting(browser)


def test_done_takes_it_out_of_the_inbox_and_their_next_words_bring_it_back(
    asked: Message, ella: User, client_of: ClientOf
) -> None:
    browser = client_of(ella)
    Message.objects.filter(kind="reply").update(status="needs_attention")
    pane = do(browser, asked, "done")
    assert "It comes back when they write again" in pane
    assert "Done</button>" not in pane
    assert "Bring back" in pane
    assert not waiting(browser)
    assert not Message.objects.filter(status="needs_attention").exists()
    assert talk(asked).state == "replied"
    hears(asked, "Are you there? When do we fly?")
    assert waiting(browser)


def test_a_hot_one_that_is_done_is_hot_no_more_and_nobody_is_called(
    asked: Message, ella: User, client_of: ClientOf
) -> None:
    browser, now = client_of(ella), timezone.now()
    Conversation.objects.update(hot_since=now, pass_on_at=now + timedelta(minutes=15))
    assert waiting(browser, "hot")
    do(browser, asked, "done")
    assert not waiting(browser, "hot")
    assert talk(asked).pass_on_at is None
    Conversation.objects.update(hot_since=timezone.now() + timedelta(seconds=1))
    assert waiting(browser, "hot")


@pytest.mark.parametrize(
    ("name", "form"), [("snooze", {"until": "hour"}), ("take-over", {}), ("wake", {})]
)
def test_what_is_taken_up_again_waits_again(
    name: str, form: dict[str, str], asked: Message, ella: User, client_of: ClientOf
) -> None:
    browser = client_of(ella)
    do(browser, asked, "done")
    do(browser, asked, name, **form)
    if name == "snooze":
        Conversation.objects.update(snoozed_until=timezone.now())
    assert waiting(browser)


def test_an_answer_that_is_taken_back_leaves_them_waiting(
    asked: Message, ella: User, client_of: ClientOf
) -> None:
    browser = client_of(ella)
    do(browser, asked, "reply", body="Four, and no car.")
    answer = Message.objects.filter(kind="answer")
    assert return_to_review(answer, actor="ella", reason="Wait.")
    assert waiting(browser)


def test_nothing_is_done_in_what_is_closed(asked: Message, ella: User, client_of: ClientOf) -> None:
    browser = client_of(ella)
    do(browser, asked, "close", outcome="lost")
    assert "It is closed" in do(browser, asked, "done")
