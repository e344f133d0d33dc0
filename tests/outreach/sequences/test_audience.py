"""Whom a search finds and a pasted list means, and what is said of lines that mean nobody."""

from typing import Any

import pytest

from crm.models import Contact, ContactPoint
from outreach.models import Enrollment
from outreach.sequences.audience import Wanted, find_people, match, read_list
from outreach.sequences.enroll import enroll, rehearse
from tests.outreach.sequences.build import make_drip, make_people


def test_one_address_a_line_is_a_list() -> None:
    lines, left_out, unread = read_list("Pat@People.example\n\n+1 305 555 0101\n")

    assert [(line.kind, line.address) for line in lines] == [
        ("email", "pat@people.example"), ("phone", "+13055550101"),
    ]  # fmt: skip
    assert (left_out, unread) == ([], "")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_gives_facts_by_the_names_of_its_columns(mark: str) -> None:
    rows = [("Property address", "Email", "market"), ("12 Oak St", "pat@people.example", "")]

    lines, _left, unread = read_list("\n".join(mark.join(row) for row in rows))

    assert unread == ""
    assert lines[0].facts == {"property_address": "12 Oak St"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("email,shoe size\npat@people.example,43", "No text uses “shoe_size”"),
        ("pat@people.example,12 Oak St", "Name the columns in the first line"),
        ("x" * 500_001, "give it in parts"),
    ],
)
def test_a_list_that_cannot_be_meant_is_refused_in_words(text: str, words: str) -> None:
    lines, _left, unread = read_list(text)

    assert words in unread
    assert lines == []


def test_a_line_that_is_no_address_is_named() -> None:
    lines, left_out, _unread = read_list("pat@people.example\n1-800-FLOWERS\n@@@")

    assert len(lines) == 1
    assert [one.name for one in left_out] == ["1-800-FLOWERS", "@@@"]


@pytest.mark.parametrize("text", ["", "\n\n", '"', 'a"b\n"c', "\x00", "\ud800", ",,,", "email"])
def test_odd_lists_never_raise(text: str) -> None:
    read_list(text)


@pytest.mark.django_db
class TestPeople:
    def test_a_list_finds_people_by_any_of_their_addresses(self) -> None:
        pat, _other = make_people(2, points=("email", "phone"))
        number = ContactPoint.objects.get(contact=pat, kind="phone").value

        found = match(f"address,topic\n{number},sailing\nnobody@people.example,x")

        assert found.contacts == [pat.pk]
        assert found.facts == {pat.pk: {"topic": "sailing"}}
        assert found.left_out[0].reason.startswith("Nobody here has the address")

    def test_an_address_of_two_people_is_left_to_a_person(self) -> None:
        one, two = make_people(2)
        ContactPoint.objects.create(contact=two, kind="email", value="shared@people.example")
        ContactPoint.objects.create(contact=one, kind="email", value="shared@people.example")

        found = match("shared@people.example")

        assert found.contacts == []
        assert "belongs to" in found.left_out[0].reason

    def test_whoever_is_in_already_is_not_offered(self) -> None:
        drip = make_drip()
        inside, outside = make_people(2)
        enroll(drip, [inside.pk], actor="sam")

        assert list(find_people(Wanted(), drip)) == [outside]

    @pytest.mark.parametrize(
        "wanted",
        [Wanted(country="us"), Wanted(search="number0"), Wanted(channel="email"),
         Wanted(company="company 0")],
    )  # fmt: skip
    def test_a_search_finds_whom_it_describes(self, wanted: Wanted) -> None:
        [pat] = make_people(1)

        assert pat in find_people(wanted)

    @pytest.mark.parametrize(
        "wanted", [Wanted(country="de"), Wanted(state="fl"), Wanted(channel="sms")]
    )
    def test_a_search_leaves_out_whom_it_does_not(self, wanted: Wanted) -> None:
        make_people(1)

        assert not find_people(wanted).exists()

    def test_an_erased_person_is_never_offered(self) -> None:
        from django.utils import timezone

        [pat] = make_people(1)
        Contact.objects.filter(pk=pat.pk).update(erased_at=timezone.now())

        assert not find_people(Wanted()).exists()
        assert match("pat0@people.example").contacts == []

    def test_a_rehearsal_says_what_enrolling_does_and_writes_nothing(self) -> None:
        from compliance.models import AuditEntry

        drip = make_drip()
        people = [person.pk for person in make_people(3)] + [make_people(1, points=())[0].pk]
        before = AuditEntry.objects.count()

        said: Any = rehearse(drip, people)

        assert (said.taken_in, said.counts) == (3, {"no_address": 1})
        assert Enrollment.objects.count() == 0
        assert AuditEntry.objects.count() == before
        done = enroll(drip, people, actor="sam")
        assert (done.taken_in, done.counts) == (said.taken_in, said.counts)
