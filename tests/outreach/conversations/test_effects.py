"""What the shipped rules do about replies, from the webhook on."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from compliance.models import Suppression
from crm.erasure import erase_contact
from crm.models import Contact
from outreach.conversations import moves, proposals
from outreach.conversations.drafts import put_answer
from outreach.conversations.effects import NO_DATE, later_than
from outreach.errors import NotAllowedNow
from outreach.inbound import triage
from outreach.models import (
    Alert,
    ContactProposal,
    Message,
    MessageReading,
    ProviderEvent,
    WebhookDelivery,
    WebhookEndpoint,
)
from outreach.signals import answer_wanted
from tests.factories import make_drafts
from tests.outreach.conversations.conftest import Reply, sent_by, talk_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(touched: Message) -> Message:
    return touched


def outbound(asked: Message) -> list[Message]:
    rows = Message.objects.filter(enrollment=asked.enrollment_id, direction="outbound")
    return list(rows.exclude(pk=asked.pk).order_by("created_at"))


def test_interest_goes_to_a_person_and_ends_the_touches(
    asked: Message, reply: Reply, ella: User
) -> None:
    left = make_drafts(asked.campaign, 1, kind="follow_up")[0]  # type: ignore[arg-type]
    Message.objects.filter(pk=left.pk).update(enrollment=asked.enrollment, status="approved")
    heard = reply(asked, "Yes, I am interested. Can you call me tomorrow at 10?")
    talk = talk_of(heard)
    asked.enrollment.refresh_from_db()  # type: ignore[union-attr]
    left.refresh_from_db()
    assert (talk.state, talk.owner, talk.acknowledged_at) == ("taken_over", ella, None)
    assert talk.hot_since
    assert talk.pass_on_at
    assert asked.enrollment.status == "handed_over"  # type: ignore[union-attr]
    assert left.status == "cancelled"
    alert = Alert.objects.get()
    assert (alert.user, alert.kind, alert.message_id) == (ella, "hot", heard.pk)


def test_other_programs_hear_of_a_hot_lead_once(asked: Message, reply: Reply, ella: User) -> None:
    WebhookEndpoint.objects.create(url="https://crm.example/hook", events=["lead.hot"], owner=ella)
    heard = reply(asked, "Yes, I am interested. Can you call me tomorrow at 10?")
    event = ProviderEvent.objects.get()
    triage.reprocess(event.pk, actor=ella)
    assert WebhookDelivery.objects.filter(event="lead.hot").count() == 1
    assert heard.enrollment_id


def test_a_question_asks_for_an_answer_after_commit(asked: Message, reply: Reply) -> None:
    wanted: list[object] = []
    receiver = lambda message_id, **_: wanted.append(message_id)  # noqa: E731
    answer_wanted.connect(receiver)
    try:
        heard = reply(asked, "What does it cost per month?")
    finally:
        answer_wanted.disconnect(receiver)
    assert wanted == [heard.pk]
    assert talk_of(heard).answer_wanted_at
    assert heard.reading.decision["rule"] == "Question"


def test_a_no_closes_it_cold(asked: Message, reply: Reply) -> None:
    heard = reply(asked, "Thanks, but we are not interested.")
    assert (talk_of(heard).state, talk_of(heard).outcome) == ("closed", "cold")
    told = [step.what for step in moves.history(heard.enrollment_id)]  # type: ignore[arg-type]
    assert told == ["replied", "closed", "decided"]


def test_a_day_they_name_is_when_the_sequence_goes_on(asked: Message, reply: Reply) -> None:
    day = timezone.localdate() + timedelta(days=60)
    heard = reply(asked, f"Not now, please write me again on {day:%B} {day.day}, {day.year}.")
    talk = talk_of(heard)
    assert talk.resume_at
    assert (timezone.localdate(talk.resume_at), talk.resume_touches) == (day, True)


@pytest.mark.parametrize("days", [None, -3, 0, 5000])
def test_a_day_that_cannot_be_is_a_month(days: int | None) -> None:
    now = timezone.now()
    day = None if days is None else now.date() + timedelta(days=days)
    assert later_than(now, MessageReading(defer_until=day)) == now + NO_DATE


def test_who_is_named_is_proposed_and_thanked_but_never_written_to(
    asked: Message, reply: Reply, ella: User
) -> None:
    words = "You should talk to Rosa Vega, she handles this: rosa.vega@jets.example"
    reply(asked, words)
    proposal = ContactProposal.objects.get()
    assert (proposal.name, proposal.email) == ("Rosa Vega", "rosa.vega@jets.example")
    assert not Contact.objects.filter(name="Rosa Vega").exists()
    thanks = outbound(asked)[0]
    assert (thanks.kind, thanks.status) == ("answer", "ea_review")
    assert thanks.to_address == asked.to_address
    assert "Rosa Vega" in thanks.body
    contact = proposals.accept(proposal.pk, actor=ella)
    assert contact.company_id == asked.enrollment.company_id  # type: ignore[union-attr]
    assert not Message.objects.filter(to_address="rosa.vega@jets.example").exists()
    with pytest.raises(NotAllowedNow, match="ella has decided"):
        proposals.decline(proposal.pk, actor=ella)


def test_whom_a_person_without_a_company_names_can_be_taken_in(
    asked: Message, reply: Reply, ella: User
) -> None:
    thread = asked.enrollment
    assert thread is not None
    type(thread).objects.filter(pk=thread.pk).update(company=None)
    Contact.objects.filter(pk=thread.contact_id).update(company=None, country="US")
    reply(asked, "I sold it. You should talk to my cousin Rhonda Pickett, 816-555-0166.")
    proposal = ContactProposal.objects.get()
    contact = proposals.accept(proposal.pk, actor=ella, name="Rhonda Pickett", phone="816-555-0166")
    assert (contact.company, contact.points.get().value) == (None, "+18165550166")
    assert not contact.country, "where they live nobody has said"


def test_who_is_known_by_a_number_alone_says_who_named_them(
    asked: Message, reply: Reply, ella: User
) -> None:
    reply(asked, "Not my house any more. Try the new owner at 816-555-0166.")
    proposal = ContactProposal.objects.get()
    assert (proposal.name, proposal.phone) == ("", "816-555-0166")
    contact = proposals.accept(proposal.pk, actor=ella, phone="+1 816 555 0166")
    assert asked.enrollment is not None
    assert str(contact) == f"Named by {asked.enrollment.contact}"


def test_nobody_takes_in_who_asked_us_to_stop(asked: Message, reply: Reply, ella: User) -> None:
    from compliance import suppression

    reply(asked, "You should talk to Rosa Vega, she handles this: rosa.vega@jets.example")
    suppression.suppress_person(
        [("email", "rosa.vega@jets.example")], reason="opt_out", source="test",
        received_at=timezone.now(), words="stop", actor="test",
    )  # fmt: skip
    with pytest.raises(NotAllowedNow, match="Nobody may write"):
        proposals.accept(ContactProposal.objects.get().pk, actor=ella)
    assert not Contact.objects.filter(name="Rosa Vega").exists()


def test_the_wrong_person_is_marked_and_the_right_one_looked_for(
    asked: Message, reply: Reply
) -> None:
    heard = reply(asked, "Wrong person. I do not handle this at all.")
    assert heard.reading.intent == "wrong_person"
    assert talk_of(heard).outcome == "cold"
    assert ContactProposal.objects.get().kind == "to_find"


def test_a_complaint_stops_everything_and_tells_the_administrators(
    asked: Message, reply: Reply, ella: User
) -> None:
    boss = User.objects.create_superuser("boss")
    contact = asked.enrollment.contact  # type: ignore[union-attr]
    contact.points.create(kind="phone", value="+12015550118")
    heard = reply(asked, "This is harassment. I will report you to the FTC and call my lawyer.")
    assert heard.reading.intent == "complaint"
    stopped = dict(Suppression.objects.values_list("address", "reason"))
    assert stopped == {asked.to_address: "complaint", "+12015550118": "complaint"}
    assert Alert.objects.filter(user=boss, kind="complaint").count() == 1


def test_who_is_not_known_sets_off_nothing_but_a_look(asked: Message, reply: Reply) -> None:
    heard = reply(asked, "We are not interested.", sender="stranger@nowhere.example")
    assert heard.status == "needs_attention"
    assert talk_of(heard).state == "replied"


def test_a_vendors_yes_is_left_to_the_comparison(ella: User, reply: Reply) -> None:
    heard = reply(sent_by(ella)[0], "Happy to help. $18,500 all in, light jet, wifi on board.")
    assert heard.status == "processed"
    assert talk_of(heard).state == "replied"
    assert not Alert.objects.exists()


def test_in_a_conversation_a_person_has_the_desk_keeps_its_hands_off(
    asked: Message, reply: Reply, ella: User
) -> None:
    reply(asked, "Yes, I am interested. Can you call me tomorrow at 10?")
    heard = reply(asked, "What does it cost?")
    talk = talk_of(heard)
    assert (talk.state, talk.owner) == ("taken_over", ella)
    assert talk.answer_wanted_at is None
    assert not outbound(asked)
    assert set(Alert.objects.values_list("kind", flat=True)) >= {"hot"}


def test_processing_again_does_nothing_twice(asked: Message, reply: Reply, ella: User) -> None:
    heard = reply(asked, "You should talk to Rosa Vega, she handles this: rosa.vega@jets.example")
    triage.reprocess(ProviderEvent.objects.get().pk, actor=ella)
    assert ContactProposal.objects.count() == 1
    assert len(outbound(asked)) == 1
    told = [step.what for step in moves.history(heard.enrollment_id)]  # type: ignore[arg-type]
    assert told.count("decided") == 1


def test_an_answer_carries_none_of_their_line_breaks(asked: Message, reply: Reply) -> None:
    heard = reply(asked, "What does it cost?")
    heard.subject, heard.references = "Re: x\r\nBcc: all@x.example", "<a@x>\r\nBcc: all@x.example"
    with transaction.atomic():
        draft = put_answer(heard, "It costs 3.", actor="ella", engine="test")
        newer = put_answer(heard, "It costs 4.", actor="ella", engine="test")
    assert not set("\r\n") & set(draft.subject + draft.references)
    draft.refresh_from_db()
    assert (draft.status, newer.status) == ("cancelled", "ea_review")


def test_an_erased_person_leaves_no_words_in_readings_or_proposals(
    asked: Message, reply: Reply
) -> None:
    heard = reply(asked, "You should talk to Rosa Vega, she handles this: rosa.vega@jets.example")
    erase_contact(asked.enrollment.contact_id, actor="boss")  # type: ignore[union-attr]
    reading = MessageReading.objects.get(pk=heard.pk)
    proposal = ContactProposal.objects.get()
    assert (reading.referred_to, reading.evidence) == ("", {})
    assert (proposal.said, proposal.name, proposal.email) == ("", "", "")
    told = [str(step) for step in moves.history(heard.enrollment_id)]  # type: ignore[arg-type]
    assert not any("osa" in words for words in told)
