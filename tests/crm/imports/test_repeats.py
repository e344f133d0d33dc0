"""The same list again, a corrected one, and two at once: nobody twice, nothing lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection

from compliance.models import AuditEntry
from crm.imports.kinds import KINDS
from crm.imports.report import Report
from crm.imports.run import import_list
from crm.models import Company, Contact, ContactPoint

HEAD = "full_name,title,email,phone,company,domain,country\n"
PAT = "Pat Doe,CTO,pat@sky.example,305 555 1234,Sky,sky.example,US\n"
KIM = "Kim Roe,CEO,kim@sky.example,305 555 1235,Sky,,US\n"
Take = Callable[..., Report]


@pytest.fixture
def take(tmp_path: Path, db: None) -> Take:
    def run(rows: str, head: str = HEAD, **options: object) -> Report:
        file = tmp_path / "people.csv"
        file.write_text(head + rows)
        return import_list(file, "contacts", actor="sam", **options)  # type: ignore[arg-type]

    return run


def outcome(report: Report) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, len(report.rejected)


def counts() -> tuple[int, int, int, int]:
    acts = AuditEntry.objects.exclude(action="import.done").count()
    return Company.objects.count(), Contact.objects.count(), ContactPoint.objects.count(), acts


def test_a_row_becomes_a_person_at_a_company(take: Take) -> None:
    report = take(PAT)
    assert outcome(report) == (1, 0, 0, 0)
    pat = Contact.objects.select_related("company").get()
    assert (pat.name, pat.role, pat.country) == ("Pat Doe", "CTO", "US")
    assert pat.company is not None
    assert (pat.company.name, pat.company.domain) == ("Sky", "sky.example")
    points = {p.kind: (p.value, p.preferred, p.source) for p in pat.points.all()}
    assert points == {
        "email": ("pat@sky.example", True, "people.csv"),
        "phone": ("+13055551234", True, "people.csv"),
    }
    assert pat.history.count() == 1
    acts = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"company.created", "contact.created"} <= acts


def test_the_same_list_twice_writes_nothing_the_second_time(take: Take) -> None:
    take(PAT + KIM)
    before = counts()
    assert outcome(take(PAT + KIM)) == (0, 0, 2, 0)
    assert counts() == before


def test_a_corrected_list_changes_only_what_differs(take: Take) -> None:
    take(PAT + KIM)
    kim = Contact.objects.get(name="Kim Roe")
    report = take(PAT.replace("CTO", "CIO") + KIM)
    assert outcome(report) == (0, 1, 1, 0)
    pat = Contact.objects.get(name="Pat Doe")
    assert pat.role == "CIO"
    assert pat.history.count() == 2
    entry = AuditEntry.objects.get(action="contact.changed")
    assert entry.data["fields"] == ["role"]
    untouched = Contact.objects.get(pk=kim.pk)
    assert (untouched.updated_at, untouched.history.count()) == (kim.updated_at, 1)


def test_a_corrected_name_is_the_same_person_by_mailbox(take: Take) -> None:
    take(PAT)
    assert outcome(take(PAT.replace("Pat Doe", "Patricia Doe"))) == (0, 1, 0, 0)
    assert Contact.objects.get().name == "Patricia Doe"


def test_a_corrected_mailbox_is_the_same_person_by_name_and_number(take: Take) -> None:
    take(PAT)
    assert outcome(take(PAT.replace("pat@", "p.doe@"))) == (0, 1, 0, 0)
    mail = ContactPoint.objects.filter(kind="email").order_by("value")
    assert [(p.value, p.preferred) for p in mail] == [
        ("p.doe@sky.example", True), ("pat@sky.example", False),
    ]  # fmt: skip


def test_a_blank_cell_takes_nothing_away(take: Take) -> None:
    take(PAT)
    assert outcome(take("Pat Doe,,pat@sky.example,,,,\n")) == (0, 0, 1, 0)
    assert Contact.objects.get().role == "CTO"


def test_who_moved_is_flagged(take: Take) -> None:
    take(PAT)
    report = take(PAT.replace("Sky,sky", "Lake,lake"))
    assert [one.code for one in report.flagged] == ["moved_company"]
    assert str(Contact.objects.select_related("company").get().company) == "Lake"


def test_a_company_known_by_name_gets_its_domain(take: Take) -> None:
    take("Pat,,pat@sky.example,,Sky,,\n")
    take("Kim,,kim@sky.example,,sky,sky.example,\n")
    assert [(c.name, c.domain) for c in Company.objects.all()] == [("Sky", "sky.example")]


def test_without_a_company_the_mailbox_finds_it(take: Take) -> None:
    take(PAT)
    take("Kim,,kim@sky.example,,,,\nLee,,lee@gmail.com,,,,\n")
    assert dict(Contact.objects.values_list("name", "company__name")) == {
        "Pat Doe": "Sky", "Kim": "Sky", "Lee": None,
    }  # fmt: skip


def test_a_number_without_code_is_of_the_companys_country(take: Take) -> None:
    Company.objects.create(name="Lake", domain="lake.example", country="GB")
    take("Kim,,,020 7946 0958,Lake,,\n")
    assert ContactPoint.objects.get().value == "+442079460958"


def test_several_people_share_the_mailbox_of_a_role(take: Take) -> None:
    rows = "Pat,,info@sky.example,,,,\nKim,,info@sky.example,,,,\n"
    report = take(rows)
    assert outcome(report) == (2, 0, 0, 0)
    assert {one.code for one in report.flagged} == {"role_account"}
    assert outcome(take(rows)) == (0, 0, 2, 0)


def test_a_mailbox_of_one_person_is_not_given_to_two(take: Take) -> None:
    report = take("Pat,,pat@sky.example,,,,\nKim,,pat@sky.example,,,,\n")
    assert outcome(report) == (1, 0, 0, 1)
    assert report.rejected[0].as_data() == {
        "row": 3, "line": 3, "column": "email", "value": "pat@sky.example",
        "code": "duplicate_in_file",
        "reason": "pat@sky.example stands in row 2 already, and belongs to one person. "
        "If they are two, give this one an address of their own.",
    }  # fmt: skip


def test_the_mailbox_of_somebody_known_is_not_given_to_another(take: Take) -> None:
    take(PAT)
    report = take("Kim Roe,CEO,pat@sky.example,305 555 1299,Lake,lake.example,US\n" + KIM)
    assert outcome(report) == (1, 0, 0, 1)
    out = report.rejected[0]
    assert (out.code, out.column, out.value) == ("shared_address", "email", "pat@sky.example")
    assert out.reason == (
        "pat@sky.example is the address of Pat Doe already. If Kim Roe is the same person, correct "
        "the name there first; if they are two, give this one an address of their own."
    )
    pat = Contact.objects.select_related("company").get(name="Pat Doe")
    assert (pat.role, str(pat.company), pat.points.count()) == ("CTO", "Sky", 2)
    assert not Company.objects.filter(name="Lake").exists()


@pytest.mark.parametrize("name", ["Pat Roe", "Пэт Доу"])
def test_a_mailbox_whose_person_is_called_otherwise_is_worth_a_look(take: Take, name: str) -> None:
    take(PAT)
    report = take(PAT.replace("Pat Doe", name))
    assert outcome(report) == (0, 1, 0, 0)
    [flag] = report.flagged
    assert flag.code == "shared_address"
    assert f"was the address of Pat Doe and is that of {name} now" in flag.reason
    assert Contact.objects.get().name == name
    assert not take(PAT.replace("Pat Doe", name)).flagged


@pytest.mark.parametrize("portion", [1, 2, 1000])
def test_where_a_portion_ends_makes_no_difference(
    take: Take, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    monkeypatch.setitem(KINDS, "contacts", replace(KINDS["contacts"], portion=portion))
    rows = (
        PAT + KIM + "Pat Doe,,p2@sky.example,305 555 1234,Sky,,US\n"  # by number and name
        "PAT DOE,,pat@sky.example,,,,\n"  # by mailbox
        "Pat,,,305 555 1299,Sky,,US\nPat,,,305 555 1298,Sky,,US\n"  # two of one name
        ",,,305 555 1234,,,US\n"  # nothing but a number of somebody
    )
    assert outcome(take(rows)) == (4, 0, 0, 3)
    assert outcome(take(rows)) == (0, 0, 4, 3)
    assert (Contact.objects.count(), Company.objects.count()) == (4, 1)


def test_a_dry_run_tells_the_same_and_keeps_nothing(take: Take) -> None:
    report = take(PAT + KIM + "x,,bad,,,,\n", dry_run=True)
    assert outcome(report) == (2, 0, 0, 1)
    assert not Company.objects.exists()
    assert not Contact.objects.exists()


def test_names_in_parts_are_joined(take: Take) -> None:
    take("Pat,Doe,pat@sky.example\n", head="First name,Last name,E-mail\n")
    take("Иван,Иванович,Петров,i@sky.example\n", head="Имя,Отчество,Фамилия,Почта\n")
    assert set(Contact.objects.values_list("name", flat=True)) == {
        "Pat Doe", "Иван Иванович Петров",
    }  # fmt: skip


def test_a_throw_away_mailbox_is_trusted_less(take: Take) -> None:
    report = take("Pat,,pat@mailinator.com,,,,\n")
    assert [one.code for one in report.flagged] == ["disposable_domain"]
    assert ContactPoint.objects.get().confidence < 0.5


def test_the_questions_asked_do_not_grow_with_the_rows(
    take: Take, django_assert_max_num_queries: object
) -> None:
    rows = "".join(
        f"P {n},CTO,p{n}@c{n}.example,+1305555{n:04},C {n},c{n}.example,US\n" for n in range(400)
    )
    with django_assert_max_num_queries(60):  # type: ignore[operator]  SQLite takes 999 values at once
        assert take(rows).created == 400


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_two_imports_of_one_list_at_once_make_nobody_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "contacts", replace(KINDS["contacts"], portion=7))
    file = tmp_path / "people.csv"
    file.write_text(
        HEAD
        + "".join(
            f"P {n},CTO,p{n}@c.example,+1305555{n:04},C {n % 9},c{n % 9}.example,US\n"
            for n in range(100)
        )
    )
    start = Barrier(3)

    def one(_number: int) -> Report:
        start.wait()
        try:
            return import_list(file, "contacts", actor="sam")
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        reports = list(pool.map(one, range(3)))
    assert sum(report.created for report in reports) == 100
    assert all(not report.rejected for report in reports)
    assert (Contact.objects.count(), Company.objects.count()) == (100, 9)
    assert ContactPoint.objects.count() == 200
