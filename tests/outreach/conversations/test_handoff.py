"""A hot conversation finds a person: in turn, told, passed on unseen, never lost."""

from datetime import time, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from outreach.channels import outcomes, sms
from outreach.conversations import acts, alerts, handoff, moves, telling
from outreach.models import Alert, AlertDelivery, Campaign, HandoffPolicy, Message, StaffDuty
from tests.outreach.conversations.conftest import Reply, sent_by, talk_of

pytestmark = pytest.mark.django_db(transaction=True)

HOT = "Yes, I am interested. Can you call me tomorrow at 10?"


@pytest.fixture
def asked(touched: Message) -> Message:
    return touched


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> list[sms.PreparedText]:
    """What would have been handed to Twilio."""
    handed: list[sms.PreparedText] = []

    def send(self: object, text: sms.PreparedText) -> outcomes.Outcome:
        handed.append(text)
        return outcomes.sent("twilio", "SM1")

    monkeypatch.setattr(sms.SmsConnection, "open", lambda self: None)
    monkeypatch.setattr(sms.SmsConnection, "send", send)
    return handed


def later(minutes: float) -> object:
    return timezone.now() + timedelta(minutes=minutes)


def as_sequence(ella: User, count: int) -> list[Message]:
    rows = sent_by(ella, count)
    version = Campaign.objects.exclude(sequence_version=None).first()
    assert version
    Campaign.objects.filter(pk=rows[0].campaign_id).update(
        kind="sequence", sequence_version=version.sequence_version
    )
    return rows


def test_two_leads_go_to_two_people(asked: Message, reply: Reply, ella: User, sam: User) -> None:
    for one in as_sequence(ella, 4):
        reply(one, HOT)
    owners = list(Alert.objects.order_by("created_at").values_list("user", flat=True))
    assert owners == [ella.pk, sam.pk, ella.pk, sam.pk]


def test_the_campaigns_owner_comes_first(
    asked: Message, reply: Reply, ella: User, sam: User
) -> None:
    Campaign.objects.filter(pk=asked.campaign_id).update(owner=sam)
    assert talk_of(reply(asked, HOT)).owner == sam


def test_who_only_reads_gets_no_leads(asked: Message, reply: Reply, ann: User, ella: User) -> None:
    assert talk_of(reply(asked, HOT)).owner == ella


def test_only_who_takes_leads_is_given_them_where_somebody_said_so(
    asked: Message, reply: Reply, ella: User, sam: User
) -> None:
    StaffDuty.objects.create(user=sam)
    assert talk_of(reply(asked, HOT)).owner == sam


def test_with_nobody_at_all_it_stays_hot(asked: Message, reply: Reply) -> None:
    User.objects.update(is_active=False)
    talk = talk_of(reply(asked, HOT))
    assert (talk.owner, talk.state) == (None, "taken_over")
    assert talk.pass_on_at is not None
    User.objects.update(is_active=True)
    assert handoff.pass_on_unseen(later(16)) == 1  # type: ignore[arg-type]
    assert talk_of(asked).owner is not None


def test_unseen_it_goes_to_the_next_person_and_then_round_again(
    asked: Message, reply: Reply, ella: User, sam: User
) -> None:
    boss = User.objects.create_superuser("boss")
    for user in (ella, sam):
        StaffDuty.objects.create(user=user, quiet_from=None, quiet_until=None)
    heard = reply(asked, HOT)
    assert talk_of(heard).owner == ella
    assert handoff.pass_on_unseen(later(14)) == 0  # type: ignore[arg-type]
    assert handoff.pass_on_unseen(later(16)) == 1  # type: ignore[arg-type]
    assert talk_of(heard).owner == sam
    assert handoff.pass_on_unseen(later(17)) == 0  # type: ignore[arg-type]
    assert not Alert.objects.filter(user=boss).exists()
    assert handoff.pass_on_unseen(later(32)) == 1  # type: ignore[arg-type]
    assert talk_of(heard).owner == ella
    assert Alert.objects.filter(user=boss, kind="unseen").count() == 1
    told = [step.what for step in moves.history(heard.enrollment_id)]  # type: ignore[arg-type]
    assert told.count("passed_on") == 2


def test_who_has_looked_keeps_it(asked: Message, reply: Reply, ella: User, sam: User) -> None:
    heard = reply(asked, HOT)
    acts.acknowledge(heard.enrollment_id, actor=ella)  # type: ignore[arg-type]
    acts.acknowledge(heard.enrollment_id, actor=ella)  # type: ignore[arg-type]
    assert handoff.pass_on_unseen(later(60)) == 0  # type: ignore[arg-type]
    assert talk_of(heard).owner == ella
    assert not Alert.objects.filter(seen_at=None).exists()
    told = [step.what for step in moves.history(heard.enrollment_id)]  # type: ignore[arg-type]
    assert told.count("acknowledged") == 1


