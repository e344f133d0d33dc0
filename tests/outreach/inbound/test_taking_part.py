"""Who takes part in a thread: written down from each mail, believed in nothing, not written to."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from compliance import suppression
from compliance.models import AuditEntry, Suppression
from crm.erasure import erase_contact
from crm.models import Contact, ContactPoint
from outreach.conversations.drafts import put_answer
from outreach.conversations.participants import colleague, others_in, same_person
from outreach.errors import NotAllowedNow
from outreach.inbound.match import match_mail
from outreach.inbound.parse import parse_mail
from outreach.inbound.process import process_one, process_open
from outreach.inbound.taking_part import MOST, parse_people
from outreach.models import Enrollment, Message, Participant, ProviderEvent
from tests.outreach.inbound.conftest import post, postmark

pytestmark = pytest.mark.django_db(transaction=True)


def hears(
    asked: Message | None, text: str = "Happy to help.", cc: str = "", **changes: Any
) -> Message:
    number = Message.objects.count()
    changes = {"event_id": f"e{number}", "message_id": f"<m{number}@jets.example>", **changes}
    if cc:
        # As Anymail reads Postmark: a Cc in the headers is a Cc of the mail.
        changes["headers"] = {"Cc": cc, **changes.get("headers", {})}
    assert post(postmark(asked, text, **changes)).status_code == 200
    process_open()
    return Message.objects.filter(direction="inbound").latest("created_at")


def values(asked: Message) -> list[tuple[str, str]]:
    rows = Participant.objects.filter(enrollment=asked.enrollment_id)
    return sorted(rows.values_list("role", "value"))


def rosa(asked: Message, cc: str = "Rosa Vega <rosa@jets.example>") -> Participant:
    hears(asked, cc=cc)
    return Participant.objects.get(value="rosa@jets.example")


def test_who_is_copied_in_takes_part(asked: Message) -> None:
    found = rosa(asked)
    assert (found.role, found.name, found.contact) == ("cc", "Rosa Vega", None)
    assert others_in(asked.enrollment) == [found]  # type: ignore[arg-type]


def test_the_person_is_no_stranger_in_their_own_thread(asked: Message) -> None:
    hears(asked)
    assert values(asked) == [("wrote", asked.to_address)]
    assert others_in(asked.enrollment) == []  # type: ignore[arg-type]


def test_two_people_who_answer_are_both_there(asked: Message) -> None:
    rosa(asked)
    hears(asked, "I can answer that.", sender="rosa@jets.example")
    assert values(asked) == [("wrote", asked.to_address), ("wrote", "rosa@jets.example")]


def test_we_and_machines_take_no_part(asked: Message, ella: User) -> None:
    User.objects.filter(pk=ella.pk).update(email="ella@desk.example")
    us = f"Ella@desk.example, {asked.reply_to}, {asked.campaign.mailbox.from_email}"  # type: ignore[union-attr]
    hears(asked, cc=f"{us}, no-reply@jets.example, mailer-daemon@jets.example")
    assert values(asked) == [("wrote", asked.to_address)]


def test_a_mail_to_five_hundred_makes_no_crowd(asked: Message) -> None:
    hears(asked, cc=", ".join(f"p{n}@crowd.example" for n in range(500)))
    assert Participant.objects.count() == MOST
    hears(asked, "And me.", sender="late@jets.example")
    assert Participant.objects.count() == MOST
    assert ("wrote", "late@jets.example") in values(asked)


@pytest.mark.parametrize(
    ("cc", "name"),
    [
        ("=?utf-8?b?4oCuZ25v4oCubA==?= <rosa@jets.example>", "gno l"),
        ('"<script>alert(1)</script>" <rosa@jets.example>', "<script>alert(1)</script>"),
        (f'"{"R" * 900}" <rosa@jets.example>', "R" * 160),
    ],
)  # fmt: skip
def test_a_hostile_name_is_only_a_name(asked: Message, cc: str, name: str) -> None:
    found = rosa(asked, cc)
    assert found.name == name
    assert Participant.objects.count() == 2


def test_an_encoded_name_brings_no_address_of_its_own_in() -> None:
    raw = (
        b"From: person0@jets.example\nTo: nobody@, <>, @, notanaddress\n"
        b"Cc: =?utf-8?q?Rosa=2C_victim=40bank=2Eexample?= <rosa@jets.example>\n\nHello"
    )
    found = parse_people(parse_mail(raw), ours=(), domain="quotes.attache.example")
    assert [(one.role, one.name, one.value) for one in found] == [
        ("wrote", "", "person0@jets.example"),
        ("cc", "Rosa, victim@bank.example", "rosa@jets.example"),
    ]


def test_a_hostile_name_is_shown_as_text(asked: Message, ella: User, client_of: Any) -> None:
    rosa(asked, '"<script>alert(1)</script>" <rosa@jets.example>')
    for page in (f"/admin/outreach/enrollment/{asked.enrollment_id}/thread/",
                 f"/admin/inbox/?show=all&c={asked.enrollment_id}"):  # fmt: skip
        shown = client_of(ella).get(page).content.decode()
        assert "Also in this thread" in shown
        assert "<script>alert(1)" not in shown


def test_the_same_mail_again_changes_nothing(asked: Message) -> None:
    rosa(asked)
    before = list(Participant.objects.values())
    ProviderEvent.objects.update(status="received", attempts=0)
    process_one(ProviderEvent.objects.get().pk)
    assert list(Participant.objects.values()) == before


def test_an_automatic_answer_brings_nobody_in(asked: Message) -> None:
    hears(asked, "I am away.", cc="rosa@jets.example", headers={"Auto-Submitted": "auto-replied"})
    assert not Participant.objects.exists()


def test_who_was_copied_in_is_found_but_not_known(asked: Message, ella: User) -> None:
    found = rosa(asked)
    raw = b"From: rosa@jets.example\nTo: hello@quotes.attache.example\nSubject: Jet\n\nHello"
    match = match_mail(parse_mail(raw), recipient="", now=timezone.now())
    assert match is not None
    assert (match.enrollment.pk, match.sender_known) == (asked.enrollment_id, False)
    heard = hears(asked, "We have one.", sender="rosa@jets.example")
    assert (heard.sender_known, heard.status) == (False, "needs_attention")
    with pytest.raises(NotAllowedNow):
        put_answer(heard, "Thank you.", actor="ella", engine="none")
    same_person(found.pk, actor=ella)
    with transaction.atomic():
        answer = put_answer(heard, "Thank you.", actor="ella", engine="none")
    assert answer.to_address == found.value
    assert hears(asked, "Still here.", sender="rosa@jets.example").sender_known


def test_the_same_person_holds_both_addresses(asked: Message, ella: User) -> None:
    contact = same_person(rosa(asked).pk, actor=ella)
    assert contact == asked.enrollment.contact  # type: ignore[union-attr]
    assert contact.points.filter(value="rosa@jets.example").count() == 1
    assert AuditEntry.objects.filter(action="contact.address_added", actor="ella").count() == 1
    hears(asked, "Please stop writing to me. Unsubscribe.", sender="rosa@jets.example")
    stopped = set(Suppression.objects.values_list("address", flat=True))
    assert {"rosa@jets.example", asked.to_address} <= stopped


@pytest.mark.parametrize("which", ["new", "old"])
def test_a_wish_that_stands_counts_for_both(asked: Message, ella: User, which: str) -> None:
    found = rosa(asked)
    address = found.value if which == "new" else asked.to_address
    suppression.suppress(
        "email", address, reason="opt_out", source="letter", received_at=timezone.now()
    )
    same_person(found.pk, actor=ella)
    stopped = set(Suppression.objects.values_list("address", flat=True))
    assert {found.value, asked.to_address} <= stopped


def test_a_colleague_becomes_a_contact_of_the_company(asked: Message, ella: User) -> None:
    found = rosa(asked)
    contact = colleague(found.pk, actor=ella)
    assert (contact.name, contact.company_id) == ("Rosa Vega", asked.enrollment.company_id)  # type: ignore[union-attr]
    assert not Message.objects.filter(direction="outbound", to_address=found.value).exists()
    with pytest.raises(NotAllowedNow):
        same_person(found.pk, actor=ella)


def test_beside_a_person_without_a_company_somebody_else_becomes_a_contact_of_their_own(
    asked: Message, ella: User, client_of: Any
) -> None:
    Enrollment.objects.filter(pk=asked.enrollment_id).update(company=None)
    Contact.objects.filter(pk=asked.enrollment.contact_id).update(company=None)  # type: ignore[union-attr]
    found = rosa(asked)
    pane = client_of(ella).get(f"/admin/inbox/?show=all&c={asked.enrollment_id}").content.decode()
    assert "Somebody else" in pane
    assert "A colleague" not in pane
    contact = colleague(found.pk, actor=ella)
    assert (contact.name, contact.company) == ("Rosa Vega", None)
    assert contact.pk != asked.enrollment.contact_id  # type: ignore[union-attr]
    assert [point.value for point in contact.points.all()] == [found.value]
    assert AuditEntry.objects.filter(action="participant.apart").count() == 1
    assert not Message.objects.filter(direction="outbound", to_address=found.value).exists()


def test_a_name_of_somebody_we_know_proves_nothing(asked: Message, ella: User) -> None:
    Contact.objects.filter(pk=asked.enrollment.contact_id).update(name="Rosa Vega")  # type: ignore[union-attr]
    found = rosa(asked)
    with pytest.raises(NotAllowedNow, match="already"):
        colleague(found.pk, actor=ella)
    assert not ContactPoint.objects.filter(value=found.value).exists()


def test_the_suppressed_in_copy_are_written_to_by_nothing(asked: Message, ella: User) -> None:
    suppression.suppress(
        "email", "rosa@jets.example", reason="opt_out", source="letter", received_at=timezone.now()
    )
    found = rosa(asked)
    with pytest.raises(NotAllowedNow):
        colleague(found.pk, actor=ella)
    assert not ContactPoint.objects.filter(value=found.value).exists()
    outbound = Message.objects.filter(direction="outbound")
    assert not any("rosa" in f"{row.to_address} {row.reply_to}" for row in outbound)


def test_a_forwarded_stop_is_not_the_wish_of_who_forwards(asked: Message) -> None:
    forwarded = (
        "Hi, see below what Rosa wrote. I am glad to quote for you.\n\n"
        "---------- Forwarded message ---------\nFrom: Rosa Vega <rosa@jets.example>\n"
        "Date: Fri, Nov 20, 2026\nSubject: Re: jet\nTo: Person <person0@jets.example>\n\n"
        "Unsubscribe me, never write again.\n"
    )
    hears(asked, forwarded)
    assert not Suppression.objects.filter(reason="opt_out").exists()


def test_erasing_a_person_takes_them_out_of_every_thread(asked: Message, ella: User) -> None:
    contact = colleague(rosa(asked).pk, actor=ella)
    erase_contact(contact.pk, actor=ella.get_username(), reason="asked")
    assert not Participant.objects.filter(value="rosa@jets.example").exists()


def test_who_may_not_take_people_in_is_shown_no_button(
    asked: Message, ann: User, client_of: Any
) -> None:
    found = rosa(asked)
    done = client_of(ann).post(f"/admin/participants/{found.pk}/", {"act": "same"})
    assert done.status_code == 403
    found.refresh_from_db()
    assert found.contact is None


def test_staff_decide_with_a_button(asked: Message, sam: User, client_of: Any) -> None:
    found = rosa(asked)
    done = client_of(sam).post(f"/admin/participants/{found.pk}/", {"act": "same", "back": "inbox"})
    assert done.status_code == 302
    assert f"c={asked.enrollment_id}" in done["Location"]
    found.refresh_from_db()
    assert found.contact_id == asked.enrollment.contact_id  # type: ignore[union-attr]
