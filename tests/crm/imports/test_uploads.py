"""Lists a worker takes in: checked first, applied once, taken on by another where one died."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from crm import tasks
from crm.errors import CrmError
from crm.imports import uploads
from crm.imports.batches import CannotUndoError, OvertakenError, note, undo
from crm.imports.kinds import KINDS
from crm.imports.plan import read_plan
from crm.imports.problems import BadFileError
from crm.models import Contact, ContactPoint, ImportBatch, ImportProfile, Lead, RejectedRow

pytestmark = pytest.mark.django_db
PEOPLE = "name,email,company\nPat,pat@sky.example,Sky\nKim,kim@,Sky\nLee,info@lake.example,Lake\n"
ALL = ("read", "created", "updated", "unchanged", "rejected")


@pytest.fixture(autouse=True)
def _by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests are the worker."""
    monkeypatch.setattr(uploads, "queue", lambda batch: None)


def upload(text: str = PEOPLE, kind: str = "contacts", name: str = "people.csv") -> ImportBatch:
    return uploads.receive(ContentFile(text.encode(), name=name), kind, actor="una")


def check(batch: ImportBatch) -> ImportBatch:
    uploads.choose(batch, read_plan(batch.plan), actor="una")
    assert not uploads.work_off(batch.pk)
    batch.refresh_from_db()
    return batch


def apply(batch: ImportBatch) -> ImportBatch:
    uploads.apply(batch, actor="una")
    assert not uploads.work_off(batch.pk)
    batch.refresh_from_db()
    return batch


def counts(batch: ImportBatch) -> tuple[int, ...]:
    return tuple(getattr(batch, name) for name in ALL)


def test_an_upload_is_looked_at_and_nothing_is_taken_in() -> None:
    batch = upload()
    assert (batch.state, batch.file_name, batch.size) == ("uploaded", "people.csv", len(PEOPLE))
    assert read_plan(batch.plan).fields == ("name", "email", "company")
    assert default_storage.exists(batch.upload.name)
    assert not Contact.objects.exists()


def test_a_check_counts_shows_and_keeps_nothing() -> None:
    batch = check(upload())
    assert batch.state == "checked"
    assert counts(batch) == (3, 2, 0, 0, 1)
    assert [one["title"] for one in batch.samples] == ["Pat", "Lee"]
    assert ["company", "Sky"] in batch.samples[0]["facts"]
    assert [(one.row, one.code, one.is_in) for one in RejectedRow.objects.all()] == [
        (3, "bad_email", False), (4, "role_account", True),
    ]  # fmt: skip
    assert not Contact.objects.exists()


def test_what_was_checked_is_applied_once() -> None:
    batch = apply(check(upload()))
    assert batch.state == "done"
    assert counts(batch) == (3, 2, 0, 0, 1)
    assert Contact.objects.filter(batch=batch).count() == 2
    assert RejectedRow.objects.filter(is_in=False).count() == 1
    with pytest.raises(CrmError, match="moved on"):
        uploads.apply(batch, actor="una")
    assert not uploads.work_off(batch.pk)
    assert Contact.objects.count() == 2


def test_the_same_file_again_is_no_news() -> None:
    apply(check(upload()))
    again = check(upload())
    assert (again.batch_id, counts(again)) == (2, (3, 0, 0, 2, 1))
    assert again.samples == []


def test_the_columns_of_an_unknown_header_are_chosen_by_a_person() -> None:
    batch = upload("Who,Reach\nPat,pat@sky.example\n")
    plan = read_plan(batch.plan)
    assert (batch.header, plan.fields) == (["Who", "Reach"], ("", ""))
    uploads.choose(batch, replace(plan, fields=("name", "email")), actor="una", profile_name="Odd")
    uploads.work_off(batch.pk)
    batch.refresh_from_db()
    assert counts(batch) == (1, 1, 0, 0, 0)
    profile = ImportProfile.objects.get()
    assert (profile.name, profile.mapping, profile.created_by) == ("Odd", ["name", "email"], "una")
    again = upload("who,reach\nKim,kim@sky.example\n")  # the same header, as it is read
    assert read_plan(again.plan).fields == ("name", "email")
    assert again.profile == profile


