"""`manage.py suppression`."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from compliance.models import Consent, Suppression

pytestmark = pytest.mark.django_db


def test_a_list_goes_in_and_out(run: Any, boss: User, tmp_path: Path) -> None:
    source, target = tmp_path / "old.csv", tmp_path / "new.csv"
    source.write_text("address\na@jets.example\nnobody\n")
    done = run("suppression", "import", str(source))
    assert done.code == 0, done.err
    assert "Line 3: " in done.out
    assert "Created 1, unchanged 0, rejected 1." in done.out
    assert "1 entries written" in run("suppression", "export", str(target)).out
    assert "a@jets.example" in target.read_text()


def test_a_dry_run_reports_to_programs_and_keeps_nothing(
    run: Any, boss: User, tmp_path: Path
) -> None:
    source = tmp_path / "old.csv"
    source.write_text("address\na@jets.example\n")
    report = json.loads(run("suppression", "import", str(source), "--dry-run", "--json").out)
    assert report == {"created": 1, "unchanged": 0, "rejected": []}
    assert not Suppression.objects.exists()


def test_a_file_that_is_not_there_is_told(run: Any, boss: User) -> None:
    done = run("suppression", "import", "/nowhere.csv")
    assert done.code == 1
    assert "/nowhere.csv cannot be read" in done.err


def test_a_check_tells_who_is_suppressed_by_its_exit_code(run: Any, boss: User) -> None:
    Suppression.objects.create(kind="domain", address="jets.example", reason="manual", source="x")
    clear = run("suppression", "check", "a@other.example")
    assert (clear.code, "not suppressed" in clear.out) == (0, True)
    found = run("suppression", "check", "a@jets.example", "b@other.example", "--json")
    assert found.code == 1
    answer = json.loads(found.out)
    assert answer["a@jets.example"]["reason"] == "manual"
    assert answer["b@other.example"] is None


def test_consents_are_taken_in_by_the_row(run: Any, boss: User, tmp_path: Path) -> None:
    source = tmp_path / "fair.csv"
    source.write_text(
        "address,kind,channels,source,given_at\n"
        "a@jets.example,oral,email,fair,2026-03-02\n"
        "a@jets.example,written,email,fair,2026-03-02\n"
    )
    done = run("consent", "import", str(source))
    assert done.code == 0, done.err
    assert "Line 3: A written consent needs the words" in done.out
    assert Consent.objects.get().recorded_by == "boss"
