"""What outreach can prove of a person: words, approvals, attempts, deliveries, wishes to stop."""

import hashlib

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compliance import audit
from compliance.evidence import Evidence, Person, Record, gather
from crm.evidence import load_contact
from outreach import approvals
from outreach.choices import AttemptOutcome, Direction, MessageKind, MessageStatus
from outreach.models import Attempt, Message
from tests.factories import make_approved, make_campaign, make_drafts

pytestmark = pytest.mark.django_db


def evidence_about(message: Message) -> Evidence:
    assert message.enrollment
    person = load_contact(str(message.enrollment.contact_id))
    assert person
    return gather(person)


def records(evidence: Evidence, section: str) -> list[Record]:
    return [record for one in evidence.sections if one.key == section for record in one.records]


@pytest.fixture
def sent(ella: User) -> Message:
    """A message that was approved, refused once, then handed over and delivered."""
    message = Message.objects.get(campaign=make_approved(1, ella))
    now = timezone.now()
    for number, outcome, detail in ((1, AttemptOutcome.REFUSED, "It is Sunday."),
                                    (2, AttemptOutcome.SENT, "250 OK")):  # fmt: skip
        Attempt.objects.create(
            message=message, number=number, worker="w", started_at=now, finished_at=now,
            outcome=outcome, detail=detail,
        )  # fmt: skip
    Message.objects.filter(pk=message.pk).update(
        status=MessageStatus.DELIVERED, sent_at=now, delivered_at=now, provider_message_id="sid-1"
    )
    message.refresh_from_db()
    return message


def test_what_was_said_stands_word_for_word_with_its_hash(sent: Message) -> None:
    (record,) = records(evidence_about(sent), "message")
    assert sent.body in record.answers["body_rendered"]
    assert record.answers["body_sha256"] == hashlib.sha256(sent.body.encode()).hexdigest()
    assert record.answers["provider_sid"] == "sid-1"
    assert record.answers["identification_present"] == "Yes"


def test_each_attempt_tells_the_decision_and_who_approved(sent: Message) -> None:
    refused, handed_over = records(evidence_about(sent), "gate_decision")
    assert refused.answers["verdict"] == "Refused by the gate. It is Sunday."
    assert handed_over.answers["approved_by"].startswith("ella at 20")
    approval = approvals.Approval.objects.get(message=sent)
    assert approval.content_hash in handed_over.answers["approval_scope"]


def test_what_the_gate_stood_on_is_told_beside_the_attempt_that_left(sent: Message) -> None:
    decision = {"zones_considered": "America/New_York", "count_24h": "0"}
    audit.append("message.sent", sent, actor="dispatcher", data={"decision": decision})
    refused, handed_over = records(evidence_about(sent), "gate_decision")
    assert handed_over.answers["zones_considered"] == "America/New_York"
    assert "zones_considered" not in refused.answers


def test_a_request_to_a_vendor_is_told_apart_from_marketing(sent: Message) -> None:
    (record,) = records(evidence_about(sent), "message")
    assert record.answers["is_marketing"] == "No: a request to a vendor for a quote."


@pytest.mark.parametrize(
    ("body", "segments", "way_out"),
    [("Is it for sale? Reply STOP to opt out", "1, GSM-7", "Yes"), ("Продаёте?", "1, UCS-2", "No")],
)
def test_a_text_tells_its_segments_and_its_way_out(
    sent: Message, body: str, segments: str, way_out: str
) -> None:
    Message.objects.filter(pk=sent.pk).update(channel="sms", body=body)
    (record,) = records(evidence_about(sent), "message")
    assert record.answers["segments"] == segments
    assert record.answers["optout_wording_present"] == way_out


def test_the_delivery_tells_when_it_was_taken_and_arrived(sent: Message) -> None:
    (record,) = records(evidence_about(sent), "delivery")
    assert record.answers["delivered_at_utc"].endswith("UTC")


def test_the_ledger_s_entries_about_messages_and_threads_are_included(sent: Message) -> None:
    actions = {line.action for line in evidence_about(sent).lines}
    assert "message.approved" in actions


def test_another_person_s_messages_are_not_included(sent: Message) -> None:
    other = make_drafts(sent.campaign, 1, kind="follow_up")[0]
    (record,) = records(evidence_about(other), "message")
    assert record.answers["message_id"] == str(other.pk)


def test_mail_from_an_unknown_address_is_found_by_the_address() -> None:
    Message.objects.create(
        direction=Direction.INBOUND, kind=MessageKind.REPLY, status=MessageStatus.NEEDS_ATTENTION,
        from_address="who@where.example", body="Who are you?", received_at=timezone.now(),
    )  # fmt: skip
    found = gather(Person((("email", "who@where.example"),)))
    assert records(found, "message")[0].answers["body_rendered"] == "Who are you?"


def test_a_wish_to_stop_tells_its_words_and_how_long_it_took(sent: Message) -> None:
    reply = Message.objects.create(
        direction=Direction.INBOUND, kind=MessageKind.REPLY, status=MessageStatus.PROCESSED,
        enrollment=sent.enrollment, campaign=sent.campaign, from_address=sent.to_address,
        body="STOP", received_at=timezone.now(),
    )  # fmt: skip
    audit.append("person.opted_out", reply, actor="inbound", data={"latency_ms": 40})
    (record,) = records(evidence_about(sent), "opt_out")
    assert record.answers["raw_text"] == "STOP"
    assert record.answers["latency_ms"] == "40 ms"


def test_more_messages_cost_no_more_queries() -> None:
    campaign = make_campaign()
    message = make_drafts(campaign, 1)[0]

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            evidence_about(message)
        return len(queries)

    before = cost()
    for _ in range(5):
        Message.objects.create(
            direction=Direction.OUTBOUND, enrollment=message.enrollment, campaign=campaign,
            kind=MessageKind.FOLLOW_UP, to_address=message.to_address, body="Hello again",
        )  # fmt: skip
    assert cost() == before
