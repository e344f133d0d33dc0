"""`manage.py company`, `contact` and `lead`."""

import csv
import io
import json
import os
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from compliance.models import AuditEntry
from crm.deliverability.verify import Verified
from crm.models import Company, Contact, ContactPoint, ImportBatch
from tests.desk import add_vendor, add_vendors

VENDORS = "name,website,categories,email\nSky,sky.example,private_jet,p@sky.example\nBad,,,\n"


def handed_out(noun: str) -> list[tuple[str, dict[str, int]]]:
    """Who took lists out, and of how many, by the ledger."""
    acts = AuditEntry.objects.filter(action=f"{noun}.list_exported")
    return list(acts.values_list("actor", "data"))


@pytest.fixture
def vendors_csv(tmp_path: Path) -> str:
    file = tmp_path / "vendors.csv"
    file.write_text(VENDORS)
    return str(file)


def test_an_import_reports_counts_and_lines(run: Any, boss: User, vendors_csv: str) -> None:
    done = run("company", "import", vendors_csv)
    assert done.code == 3, done.err
    assert "Row 3: “Bad” has no e-mail" in done.out
    assert "Read 2, created 1, updated 0, unchanged 0, rejected 1." in done.out


def test_an_import_reports_to_programs(run: Any, boss: User, vendors_csv: str) -> None:
    report = json.loads(run("company", "import", vendors_csv, "--json").out)
    assert (report["read"], report["created"], report["rejected"]) == (2, 1, 1)
    assert report["rejected_rows"][0]["row"] == 3
    assert report["rejected_rows"][0]["code"] == "no_address"


def test_a_dry_run_keeps_nothing(run: Any, boss: User, vendors_csv: str) -> None:
    done = run("company", "import", vendors_csv, "--dry-run")
    assert "Nothing kept; would have read 2, created 1" in done.out
    assert not Company.objects.exists()


@pytest.mark.parametrize("noun", ["company", "contact"])
def test_a_missing_file_is_said_so(run: Any, boss: User, noun: str) -> None:
    done = run(noun, "import", "/nowhere/vendors.csv")
    assert done.code == 1
    assert "cannot be read" in done.err


@pytest.mark.parametrize("noun", ["company", "contact"])
def test_a_file_that_is_no_table_is_said_so(
    run: Any, boss: User, noun: str, tmp_path: Path
) -> None:
    file = tmp_path / "photo.csv"
    file.write_bytes(b"\x89PNG\xff\xfe\x00")
    done = run(noun, "import", str(file))
    assert done.code == 1
    assert "PNG image" in done.err


def test_companies_are_listed_and_filtered(run: Any, db: None) -> None:
    add_vendors(3)
    rows = json.loads(run("company", "list", "--json").out)
    assert [row["name"] for row in rows] == ["Charter A", "Charter B", "Charter C"]
    assert len(json.loads(run("company", "list", "charterb", "--json").out)) == 1
    assert len(json.loads(run("company", "list", "--limit", "2", "--json").out)) == 2
    assert json.loads(run("company", "list", "--category", "catering", "--json").out) == []
    assert "Charter C" in run("company", "list").out


def test_one_company_is_inspected_by_domain_or_name(run: Any, db: None) -> None:
    add_vendor("Charter A")
    by_name = json.loads(run("company", "inspect", "charter a", "--json").out)
    assert by_name["categories"] == ["private_jet"]
    assert "Charter A" in run("company", "inspect", "chartera.example").out


def test_a_name_is_not_read_as_markup(run: Any, db: None) -> None:
    Company.objects.create(name="The [bold]Cake[/bold]")
    assert "The [bold]Cake[/bold]" in run("company", "list").out
    assert "The [bold]Cake[/bold]" in run("company", "inspect", "The [bold]Cake[/bold]").out


