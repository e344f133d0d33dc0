"""`manage.py dnc`: what a person types, and what comes back."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from compliance.models import DncVersion, InternalDncNumber
from tests.compliance.dnc.lists import SAN, flat, zipped

TODAY = "--list-date", "2026-01-05"
HUNDRED = range(5615550100, 5615550200)


@pytest.fixture(autouse=True)
def _ours(settings: Any, boss: User) -> None:
    settings.DNC_SAN = SAN


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    (tmp_path / "561.zip").write_bytes(zipped(flat(HUNDRED)))
    (tmp_path / "305.txt").write_bytes(flat([3055550123]))
    return tmp_path


def test_lists_are_taken_in_and_told(run: Any, lists: Path) -> None:
    done = run("dnc", "import", *map(str, sorted(lists.iterdir())), "--san", SAN, *TODAY)
    assert done.code == 0, done.err
    assert "561.zip: 100 numbers in" in done.out
    assert DncVersion.objects.filter(status="active").count() == 2


def test_programs_get_json(run: Any, lists: Path) -> None:
    done = run("dnc", "import", str(lists / "305.txt"), "--san", SAN, *TODAY, "--json")
    (result,) = json.loads(done.out)
    assert (result["status"], result["numbers"]) == ("loaded", 1)
    assert result["lists"][0]["area_code"] == "305"


def test_an_import_run_again_goes_on_where_it_was(run: Any, lists: Path) -> None:
    run("dnc", "import", str(lists / "305.txt"), "--san", SAN, *TODAY)
    done = run("dnc", "import", *map(str, sorted(lists.iterdir())), "--san", SAN, *TODAY, "--json")
    assert done.code == 0
    assert [one["status"] for one in json.loads(done.out)] == ["unchanged", "loaded"]


def test_our_own_list_has_no_day_however_its_name_is_written(run: Any, lists: Path) -> None:
    done = run("dnc", "import", str(lists / "305.txt"), "--source", "Internal")
    assert done.code == 0, done.err
    assert InternalDncNumber.objects.get().phone == 13055550123


def test_one_refused_file_does_not_keep_the_others_out(run: Any, lists: Path) -> None:
    (lists / "212.txt").write_text("212,555\n")
    done = run("dnc", "import", *map(str, sorted(lists.iterdir())), "--san", SAN, *TODAY)
    assert done.code == 1
    assert "212.txt: refused. Line 1" in done.out
    assert DncVersion.objects.filter(status="active").count() == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--san", "wrong", *TODAY), "not our subscription account number"),
        (TODAY, "--san 1"),
        (("--san", SAN), "--list-date"),
        (("--san", SAN, *TODAY, "--source", "state:ZZ"), "no list the desk knows"),
        (("--san", SAN, *TODAY, "--user", "nobody"), "no active user"),
    ],
)
def test_a_slip_is_told_what_to_do(
    run: Any, lists: Path, options: tuple[str, ...], words: str
) -> None:
    done = run("dnc", "import", str(lists / "305.txt"), *options)
    assert done.code == 1
    assert words in done.out + done.err


def test_an_assistant_does_not_import(run: Any, lists: Path, ella: User) -> None:
    done = run("dnc", "import", str(lists / "305.txt"), "--san", SAN, *TODAY, "--user", "ella")
    assert "lacks the permission" in done.err
    assert not DncVersion.objects.exists()


def test_a_list_that_waits_is_told_and_decided(run: Any, lists: Path) -> None:
    run("dnc", "import", str(lists / "561.zip"), "--san", SAN, *TODAY)
    (lists / "561.zip").write_bytes(zipped(flat(HUNDRED[:80])))
    later = run("dnc", "import", str(lists / "561.zip"), "--san", SAN, "--list-date", "2026-01-12")
    assert "Waits for a decision" in later.out
    waiting = DncVersion.objects.get(status="waiting")
    assert f"dnc confirm {waiting.pk}" in run("dnc", "status").out.replace("\n", " ")
    assert run("dnc", "confirm", str(waiting.pk)).code == 0
    assert DncVersion.objects.get(status="active").numbers == 80
    assert "waits for no decision" in run("dnc", "discard", str(waiting.pk)).err
    assert "no version 999" in run("dnc", "confirm", "999").err


def test_a_person_may_accept_the_change_while_importing(run: Any, lists: Path) -> None:
    run("dnc", "import", str(lists / "561.zip"), "--san", SAN, *TODAY)
    (lists / "561.zip").write_bytes(zipped(flat(HUNDRED[:80])))
    options = "--san", SAN, "--list-date", "2026-01-12", "--accept", "--json"
    done = run("dnc", "import", str(lists / "561.zip"), *options)
    assert json.loads(done.out)[0]["status"] == "loaded"
    assert DncVersion.objects.get(status="active").numbers == 80


def test_status_says_how_old_each_list_is(run: Any, lists: Path) -> None:
    assert "No list is in force" in run("dnc", "status").out
    day = (timezone.now().date() - timedelta(days=2)).isoformat()
    run("dnc", "import", str(lists / "305.txt"), "--san", SAN, "--list-date", day)
    told = json.loads(run("dnc", "status", "--json").out)
    assert (told["lists"][0]["state"], told["lists"][0]["age_days"]) == ("fresh", 2)
    run("dnc", "import", str(lists / "561.zip"), "--san", SAN, "--list-date", day)
    table = run("dnc", "status").out
    assert table.count("2 days, fresh") == 1  # two area codes of one day are one line
    assert "305 561" in table


def test_check_says_why_a_number_is_refused(run: Any, lists: Path) -> None:
    day = (timezone.now().date() - timedelta(days=2)).isoformat()
    run("dnc", "import", str(lists / "305.txt"), "--san", SAN, "--list-date", day)
    listed = run("dnc", "check", "(305) 555-0123")
    assert listed.code == 1
    assert "on the national Do Not Call registry" in listed.out
    assert run("dnc", "check", "3055550123", "--consent").code == 0
    free = run("dnc", "check", "3055550124", "--json")
    assert free.code == 0
    assert json.loads(free.out) == {
        "+13055550124": {"refusals": [], "warnings": [], "listings": []}
    }
    assert "no phone number" in run("dnc", "check", "FLOWERS").err


def test_add_puts_a_number_on_our_own_list(run: Any) -> None:
    done = run("dnc", "add", "305 555 0123", "--reason", "Asked on the phone")
    assert "+13055550123 is on our own list" in done.out
    assert InternalDncNumber.objects.get().added_by == "boss"
    assert "no phone number" in run("dnc", "add", "12", "--reason", "x").err