def test_a_list_of_parcels_without_a_county_says_so_before_anything_begins() -> None:
    batch = upload("parcel_id,phone\n1,407 555 1234\n", "leads", "parcels.csv")
    plan = read_plan(batch.plan)
    with pytest.raises(BadFileError, match="county and state are not told"):
        uploads.choose(batch, plan, actor="una")
    batch.refresh_from_db()
    assert batch.state == "uploaded"
    told = replace(plan, defaults={"county": "Orange", "state": "FL"})
    uploads.choose(batch, told, actor="una")
    uploads.work_off(batch.pk)
    batch.refresh_from_db()
    apply(batch)
    assert str(Lead.objects.get().property) == "1, Orange, FL"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 and no more", "damaged ZIP"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "a PNG image"),
        (b"shoe size\n", "No column is known"),
        (b",".join([b"email"] * 10_000) + b"\n", "10,000 columns"),
    ],
)
def test_what_is_no_table_is_refused_and_leaves_nothing(data: bytes, words: str) -> None:
    with pytest.raises(BadFileError, match=words):
        uploads.receive(ContentFile(data, name="people.csv"), "contacts", actor="una")
    assert not ImportBatch.objects.exists()


def test_headings_alone_are_no_news() -> None:
    assert counts(check(upload("name,email\n"))) == (0, 0, 0, 0, 0)


def test_a_file_beyond_the_limit_is_refused(settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 10
    with pytest.raises(BadFileError, match="larger than"):
        upload()
    assert not ImportBatch.objects.exists()


def test_a_long_list_takes_several_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "contacts", replace(KINDS["contacts"], portion=1))
    batch = check(upload())
    uploads.apply(batch, actor="una")
    turns = 0
    while uploads.work_off(batch.pk, seconds=-1):
        turns += 1
    batch.refresh_from_db()
    assert turns == 3
    assert (batch.state, counts(batch)) == ("done", (3, 2, 0, 0, 1))


