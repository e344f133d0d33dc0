"""The week's plan knows whom its connection requests can go to."""

import pytest
from django.utils import timezone

from crm.models import Contact
from crm.scoring import segmenting
from outreach.models import Enrollment
from outreach.sequences import weekly
from outreach.sequences.waiting import people_waiting, shortages
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db


def test_people_are_counted_by_where_they_are_and_not_twice() -> None:
    head = Contact.objects.create(name="Hana", role="Head of School")
    other = Contact.objects.create(name="Theo", role="CTO", tags=["AI"])
    segmenting.segment_everybody()
    segmenting.override(other, "stealth_founder", actor="sam")
    assert people_waiting() == {
        "referral_network": 1, "thought_leadership": 0, "stealth_founder": 1,
    }  # fmt: skip
    Enrollment.objects.create(campaign=make_campaign(), contact=head)
    assert people_waiting()["referral_network"] == 0


def test_a_plan_for_more_than_there_are_says_so() -> None:
    plan = weekly.plan_for(timezone.localdate(), weekly.current().cadence)
    people = {"referral_network": 1000, "thought_leadership": 1, "stealth_founder": 0}
    told = shortages(plan, people)
    assert len(told) == 2
    assert "but only 1 person is left for them" in told[0]
