"""Enrolling: who comes in, who is left out and why, once, and in a fixed number of queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compliance import suppression
from compliance.models import AuditEntry
from crm.models import Company, Contact, ContactPoint
from outreach.errors import NotAllowedNow
from outreach.models import Campaign, Enrollment
from outreach.sequences.enroll import enroll
from outreach.sequences.left_out import Enrolled
from tests.factories import make_campaign
from tests.outreach.sequences.build import make_drip, make_people, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def drip() -> Campaign:
    return make_drip()


def take_in(campaign: Campaign, people: list[Contact], **changes: Any) -> Enrolled:
    return enroll(campaign, [person.pk for person in people], actor="sam", **changes)


def only_reason(report: Enrolled) -> tuple[str, str]:
    assert report.taken_in == 0
    (left,) = report.left_out
    return left.code, left.reason


def opt_out(address: str, **changes: Any) -> None:
    values = {"reason": "opt_out", "source": "test", "received_at": timezone.now(), **changes}
    suppression.suppress("email", address, **values)


def test_everybody_who_may_be_written_to_comes_in_at_their_first_touch(drip: Campaign) -> None:
    report = take_in(drip, make_people(3))
    assert (report.taken_in, report.left_out) == (3, [])
    row = Enrollment.objects.filter(campaign=drip)[0]
    assert (row.status, row.step, row.zone) == ("pending", 0, "America/New_York")
    assert row.version_id == drip.sequence_version_id
    assert row.point.value == "pat0@people.example"
    assert row.next_touch_at is not None
    assert AuditEntry.objects.filter(action="enrollment.created", actor="sam").count() == 3


def test_enrolling_the_same_people_again_adds_nobody(drip: Campaign) -> None:
    people = make_people(2)
    take_in(drip, people)
    report = take_in(drip, [*people, *people])
    assert report.taken_in == 0
    assert report.counts == {"already_in": 2}
    assert Enrollment.objects.count() == 2


def test_who_asked_us_to_stop_is_left_out(drip: Campaign) -> None:
    people = make_people(1)
    opt_out("pat0@people.example")
    code, reason = only_reason(take_in(drip, people))
    assert code == "suppressed"
    assert "pat0@people.example is suppressed: opted out" in reason


def test_an_opt_out_on_another_address_counts_for_the_person(drip: Campaign) -> None:
    people = make_people(1)
    ContactPoint.objects.create(contact=people[0], kind="email", value="other@people.example")
    opt_out("other@people.example")
    assert only_reason(take_in(drip, people))[0] == "suppressed"


def test_a_bounced_address_gives_way_to_another(drip: Campaign) -> None:
    people = make_people(1)
    ContactPoint.objects.create(contact=people[0], kind="email", value="zoe@people.example")
    opt_out("pat0@people.example", reason="hard_bounce")
    assert take_in(drip, people).taken_in == 1
    assert Enrollment.objects.get().point.value == "zoe@people.example"


def test_without_an_address_for_the_channels_nobody_comes_in(drip: Campaign) -> None:
    people = make_people(1, points=("phone",))
    assert only_reason(take_in(drip, people)) == ("no_address", "There is no address for E-mail.")


def test_an_address_that_cannot_be_delivered_to_is_none(drip: Campaign) -> None:
    people = make_people(1)
    ContactPoint.objects.update(state="undeliverable")
    code, reason = only_reason(take_in(drip, people))
    assert (code, reason) == ("not_allowed", "pat0@people.example cannot be delivered to.")


def test_whom_the_law_protects_from_cold_mail_is_left_out(drip: Campaign, settings: Any) -> None:
    settings.SELLER_NAME = "Harbor Homes LLC"
    people = make_people(1)
    Company.objects.update(country="RU")
    code, reason = only_reason(take_in(drip, people))
    assert code == "not_allowed"
    assert "a consent in their own words" in reason


def test_two_people_with_one_address_get_one_series(drip: Campaign) -> None:
    people = make_people(2)
    ContactPoint.objects.update(value="office@people.example")
    report = take_in(drip, people)
    assert (report.taken_in, report.counts) == (1, {"shared_address": 1})
    again = take_in(drip, [person for person in people if str(person) in report.left_out[0].name])
    assert again.counts == {"shared_address": 1}, "across chunks and calls too"


def test_who_is_under_way_in_an_exclusive_campaign_is_left_out(drip: Campaign) -> None:
    people = make_people(1)
    other = make_drip(name="Spring drip")
    take_in(other, people)
    code, reason = only_reason(take_in(drip, people))
    assert (code, reason) == ("exclusive", "Under way in “Spring drip”, which is exclusive.")


@pytest.mark.parametrize(
    ("enrollment", "campaign"),
    [
        ({"status": "completed"}, {}),
        ({"status": "stopped"}, {}),
        ({}, {"exclusive": False}),
        ({}, {"status": "cancelled"}),
    ],
)
def test_another_campaign_that_is_over_or_not_exclusive_does_not_matter(
    drip: Campaign, enrollment: dict[str, Any], campaign: dict[str, Any]
) -> None:
    people = make_people(1)
    other = make_drip()
    take_in(other, people)
    Enrollment.objects.update(**{"status": "pending", **enrollment})
    Campaign.objects.filter(pk=other.pk).update(**{"exclusive": True, **campaign})
    assert take_in(drip, people).taken_in == 1


def test_whom_we_wrote_to_lately_is_left_out(drip: Campaign) -> None:
    people = make_people(1)
    request = make_campaign(name="Jet to Aspen")
    Enrollment.objects.create(
        campaign=request, contact=people[0], last_outbound_at=timezone.now() - timedelta(days=3)
    )
    code, reason = only_reason(take_in(drip, people))
    assert (code, reason) == (
        "too_recent", "Written to 3 days ago in “Jet to Aspen”; 14 days must pass.",
    )  # fmt: skip
    Campaign.objects.filter(pk=drip.pk).update(contact_gap_days=2)
    assert take_in(drip, people).taken_in == 1


def test_whom_a_person_looks_after_is_left_out(drip: Campaign) -> None:
    people = make_people(1)
    Enrollment.objects.create(campaign=make_campaign(), contact=people[0], status="handed_over")
    assert only_reason(take_in(drip, people))[0] == "with_a_person"


def test_a_fact_the_sequence_needs_must_be_known() -> None:
    drip = make_drip(make_version(needs_facts=["property_address"]))
    people = make_people(2)
    report = take_in(drip, people, facts={people[0].pk: {"property_address": "12 Oak Street"}})
    assert (report.taken_in, report.counts) == (1, {"missing_fact": 1})
    assert report.left_out[0].reason == "Not known of them: property address."
    assert Enrollment.objects.get().facts["property_address"] == "12 Oak Street"


def test_the_budget_is_kept(drip: Campaign) -> None:
    Campaign.objects.filter(pk=drip.pk).update(contact_budget=2)
    report = take_in(drip, make_people(3))
    assert (report.taken_in, report.counts) == (2, {"over_budget": 1})


def test_a_contact_that_is_none_is_reported(drip: Campaign) -> None:
    report = enroll(drip, [drip.pk], actor="sam")
    assert only_reason(report) == ("unknown", "There is no such contact.")


def test_a_campaign_without_its_offer_takes_nobody_in() -> None:
    drip = make_drip(make_version(needs_facts=["offer"]))
    with pytest.raises(NotAllowedNow, match="write its offer in one sentence"):
        take_in(drip, make_people(1))


@pytest.mark.parametrize("status", ["completed", "cancelled"])
def test_a_campaign_that_is_over_takes_nobody_in(status: str) -> None:
    with pytest.raises(NotAllowedNow, match=status):
        take_in(make_drip(status=status), make_people(1))


def test_a_request_to_vendors_enrolls_nobody() -> None:
    with pytest.raises(NotAllowedNow, match="follows no sequence"):
        take_in(make_campaign(), make_people(1))


@pytest.mark.parametrize(
    ("contact", "company", "zone"),
    [
        ("America/Chicago", "Asia/Tokyo", "America/Chicago"),
        ("", "Asia/Tokyo", "Asia/Tokyo"),
        ("Mars/Olympus", "", "America/New_York"),
        ("", "", "America/New_York"),
    ],
)
def test_an_unknown_zone_falls_back_step_by_step(
    drip: Campaign, contact: str, company: str, zone: str
) -> None:
    people = make_people(1, zone=contact)
    people[0].company.timezone = company
    people[0].company.save(update_fields=["timezone"])
    take_in(drip, people)
    assert Enrollment.objects.get().zone == zone


def test_a_number_of_one_zone_tells_where_somebody_is(texts_allowed: None) -> None:
    steps = [{"channel": "sms", "body": "Hi {{ greeting }}"}]
    take_in(make_drip(make_version(steps)), make_people(1, zone="", points=("phone",)))
    row = Enrollment.objects.get()
    assert (row.zone, row.channel) == ("America/New_York", "sms")


def test_many_people_take_as_many_queries_as_few(drip: Campaign) -> None:
    counts = []
    for number in (2, 30):
        people = make_people(number)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            take_in(drip, people)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16  # the last two: who is away, and whose house it is about