def test_a_row_that_repeats_one_of_an_earlier_turn_is_still_a_duplicate(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(KINDS, "contacts", replace(KINDS["contacts"], portion=1))
    batch = check(upload("name,email\nPat,pat@x.example\nKim,\nPat,pat@x.example\n"))
    assert counts(batch) == (3, 1, 0, 0, 2)
    uploads.apply(batch, actor="una")
    while uploads.work_off(batch.pk, seconds=-1):
        pass
    batch.refresh_from_db()
    assert counts(batch) == (3, 1, 0, 0, 2)
    assert set(RejectedRow.objects.values_list("row", "code")) == {
        (3, "no_address"), (4, "duplicate_in_file"),
    }  # fmt: skip


def test_what_a_dead_worker_left_is_found_and_a_living_ones_is_not() -> None:
    batch = check(upload())
    uploads.apply(batch, actor="una")
    now = timezone.now()
    ImportBatch.objects.update(worker="dead", touched_at=now)
    assert not uploads.work_off(batch.pk)
    assert uploads.requeue_forgotten() == 0
    ImportBatch.objects.update(touched_at=now - timedelta(minutes=5))
    assert uploads.requeue_forgotten() == 1
    uploads.work_off(batch.pk)
    assert Contact.objects.count() == 2


def test_a_worker_that_was_taken_for_dead_keeps_nothing_more() -> None:
    batch = check(upload())
    uploads.apply(batch, actor="una")
    batch.refresh_from_db()
    batch.worker = "late"
    with pytest.raises(OvertakenError):
        note(batch, {"read": 1}, [], tally={})
    assert ImportBatch.objects.get().read == 0


def test_a_file_that_is_gone_is_said_so_and_nothing_is_lost() -> None:
    batch = check(upload())
    uploads.apply(batch, actor="una")
    default_storage.delete(batch.upload.name)
    uploads.work_off(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.problem) == ("failed", uploads.GONE)


def test_a_crash_of_ours_waits_for_a_person_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = check(upload())
    uploads.apply(batch, actor="una")
    with monkeypatch.context() as broken:
        broken.setattr(uploads, "take_in", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            uploads.work_off(batch.pk)
    batch.refresh_from_db()
    assert batch.state == "failed"
    uploads.go_on(batch, actor="una")
    uploads.work_off(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, counts(batch)) == ("done", (3, 2, 0, 0, 1))


def test_a_list_is_thrown_away_with_its_file() -> None:
    batch = check(upload())
    name = batch.upload.name
    with pytest.raises(CannotUndoError, match="Nothing of this list was kept"):
        undo(batch.pk, actor="una")
    with connection.cursor():
        uploads.discard(batch, actor="una")
    assert not ImportBatch.objects.exists()
    assert name


def test_old_files_go_and_the_record_stays(settings: Any) -> None:
    batch = apply(check(upload()))
    name = batch.upload.name
    tasks.tend_imports()
    assert default_storage.exists(name)
    long_ago = timezone.now() - timedelta(days=settings.IMPORT_KEEP_DAYS + 1)
    ImportBatch.objects.update(started_at=long_ago)
    tasks.tend_imports()
    assert not default_storage.exists(name)
    batch.refresh_from_db()
    assert (batch.upload.name, batch.created) == ("", 2)


WORKER = """
import django
django.setup()
import sys, time
from dataclasses import replace
from django.db import connections
from crm.imports import uploads
from crm.imports.kinds import KINDS
kind = KINDS["contacts"]
def slowly(rows, run):
    done = kind.take_in(rows, run)
    print("kept", flush=True)
    time.sleep(0.02)
    return done
KINDS["contacts"] = replace(kind, portion=20, take_in=slowly)
uploads.work_off(sys.argv[1])
"""


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.parametrize("kept", [1, 3, 7])
def test_killed_in_mid_list_and_taken_on_makes_nothing_twice_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, settings: Any, kept: int
) -> None:
    rows = [f"P {n},p{n}@c{n % 9}.example,C {n % 9}\n" for n in range(200)]
    rows[50] = "Bad,bad@,C 1\n"
    rows[150] = rows[10]
    batch = check(upload("name,email,company\n" + "".join(rows)))
    assert counts(batch) == (200, 198, 0, 0, 2)
    uploads.apply(batch, actor="una")
    name = connection.settings_dict["NAME"]
    url = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"
    worker = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER, str(batch.pk)], stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
        env={
            **os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings",
            "MEDIA_ROOT_FOR_TEST": str(settings.MEDIA_ROOT),
        },
    )  # fmt: skip
    assert worker.stdout is not None
    for _ in range(kept):
        assert worker.stdout.readline() == b"kept\n"
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    time.sleep(0.3)  # the server ends the session of who was killed
    half = ImportBatch.objects.get()
    assert 0 < half.read < 200
    assert half.worker
    monkeypatch.setattr(uploads, "DEAD_AFTER", timedelta(0))
    queued: list[object] = []
    monkeypatch.setattr(uploads, "queue", queued.append)
    assert uploads.requeue_forgotten() == 1
    uploads.work_off(queued[0])  # type: ignore[arg-type]
    done = ImportBatch.objects.get()
    assert (done.state, counts(done)) == ("done", (200, 198, 0, 0, 2))
    assert (Contact.objects.count(), ContactPoint.objects.count()) == (198, 198)
    assert sorted(RejectedRow.objects.filter(is_in=False).values_list("row", flat=True)) == [
        52,
        152,
    ]
