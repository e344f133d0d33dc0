"""Who may be one: shared addresses and names that are alike, within what they have in common."""

from itertools import count
from uuid import UUID, uuid4

import pytest

from crm.dedupe import Known
from crm.merging.near import (
    Pair,
    Someone,
    fingerprint_of,
    likely_companies,
    likely_people,
)

numbers = count(1)
FIRM = uuid4()


def one(name: str, *points: str, **values: object) -> Someone:
    pairs = tuple(("email" if "@" in value else "phone", value) for value in points)
    return Someone(UUID(int=next(numbers)), name, points=pairs, **values)  # type: ignore[arg-type]


def found(*people: Someone) -> list[Pair]:
    return likely_people(people)


@pytest.mark.parametrize(
    ("name", "other"),
    [("Jon Smith", "Smith, Jon"), ("José Núñez", "Jose Nunez"), ("Katherine Lee", "Katharine Lee")],
)
def test_names_alike_at_one_company(name: str, other: str) -> None:
    (pair,) = found(one(name, company=FIRM), one(other, company=FIRM))
    assert pair.score >= 85
    assert "at one company." in pair.reasons[0]


def test_names_alike_with_nothing_in_common_are_two_people() -> None:
    assert found(one("Jon Smith", company=FIRM), one("Jon Smith", company=uuid4())) == []
    assert found(one("Jon Smith"), one("Jon Smith")) == []


def test_a_household_is_not_one_person() -> None:
    people = [
        one("John Abernathy", postal_code="32801"),
        one("Jane Abernathy", postal_code="32801"),
    ]
    assert found(*people) == []


def test_an_address_of_both_is_the_surest_sign() -> None:
    (pair,) = found(one("Jon Smith", "j@x.example"), one("Jonathan Smith", "j@x.example"))
    assert (pair.score >= 90, pair.reasons) == (True, ["They share an e-mail address."])


def test_a_couple_s_mailbox_is_worth_a_look_and_no_more() -> None:
    (pair,) = found(one("Ann Fox", "fox@x.example"), one("Bob Harper", "fox@x.example"))
    assert pair.score == 60


def test_colleagues_share_a_switchboard_and_a_mailbox_of_the_office() -> None:
    people = [
        one("Ann Fox", "+12015550100", "info@x.example"),
        one("Bob Harper", "+12015550100", "info@x.example"),
    ]
    assert found(*people) == []


def test_an_address_of_very_many_says_nothing() -> None:
    people = [one("Jon Smith", "all@x.example") for _ in range(9)]
    assert all("e-mail" not in reason for pair in found(*people) for reason in pair.reasons)


def test_further_signs_add_up_but_never_to_certainty() -> None:
    people = [
        one("Jon Smith", "j@x.example", "+12015550100", company=FIRM, postal_code="32801"),
        one("Jon Smith", "j@x.example", "+12015550100", company=FIRM, postal_code="32801"),
    ]
    (pair,) = found(*people)
    assert pair.score == 99
    assert len(pair.reasons) == 5


def test_no_reason_names_anybody() -> None:
    (pair,) = found(one("Jon Smith", "j@x.example"), one("Jon Smith", "j@x.example"))
    assert not any("smith" in reason.lower() or "@" in reason for reason in pair.reasons)


def test_a_place_of_thousands_is_compared_by_how_names_begin() -> None:
    people = [one(f"Person{n:05} Family{n:05}", company=FIRM) for n in range(1500)]
    people += [one("Katherine Ellsworth", company=FIRM), one("Katharine Ellsworth", company=FIRM)]
    assert any(pair.one == people[-2].id and pair.other == people[-1].id for pair in found(*people))


def test_companies_with_a_typo_in_the_name() -> None:
    firms = [Known(uuid4(), "Meridian Charter Group"), Known(uuid4(), "Meridien Charter Ltd")]
    (pair,) = likely_companies(firms)
    assert pair.score >= 70


def test_companies_of_two_countries_are_two() -> None:
    firms = [
        Known(uuid4(), "Meridian Charter", country="US"),
        Known(uuid4(), "Meridien Charter", country="FR"),
    ]
    assert likely_companies(firms) == []


def house(*names: str, country: str = "") -> list[tuple[int, list[str]]]:
    firms = [Known(uuid4(), name, country=country, place="1 sky way, miami, US") for name in names]
    return [(pair.score, pair.reasons) for pair in likely_companies(firms)]


def test_companies_of_one_house_whose_names_share_words_may_be_one() -> None:
    ((score, reasons),) = house("Sky", "Sky Jets International")
    assert score > 80
    assert reasons == ["The same name at one street address."]


def test_neighbours_in_a_house_are_two() -> None:
    assert house("Sky Jets", "Ocean Legal") == []


def test_without_a_place_words_in_common_are_not_enough() -> None:
    assert likely_companies([Known(uuid4(), "Sky"), Known(uuid4(), "Sky Jets International")]) == []


def test_two_tax_ids_at_one_address_are_two_companies() -> None:
    firms = [
        Known(uuid4(), "Sky", tin="1", place="1 sky way, miami, US"),
        Known(uuid4(), "Sky Jets", tin="2", place="1 sky way, miami, US"),
    ]
    assert likely_companies(firms) == []


def test_a_fingerprint_changes_with_what_is_compared_and_not_with_the_order() -> None:
    a, b = one("Jon Smith", "j@x.example"), one("Jon Smyth")
    changed = Someone(b.id, "Jon Smyth", points=(("phone", "+12015550100"),))
    assert fingerprint_of(a, b) == fingerprint_of(b, a) != fingerprint_of(a, changed)
