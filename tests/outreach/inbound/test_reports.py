"""Delivery reports: applied once, in any order, about messages of ours only."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from compliance.models import Suppression
from outreach.inbound.process import process_open
from outreach.models import Message, ProviderEvent
from outreach.sending.render import rfc_message_id
from outreach.sending.tracking import Report, apply_report
from tests.outreach.inbound.conftest import post

pytestmark = pytest.mark.django_db(transaction=True)
TRACKING = "/anymail/postmark/tracking/"


def event(asked: Message, record: str, **more: Any) -> dict[str, Any]:
    return {
        "RecordType": record,
        "MessageID": "pm-1",
        "Recipient": asked.to_address,
        "Email": asked.to_address,
        "Metadata": {"message_id": rfc_message_id(asked)},
        "DeliveredAt": "2026-11-20T15:00:00Z",
        "BouncedAt": "2026-11-20T15:00:00Z",
        "ReceivedAt": "2026-11-20T15:00:00Z",
        **more,
    }


def report(asked: Message, record: str, **more: Any) -> None:
    assert post(event(asked, record, **more), TRACKING).status_code == 200
    process_open()
    asked.refresh_from_db()


def test_a_delivery_is_written_down_once(asked: Message) -> None:
    for _ in range(2):
        report(asked, "Delivery")
    assert asked.status == "delivered"
    assert ProviderEvent.objects.count() == 1


def test_nothing_arrives_before_it_left_however_a_provider_s_clock_goes(asked: Message) -> None:
    report(asked, "Delivery", DeliveredAt="2020-01-01T00:00:00Z")
    assert asked.delivered_at == asked.sent_at


def test_a_hard_bounce_suppresses_and_a_later_delivery_does_not_undo_it(asked: Message) -> None:
    report(asked, "Bounce", Type="HardBounce", TypeCode=1, ID=7, Details="550 user unknown")
    assert asked.status == "bounced"
    assert Suppression.objects.get().reason == "hard_bounce"
    report(asked, "Delivery")
    assert asked.status == "bounced"


def test_a_soft_bounce_suppresses_nobody(asked: Message) -> None:
    report(asked, "Bounce", Type="SoftBounce", TypeCode=4096, ID=8, Details="452 mailbox full")
    assert Suppression.objects.count() == 0


def test_a_complaint_stops_everything_for_the_person(asked: Message) -> None:
    report(asked, "SpamComplaint", Type="SpamComplaint", TypeCode=512, ID=9)
    assert asked.status == "complained"
    assert Suppression.objects.get().reason == "complaint"


def test_a_report_about_nothing_of_ours_waits_for_a_person(asked: Message) -> None:
    body = event(asked, "Delivery", Metadata={"message_id": "not-ours"}, MessageID="unknown")
    post(body, TRACKING)
    process_open()
    assert ProviderEvent.objects.get().status == "needs_attention"


@pytest.mark.parametrize(
    ("agent", "field"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0", "opened_at"),
        ("Mozilla/5.0", "machine_opened_at"),
        ("Mozilla/5.0 (via ggpht.com GoogleImageProxy)", "machine_opened_at"),
        ("", "machine_opened_at"),
    ],
)
def test_an_open_by_a_machine_is_told_from_one_by_a_person(
    asked: Message, agent: str, field: str
) -> None:
    later = timezone.now() + timedelta(minutes=5)
    apply_report(asked, Report("opened", later, user_agent=agent))
    asked.refresh_from_db()
    assert getattr(asked, field) == later


def test_a_delivery_report_settles_an_uncertain_message(asked: Message) -> None:
    Message.objects.filter(pk=asked.pk).update(status="uncertain", sent_at=None)
    asked.refresh_from_db()
    apply_report(asked, Report("delivered", timezone.now()))
    asked.refresh_from_db()
    assert asked.status == "delivered"
    assert asked.sent_at


def test_a_report_about_our_mail_to_staff_troubles_nobody() -> None:
    event = ProviderEvent.objects.create(
        esp="postmark", kind="tracking", key="alert-report", event_type="delivered",
        payload={"our_id": "alert-1"}, received_at=timezone.now(),
    )  # fmt: skip
    process_open()
    event.refresh_from_db()
    assert event.status == "processed"
