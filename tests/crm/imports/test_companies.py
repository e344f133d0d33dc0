"""A list of companies taken in: created, completed, or rejected with line and reason."""

from pathlib import Path
from typing import Any

import pytest

from crm.choices import CompanyKind
from crm.imports.plan import Plan
from crm.imports.report import Rejected, Report
from crm.imports.run import import_list
from crm.models import Company, ContactPoint

pytestmark = pytest.mark.django_db
HEADER = "name,website,categories,regions,contact,email,phone\n"
LONG = "a." * 130


@pytest.fixture
def take_in(tmp_path: Path) -> object:
    def run(rows: str, **options: object) -> Report:
        file = tmp_path / "vendors.csv"
        file.write_text(HEADER + rows)
        return import_list(file, "companies", actor="sam", **options)  # type: ignore[arg-type]

    return run


def test_a_row_becomes_a_vendor_with_a_person(take_in: object) -> None:
    report = take_in("Sky,sky.example,Private jet,Aspen; Denver,Pat Doe,p@sky.example,\n")  # type: ignore[operator]
    assert (report.created, report.rejected) == (1, [])
    company = Company.objects.get()
    assert company.regions == ["Aspen", "Denver"]
    assert [category.slug for category in company.categories.all()] == ["private_jet"]
    assert str(company.contacts.get()) == "Pat Doe"
    assert ContactPoint.objects.get().source == "vendors.csv"


def test_the_same_list_again_changes_nothing(take_in: object) -> None:
    row = "Sky,sky.example,private_jet,,,p@sky.example,\n"
    take_in(row)  # type: ignore[operator]
    report = take_in(row)  # type: ignore[operator]
    assert (report.created, report.updated, report.unchanged) == (0, 0, 1)
    assert Company.objects.count() == 1


def test_a_new_address_completes_a_known_vendor(take_in: object) -> None:
    take_in("Sky,sky.example,private_jet,,,p@sky.example,\n")  # type: ignore[operator]
    report = take_in("Sky,sky.example,private_jet,,,,+1 201 555 0123\n")  # type: ignore[operator]
    assert (report.created, report.updated) == (0, 1)
    assert ContactPoint.objects.filter(value="+12015550123").exists()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",x.example,,,,a@x.example,", "needs a name"),
        ("Acme,acme.example,unicorns,,,a@acme.example,", "no category “unicorns”"),
        ("Acme,acme.example,,,,,", "no e-mail, phone"),
        ("Acme,acme.example,,,,not an address,", "not an e-mail address"),
        ("Acme,acme.example,,,,,12", "phone"),
        ("A" * 161 + ",acme.example,,,,a@acme.example,", "longer than 160"),
        (f"Acme,{LONG}example,,,,a@acme.example,", "longer than 253"),
        ("Acme,acme.example", "7"),
    ],
)
def test_a_bad_row_is_rejected_whole_and_the_next_one_taken(
    take_in: object, row: str, words: str
) -> None:
    report = take_in(f"{row}\nGood,good.example,,,,g@good.example,\n")  # type: ignore[operator]
    assert [rejected.line for rejected in report.rejected] == [2]
    assert words in report.rejected[0].reason
    assert [company.name for company in Company.objects.all()] == ["Good"]


def test_a_dry_run_reports_and_keeps_nothing(take_in: object) -> None:
    report = take_in("Sky,sky.example,,,,p@sky.example,\n", dry_run=True)  # type: ignore[operator]
    assert report.created == 1
    assert not Company.objects.exists()


def test_prospects_need_no_address(take_in: object) -> None:
    assert take_in("Sky,sky.example,,,,,\n", plan=Plan(company_kind="prospect")).created == 1  # type: ignore[operator]


def test_progress_is_told_to_the_end(take_in: object) -> None:
    seen: list[tuple[int, int]] = []
    rows = "A,a.example,,,,a@a.example,\nB,,,,,,\n"
    take_in(rows, progress=lambda done, total: seen.append((done, total)))  # type: ignore[operator]
    assert seen[-1] == (2, 2)


def test_the_report_reads_like_a_list() -> None:
    report = Report(read=3, created=2, rejected=[Rejected(3, "No.")], notes=["Note."])
    assert report.as_lines() == [
        "Note.",
        "Row 3: No.",
        "Read 3, created 2, updated 0, unchanged 0, rejected 1.",
    ]


