"""Home owners move into the demo: who may be written to is in, who may not is told why."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from compliance import gate
from compliance.gate import Decision, Outbound
from compliance.models import Consent, DncVersion
from config.demo import moving_in, registry
from config.demo.owners import load_owners
from config.demo.texting import Phones
from config.demo.twilio import Sent
from config.management.commands.demo import demo_environment
from crm.models import Contact
from outreach.choices import CampaignStatus, Channel, MessageStatus
from outreach.models import Campaign, Message


@pytest.fixture
def desk(settings: Any, sam: User) -> None:
    """The settings that the demo's processes get by their environment."""
    for name, value in demo_environment(port=8000, smtp_port=2525, sms_port=2526).items():
        if name.startswith(("SELLER", "DNC", "TWILIO", "BRAND", "CONTACT", "PUBLIC")):
            setattr(settings, name, value)


@pytest.fixture
def told(desk: None) -> Any:
    return moving_in.move_in()


def outbound(channel: str, name: str) -> Outbound:
    contact = Contact.objects.get(name=name)
    point = contact.points.get(kind="phone")
    place = gate.Place(contact.postal_code, contact.state, contact.country)
    return Outbound(
        channel,
        point.value,
        timezone.now(),
        body="Hello from Okoro Home Advice. Reply STOP to opt out.",
        purpose="marketing",
        places=(place,),
    )


def test_everybody_is_in_but_one_who_never_agreed(told: Any) -> None:
    assert told.taken_in == len(load_owners().owner) - 1
    (left,) = told.left_out
    assert (left.name, left.code) == ("Vernon Tate", "not_allowed")
    assert "written consent" in left.reason


def test_the_gate_names_the_list_and_the_missing_consent(told: Any) -> None:
    verdict = gate.check(outbound("sms", "Vernon Tate"))
    assert verdict.decision is Decision.REFUSED
    assert any("registry" in reason.lower() for reason in verdict.reasons)
    assert any("written consent" in reason for reason in verdict.reasons)


def test_who_agreed_may_be_texted_at_a_lawful_hour(told: Any) -> None:
    assert gate.check(outbound("sms", "Ray Castellanos")).decision is not Decision.REFUSED


def test_the_first_mails_wait_for_a_person(told: Any) -> None:
    campaign = Campaign.objects.get(name=moving_in.DRIP)
    assert campaign.status == CampaignStatus.DRAFT
    drafts = Message.objects.filter(campaign=campaign)
    assert {d.status for d in drafts} == {MessageStatus.EA_REVIEW}
    assert {d.channel for d in drafts} == {Channel.EMAIL}
    assert not drafts.filter(flagged=True).exists()
    assert drafts.count() >= moving_in.APPROVE_FIRST
    seller = load_owners().seller
    assert all(seller.postal_address in draft.body for draft in drafts)


def test_every_address_of_who_agreed_has_its_consent(told: Any) -> None:
    owners = [owner for owner in load_owners().owner if owner.consent]
    addresses = sum(len(owner.phones) + bool(owner.email) for owner in owners)
    assert Consent.objects.count() == addresses
    assert set(Consent.objects.values_list("seller", flat=True)) == {load_owners().seller.name}


def test_they_move_in_once(told: Any) -> None:
    assert moving_in.moved_in()


@pytest.mark.django_db
def test_a_desk_without_its_keeper_is_left_alone() -> None:
    assert moving_in.moved_in()


def test_the_list_of_another_day_is_another_file_and_counts_at_once(
    desk: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert registry.renew()
    assert not registry.renew(after=registry.WEEK)
    later = timezone.now() + timedelta(days=8)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert registry.renew(after=registry.WEEK)
    in_force = DncVersion.objects.filter(status="active")
    assert {row.list_date for row in in_force} == {timezone.localdate()}


def test_who_agreed_is_on_no_list() -> None:
    owners = load_owners()
    lines = registry.full_list(owners, date(2026, 11, 21)).decode().split()
    numbers = {"+1" + line.replace(",", "") for line in lines}
    free = {n for owner in owners.owner if not owner.listed for n in owner.phones}
    assert not numbers & free
    assert "+16155550147" in numbers


def test_owners_answer_the_text_they_care_about() -> None:
    phones = Phones(load_owners(), base_url="http://x", account="AC", token="t", pace=0)
    guillermo = Sent("SM1", "+12105550145", "+1", "Hi", {})
    assert phones.answer(guillermo) == ""
    assert "no me manden" in phones.answer(guillermo)
    assert phones.answer(guillermo) == ""
    assert phones.answer(Sent("SM2", "+12025550100", "+1", "Hi", {})) == ""
    assert phones.stand_in.fail == {"+13135550189": 30005, "+15155550190": 30006}
