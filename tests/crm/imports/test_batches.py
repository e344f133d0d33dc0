"""Each run on record: counts, rejected rows, who it made; undone while nothing hangs on it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone

from crm.imports import batches
from crm.imports.batches import CannotUndoError, undo
from crm.imports.kinds import KINDS
from crm.imports.report import Report
from crm.imports.run import import_list
from crm.models import (
    Assignment,
    Company,
    Contact,
    ContactPoint,
    ContactScore,
    ImportBatch,
    RejectedRow,
)
from crm.scoring import sweep
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db
HEAD = "full_name,email,company,domain\n"
PAT = "Pat,pat@sky.example,Sky,sky.example\n"
GONE = {"leads": 0, "properties": 0, "contacts": 0, "companies": 0}
Take = Callable[..., Report]


@pytest.fixture
def take(tmp_path: Path) -> Take:
    def run(rows: str, **options: object) -> Report:
        file = tmp_path / "people.csv"
        file.write_text(HEAD + rows)
        return import_list(file, "contacts", actor="sam", **options)  # type: ignore[arg-type]

    return run


def test_a_run_is_on_record_with_what_it_made(take: Take) -> None:
    report = take(PAT + "Kim,kim@,Sky,\n", session_key="fintech-may")
    batch = ImportBatch.objects.get()
    assert (batch.session_key, batch.batch_id, batch.state) == ("fintech-may", 1, "done")
    assert (batch.read, batch.created, batch.rejected, batch.companies_created) == (2, 1, 1, 1)
    assert batch.columns["full_name"] == "name"
    assert (report.session_key, report.batch_id) == ("fintech-may", 1)
    assert Contact.objects.get().batch == batch
    assert Company.objects.get().batch == batch
    row = RejectedRow.objects.get()
    assert (row.row, row.column, row.code) == (3, "email", "bad_email")


def test_the_same_file_is_the_next_batch_of_its_session(take: Take) -> None:
    first, second, other = take(PAT), take(PAT), take("Kim,kim@sky.example,,\n")
    assert (first.batch_id, second.batch_id, other.batch_id) == (1, 2, 1)
    assert first.session_key == second.session_key != other.session_key


def test_a_dry_run_leaves_no_record(take: Take) -> None:
    assert take(PAT, dry_run=True).batch_id is None
    assert not ImportBatch.objects.exists()


def test_a_run_that_breaks_off_is_gone_on_with_by_the_same_file(
    take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "contacts", replace(KINDS["contacts"], portion=1))
    rows = PAT + "Kim,kim@sky.example,Sky,\nLee,lee@sky.example,Sky,\n"

    def break_off(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(rows, progress=break_off)
    broken = ImportBatch.objects.get()
    assert (broken.state, broken.read, broken.created) == ("running", 2, 2)
    report = take(rows)
    assert (report.created, report.unchanged) == (1, 2)
    assert Contact.objects.count() == 3


def test_an_import_is_undone_whole(take: Take) -> None:
    take(PAT)
    assert undo(ImportBatch.objects.get().pk, actor="sam") == GONE | {"contacts": 1, "companies": 1}
    assert (Contact.objects.count(), Company.objects.count()) == (0, 0)
    assert ImportBatch.objects.get().state == "undone"
    with pytest.raises(CannotUndoError, match="undone already"):
        undo(ImportBatch.objects.get().pk, actor="sam")


def test_what_the_desk_worked_out_meanwhile_goes_with_them(take: Take) -> None:
    take(PAT)
    sweep.tend()
    assert Assignment.objects.exists()
    assert ContactScore.objects.exists()
    assert undo(ImportBatch.objects.get().pk, actor="sam") == GONE | {"contacts": 1, "companies": 1}
    assert not Assignment.objects.exists()
    assert not ContactScore.objects.exists()


def test_what_a_person_said_of_somebody_keeps_the_import(take: Take) -> None:
    take(PAT)
    sweep.tend()
    Assignment.objects.update(said="founders", said_by="sam", said_at=timezone.now())
    with pytest.raises(CannotUndoError, match="was built on"):
        undo(ImportBatch.objects.get().pk, actor="sam")


def test_undo_leaves_who_was_there_before(take: Take) -> None:
    take(PAT)
    take(PAT + "Kim,kim@sky.example,Sky,\n")
    last = ImportBatch.objects.get(created=1, unchanged=1)
    assert undo(last.pk, actor="sam") == GONE | {"contacts": 1}
    assert [str(one) for one in Contact.objects.all()] == ["Pat"]


def test_what_others_hang_on_cannot_be_undone(take: Take) -> None:
    from outreach.models import Enrollment

    take(PAT)
    pat = Contact.objects.get()
    Enrollment.objects.create(campaign=make_campaign(), contact=pat, company=pat.company)
    with pytest.raises(CannotUndoError, match="was built on"):
        undo(ImportBatch.objects.get().pk, actor="sam")
    assert Contact.objects.exists()


def test_who_was_changed_since_cannot_be_undone(take: Take) -> None:
    take(PAT)
    ContactPoint.objects.create(contact=Contact.objects.get(), kind="phone", value="+13055551234")
    with pytest.raises(CannotUndoError, match="changed since"):
        undo(ImportBatch.objects.get().pk, actor="sam")


def test_companies_are_on_record_and_undone(tmp_path: Path) -> None:
    file = tmp_path / "vendors.csv"
    file.write_text(
        "name,website,categories,email\nSky,sky.example,private_jet,a@sky.example\nX,,,\n"
    )
    import_list(file, "companies", actor="sam")
    batch = ImportBatch.objects.get()
    assert (batch.kind, batch.read, batch.created, batch.rejected) == ("companies", 2, 1, 1)
    assert undo(batch.pk, actor="sam") == GONE | {"contacts": 1, "companies": 1}


def test_the_content_of_a_file_is_its_session(tmp_path: Path) -> None:
    one, two = tmp_path / "1.csv", tmp_path / "2.csv"
    one.write_text("a")
    two.write_text("a")
    assert batches.digest_of(one) == batches.digest_of(two)