def test_a_time_zone_must_exist(tmp_path: Path) -> None:
    file = tmp_path / "vendors.csv"
    file.write_text("name,email,timezone\nSky,p@sky.example,Mars/Olympus\n")
    report = import_list(file, "companies", actor="sam")
    assert "no time zone" in report.rejected[0].reason


@pytest.mark.parametrize(
    ("heading", "column", "words"),
    [
        ("tax id", "tin", "Tax id 12-34"),
        ("registration number", "registration_number", "Registration number 12-34"),
    ],
)
@pytest.mark.parametrize("dry_run", [True, False])
def test_one_number_for_two_domains_of_a_list_is_left_to_a_person(
    tmp_path: Path, heading: str, column: str, words: str, dry_run: bool
) -> None:
    file = tmp_path / "vendors.csv"
    file.write_text(
        f"name,website,{heading},email\nSky,sky.example,12-34,a@sky.example\n"
        "Sky West,west.example,12-34,b@west.example\n"
    )
    report = import_list(file, "companies", actor="sam", dry_run=dry_run)
    [out] = report.rejected
    assert (out.row, out.column, out.value, out.code) == (3, column, "12-34", "duplicate_in_file")
    assert out.reason == (
        f"{words} stands in row 2 already, and belongs to one company. "
        "If they are two, correct the number of one or leave it out."
    )
    assert out.cells == ("Sky West", "west.example", "12-34", "b@west.example")
    assert [one.domain for one in Company.objects.all()] == ([] if dry_run else ["sky.example"])


def test_the_number_of_a_known_company_under_another_domain_is_left_to_a_person(
    tmp_path: Path,
) -> None:
    Company.objects.create(name="Sky", domain="sky.example", tin="12-34")
    file = tmp_path / "vendors.csv"
    file.write_text(
        "name,website,tax id,email\nWest Air,west.example,12-34,b@west.example\n"
        "Lake,lake.example,56,c@lake.example\n"
    )
    report = import_list(file, "companies", actor="sam")
    [out] = report.rejected
    assert (out.row, out.column, out.value, out.code) == (2, "tin", "12-34", "shared_number")
    assert "Tax id 12-34 is that of “Sky” (sky.example) already." in out.reason
    assert report.created == 1
    assert list(Company.objects.order_by("name").values_list("name", "domain", "tin")) == [
        ("Lake", "lake.example", "56"), ("Sky", "sky.example", "12-34"),
    ]  # fmt: skip


def test_what_is_known_of_a_company_comes_along(tmp_path: Path) -> None:
    file = tmp_path / "vendors.csv"
    file.write_text(
        "name,website,email,industry,employees,SME,tags,research,source,Fleet\n"
        'Sky,sky.example,a@sky.example,aviation,51-200,да,"jets, east",Grew,fair,12\n'
    )
    plan = Plan(keep_unknown=True)
    assert import_list(file, "companies", actor="sam", plan=plan).created == 1
    sky = Company.objects.get()
    assert (sky.industry, sky.employees, sky.is_sme) == ("aviation", 51, True)
    assert (sky.tags, sky.source) == (["jets", "east"], "fair")
    assert sky.research == "Grew\nFleet: 12"
    assert import_list(file, "companies", actor="sam", plan=plan).unchanged == 1


def imported(tmp_path: Path, text: str, **plan: Any) -> Report:
    file = tmp_path / "firms.csv"
    file.write_text(text)
    return import_list(file, "companies", actor="ella", plan=Plan(**plan))


def test_a_list_without_addresses_is_of_prospects_and_says_so(tmp_path: Path) -> None:
    report = imported(tmp_path, "company,domain,country,industry\nSky,sky.example,US,aviation\n")
    assert (report.created, report.rejected) == (1, [])
    assert Company.objects.get().kind == CompanyKind.PROSPECT
    assert any("prospects" in note for note in report.notes)


@pytest.mark.parametrize("column", ["email", "phone", "web form", "categories"])
def test_a_list_of_vendors_still_refuses_who_cannot_be_written_to(
    tmp_path: Path, column: str
) -> None:
    [refused] = imported(tmp_path, f"company,domain,{column}\nSky,sky.example,\n").rejected
    assert refused.code == "no_address"


def test_who_says_vendors_gets_vendors(tmp_path: Path) -> None:
    report = imported(tmp_path, "company,domain\nSky,sky.example\n", company_kind="vendor")
    assert (report.created, len(report.rejected)) == (0, 1)
