"""Who asked us to stop comes in by a list and is made no lead."""

from typing import Any

import pytest
from django.utils import timezone

from compliance.consent import Given, record
from compliance.lifting import lift
from compliance.models import Suppression
from compliance.opt_outs import opt_out
from crm.models import Contact, ContactPoint, Lead, Property
from tests.crm.imports.lead_lists import KIM, PAT, Take, outcome

pytestmark = pytest.mark.django_db


def stop(address: str, kind: str = "email", **said: Any) -> None:
    opt_out([(kind, address)], words="stop", source="reply", received_at=timezone.now(),
            actor="inbound", **said)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "address"),
    [("email", "pat@x.example"), ("phone", "+14075551234"), ("domain", "x.example")],
)
def test_who_asked_us_to_stop_comes_in_and_is_made_no_lead(
    take: Take, kind: str, address: str
) -> None:
    stop(address, kind)
    report = take(PAT + KIM)
    assert outcome(report) == (2, 0, 0, 0)
    (flag,) = report.flagged
    assert (flag.row, flag.code) == (2, "asked_to_stop")
    assert "Pat Doe asked us to stop and was made no lead" in flag.reason
    assert any("Row 2 is in, look at it: Pat Doe asked us to stop" in x for x in report.as_lines())
    assert [str(lead.contact) for lead in Lead.objects.all()] == ["Kim Roe"]
    pat = Contact.objects.get(name="Pat Doe")
    assert set(pat.points.values_list("value", flat=True)) == {"pat@x.example", "+14075551234"}
    assert Property.objects.filter(parcel_id="01-22-33", distress_reason="tax lien").exists()
    again = take(PAT + KIM)
    assert outcome(again) == (0, 0, 2, 0)
    assert [flag.code for flag in again.flagged] == ["asked_to_stop"]


def test_a_wish_at_another_address_of_a_known_person_counts_too(take: Take) -> None:
    head = "name,email\n"
    lee = Contact.objects.create(name="Lee")
    for value in ("lee@x.example", "old@x.example"):
        ContactPoint.objects.create(contact=lee, kind="email", value=value)
    Suppression.objects.create(
        kind="email", address="old@x.example", reason="opt_out", source="reply",
        received_at=timezone.now(), effective_at=timezone.now(),
    )  # fmt: skip
    assert [one.code for one in take("Lee,lee@x.example\n", head).flagged] == ["asked_to_stop"]
    assert not Lead.objects.exists()


@pytest.mark.parametrize(
    "said", [{"reason": "ambiguous"}, {"scope": "sms"}, {"reason": "hard_bounce"}]
)
def test_a_doubt_and_a_wish_about_texts_make_no_lead_less(take: Take, said: Any) -> None:
    stop("pat@x.example", **said)
    assert not take(PAT).flagged
    assert Lead.objects.count() == 1


def test_who_wants_to_hear_again_is_made_a_lead_by_the_same_list(take: Take) -> None:
    stop("pat@x.example")
    take(PAT)
    given = Given(
        address_kind="email", address="pat@x.example", kind="written", source="web form",
        given_at=timezone.now(), channels=("email",), seller="Harbor Homes LLC",
        text="Write to me again.", affirmative_act="checkbox",
    )  # fmt: skip
    lift("email", "pat@x.example", consent=record(given, actor="ella"), actor="ella")
    report = take(PAT)
    assert (outcome(report), report.flagged) == ((1, 0, 0, 0), [])
    assert Lead.objects.get().contact == Contact.objects.get()


def test_a_lead_that_waits_for_a_person_is_not_given_to_who_asked_us_to_stop(take: Take) -> None:
    take("01-22-33,,Orange,FL,tax lien,,,,,,,,\n")
    stop("pat@x.example")
    report = take(PAT)
    assert outcome(report) == (0, 1, 0, 0)
    assert "the lead there still waits for a person" in report.flagged[0].reason
    lead = Lead.objects.get()
    assert (lead.contact, lead.score, lead.status) == (None, 87.0, "new")
    assert Contact.objects.filter(name="Pat Doe").exists()


def test_a_lead_ends_when_a_list_brings_its_person_an_address_that_asked_us_to_stop(
    take: Take,
) -> None:
    take("01-22-33,,Orange,FL,,,,,Pat Doe,,,,\n")
    stop("pat@x.example")
    take(PAT)
    assert Lead.objects.get().status == "opted_out"


def test_a_lead_of_two_rows_of_one_person_asks_about_both_their_addresses(take: Take) -> None:
    stop("+14075559999", "phone")
    second = PAT.replace("01-22-33", "01-22-99").replace("407 555 1234", "407 555 9999")
    report = take(second + PAT)
    assert [flag.row for flag in report.flagged] == [2, 3]
    assert not Lead.objects.exists()


def test_a_dry_run_says_who_would_be_made_no_lead(take: Take) -> None:
    stop("pat@x.example")
    assert [one.code for one in take(PAT, dry_run=True).flagged] == ["asked_to_stop"]
    assert not Contact.objects.exists()