def test_companies_that_may_be_one_are_listed(run: Any, db: None) -> None:
    assert "No two companies" in run("company", "dedupe").out
    Company.objects.create(name="Sky", domain="sky.example")
    Company.objects.create(name="Sky, Inc.")
    groups = json.loads(run("company", "dedupe", "--json").out)
    assert [one["name"] for one in groups[0]["companies"]] == ["Sky", "Sky, Inc."]
    assert groups[0]["reason"] == "name"
    assert "Sky, Inc." in run("company", "dedupe").out


def test_an_unknown_company_is_said_so(run: Any, db: None) -> None:
    done = run("company", "inspect", "nowhere.example")
    assert done.code == 1
    assert "There is no company" in done.err


def test_people_are_taken_in_and_listed(run: Any, boss: User, tmp_path: Path) -> None:
    add_vendor("Sky")
    file = tmp_path / "people.csv"
    file.write_text("company,name,email\nSky,Kim Roe,kim@sky.example\n")
    assert "created 1" in run("contact", "import", str(file)).out
    rows = json.loads(run("contact", "list", "kim", "--json").out)
    assert [(row["company"], row["name"], row["email"]) for row in rows] == [
        ("Sky", "Kim Roe", "kim@sky.example")
    ]
    assert "Kim Roe" in run("contact", "list", "--company", "sky.example").out


def test_an_export_can_be_taken_in_again(run: Any, boss: User, tmp_path: Path) -> None:
    add_vendors(2)
    for number in ("+12015550123", "+12015550124"):
        ContactPoint.objects.create(contact=Contact.objects.first(), kind="phone", value=number)
    file = tmp_path / "out.csv"
    done = run("contact", "export", str(file))
    assert done.code == 0, done.err
    assert handed_out("contact") == [("boss", {"people": 2})]
    again = run("contact", "import", str(file))
    assert "created 0, updated 0, unchanged 2, rejected 0." in again.out
    assert (Contact.objects.count(), ContactPoint.objects.count()) == (2, 4)


def test_an_export_without_file_goes_to_the_screen(run: Any, boss: User) -> None:
    add_vendors(2)
    rows = list(csv.DictReader(io.StringIO(run("contact", "export").out)))
    assert [row["company"] for row in rows] == ["Charter A", "Charter B"]
    assert handed_out("contact") == [("boss", {"people": 2})]


def test_a_file_that_cannot_be_written_is_said_so(run: Any, boss: User) -> None:
    done = run("contact", "export", "/nowhere/out.csv")
    assert done.code == 1
    assert "cannot be written" in done.err
    assert handed_out("contact") == []


@pytest.mark.parametrize("noun", ["contact", "lead"])
def test_who_may_not_hand_people_out_gets_no_list(
    run: Any, ann: User, tmp_path: Path, noun: str
) -> None:
    file = tmp_path / "out.csv"
    done = run(noun, "export", str(file), "--user", "ann")
    assert done.code == 1
    assert "ann lacks the permission crm.export_contact" in done.err
    assert not file.exists()
    assert "Say in whose name" in run(noun, "export", str(file)).err
    assert handed_out(noun) == []


def test_a_list_of_two_gigabytes_is_told_to_be_split(run: Any, boss: User, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    file.write_text("name,email\nPat,pat@sky.example\n")
    os.truncate(file, 2 * 1024**3)  # sparse: it takes no room
    for dry in ((), ("--dry-run",)):
        tracemalloc.start()
        done = run("contact", "import", str(file), *dry)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert done.code == 1
        assert (
            "all.csv has 2.0 GB; at most 1 GB is taken at once. Split it; each part needs the row "
            "of headings." in " ".join(done.err.split())
        )
        assert peak < 20 * 1024**2
    assert not Contact.objects.exists()
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        ["request"], ["request", "create"],
        ["campaign"], ["campaign", "create"], ["campaign", "generate-drafts"],
        ["campaign", "status"], ["campaign", "approve"], ["campaign", "pause"],
        ["campaign", "resume"],
        ["company"], ["company", "import"], ["company", "list"], ["company", "inspect"],
        ["company", "dedupe"],
        ["contact"], ["contact", "import"], ["contact", "list"], ["contact", "export"],
    ],
)  # fmt: skip
def test_every_noun_and_verb_explains_itself(run: Any, words: list[str]) -> None:
    done = run(*words, "--help")
    assert done.code == 0
    assert "Usage" in done.out + done.err


