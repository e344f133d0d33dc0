"""Which vendors suit a request, in which order and why; what their answers teach."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.choices import AddressKind, SuppressionReason
from compliance.suppression import suppress
from crm.choices import PointKind
from crm.intake import Address, CompanyFacts, Person, take_in_vendor
from crm.models import Category, Company, Contact, Request
from crm.vendors import record_contacted, record_response, vendors_for

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def vendor(
    name: str, *, regions: tuple[str, ...] = (), channel: str = "email", **more: object
) -> Company:
    domain = name.lower().replace(" ", "") + ".example"
    addresses = [Address(PointKind.EMAIL, f"desk@{domain}"), Address(PointKind.PHONE, "2015550118")]
    facts = CompanyFacts(
        name=name,
        website=domain,
        categories=["private_jet"],
        regions=regions,
        preferred_channel=channel,
        people=[Person(name="Pat", addresses=addresses)],
    )
    company = take_in_vendor(facts, source="test", actor="test")
    Company.objects.filter(pk=company.pk).update(**more)
    company.refresh_from_db()
    return company


@pytest.fixture
def jet() -> Request:
    return Request.objects.create(
        text="jet",
        category=Category.objects.get(slug="private_jet"),
        constraints={"origin": "TEB", "destination": "ASE"},
    )


def names(request: Request, limit: int = 20) -> list[str]:
    return [match.company.name for match in vendors_for(request)[0][:limit]]


def test_only_active_vendors_of_the_category_are_found(jet: Request) -> None:
    vendor("Good Air")
    vendor("Retired Air", active=False)
    vendor("Client Air", kind="client")
    florist = vendor("Rose")
    florist.categories.set([Category.objects.get(slug="floristry")])
    assert names(jet) == ["Good Air"]


def test_a_vendor_who_serves_the_places_comes_before_one_who_serves_anywhere(jet: Request) -> None:
    vendor("Anywhere Air")
    vendor("Jersey Air", regions=("New Jersey", "Rocky Mountains"))
    assert names(jet) == ["Jersey Air", "Anywhere Air"]


def test_a_vendor_of_other_regions_is_left_out(jet: Request) -> None:
    vendor("Alpine Air", regions=("Switzerland", "Austria"))
    assert names(jet) == []


def test_a_region_we_do_not_understand_does_not_exclude(jet: Request) -> None:
    vendor("Poetic Air", regions=("Wherever the wind blows",))
    assert names(jet) == ["Poetic Air"]


def test_those_who_answer_often_and_fast_come_first(jet: Request) -> None:
    vendor("Mute Air", times_contacted=10, times_replied=1)
    vendor("New Air")
    vendor("Slow Air", times_contacted=10, times_replied=9, response_hours=60)
    vendor("Quick Air", times_contacted=10, times_replied=9, response_hours=1.0)
    assert names(jet) == ["Quick Air", "Slow Air", "New Air", "Mute Air"]
    assert names(jet, limit=2) == ["Quick Air", "Slow Air"]


def test_the_reasons_are_words(jet: Request) -> None:
    vendor("Quick Air", regions=("Northeast",), times_contacted=10, times_replied=9,
           response_hours=3.0)  # fmt: skip
    assert vendors_for(jet)[0][0].reasons == [
        "Offers private jet",
        "Serves Northeast, where Teterboro (TEB) lies",
        "Answered 9 of 10 requests, usually within 3 hours",
    ]


def test_the_preferred_channel_decides_the_address(jet: Request) -> None:
    vendor("Phone Air", channel="phone")
    assert vendors_for(jet)[0][0].point.value == "+12015550118"


def test_a_suppressed_address_is_not_used(jet: Request) -> None:
    vendor("Gone Air")
    suppress(AddressKind.EMAIL, "desk@goneair.example", reason=SuppressionReason.values[0],
             source="test", received_at=NOON)  # fmt: skip
    assert vendors_for(jet)[0][0].point.kind == PointKind.PHONE


def test_a_vendor_who_wants_no_contact_anywhere_is_left_out(jet: Request) -> None:
    vendor("Gone Air")
    for kind, address in (("email", "desk@goneair.example"), ("phone", "+12015550118")):
        suppress(kind, address, reason=SuppressionReason.OPT_OUT, source="test", received_at=NOON)
    assert names(jet) == []


def test_a_vendor_without_a_usable_address_is_left_out(jet: Request) -> None:
    company = vendor("Lost Air")
    Contact.objects.filter(company=company).delete()
    assert names(jet) == []
    assert vendors_for(jet) == ([], [company])


def test_a_request_without_a_category_suits_nobody(jet: Request) -> None:
    jet.category = None
    assert vendors_for(jet)[0] == []


def test_more_vendors_do_not_mean_more_queries(jet: Request) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            vendors_for(jet)
        return len(captured)

    vendor("Air 0")
    few = queries()
    for number in range(1, 8):
        vendor(f"Air {number}")
    assert queries() == few


def test_answers_teach_rate_and_time(jet: Request) -> None:
    company = vendor("Learning Air")
    record_contacted({company.pk: 2})
    record_response(company, asked_at=NOON, answered_at=NOON + timedelta(hours=2))
    company.refresh_from_db()
    assert (company.response_rate, company.response_hours) == (0.5, 2.0)
    record_response(company, asked_at=NOON, answered_at=NOON + timedelta(hours=12))
    company.refresh_from_db()
    assert (company.times_replied, company.response_hours) == (2, 5.0)
