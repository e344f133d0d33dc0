"""`manage.py audit`: a whole ledger verifies, a changed one points at the entry."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from compliance import audit
from compliance.models import AuditEntry, AuditSeal, Suppression

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger() -> None:
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
    AuditEntry.objects.filter(pk=third.entry_id).update(reason="rewritten")
    with pytest.raises(SystemExit) as stopped:
        call_command("audit", "verify", "--json")
    assert stopped.value.code == 1
    assert json.loads(capsys.readouterr().out)["broken_at"] == 3


def test_the_export_holds_every_entry_in_order(ledger: None, tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    call_command("audit", "export", str(file))
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert [row["reason"] for row in rows] == ["0", "1", "2", "3"]