def test_who_looks_at_anothers_lead_has_it(
    asked: Message, reply: Reply, ella: User, sam: User
) -> None:
    heard = reply(asked, HOT)
    acts.acknowledge(heard.enrollment_id, actor=sam)  # type: ignore[arg-type]
    assert talk_of(heard).owner == sam


def test_at_night_it_waits_for_the_first_to_wake(
    asked: Message, reply: Reply, ella: User, texts: list[sms.PreparedText]
) -> None:
    now = timezone.localtime().replace(second=0, microsecond=0)
    asleep = {
        "quiet_from": (now - timedelta(hours=1)).time(),
        "quiet_until": (now + timedelta(hours=2)).time(),
    }
    StaffDuty.objects.create(user=ella, by_sms=True, phone="+13055550100", **asleep)
    talk = talk_of(reply(asked, HOT))
    assert talk.pass_on_at > later(60)  # type: ignore[operator]
    telling.deliver()
    assert (len(mail.outbox), texts) == (1, [])
    telling.deliver(later(180))  # type: ignore[arg-type]
    assert len(texts) == 1


def test_mail_and_text_bring_the_words_and_a_link(
    asked: Message, reply: Reply, ella: User, texts: list[sms.PreparedText]
) -> None:
    StaffDuty.objects.create(
        user=ella, by_sms=True, phone="+13055550100", quiet_from=None, quiet_until=None
    )
    heard = reply(asked, HOT)
    assert telling.deliver() == {"sent": 2, "later": 0, "failed": 0}
    assert telling.deliver(later(10)) == {"sent": 0, "later": 0, "failed": 0}  # type: ignore[arg-type]
    sent = mail.outbox[0]
    assert sent.to == ["ella@desk.example"]
    assert HOT in sent.body
    assert "Light jet" not in sent.subject
    assert f"/admin/outreach/enrollment/{heard.enrollment_id}/thread/" in sent.body
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert (texts[0].to, texts[0].callback) == ("+13055550100", "")
    assert "interested" in texts[0].body
    assert len(texts[0].body) < 400


def test_what_could_not_be_sent_is_tried_again_and_given_up_in_the_end(
    asked: Message, reply: Reply, ella: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply(asked, HOT)

    def refuse(self: object, *_args: object) -> int:
        raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    for hour in range(telling.MOST_TRIES):
        telling.deliver(later(60 * hour))  # type: ignore[arg-type]
    row = AlertDelivery.objects.get()
    assert (row.status, row.attempts) == ("failed", telling.MOST_TRIES)
    assert "nobody listens" in row.error


def test_a_claim_of_a_dead_worker_runs_out(asked: Message, reply: Reply, ella: User) -> None:
    reply(asked, HOT)
    AlertDelivery.objects.update(status="sending", lease_until=later(2))
    assert telling.deliver()["sent"] == 0
    assert telling.deliver(later(3))["sent"] == 1  # type: ignore[arg-type]


def test_what_was_seen_is_not_sent_any_more(asked: Message, reply: Reply, ella: User) -> None:
    reply(asked, HOT)
    alerts.mark_seen(alerts.unseen(ella))
    assert telling.deliver() == {"sent": 0, "later": 0, "failed": 0}
    assert not mail.outbox


def test_an_opt_out_in_anger_stays_closed_and_is_seen_by_a_person(
    asked: Message, reply: Reply, ella: User
) -> None:
    heard = reply(asked, "STOP SPAMMING ME YOU IDIOTS! REMOVE ME FROM YOUR LIST NOW!!!")
    talk = talk_of(heard)
    assert (talk.state, talk.outcome) == ("closed", "opted_out")
    assert talk.hot_since
    assert Alert.objects.filter(user=ella, kind="hot").exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"phone": "call me"},
        {"by_sms": True},
        {"zone": "Mars/Olympus"},
        {"quiet_until": None},
    ],
)
def test_a_duty_that_cannot_be_is_refused(ella: User, changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        StaffDuty(user=ella, **changes).full_clean()


def test_quiet_hours_of_no_length_are_none(asked: Message, reply: Reply, ella: User) -> None:
    StaffDuty.objects.create(user=ella, quiet_from=time(8), quiet_until=time(8))
    assert talk_of(reply(asked, HOT)).owner == ella
    assert HandoffPolicy.objects.count() == 1
    assert Group.objects.exists()


def test_an_owner_who_has_left_is_not_the_one_told(
    asked: Message, reply: Reply, ella: User, sam: User
) -> None:
    heard = reply(asked, HOT)
    acts.acknowledge(heard.enrollment_id, actor=sam)  # type: ignore[arg-type]
    sam.is_active = False
    sam.save()
    reply(asked, "What does it cost?")
    talk = talk_of(heard)
    assert (talk.owner, talk.acknowledged_at) == (ella, None)


def test_who_took_it_by_hand_keeps_it_when_it_gets_hot(
    asked: Message, reply: Reply, ella: User, sam: User
) -> None:
    StaffDuty.objects.create(user=ella)
    acts.take_over(asked.enrollment_id, actor=sam)  # type: ignore[arg-type]
    assert talk_of(reply(asked, HOT)).owner == sam
