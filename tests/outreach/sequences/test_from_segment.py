"""From a segment to a campaign whose people are in, wait, or stayed out and why."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from compliance.suppression import suppress
from crm.models import Contact, ContactPoint, Segment, SegmentMember
from crm.segments import versions
from outreach.choices import CampaignStatus
from outreach.errors import NothingToSend
from outreach.models import Campaign, Enrollment, Sequence
from outreach.sequences import from_segment
from outreach.sequences.campaigns import Terms
from outreach.sequences.from_segment import FindsEveryone, progress, start_from_segment, take_in
from outreach.sequences.versions import newest
from tests.factories import make_mailbox

pytestmark = pytest.mark.django_db


def add(name: str, role: str, address: str = "") -> Contact:
    contact = Contact.objects.create(
        name=name, role=role, country="US", timezone="America/New_York"
    )
    if address:
        ContactPoint.objects.create(contact=contact, kind="email", value=address)
    return contact


def start(sam: User, op: str = "word", value: Any = "CTO", **more: Any) -> Campaign:
    data = {"conditions": [{"field": "contact.role", "op": op, "value": value}]}
    segment = versions.create_segment(f"Segment {Segment.objects.count()}", data, actor="sam")
    sequence = newest(Sequence.objects.get(slug="three_step"))
    return start_from_segment(
        versions.newest(segment), sequence, name="Spring", actor=sam,
        terms=Terms(offer="We look after planes."), **more,
    )  # fmt: skip


@pytest.fixture
def people(sam: User) -> None:
    make_mailbox()
    add("Ann", "CTO", "ann@one.example")
    add("Bob", "CTO")
    add("Cy", "CTO", "cy@two.example")
    add("Dan", "Director", "dan@one.example")
    suppress(
        "email", "cy@two.example", reason="opt_out", source="test", received_at=timezone.now(),
        actor="sam",
    )  # fmt: skip


def outcomes() -> dict[str, str]:
    return dict(SegmentMember.objects.values_list("contact__name", "outcome"))


def test_everybody_is_in_or_stayed_out_with_the_reason(sam: User, people: None) -> None:
    campaign = start(sam)
    assert outcomes() == {"Ann": "", "Bob": "", "Cy": ""}
    report = take_in(campaign, actor="sam")
    assert report.taken_in == 1
    assert outcomes() == {"Ann": "in", "Bob": "no_address", "Cy": "suppressed"}
    assert Enrollment.objects.get().contact.name == "Ann"
    told = progress(campaign)
    assert (told.size, told.taken_in, told.waiting) == (3, 1, 0)
    assert {code for code, _words, _n in told.groups} == {"no_address", "suppressed"}
    assert "suppressed" in SegmentMember.objects.get(contact__name="Cy").reason


def test_who_comes_to_fit_later_does_not_come_in(sam: User, people: None) -> None:
    campaign = start(sam)
    Contact.objects.filter(name="Dan").update(role="CTO")
    Contact.objects.filter(name="Ann").update(role="CEO")
    take_in(campaign, actor="sam")
    assert set(Enrollment.objects.values_list("contact__name", flat=True)) == {"Ann"}


def test_the_worker_goes_on_where_somebody_stopped(
    sam: User, people: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = start(sam)
    take_in(campaign, actor="sam", most=1)
    assert progress(campaign).waiting == 2
    assert from_segment.take_in_waiting() == 2
    assert progress(campaign).waiting == 0
    assert from_segment.take_in_waiting() == 0
    assert Enrollment.objects.count() == 1


def test_a_cancelled_campaign_takes_nobody_in(sam: User, people: None) -> None:
    campaign = start(sam)
    Campaign.objects.update(status=CampaignStatus.CANCELLED)
    assert from_segment.take_in_waiting() == 0
    assert progress(campaign).waiting == 3


def test_one_campaign_that_cannot_go_on_holds_up_no_other(sam: User, people: None) -> None:
    stuck = start(sam)
    version = newest(Sequence.objects.get(slug="seven_step"))
    needs = {**version.definition, "needs_facts": ["offer"]}
    type(version).objects.filter(pk=version.pk).update(definition=needs)
    Campaign.objects.filter(pk=stuck.pk).update(offer="", sequence_version=version)
    other = start(sam, value="Director")
    from_segment.take_in_waiting()
    assert progress(other).waiting == 0


def test_nobody_makes_no_campaign(sam: User, people: None) -> None:
    with pytest.raises(NothingToSend, match="means nobody now"):
        start(sam, value="Astronaut")
    assert not Campaign.objects.exists()


def test_everyone_must_be_meant(sam: User, people: None) -> None:
    with pytest.raises(FindsEveryone, match="means everyone there is"):
        start(sam, op="filled", value=None)
    assert not Campaign.objects.exists()
    assert start(sam, op="filled", value=None, everyone=True).audience is not None
