"""What was found out about two records that are one: kept together, and parted again by undoing."""

from typing import Any

import pytest

from crm.merge import merge_companies, merge_contacts, unmerge
from crm.models import Company, Contact

pytestmark = pytest.mark.django_db
OWN = {"imported": {"Boat": "Sea Ray", "Fleet": "2"}, "net_worth": 12}
OTHER = {"imported": {"Boat": "Bayliner", "Pool": "yes"}, "net_worth": 7, "owner": {"since": 1999}}
BOTH = {
    "imported": {"Boat": "Sea Ray", "Fleet": "2", "Pool": "yes"},
    "net_worth": 12,
    "owner": {"since": 1999},
}
MERGES: list[tuple[Any, Any]] = [(Contact, merge_contacts), (Company, merge_companies)]


def found(row: Contact | Company) -> Any:
    row.refresh_from_db()
    return row.ai_research_data


@pytest.mark.parametrize(("model", "merge"), MERGES)
def test_findings_of_both_are_kept_and_the_survivors_word_counts(model: Any, merge: Any) -> None:
    one = model.objects.create(name="Sky", ai_research_data=OWN)
    other = model.objects.create(name="Sky Jets", ai_research_data=OTHER)
    record = merge(one.pk, other.pk, actor="sam")
    assert found(one) == BOTH
    unmerge(record.pk, actor="sam")
    assert (found(one), model.objects.get(pk=other.pk).ai_research_data) == (OWN, OTHER)


@pytest.mark.parametrize(("model", "merge"), MERGES)
def test_findings_of_one_alone_are_the_ones_kept(model: Any, merge: Any) -> None:
    one = model.objects.create(name="Sky")
    other = model.objects.create(name="Sky Jets", ai_research_data=OTHER)
    merge(one.pk, other.pk, actor="sam")
    assert found(one) == OTHER


def test_a_finding_under_one_name_that_is_no_list_of_them_is_the_survivors() -> None:
    one = Company.objects.create(name="Sky", ai_research_data={"imported": "by hand"})
    other = Company.objects.create(name="Sky Jets", ai_research_data=OTHER)
    merge_companies(one.pk, other.pk, actor="sam")
    assert found(one)["imported"] == "by hand"
