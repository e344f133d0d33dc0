"""What people do with conversations: each act in the ledger, refused where it makes no sense."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from compliance.models import AuditEntry, Suppression
from outreach.conversations import acts, listing, moves, replying
from outreach.errors import NotAllowedNow
from outreach.models import Alert, Message
from tests.factories import make_drafts
from tests.outreach.conversations.conftest import Reply, talk_of

pytestmark = pytest.mark.django_db(transaction=True)

QUESTION = "What does it cost per month?"


@pytest.fixture
def asked(touched: Message) -> Message:
    return touched


def told(message: Message) -> list[str]:
    return [step.what for step in moves.history(message.enrollment_id)]  # type: ignore[arg-type]


def test_taking_over_cancels_what_was_left(asked: Message, ella: User) -> None:
    left = make_drafts(asked.campaign, 1, kind="follow_up")[0]  # type: ignore[arg-type]
    Message.objects.filter(pk=left.pk).update(enrollment=asked.enrollment, status="approved")
    talk = acts.take_over(asked.enrollment_id, actor=ella)  # type: ignore[arg-type]
    left.refresh_from_db()
    asked.enrollment.refresh_from_db()  # type: ignore[union-attr]
    assert (talk.state, talk.owner_id, left.status) == ("taken_over", ella.pk, "cancelled")
    assert asked.enrollment.status == "handed_over"  # type: ignore[union-attr]
    assert told(asked) == ["taken_over"]


def test_given_back_it_stands_where_they_left_it(asked: Message, reply: Reply, ella: User) -> None:
    heard = reply(asked, QUESTION)
    acts.take_over(heard.enrollment_id, actor=ella)  # type: ignore[arg-type]
    talk = acts.give_back(heard.enrollment_id, actor=ella)  # type: ignore[arg-type]
    assert (talk.state, talk.intent) == ("replied", "question")
    with pytest.raises(NotAllowedNow, match="Nobody has taken over"):
        acts.give_back(heard.enrollment_id, actor=ella)  # type: ignore[arg-type]


def test_who_is_given_it_is_told(asked: Message, reply: Reply, ella: User, sam: User) -> None:
    heard = reply(asked, QUESTION)
    acts.assign(heard.enrollment_id, to=sam, actor=ella)  # type: ignore[arg-type]
    acts.assign(heard.enrollment_id, to=ella, actor=ella)  # type: ignore[arg-type]
    assert list(Alert.objects.values_list("user", "kind")) == [(sam.pk, "assigned")]
    assert talk_of(heard).owner == ella


def test_nobody_is_given_what_they_cannot_open(asked: Message, ella: User) -> None:
    guest = User.objects.create_user("guest")
    with pytest.raises(NotAllowedNow, match="guest cannot work on"):
        acts.assign(asked.enrollment_id, to=guest, actor=ella)  # type: ignore[arg-type]


def test_nobody_is_given_what_they_may_only_read(asked: Message, ella: User, ann: User) -> None:
    with pytest.raises(NotAllowedNow, match="cannot work on conversations"):
        acts.assign(asked.enrollment_id, to=ann, actor=ella)  # type: ignore[arg-type]
    assert ann not in listing.who_may_work()
    assert ella in listing.who_may_work()


@pytest.mark.parametrize("how", ["reply", "close", "label", "looked_at"])
def test_what_waits_for_a_look_has_had_one(
    asked: Message, reply: Reply, ella: User, how: str
) -> None:
    heard = reply(asked, QUESTION)
    Message.objects.filter(pk=heard.pk).update(status="needs_attention", reason="No answer known.")
    thread = heard.enrollment_id
    assert thread is not None
    if how == "reply":
        replying.reply(thread, "It costs nothing.", actor=ella)
    elif how == "close":
        acts.close(thread, outcome="cold", actor=ella)
    elif how == "label":
        acts.label(heard.pk, intent="deferral", actor=ella)
    else:
        assert acts.looked_at(thread, actor=ella) == 1
    heard.refresh_from_db()
    assert (heard.status, heard.reason) == ("processed", "")
    entry = AuditEntry.objects.get(action="message.looked_at")
    assert (entry.actor, entry.subject_id) == ("ella", str(heard.pk))


def test_put_aside_what_is_hot_leaves_the_list_of_what_is_hot(
    asked: Message, reply: Reply, ella: User
) -> None:
    heard = reply(asked, "Yes, I am interested. Can you call me tomorrow at 10?")
    thread = heard.enrollment_id
    assert thread is not None
    assert listing.counts(ella, timezone.now(), ["hot"]) == {"hot": 1}
    acts.acknowledge(thread, actor=ella)
    acts.snooze(thread, until=timezone.now() + timedelta(days=1), actor=ella)
    assert listing.counts(ella, timezone.now(), ["hot"]) == {"hot": 0}


def test_put_aside_it_comes_back_with_their_next_words(
    asked: Message, reply: Reply, ella: User
) -> None:
    heard = reply(asked, QUESTION)
    until = timezone.now() + timedelta(days=3)
    acts.snooze(heard.enrollment_id, until=until, actor=ella)  # type: ignore[arg-type]
    assert talk_of(heard).snoozed_until == until
    reply(asked, "Hello?")
    assert talk_of(heard).snoozed_until is None


def test_what_is_hot_is_not_put_aside_unseen(asked: Message, reply: Reply, ella: User) -> None:
    heard = reply(asked, "Yes, I am interested. Can you call me tomorrow at 10?")
    until = timezone.now() + timedelta(days=3)
    with pytest.raises(NotAllowedNow, match="look at it first"):
        acts.snooze(heard.enrollment_id, until=until, actor=ella)  # type: ignore[arg-type]
    with pytest.raises(NotAllowedNow, match="still to come"):
        acts.snooze(heard.enrollment_id, until=timezone.now(), actor=ella)  # type: ignore[arg-type]


@pytest.mark.parametrize("outcome", ["won", "lost", "cold"])
def test_closed_by_hand(asked: Message, reply: Reply, ella: User, outcome: str) -> None:
    heard = reply(asked, QUESTION)
    talk = acts.close(heard.enrollment_id, outcome=outcome, actor=ella)  # type: ignore[arg-type]
    assert (talk.state, talk.outcome, talk.answer_wanted_at) == ("closed", outcome, None)


@pytest.mark.parametrize("outcome", ["opted_out", "", "gone"])
def test_only_their_wish_closes_it_as_opted_out(asked: Message, ella: User, outcome: str) -> None:
    with pytest.raises(NotAllowedNow):
        acts.close(asked.enrollment_id, outcome=outcome, actor=ella)  # type: ignore[arg-type]


def test_a_correction_stands_beside_the_reading_and_counts(
    asked: Message, reply: Reply, ella: User
) -> None:
    heard = reply(asked, QUESTION)
    reading = acts.label(heard.pk, intent="interested", actor=ella)
    assert (reading.intent, reading.said_intent) == ("question", "interested")
    assert talk_of(heard).intent == "interested"
    with pytest.raises(NotAllowedNow, match="no intent"):
        acts.label(heard.pk, intent="splendid", actor=ella)


def test_a_wish_to_stop_that_a_person_read_is_obeyed_everywhere(
    asked: Message, reply: Reply, ella: User
) -> None:
    asked.enrollment.contact.points.create(kind="phone", value="+12015550118")  # type: ignore[union-attr]
    heard = reply(asked, QUESTION)
    acts.label(heard.pk, intent="opt_out", actor=ella)
    acts.label(heard.pk, intent="opt_out", actor=ella)
    stopped = set(Suppression.objects.values_list("address", "reason"))
    assert stopped == {(asked.to_address, "opt_out"), ("+12015550118", "opt_out")}
    talk = talk_of(heard)
    assert (talk.outcome, talk.answer_wanted_at) == ("opted_out", None)
    assert told(heard).count("closed") == 1


def test_who_answers_has_looked(asked: Message, reply: Reply, ella: User, sam: User) -> None:
    heard = reply(asked, "Yes, I am interested. Can you call me tomorrow at 10?")
    replying.reply(heard.enrollment_id, "Gladly. Talk to you at ten.", actor=sam)  # type: ignore[arg-type]
    talk = talk_of(heard)
    assert (talk.owner, talk.pass_on_at) == (sam, None)
    assert talk.acknowledged_at
