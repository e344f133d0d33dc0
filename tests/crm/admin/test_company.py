"""The contact's page: a number's line is chosen by hand, for everybody who has the number."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from compliance.models import AuditEntry
from crm.merge import merge_contacts
from crm.models import Company, Contact, ContactPoint

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
NUMBER = "+13055551234"


@pytest.fixture
def point() -> ContactPoint:
    contact = Contact.objects.create(name="Pat Doe")
    return ContactPoint.objects.create(contact=contact, kind="phone", value=NUMBER)


def page_of(point: ContactPoint) -> str:
    return reverse("admin:crm_contact_change", args=[point.contact_id])


def typed(point: ContactPoint, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Pat Doe", "language": "en", "status": "new",
        "points-TOTAL_FORMS": "1", "points-INITIAL_FORMS": "1",
        "points-0-id": str(point.pk), "points-0-contact": str(point.contact_id),
        "points-0-kind": "phone", "points-0-value": NUMBER, "points-0-line_type": "unknown",
        "points-0-state": "unverified", **changes,
    }  # fmt: skip


def test_what_is_said_by_hand_counts_at_everybody_who_has_the_number(
    point: ContactPoint, ella: User, client_of: ClientOf
) -> None:
    other = ContactPoint.objects.create(
        contact=Contact.objects.create(name="Kim"), kind="phone", value=NUMBER
    )
    form = typed(point, **{"points-0-line_type": "landline"})
    assert client_of(ella).post(page_of(point), form).status_code == 302
    for row in (point, other):
        row.refresh_from_db()
        assert row.line_type == "landline"
    entries = AuditEntry.objects.filter(action="number.line")
    assert [(one.actor, one.data["to"]) for one in entries] == [("ella", "landline")] * 2


def test_a_landline_can_be_taken_back_by_hand(
    point: ContactPoint, ella: User, client_of: ClientOf
) -> None:
    ContactPoint.objects.update(line_type="landline")
    client_of(ella).post(page_of(point), typed(point, **{"points-0-line_type": "mobile"}))
    point.refresh_from_db()
    assert point.line_type == "mobile"


def test_another_number_in_its_place_does_not_keep_the_line(
    point: ContactPoint, ella: User, client_of: ClientOf
) -> None:
    ContactPoint.objects.update(line_type="landline")
    form = typed(point, **{"points-0-value": "+13055559999", "points-0-line_type": "landline"})
    client_of(ella).post(page_of(point), form)
    point.refresh_from_db()
    assert (point.value, point.line_type) == ("+13055559999", "unknown")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"points-0-line_type": "satellite"}, "Select a valid choice"),
        (
            {"points-0-kind": "whatsapp", "points-0-line_type": "mobile"},
            "Only a phone number has a line",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    changes: dict[str, str], says: str, point: ContactPoint, ella: User, client_of: ClientOf
) -> None:
    answer = client_of(ella).post(page_of(point), typed(point, **changes))
    assert says in answer.content.decode()
    point.refresh_from_db()
    assert point.line_type == "unknown"


def test_the_page_explains_each_line(point: ContactPoint, ann: User, client_of: ClientOf) -> None:
    page = client_of(ann).get(page_of(point)).content.decode()
    for words in ("No text goes to it; calls may.", "American number does not show what it is"):
        assert words in page


def test_the_list_shows_and_filters_by_what_domains_said(
    ann: User, client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    for name, verdict in (("Good", "deliverable"), ("Dead", "undeliverable")):
        contact = Contact.objects.create(name=name)
        ContactPoint.objects.create(
            contact=contact, kind="email", value=f"{name}@x.example", deliverability=verdict
        )
    client, where = client_of(ann), reverse("admin:crm_contact_changelist")
    client.get(where)
    with django_assert_max_num_queries(20):
        page = client.get(where).content.decode()
    assert "Takes no mail" in page
    page = client.get(where, {"points__deliverability__exact": "undeliverable"}).content.decode()
    assert ">Dead<" in page
    assert ">Good<" not in page


def test_a_link_to_somebody_who_was_merged_shows_whom_they_are_today(
    ann: User, client_of: ClientOf
) -> None:
    kept, gone = (Contact.objects.create(name=name) for name in ("Jon", "Jonathan"))
    merge_contacts(kept.pk, gone.pk, actor="sam")
    page = client_of(ann).get(reverse("admin:crm_contact_change", args=[gone.pk]))
    assert page.status_code == 200
    assert "Jonathan (sam," in page.content.decode()


def test_the_company_s_page_groups_what_belongs_together(ann: User, client_of: ClientOf) -> None:
    firm = Company.objects.create(name="Jets", source="fair")
    page = client_of(ann).get(reverse("admin:crm_company_change", args=[firm.pk])).content.decode()
    for words in ("Where it came from", "What we know", "fair"):
        assert words in page


def added(point: ContactPoint, kind: str, value: str) -> dict[str, Any]:
    """The form with a second address typed in."""
    return typed(
        point, **{
            "points-TOTAL_FORMS": "2", "points-1-contact": str(point.contact_id),
            "points-1-kind": kind, "points-1-value": value, "points-1-line_type": "unknown",
            "points-1-state": "unverified",
        },
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("phone", "(305) 555-9876", "+13055559876"),
        ("phone", "1 (800) 555-9876", "+18005559876"),
        ("phone", "+44 20 7123 4567", "+442071234567"),
        ("email", " Pat@Büro.Example ", "pat@xn--bro-hoa.example"),
        ("social", "social.example/in/pat", "https://social.example/in/pat"),
    ],
)
def test_an_address_typed_by_hand_is_stored_as_look_ups_find_it(
    kind: str, value: str, stored: str, point: ContactPoint, ella: User, client_of: ClientOf
) -> None:
    answer = client_of(ella).post(page_of(point), added(point, kind, value))
    assert answer.status_code == 302
    assert ContactPoint.objects.exclude(pk=point.pk).get().value == stored


def test_a_number_is_read_as_one_of_the_persons_country(
    point: ContactPoint, ella: User, client_of: ClientOf
) -> None:
    form = {**added(point, "phone", "020 7123 4567"), "country": "gb"}
    assert client_of(ella).post(page_of(point), form).status_code == 302
    assert ContactPoint.objects.exclude(pk=point.pk).get().value == "+442071234567"


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("phone", "1-800-FLOWERS", "has letters in it. Write the phone number in digits"),
        ("phone", "(305) 555-1234 ext 5", "without an extension"),
        ("phone", "12", "has the wrong number of digits for a phone"),
        ("email", "nobody", "is not an e-mail address"),
        ("phone", "(305) 555-1234", "Please correct the duplicate"),
    ],
)
def test_what_is_no_address_is_said_and_what_was_typed_is_kept(
    kind: str, value: str, words: str, point: ContactPoint, ella: User, client_of: ClientOf
) -> None:
    answer = client_of(ella).post(page_of(point), added(point, kind, value))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert value in page
    assert ContactPoint.objects.count() == 1


def test_what_was_stored_before_does_not_stop_another_edit(
    point: ContactPoint, ella: User, client_of: ClientOf
) -> None:
    ContactPoint.objects.update(value="305 555 1234")
    form = {**typed(point), "points-0-value": "305 555 1234", "name": "Pat Roe"}
    assert client_of(ella).post(page_of(point), form).status_code == 302
    assert Contact.objects.get().name == "Pat Roe"


def test_a_new_person_comes_with_their_number_in_its_stored_form(
    point: ContactPoint, ella: User, client_of: ClientOf
) -> None:
    form = {
        "name": "Kim Roe", "language": "en", "status": "new", "country": "US",
        "points-TOTAL_FORMS": "1", "points-INITIAL_FORMS": "0", "points-0-kind": "phone",
        "points-0-value": "(305) 555-9876", "points-0-line_type": "unknown",
        "points-0-state": "unverified",
    }  # fmt: skip
    assert client_of(ella).post(reverse("admin:crm_contact_add"), form).status_code == 302
    assert Contact.objects.get(name="Kim Roe").points.get().value == "+13055559876"
