"""Once somebody said stop, nothing that happens to their record lets a message out again."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone

from compliance.gate import check
from compliance.opt_outs import opt_out
from crm.erasure import erase_contact
from crm.imports import uploads
from crm.imports.plan import read_plan
from crm.intake import Address, add_address
from crm.merge import merge_contacts, unmerge
from crm.models import Contact, ContactPoint
from crm.segments import versions
from outreach.models import Enrollment, Message, Sequence
from outreach.outbounds import outbound_to
from outreach.sending import handover
from outreach.sending.claim import claim
from outreach.sequences.campaigns import Terms
from outreach.sequences.enroll import enroll
from outreach.sequences.from_segment import start_from_segment, take_in
from outreach.sequences.versions import newest
from tests.factories import make_approved, make_mailbox
from tests.outreach.sequences.build import make_drip

pytestmark = pytest.mark.django_db
OLD, NEW = "pat@old.example", "pat@new.example"


def person(name: str, *points: tuple[str, str]) -> Contact:
    contact = Contact.objects.create(name=name, country="US", timezone="America/New_York")
    for kind, value in points:
        ContactPoint.objects.create(contact=contact, kind=kind, value=value)
    return contact


def stop(kind: str, address: str) -> None:
    opt_out(
        [(kind, address)], words="stop", source="reply", received_at=timezone.now(), actor="sam"
    )


def reasons(address: str) -> str:
    return " ".join(check(outbound_to("email", address, purpose="inquiry")).reasons)


def put_in(contact: Contact, door: str) -> None:
    """Give the person NEW by one of the doors that can."""
    if door == "intake":
        add_address(contact, Address("email", NEW), source="card", actor="sam")
    else:
        rows = f"name,email,phone\nPat Doe,{NEW},+13055550147\n"
        apply_list(rows)


def apply_list(rows: str) -> None:
    batch = uploads.receive(
        ContentFile(rows.encode(), name=f"{len(rows)}.csv"), "contacts", actor="sam"
    )
    uploads.choose(batch, read_plan(batch.plan), actor="sam")
    uploads.work_off(batch.pk)
    batch.refresh_from_db()
    uploads.apply(batch, actor="sam")
    uploads.work_off(batch.pk)


@pytest.mark.parametrize("door", ["intake", "import"])
def test_a_new_address_keeps_the_wish_when_the_old_one_goes(door: str) -> None:
    pat = person("Pat Doe", ("email", OLD), ("phone", "+13055550147"))
    stop("email", OLD)
    put_in(pat, door)
    assert ContactPoint.objects.get(value=NEW).contact == pat
    ContactPoint.objects.exclude(value=NEW).delete()
    assert "suppressed" in reasons(NEW)


def on_the_page(client: Any, contact: Contact) -> dict[str, Any]:
    """What a browser would post from the person's page, with nothing changed."""
    page = client.get(f"/admin/crm/contact/{contact.pk}/change/")
    forms = [page.context["adminform"].form]
    for group in page.context["inline_admin_formsets"]:
        forms += [group.formset.management_form, *group.formset.forms]
    data = {}
    for form in forms:
        for name in form.fields:
            value = form[name].value()
            data[form.add_prefix(name)] = "" if value is None else value
    return data


@pytest.mark.parametrize("how", ["corrected", "deleted"])
def test_an_address_that_asked_us_to_stop_stays_with_the_person(
    admin_client: Any, how: str
) -> None:
    pat = person("Pat Doe", ("email", OLD))
    stop("email", OLD)
    data = on_the_page(admin_client, pat)
    at = next(name for name, value in data.items() if value == OLD)
    data |= {at: NEW} if how == "corrected" else {at.replace("value", "DELETE"): "on"}
    answer = admin_client.post(f"/admin/crm/contact/{pat.pk}/change/", data)
    assert b"asked us to stop. It stays here" in answer.content
    assert set(ContactPoint.objects.values_list("value", flat=True)) == {OLD}


def test_an_address_nobody_asked_about_is_corrected(admin_client: Any) -> None:
    pat = person("Pat Doe", ("email", OLD))
    data = on_the_page(admin_client, pat)
    at = next(name for name, value in data.items() if value == OLD)
    answer = admin_client.post(f"/admin/crm/contact/{pat.pk}/change/", {**data, at: NEW})
    assert answer.status_code == 302
    assert set(ContactPoint.objects.values_list("value", flat=True)) == {NEW}


def test_a_person_s_page_takes_emptied_research(admin_client: Any) -> None:
    pat = person("Pat Doe", ("email", OLD))
    data = on_the_page(admin_client, pat) | {"ai_research_data": ""}
    assert admin_client.post(f"/admin/crm/contact/{pat.pk}/change/", data).status_code == 302
    pat.refresh_from_db()
    assert pat.ai_research_data == {}


def test_a_stop_by_text_after_a_merge_wins_over_a_mail_that_is_claimed(ella: User) -> None:
    campaign = make_approved(1, ella)
    message = Message.objects.get(campaign=campaign)
    assert message.enrollment is not None
    other = person("Pat D.", ("phone", "+13055550148"))
    merge_contacts(message.enrollment.contact_id, other.pk, actor="sam")
    held = claim(campaign.mailbox, worker="w", now=timezone.now(), size=1).messages[0]
    stop("phone", "+13055550148")
    assert not handover.begin([handover.question(held, worker="w")], now=timezone.now())


def test_undoing_a_merge_leaves_both_stopped_and_enrolls_neither() -> None:
    one, two = person("Pat Doe", ("email", OLD)), person("Patricia Doe", ("email", NEW))
    merge = merge_contacts(one.pk, two.pk, actor="sam")
    stop("email", OLD)
    unmerge(merge.pk, actor="sam")
    assert "suppressed" in reasons(NEW)
    make_mailbox()
    report = enroll(make_drip(), [one.pk, two.pk], actor="sam")
    assert Enrollment.objects.count() == 0
    assert len(report.left_out) == 2


def test_an_import_takes_an_erased_person_in_and_the_gate_still_says_no() -> None:
    pat = person("Pat Doe", ("email", OLD))
    erase_contact(pat.pk, actor="sam", reason="letter")
    apply_list(f"name,email\nPat Doe,{OLD}\n")
    assert "suppressed" in reasons(OLD)
    again = Contact.objects.exclude(pk=pat.pk).first()
    if again is not None:
        enroll(make_drip(), [again.pk], actor="sam")
    assert Enrollment.objects.count() == 0


def test_a_frozen_audience_does_not_bring_back_who_was_erased(sam: User) -> None:
    make_mailbox()
    pat = person("Pat Doe", ("email", OLD))
    Contact.objects.filter(pk=pat.pk).update(role="CTO")
    person("Kim Roe", ("email", NEW))
    data = {"conditions": [{"field": "contact.role", "op": "word", "value": "CTO"}]}
    segment = versions.create_segment("CTOs", data, actor="sam")
    campaign = start_from_segment(
        versions.newest(segment), newest(Sequence.objects.get(slug="three_step")), name="Spring",
        actor=sam, terms=Terms(offer="We look after planes."),
    )  # fmt: skip
    erase_contact(pat.pk, actor="sam", reason="letter")
    take_in(campaign, actor="sam")
    assert not Enrollment.objects.exists()
    assert "Pat" not in json.dumps(list(campaign.audience.members.values()), default=str)  # type: ignore[union-attr]