def test_a_person_is_handed_out_and_erased(run: Any, boss: User, tmp_path: Path) -> None:
    add_vendor("Sky")
    contact = Contact.objects.get()
    address = ContactPoint.objects.filter(contact=contact).values_list("value", flat=True)[0]
    target = tmp_path / "person.zip"
    done = run("contact", "export-person", address, str(target))
    assert done.code == 0, done.err
    assert zipfile.ZipFile(target).namelist() == ["person.json"]
    done = run("contact", "erase", str(contact.pk), "--yes", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["addresses"] >= 1
    again = run("contact", "erase", str(contact.pk), "--yes")
    assert again.code == 1
    assert "erased already" in again.err


def test_nobody_is_erased_by_a_guess(run: Any, boss: User) -> None:
    done = run("contact", "erase", "nobody@nowhere.example", "--yes")
    assert done.code == 1
    assert "give an id or a whole address" in done.err


SKIP_TRACE = "parcel_id,phone,email,source\n01-22,407 555 1234,pat@x.example,tracer\n"


@pytest.fixture
def skip_trace(tmp_path: Path) -> str:
    file = tmp_path / "traced.csv"
    file.write_text(SKIP_TRACE)
    return str(file)


def test_leads_need_a_place_and_the_refusal_says_how(run: Any, boss: User, skip_trace: str) -> None:
    done = run("lead", "import", skip_trace)
    assert done.code == 1
    assert "county and state are not told" in done.err
    assert "--county" in done.err
    done = run("lead", "import", skip_trace, "--county", "Orange", "--state", "FL", "--json")
    assert done.code == 0, done.err
    report = json.loads(done.out)
    assert (report["created"], report["contacts_created"], report["properties_created"]) == (
        1,
        1,
        1,
    )


def test_a_profile_is_remembered_and_found_again(run: Any, boss: User, skip_trace: str) -> None:
    told = ("--county", "Orange", "--state", "FL", "--save-profile", "Tracer")
    assert run("lead", "import", skip_trace, *told).code == 0
    done = run("lead", "import", skip_trace)  # the same header again
    assert done.code == 0, done.err
    assert "as the profile “Tracer” says" in done.out
    assert "created 0, updated 0, unchanged 1" in done.out
    assert "tracer" in run("lead", "list").out
    unknown = run("lead", "import", skip_trace, "--profile", "Other")
    assert unknown.code == 1
    assert "there are: “Tracer”" in unknown.err


def test_a_column_is_read_as_told(run: Any, boss: User, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Who,Reach,Mood\nPat,pat@x.example,good\n")
    told = ("--map", "Who=name", "--map", "Reach=email", "--keep-unknown")
    assert run("contact", "import", str(file), *told).code == 0
    pat = Contact.objects.get()
    assert (pat.name, pat.ai_research_data) == ("Pat", {"imported": {"Mood": "good"}})
    wrong = run("contact", "import", str(file), "--map", "Reach=mail_box")
    assert wrong.code == 1
    assert "There is no field “mail_box”" in wrong.err
    wrong = run("contact", "import", str(file), *told, "--map", "Reached=email")
    assert "There is no column “Reached”; there are: Who, Reach, Mood." in wrong.err


def test_verify_fails_where_no_name_server_can_tell(
    run: Any, boss: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "crm.management.commands.contact.verify_batch", lambda limit: Verified(proved=False)
    )
    told = run("contact", "verify")
    assert (told.code, told.out.strip()) == (1, "")
    assert "name servers cannot be trusted" in told.err
    told = run("contact", "verify", "--json")
    assert (told.code, json.loads(told.out)["proved"]) == (1, False)
