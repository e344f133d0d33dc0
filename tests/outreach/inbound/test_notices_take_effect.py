"""Raw notices through the whole pipeline: each takes the effect its kind asks for."""

import base64
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from compliance.models import Suppression
from crm.models import Contact, ContactPoint
from outreach.absences import away_until
from outreach.inbound import receive
from outreach.inbound.process import process_open
from outreach.models import (
    Absence,
    ContactProposal,
    Mailbox,
    Message,
    MessageReading,
    ProviderEvent,
)
from outreach.sending.render import rfc_message_id
from tests.factories import make_drafts
from tests.outreach.inbound.conftest import post, postmark

pytestmark = pytest.mark.django_db(transaction=True)
WILD = Path(__file__).parent / "notices" / "wild"


def hear(asked: Message, name: str) -> Message:
    """Let a raw message of the collection come in, about `asked`; the inbound message it became."""
    raw = (WILD / f"{name}.eml").read_bytes()
    raw = re.sub(rb"<3f1c9a\.\d+@attache\.example>", rfc_message_id(asked).encode(), raw)
    receive.store_inbound(
        esp="imap", raw=raw, key=name, recipient=asked.reply_to, sender="somebody@x.example"
    )
    ProviderEvent.objects.update(received_at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    process_open()
    asked.refresh_from_db()
    return Message.objects.get(direction="inbound")


def point(asked: Message) -> ContactPoint:
    return ContactPoint.objects.get(value=asked.to_address)


def test_a_plain_text_notice_makes_the_address_undeliverable(asked: Message) -> None:
    heard = hear(asked, "qmail-no-mailbox")
    assert (heard.kind, heard.status) == ("bounce", "processed")
    assert (asked.status, asked.bounce_cause) == ("bounced", "no_such_user")
    assert point(asked).state == "undeliverable"
    assert Suppression.objects.get().reason == "hard_bounce"


def test_a_full_mailbox_only_counts(asked: Message) -> None:
    hear(asked, "exchange-html-only")
    assert (asked.status, asked.bounce_cause) == ("bounced", "full")
    assert point(asked).state != "undeliverable"
    assert not Suppression.objects.exists()


def test_a_blocklist_pauses_the_mailbox_and_not_the_person(asked: Message) -> None:
    hear(asked, "postfix-blocklist")
    assert Mailbox.objects.get(pk=asked.mailbox_id).paused_at
    assert not Suppression.objects.exists()


def test_a_delay_is_a_warning_and_no_bounce(asked: Message) -> None:
    heard = hear(asked, "postfix-delayed")
    assert asked.status == "sent"
    assert asked.reason.startswith("Delayed: ")
    assert (heard.kind, heard.status) == ("auto_reply", "processed")


def test_a_success_report_is_a_delivery(asked: Message) -> None:
    hear(asked, "dsn-delivered")
    assert asked.status == "delivered"


def test_a_complaint_without_a_report_stops_the_person(asked: Message) -> None:
    heard = hear(asked, "jmrp-hotmail")
    assert heard.kind == "complaint"
    assert asked.status == "complained"
    assert Suppression.objects.get().reason == "complaint"


def test_an_absence_is_kept_with_its_day_and_is_no_reply(asked: Message) -> None:
    heard = hear(asked, "ooo-de")
    assert (heard.kind, heard.status) == ("auto_reply", "processed")
    assert asked.status == "sent"
    absence = Absence.objects.get()
    contact = asked.enrollment.contact_id  # type: ignore[union-attr]
    assert (absence.contact_id, absence.return_on) == (contact, date(2026, 11, 27))
    assert away_until([contact], date(2026, 11, 27)) == {contact: date(2026, 11, 27)}
    assert away_until([contact], date(2026, 11, 28)) == {}


def test_touches_that_wait_are_put_off_until_after_the_absence(asked: Message) -> None:
    waiting = make_drafts(asked.campaign, 1, status="approved", kind="follow_up", step=2)[0]  # type: ignore[arg-type]
    due = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    Message.objects.filter(pk=waiting.pk).update(enrollment=asked.enrollment, due_at=due)
    hear(asked, "ooo-de")  # until Friday the 27th
    waiting.refresh_from_db()
    assert waiting.due_at == datetime(2026, 11, 30, 14, 30, tzinfo=UTC)
    assert waiting.reason == "They are away until 27 Nov 2026."
    assert waiting.status == "approved"


def test_somebody_who_left_is_noted_as_gone_and_who_follows_is_proposed(asked: Message) -> None:
    hear(asked, "left-company")
    assert Absence.objects.get().gone
    proposal = ContactProposal.objects.get()
    assert (proposal.name, proposal.email) == ("Lea King", "lea.king@firm.example")
    assert proposal.status == "open"


def test_a_stand_in_is_proposed_and_not_written_to(asked: Message) -> None:
    heard = hear(asked, "ooo-exchange")
    proposal = ContactProposal.objects.get(message=heard)
    assert (proposal.name, proposal.email) == ("Sam Reed", "sam.reed@corp.example")
    assert Message.objects.filter(direction="outbound").count() == 1
    assert not ContactPoint.objects.filter(value=proposal.email).exists()


def test_a_stand_in_we_know_is_not_proposed(asked: Message) -> None:
    company = asked.enrollment.company  # type: ignore[union-attr]
    colleague = Contact.objects.create(company=company, name="Sam Reed")
    ContactPoint.objects.create(contact=colleague, kind="email", value="sam.reed@corp.example")
    hear(asked, "ooo-exchange")
    assert not ContactProposal.objects.exists()


@pytest.mark.parametrize("name", ["challenge-boxbe", "challenge-pt"])
def test_a_challenge_waits_for_a_person(asked: Message, name: str) -> None:
    heard = hear(asked, name)
    assert (heard.kind, heard.status) == ("auto_reply", "needs_attention")
    assert asked.status == "sent"


@pytest.mark.parametrize("name", ["ticket-freshdesk", "mdn-read", "mailman-held", "receipt-de"])
def test_receipts_change_nothing(asked: Message, name: str) -> None:
    heard = hear(asked, name)
    assert (heard.kind, heard.status) == ("auto_reply", "processed")
    assert asked.status == "sent"


@pytest.mark.parametrize(
    "name", ["human-bounce-talk", "human-forwards-ndr", "human-ooo-mention", "ticket-agent-answers"]
)
def test_people_who_talk_of_machines_are_heard_as_people(asked: Message, name: str) -> None:
    heard = hear(asked, name)
    assert heard.kind == "reply"
    assert asked.status == "replied"
    assert MessageReading.objects.get(message=heard).intent not in {"bounce", "auto_reply"}
    assert not Suppression.objects.exists()


def test_a_bounce_about_no_mail_of_ours_waits_for_a_person(asked: Message) -> None:
    raw = (WILD / "qmail-no-mailbox.eml").read_bytes()
    receive.store_inbound(
        esp="imap", raw=raw, key="k", recipient="desk@quotes.attache.example", sender=""
    )
    process_open()
    asked.refresh_from_db()
    assert asked.status == "sent"
    assert Message.objects.get(direction="inbound").status == "needs_attention"


def test_what_a_no_reply_address_sends_to_the_threads_own_address_is_an_answer(
    asked: Message,
) -> None:
    assert hear(asked, "newsletter").kind == "reply"


def part(name: str, content_type: str, content: str) -> dict[str, object]:
    data = base64.b64encode(content.encode()).decode()
    return {"Name": name, "ContentType": content_type, "Content": data, "ContentLength": 1}


def test_a_report_that_a_provider_took_apart_is_read_all_the_same(asked: Message) -> None:
    """Postmark posts the parts of a mail as attachments, not the mail as it came."""
    fields = (
        "Reporting-MTA: dns; mx.jets.example\n\n"
        f"Final-Recipient: rfc822; {asked.to_address}\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 unknown user\n"
    )
    returned = f"To: {asked.to_address}\nMessage-ID: {rfc_message_id(asked)}\n\nHello\n"
    body = postmark(
        None,
        "I'm sorry to have to inform you that your message could not be delivered.",
        sender="MAILER-DAEMON@mx.jets.example",
        Subject="Undelivered Mail Returned to Sender",
        Attachments=[
            part("details.txt", "message/delivery-status", fields),
            part("returned.eml", "message/rfc822", returned),
        ],
    )
    assert post(body).status_code == 200
    process_open()
    asked.refresh_from_db()
    assert (asked.status, asked.bounce_cause) == ("bounced", "no_such_user")
