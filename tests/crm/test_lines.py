"""A number is one line wherever it stands, and every change of it is on record."""

import pytest

from compliance.choices import LineType
from compliance.models import AuditEntry
from crm.intake import Address, Person, take_in_person
from crm.lines import given_out, learn, mark, read_line_type
from crm.models import Contact, ContactPoint

pytestmark = pytest.mark.django_db
NUMBER = "+13055551234"


def held_by(*lines: str) -> None:
    for line in lines:
        contact = Contact.objects.create(name="Pat")
        ContactPoint.objects.create(contact=contact, kind="phone", value=NUMBER, line_type=line)


def stored() -> set[str]:
    return set(ContactPoint.objects.filter(value=NUMBER).values_list("line_type", flat=True))


def test_a_number_is_marked_at_everybody_who_has_it_and_on_record() -> None:
    held_by("unknown", "mobile", "landline")
    assert mark(NUMBER, LineType.LANDLINE, actor="provider", reason="30006") == 2
    assert stored() == {"landline"}
    entries = AuditEntry.objects.filter(action="number.line")
    assert {(one.actor, one.reason, one.data["from"]) for one in entries} == {
        ("provider", "30006", "unknown"), ("provider", "30006", "mobile"),
    }  # fmt: skip
    assert NUMBER not in str([one.data for one in entries])


def test_marking_what_is_known_writes_nothing() -> None:
    held_by("landline")
    assert mark(NUMBER, LineType.LANDLINE, actor="sam", reason="x") == 0
    assert not AuditEntry.objects.filter(action="number.line").exists()


def test_a_whatsapp_address_of_the_same_number_has_no_line() -> None:
    contact = Contact.objects.create(name="Pat")
    point = ContactPoint.objects.create(contact=contact, kind="whatsapp", value=NUMBER)
    assert mark(NUMBER, LineType.MOBILE, actor="sam", reason="x") == 0
    point.refresh_from_db()
    assert point.line_type == "unknown"


@pytest.mark.parametrize(
    ("held", "told", "now"),
    [
        ("unknown", LineType.MOBILE, "mobile"),
        ("unknown", LineType.UNKNOWN, "unknown"),
        ("mobile", LineType.VOIP, "mobile"),
        ("mobile", LineType.LANDLINE, "landline"),
        ("landline", LineType.MOBILE, "landline"),
        ("voip", LineType.UNKNOWN, "voip"),
    ],
)
def test_a_list_fills_gaps_and_never_takes_landline_back(
    held: str, told: LineType, now: str
) -> None:
    held_by(held)
    learn(NUMBER, told, actor="sam", reason="list")
    assert stored() == {now}


def test_who_comes_in_with_a_known_number_has_its_line() -> None:
    held_by("landline")
    new = Person(name="Kim", addresses=[Address("phone", "(305) 555-1234")])
    take_in_person(new, company=None, source="list", actor="sam")
    assert stored() == {"landline"}


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("Mobile", LineType.MOBILE), ("cell", LineType.MOBILE), (" LANDLINE ", LineType.LANDLINE),
        ("fixed-line", LineType.LANDLINE), ("VoIP", LineType.VOIP), ("", LineType.UNKNOWN),
        ("satellite", None), ("=1+1", None),
    ],
)  # fmt: skip
def test_a_line_is_read_as_lists_write_it(word: str, line: LineType | None) -> None:
    assert read_line_type(word) == line


@pytest.mark.parametrize(
    ("number", "told", "says"),
    [
        ("+13055551234", "", "Florida, United States · America/New_York"),
        ("+442079460018", "", "Landline · United Kingdom · Europe/London"),
        ("+442079460018", "voip", "United Kingdom · Europe/London"),
        ("+79161234567", "unknown", "Mobile · Russia · 16 time zones"),
        ("+18005550123", "", "+18005550123 is a toll-free number, which has no place"),
    ],
)
def test_a_number_says_where_it_was_given_out(number: str, told: str, says: str) -> None:
    assert given_out(number, told) == says
