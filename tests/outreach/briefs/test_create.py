"""A brief becomes a stored request, however little of it was understood."""

import pytest
import time_machine

from compliance.models import AuditEntry
from crm.models import Category, Request
from outreach.briefs.create import BadBriefError, create_request, reread_request
from tests.desk import BRIEF

pytestmark = pytest.mark.django_db


@time_machine.travel("2026-11-21T17:00:00Z")
def test_a_brief_is_stored_with_what_was_understood() -> None:
    request = create_request(BRIEF, actor="Ella", client_name="Mr. Harcourt")
    request.refresh_from_db()
    assert request.category is not None
    assert request.category.slug == "private_jet"
    assert request.constraints["date"] == "2027-03-15"
    assert request.summary == (
        "Private jet: Teterboro (TEB) to Aspen (ASE), March 15, 2027, 4 passengers"
    )
    assert request.reading["evidence"]["origin"]["text"] == "Teterboro"
    assert request.missing == []
    assert AuditEntry.objects.get().action == "request.created"


@pytest.mark.parametrize(
    ("zone", "day"), [("America/Los_Angeles", "2026-11-22"), ("Asia/Tokyo", "2026-11-23")]
)
@time_machine.travel("2026-11-22T03:00:00Z")
def test_tomorrow_is_tomorrow_in_the_clients_zone(zone: str, day: str) -> None:
    request = create_request("Jet from Teterboro to Aspen tomorrow for 4", actor="E", timezone=zone)
    assert request.constraints["date"] == day


@pytest.mark.parametrize("text", ["hello", "что-нибудь красивое"])
def test_what_is_not_understood_is_stored_and_asked_about(text: str) -> None:
    request = create_request(text, actor="Ella")
    assert request.category is None
    assert request.missing[0]["field"] == "category"
    assert Request.objects.count() == 1


@pytest.mark.parametrize(
    "options",
    [{"tier": "platinum"}, {"timezone": "Mars/Olympus"}, {"timezone": "../../etc/passwd"}],
)
def test_an_unknown_option_is_refused_by_name(options: dict[str, str]) -> None:
    with pytest.raises(BadBriefError, match="There is no"):
        create_request(BRIEF, actor="Ella", **options)
    assert not Request.objects.exists()


@pytest.mark.parametrize("text", ["", " \n", "…!"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(BadBriefError, match="Say in a sentence what is wanted"):
        create_request(text, actor="Ella")
    assert not Request.objects.exists()


def test_more_than_ten_thousand_characters_are_refused() -> None:
    with pytest.raises(BadBriefError, match="10,001 characters"):
        create_request("x" * 10_001, actor="Ella")


def test_a_schema_staff_edited_is_the_one_used() -> None:
    category = Category.objects.get(slug="private_jet")
    category.fields = [f for f in category.fields if f["name"] != "aircraft_class"]
    category.edited = True
    category.save()
    assert "aircraft_class" not in create_request(BRIEF, actor="Ella").constraints


def test_a_category_out_of_use_is_not_chosen() -> None:
    Category.objects.filter(slug="private_jet").update(active=False)
    request = create_request(BRIEF, actor="Ella")
    assert request.category is None or request.category.slug != "private_jet"


def test_a_person_choosing_the_category_has_the_text_read_again() -> None:
    request = create_request("Something for 30 guests in Boston on May 3", actor="Ella")
    reread_request(request, actor="Ella", category="catering")
    request.refresh_from_db()
    assert request.category is not None
    assert request.constraints["guests"] == 30


def test_reading_again_leaves_what_people_said_meanwhile() -> None:
    request = create_request("Something for 30 guests in Boston on May 3", actor="Ella")
    Request.objects.filter(pk=request.pk).update(client_name="Ms. Lee")
    reread_request(request, actor="Ella", category="catering")
    request.refresh_from_db()
    assert request.client_name == "Ms. Lee"
    assert AuditEntry.objects.filter(action="request.reread", subject_id=request.pk).count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": " \n…"}, "the text is empty"),
        ({"text": "x" * 10_001}, "at most 10,000"),
        ({"category": "unicorns"}, "There is no category “unicorns”"),
        ({"category": "catering"}, "There is no category “catering”"),
    ],
)
def test_what_cannot_be_read_again_changes_nothing(changes: dict[str, str], words: str) -> None:
    request = create_request(BRIEF, actor="Ella")
    Category.objects.filter(slug="catering").update(active=False)
    before = Request.objects.values().get(pk=request.pk)
    with pytest.raises(BadBriefError, match=words):
        reread_request(request, actor="Ella", **changes)
    assert Request.objects.values().get(pk=request.pk) == before
