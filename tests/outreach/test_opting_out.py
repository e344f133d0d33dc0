"""A wish to stop reaches every address, thread and queued message of the person, in one step."""

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compliance.models import AuditEntry, Suppression
from compliance.opt_outs import opt_out
from compliance.suppression import suppress
from compliance.unsubscribe import make_token
from outreach.models import Approval, Message
from tests.factories import make_campaign, make_drafts

pytestmark = pytest.mark.django_db
PHONE = "+12015550118"


@pytest.fixture
def waiting() -> list[Message]:
    """One person with a phone and three things that wait for them, and a neighbour's draft."""
    first, neighbour = make_drafts(make_campaign(status="active"), 2)
    assert first.enrollment is not None
    first.enrollment.contact.points.create(kind="phone", value=PHONE)
    text, approved = make_drafts(make_campaign(status="active"), 2, status="approved")
    Message.objects.filter(pk=text.pk).update(
        enrollment=first.enrollment, kind="follow_up", channel="sms", to_address=PHONE
    )
    Message.objects.filter(pk=approved.pk).update(to_address=first.to_address)
    return [first, text, approved, neighbour]


def statuses(messages: list[Message]) -> list[str]:
    found = Message.objects.in_bulk([message.pk for message in messages])
    return [found[message.pk].status for message in messages]


def test_the_link_cancels_everything_of_that_person_and_nothing_else(
    waiting: list[Message],
) -> None:
    first = waiting[0]
    assert Client().post(f"/u/{make_token('email', first.to_address)}").status_code == 200
    assert statuses(waiting) == ["cancelled", "cancelled", "cancelled", "ea_review"]
    first.enrollment.refresh_from_db()  # type: ignore[union-attr]
    assert first.enrollment.status == "stopped"  # type: ignore[union-attr]
    assert set(Suppression.objects.values_list("address", flat=True)) == {first.to_address, PHONE}


def test_a_wish_by_phone_reaches_the_mail(waiting: list[Message]) -> None:
    done = opt_out(
        [("phone", PHONE)], words="stop", source="SMS", received_at=timezone.now(), actor="inbound"
    )
    assert done.cancelled == 3
    assert statuses(waiting) == ["cancelled", "cancelled", "cancelled", "ea_review"]


def test_a_wish_about_texts_leaves_the_mail(waiting: list[Message]) -> None:
    opt_out(
        [("phone", PHONE)], words="no texts", source="SMS", received_at=timezone.now(),
        actor="inbound", scope="sms",
    )  # fmt: skip
    assert statuses(waiting) == ["ea_review", "cancelled", "approved", "ea_review"]
    waiting[0].enrollment.refresh_from_db()  # type: ignore[union-attr]
    assert waiting[0].enrollment.status != "stopped"  # type: ignore[union-attr]


def test_approvals_of_what_was_cancelled_are_void(waiting: list[Message], ella: User) -> None:
    Approval.objects.create(
        message=waiting[2], content_hash="x", approver=ella, approved_by="ella",
        approved_at=timezone.now(),
    )  # fmt: skip
    Client().post(f"/u/{make_token('email', waiting[0].to_address)}")
    assert Approval.objects.get().voided_at is not None


@transaction.atomic
def opt_out_and_fail() -> None:
    now = timezone.now()
    opt_out([("phone", PHONE)], words="stop", source="SMS", received_at=now, actor="x")
    raise RuntimeError("the webhook's transaction fails")


def test_it_is_one_transaction(waiting: list[Message]) -> None:
    with pytest.raises(RuntimeError):
        opt_out_and_fail()
    assert statuses(waiting)[:3] == ["ea_review", "approved", "approved"]
    assert not Suppression.objects.exists()


def test_its_cost_does_not_grow_with_what_waits(waiting: list[Message]) -> None:
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            opt_out(
                [("email", address)], words="", source="x", received_at=timezone.now(), actor="x"
            )
        return len(queries)

    one = cost(waiting[3].to_address)
    many = make_drafts(make_campaign(status="active"), 41)
    Message.objects.filter(pk__in=[message.pk for message in many[1:]]).update(
        to_address=many[0].to_address
    )
    assert cost(many[0].to_address) == one


def test_the_ledger_says_so_without_addresses_or_words(waiting: list[Message]) -> None:
    opt_out(
        [("phone", PHONE)], words="leave Priya alone", source="SMS", received_at=timezone.now(),
        actor="inbound",
    )  # fmt: skip
    written = " ".join(f"{entry.reason} {entry.data}" for entry in AuditEntry.objects.all())
    assert "They asked us to stop." in written
    for personal in ("Priya", PHONE, waiting[0].to_address):
        assert personal not in written


def test_a_shared_mailbox_speaks_for_everybody_behind_it(waiting: list[Message]) -> None:
    first, neighbour = waiting[0], waiting[3]
    neighbour.enrollment.contact.points.create(kind="email", value=first.to_address)  # type: ignore[union-attr]
    Client().post(f"/u/{make_token('email', first.to_address)}")
    assert statuses([neighbour]) == ["cancelled"]


def test_a_row_on_the_list_alone_is_left_to_the_gate(waiting: list[Message]) -> None:
    """Only wishes cancel; the gate refuses the rest when its turn comes."""
    suppress("phone", PHONE, reason="hard_bounce", source="x", received_at=timezone.now())
    assert statuses(waiting)[1] == "approved"


def test_a_wish_taken_down_by_hand_reaches_everything_too(
    waiting: list[Message], admin_client: Client
) -> None:
    now = timezone.localtime()
    form = {
        "kind": "phone", "address": "(201) 555-0118", "scope": "all", "reason": "opt_out",
        "source": "phone call", "words": "stop", "received_at_0": f"{now:%Y-%m-%d}",
        "received_at_1": f"{now:%H:%M:%S}",
    }  # fmt: skip
    assert admin_client.post("/admin/compliance/suppression/add/", form).status_code == 302
    assert statuses(waiting) == ["cancelled", "cancelled", "cancelled", "ea_review"]
