"""Every list of the corpus: each row is in or in the report, and a second time nothing is new."""

from pathlib import Path

import pytest

from crm.imports.problems import BadFileError
from crm.imports.run import import_list
from crm.models import Company, Contact, ContactPoint
from tests.crm.imports.corpus import Messy, lists

pytestmark = pytest.mark.django_db
CORPUS = lists()


def stored(kind: str) -> set[str]:
    return set(ContactPoint.objects.filter(kind=kind).values_list("value", flat=True))


def test_the_corpus_has_forty_lists() -> None:
    assert len({messy.name for messy in CORPUS}) == 40


@pytest.mark.parametrize("messy", CORPUS, ids=lambda messy: messy.name)
def test_every_row_is_in_or_in_the_report(tmp_path: Path, messy: Messy) -> None:
    file = tmp_path / messy.name
    file.write_bytes(messy.data)
    if messy.refused:
        with pytest.raises(BadFileError, match=messy.refused):
            import_list(file, "contacts", actor="sam")
        assert not Contact.objects.exists()
        return
    report = import_list(file, "contacts", actor="sam")
    assert {one.row: one.code for one in report.rejected} == messy.out
    assert stored("email") == messy.emails
    assert stored("phone") >= messy.phones
    assert set(Contact.objects.values_list("name", flat=True)) >= messy.names
    assert report.read == report.created + len(report.rejected)
    people, companies = Contact.objects.count(), Company.objects.count()
    again = import_list(file, "contacts", actor="sam")
    assert (again.created, again.updated, again.companies_created) == (0, 0, 0)
    assert again.unchanged == report.created
    assert (Contact.objects.count(), Company.objects.count()) == (people, companies)


def test_merged_cells_give_every_row_their_company(tmp_path: Path) -> None:
    file = tmp_path / "merged.xlsx"
    file.write_bytes(next(one.data for one in CORPUS if one.name == "merged.xlsx"))
    import_list(file, "contacts", actor="sam")
    people = dict(Contact.objects.values_list("name", "company__name"))
    assert people == {"Pat": "Sky", "Kim": "Sky", "Lee": "Lake"}


def test_a_sheet_keeps_zeros_and_dates_as_they_are_seen(tmp_path: Path) -> None:
    file = tmp_path / "types.xlsx"
    file.write_bytes(next(one.data for one in CORPUS if one.name == "types.xlsx"))
    import_list(file, "contacts", actor="sam")
    pat = Contact.objects.select_related("company").get(name="Pat")
    kim = Contact.objects.select_related("company").get(name="Kim")
    assert (pat.postal_code, pat.role, kim.postal_code) == ("02134", "2026-05-01", "02135")
    assert kim.role == "2026-05-01 09:00:00"
    assert str(kim.company) == "42"
