"""What is said and heard moves leads by itself: forward, once, and never a vendor."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compliance.audit import Act
from compliance.models import AuditEntry
from compliance.opt_outs import opt_out
from compliance.suppression import suppress
from crm import leads
from crm.models import Lead, Property
from outreach import pipeline
from outreach.conversations import acts, replying
from outreach.models import Message
from tests.outreach.conversations.conftest import Reply, reply, sent_by, talk_of, touched

__all__ = ["reply", "touched"]
pytestmark = pytest.mark.django_db(transaction=True)

KEEN = "Yes, I am interested. Please tell me more."
COOL = "Not interested, thanks."


def lead_of(message: Message, **facts: object) -> Lead:
    return leads.create(actor="ella", contact=message.enrollment.contact, **facts)  # type: ignore[union-attr]


@transaction.atomic
def left(*messages: Message) -> list[Act]:
    """These messages left, as the worker records it."""
    return pipeline.sent(messages)


def stage(lead: Lead) -> str:
    return Lead.objects.get(pk=lead.pk).status


def moves(lead: Lead) -> list[str]:
    rows = AuditEntry.objects.filter(action="lead.moved", subject_id=str(lead.pk)).order_by("id")
    return [row.data["to"] for row in rows]


def test_the_first_message_that_leaves_makes_a_lead_contacted(touched: Message) -> None:
    lead = lead_of(touched)
    done = left(touched, touched)
    assert stage(lead) == "contacted"
    assert [act.data for act in done] == [{"from": "new", "to": "contacted"}]
    assert left(touched) == []


def test_a_request_to_a_vendor_moves_no_lead_and_asks_nothing(ella: User) -> None:
    (asked,) = sent_by(ella)
    lead = lead_of(asked)
    with CaptureQueriesContext(connection) as queries:
        assert pipeline.sent([asked]) == []
    assert len(queries) == 0
    assert stage(lead) == "new"


def test_a_reply_moves_it_and_interest_moves_it_on(touched: Message, reply: Reply) -> None:
    lead = lead_of(touched)
    reply(touched, "What would you pay for it?")
    assert stage(lead) == "replied"
    reply(touched, KEEN)
    assert stage(lead) == "interested"
    assert moves(lead) == ["replied", "interested"]


def test_the_hot_lead_is_whose_the_conversation_is(
    touched: Message, reply: Reply, ella: User
) -> None:
    lead = lead_of(touched)
    heard = reply(touched, KEEN + " Can you call me tomorrow at 10?")
    owner = talk_of(heard).owner
    assert owner is not None
    assert Lead.objects.get(pk=lead.pk).owner == owner


def test_interest_without_a_lead_begins_one_and_only_one(touched: Message, reply: Reply) -> None:
    reply(touched, KEEN)
    reply(touched, KEEN)
    lead = Lead.objects.get()
    assert (lead.status, lead.source) == ("interested", touched.campaign.name)  # type: ignore[union-attr]
    assert lead.contact == touched.enrollment.contact  # type: ignore[union-attr]


def test_interest_against_a_wish_that_stands_is_heard_and_begins_no_lead(
    touched: Message, reply: Reply
) -> None:
    suppress(
        "email", touched.to_address, reason="opt_out", source="mail", received_at=timezone.now()
    )
    reply(touched, KEEN)
    assert Message.objects.filter(direction="inbound", status="processed").exists()
    assert not Lead.objects.exists()


def test_a_vendor_who_is_interested_is_no_lead(ella: User, reply: Reply) -> None:
    (asked,) = sent_by(ella)
    reply(asked, KEEN)
    assert not Lead.objects.exists()


def test_a_no_is_a_reply_and_begins_nothing(touched: Message, reply: Reply) -> None:
    reply(touched, COOL)
    assert not Lead.objects.exists()
    lead = lead_of(touched)
    reply(touched, COOL)
    assert stage(lead) == "replied"


def test_a_machine_moves_nothing(touched: Message, reply: Reply) -> None:
    lead = lead_of(touched)
    reply(touched, "I am out of office until Monday.", subject="Automatic reply: away")
    assert stage(lead) == "new"


def test_it_never_goes_back_or_out_of_what_a_person_closed(touched: Message, reply: Reply) -> None:
    house = Property.objects.create(parcel_id="1", county="Orange", state="FL")
    lost, far = lead_of(touched, about=house), lead_of(touched)
    leads.move(lost, "lost", actor="ella", reason="Sold to a neighbour.")
    leads.move(far, "negotiating", actor="ella")
    left(touched)
    reply(touched, KEEN)
    assert (stage(lost), stage(far)) == ("lost", "negotiating")
    assert Lead.objects.count() == 2


def test_one_of_us_who_answers_is_negotiating(touched: Message, reply: Reply, ella: User) -> None:
    heard = reply(touched, KEEN)
    replying.reply(heard.enrollment_id, "Good. When may I call?", actor=ella)  # type: ignore[arg-type]
    assert Lead.objects.get().status == "negotiating"


def test_taking_over_who_is_not_interested_gives_the_lead_and_no_more(
    touched: Message, reply: Reply, ella: User
) -> None:
    lead = lead_of(touched)
    heard = reply(touched, COOL)
    acts.take_over(heard.enrollment_id, actor=ella)  # type: ignore[arg-type]
    lead.refresh_from_db()
    assert (lead.status, lead.owner) == ("replied", ella)


@pytest.mark.parametrize(
    ("outcome", "becomes"), [("won", "won"), ("lost", "lost"), ("cold", "lost")]
)
def test_closing_the_conversation_closes_the_lead(
    touched: Message, reply: Reply, ella: User, outcome: str, becomes: str
) -> None:
    heard = reply(touched, KEEN)
    acts.close(heard.enrollment_id, outcome=outcome, actor=ella)  # type: ignore[arg-type]
    assert Lead.objects.get().status == becomes


def test_which_of_two_leads_was_won_only_a_person_says(
    touched: Message, reply: Reply, ella: User
) -> None:
    house = Property.objects.create(parcel_id="1", county="Orange", state="FL")
    both = [lead_of(touched, about=house), lead_of(touched, deal_value=Decimal(1))]
    heard = reply(touched, KEEN)
    acts.close(heard.enrollment_id, outcome="won", actor=ella)  # type: ignore[arg-type]
    assert [stage(lead) for lead in both] == ["interested", "interested"]


def test_a_wish_to_stop_closes_every_lead_of_theirs(touched: Message, reply: Reply) -> None:
    lead = lead_of(touched)
    reply(touched, "STOP. Do not write to me again.")
    assert stage(lead) == "opted_out"


def test_a_wish_about_texts_leaves_the_lead(touched: Message) -> None:
    lead = lead_of(touched)
    wish = {"words": "stop", "source": "SMS", "received_at": timezone.now(), "actor": "inbound"}
    opt_out([("email", touched.to_address)], scope="sms", **wish)  # type: ignore[arg-type]
    assert stage(lead) == "new"
    opt_out([("email", touched.to_address)], reason="ambiguous", **wish)  # type: ignore[arg-type]
    assert stage(lead) == "new"
    opt_out([("email", touched.to_address)], **wish)  # type: ignore[arg-type]
    assert stage(lead) == "opted_out"


def test_a_corrected_reading_counts(touched: Message, reply: Reply, ella: User) -> None:
    heard = reply(touched, COOL)
    acts.label(heard.pk, intent="interested", actor=ella)
    assert Lead.objects.get().status == "interested"


def test_a_batch_moves_its_leads_with_two_statements(ella: User, touched: Message) -> None:
    batch = sent_by(ella, 12)
    version = touched.enrollment.version  # type: ignore[union-attr]
    for message in batch:
        message.step = 1
        lead_of(message)
    Message.objects.filter(pk__in=[m.pk for m in batch]).update(step=1)
    assert version is not None
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        moved = pipeline.sent(batch)
    assert len(moved) == 12
    assert len(queries) == 2
