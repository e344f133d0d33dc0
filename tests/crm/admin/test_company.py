"""The contact's page: a number's line is chosen by hand, for everybody who has the number."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from compliance.models import AuditEntry
from crm.models import Contact, ContactPoint

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
