"""People taken in at companies that are already known."""

from pathlib import Path

import pytest

from crm.imports.report import Report
from crm.imports.run import import_list
from crm.models import Company, Contact, ContactPoint

pytestmark = pytest.mark.django_db


def take_in(tmp_path: Path, rows: str) -> Report:
    file = tmp_path / "people.csv"
    file.write_text("company,name,role,email\n" + rows)
    return import_list(file, "contacts", actor="sam")


@pytest.fixture
def sky() -> Company:
    return Company.objects.create(name="Sky", domain="sky.example")


@pytest.mark.parametrize("company", ["Sky", "sky", "sky.example", "https://www.sky.example/about"])
def test_the_company_is_found_by_name_or_domain(tmp_path: Path, sky: Company, company: str) -> None:
    report = take_in(tmp_path, f"{company},Pat Doe,Sales,pat@sky.example\n")
    assert report.created == 1
    assert Contact.objects.get().company == sky


def test_the_same_person_again_changes_nothing(tmp_path: Path, sky: Company) -> None:
    row = "Sky,Pat Doe,Sales,pat@sky.example\n"
    take_in(tmp_path, row)
    assert take_in(tmp_path, row).unchanged == 1
    assert Contact.objects.count() == 1


def test_a_company_that_is_missing_is_made_once(tmp_path: Path) -> None:
    report = take_in(tmp_path, "New,Pat,,pat@x.example\nNEW,Kim,,kim@x.example\n")
    assert (report.created, report.companies_created) == (2, 1)
    assert Company.objects.get().kind == "prospect"


def test_two_companies_of_one_name_need_the_domain(tmp_path: Path, sky: Company) -> None:
    Company.objects.create(name="Sky", domain="other.example")
    report = take_in(tmp_path, "Sky,Pat,Sales,pat@x.example\n")
    assert "give the domain" in report.rejected[0].reason


def test_a_person_without_address_is_rejected(tmp_path: Path, sky: Company) -> None:
    report = take_in(tmp_path, "Sky,Pat,Sales,\n")
    assert "no address" in report.rejected[0].reason
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("phones", "lines", "stored"),
    [
        ("305 555 1234", "landline", {"+13055551234": "landline"}),
        ("305 555 1234", "", {"+13055551234": "unknown"}),
        (
            "305 555 1234; 305 555 1235", "Cell; VoIP",
            {"+13055551234": "mobile", "+13055551235": "voip"},
        ),
        (
            "305 555 1234; 305 555 1235", "mobile",
            {"+13055551234": "mobile", "+13055551235": "mobile"},
        ),
        ("", "mobile", {}),
    ],
)  # fmt: skip
def test_a_list_says_what_its_numbers_are(
    tmp_path: Path, sky: Company, phones: str, lines: str, stored: dict[str, str]
) -> None:
    report = with_lines(tmp_path, phones, lines)
    assert report.rejected == []
    points = ContactPoint.objects.filter(kind="phone").values_list("value", "line_type")
    assert dict(points) == stored


@pytest.mark.parametrize(
    ("lines", "says"),
    [("satellite", "There is no line “satellite”"), ("mobile; voip", "2 lines for 1 phone")],
)
def test_a_line_that_is_none_rejects_the_row(
    tmp_path: Path, sky: Company, lines: str, says: str
) -> None:
    report = with_lines(tmp_path, "305 555 1234", lines)
    assert says in report.rejected[0].reason
    assert not Contact.objects.exists()


def with_lines(tmp_path: Path, phones: str, lines: str) -> Report:
    file = tmp_path / "people.csv"
    file.write_text(
        f"company,name,email,phone,line_type\nSky,Pat,pat@sky.example,{phones},{lines}\n"
    )
    return import_list(file, "contacts", actor="sam")


@pytest.mark.parametrize(("known", "written"), [("Pat Doe", "PAT DOE"), ("Иван Ким", "иван ким")])
def test_somebody_without_mailbox_is_known_by_name_however_it_is_written(
    tmp_path: Path, sky: Company, known: str, written: str
) -> None:
    contact = Contact.objects.create(name=known, company=sky)
    assert take_in(tmp_path, f"Sky,{written},Sales,pat@sky.example\n").updated == 1
    assert ContactPoint.objects.get().contact == contact


def test_two_columns_of_one_field_are_told_of_and_rows_that_differ_stay_out(
    tmp_path: Path,
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Name,Contact,email\nPat,Pat,pat@x.example\nKim,Lee,kim@x.example\n")
    report = import_list(file, "contacts", actor="sam")
    assert (
        "“Name” and “Contact” are both “name”: rows in which they differ stay out." in report.notes
    )
    assert [(one.row, one.code) for one in report.rejected] == [(3, "two_values")]


def test_what_a_list_knows_of_people_and_their_company_comes_along(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "name,email,email verified,confidence,company,industry,employees,county,tags,source\n"
        'Pat,pat@sky.example,yes,80%,Sky,aviation,120,ORANGE COUNTY,"hot; east",fair\n'
    )
    assert import_list(file, "contacts", actor="sam").created == 1
    pat = Contact.objects.select_related("company").get()
    assert (pat.county, pat.tags, pat.source) == ("Orange", ["hot", "east"], "fair")
    point = pat.points.get()
    assert (point.state, point.confidence, point.source) == ("verified", 0.8, "fair")
    assert pat.company is not None
    assert (pat.company.industry, pat.company.employees) == ("aviation", 120)
    assert import_list(file, "contacts", actor="sam").unchanged == 1
