"""`manage.py audit`: a whole ledger verifies, a changed one points at the entry."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from compliance import audit, guards
from compliance.models import AuditEntry, AuditSeal, Suppression

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger() -> None:
    with guards.stood_down():
        AuditEntry.objects.all()._raw_delete("default")
    subject = Suppression(pk=1)
    audit.append_many(
        [audit.Act("tested", subject, reason=str(n)) for n in range(4)], actor="suite"
    )


def test_a_whole_ledger_verifies(ledger: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("audit", "verify", "--json")
    assert json.loads(capsys.readouterr().out)["broken_at"] is None


def test_a_changed_entry_is_pointed_at(ledger: None, capsys: pytest.CaptureFixture[str]) -> None:
    audit.seal()
    third = AuditSeal.objects.order_by("position")[2]
    with guards.stood_down():
        AuditEntry.objects.filter(pk=third.entry_id).update(reason="rewritten")
    with pytest.raises(SystemExit) as stopped:
        call_command("audit", "verify", "--json")
    assert stopped.value.code == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["broken_at"], told["entry_id"]) == (3, third.entry_id)


def test_the_first_broken_entry_is_named_in_words(
    ledger: None, capsys: pytest.CaptureFixture[str]
) -> None:
    audit.seal()
    second = AuditSeal.objects.order_by("position")[1]
    with guards.stood_down():
        AuditEntry.objects.filter(pk=second.entry_id).update(reason="rewritten")
    with pytest.raises(SystemExit):
        call_command("audit", "verify")
    told = " ".join(capsys.readouterr().out.split())
    assert f"entry {second.entry_id} was changed after it was written" in told


def test_guards_that_were_taken_down_are_told(
    ledger: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with guards.stood_down():
        call_command("audit", "verify", "--json")
    assert json.loads(capsys.readouterr().out)["guards_missing"]


def test_the_export_holds_every_entry_in_order(ledger: None, tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    call_command("audit", "export", str(file))
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert [row["reason"] for row in rows] == ["0", "1", "2", "3"]


def test_the_head_it_names_can_be_given_back(
    ledger: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("audit", "verify", "--json")
    head = json.loads(capsys.readouterr().out)["head"]
    call_command("audit", "verify", "--json", "--head", head)
    assert json.loads(capsys.readouterr().out)["broken_at"] is None
    with pytest.raises(SystemExit):
        call_command("audit", "verify", "--head", f"4:{'f' * 64}")
    assert "is not the one that was noted" in " ".join(capsys.readouterr().out.split())


def test_what_is_no_head_is_refused(ledger: None) -> None:
    with pytest.raises(CommandError, match="is no head"):
        call_command("audit", "verify", "--head", "yesterday")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["{file}", "--campaign", "nonsense"], "not a valid UUID"),
        (["/nowhere/ledger.jsonl"], "/nowhere/ledger.jsonl cannot be written"),
    ],
)
def test_an_export_that_cannot_be_is_refused_in_words(
    run: Any, tmp_path: Path, words: list[str], told: str
) -> None:
    done = run("audit", "export", *(word.format(file=tmp_path / "a.jsonl") for word in words))
    assert done.code == 1
    assert told in " ".join(done.err.split())
