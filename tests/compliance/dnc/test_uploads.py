"""Uploads: kept until a worker has read them, found again when the queue forgot them."""

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from compliance import tasks
from compliance.choices import DncFileStatus
from compliance.dnc import load, uploads
from compliance.dnc.errors import DncRefused
from compliance.models import DncFile, DncVersion
from tests.compliance.dnc.lists import SAN, flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def uploaded(settings: Any, django_capture_on_commit_callbacks: Any) -> DncFile:
    settings.DNC_SAN = SAN
    file = SimpleUploadedFile("561.txt", flat(range(5615550100, 5615550200)))
    with django_capture_on_commit_callbacks(execute=True):
        return uploads.receive(
            file, source="national", list_date=date(2026, 1, 1), san=SAN, actor="sam"
        )


def test_an_upload_waits_for_a_worker(uploaded: DncFile) -> None:
    assert uploaded.status == DncFileStatus.QUEUED
    assert OrmQ.objects.count() == 1
    assert not DncVersion.objects.exists()


def test_the_worker_imports_it_and_throws_the_file_away(uploaded: DncFile) -> None:
    storage, name = uploaded.upload.storage, uploaded.upload.name
    tasks.load_dnc(uploaded.pk)
    uploaded.refresh_from_db()
    assert (uploaded.status, uploaded.upload.name) == (DncFileStatus.LOADED, "")
    assert not storage.exists(name)
    assert DncVersion.objects.get().activated_by == "sam"


def test_a_task_that_comes_twice_imports_once(uploaded: DncFile) -> None:
    tasks.load_dnc(uploaded.pk)
    tasks.load_dnc(uploaded.pk)
    assert DncVersion.objects.count() == 1


def test_a_refusal_in_the_worker_stays_where_staff_see_it(settings: Any) -> None:
    settings.DNC_SAN = SAN
    file = uploads.receive(
        SimpleUploadedFile("305.txt", flat([5615550100])),
        source="national", list_date=date(2026, 1, 1), san=SAN, actor="sam",
    )  # fmt: skip
    tasks.load_dnc(file.pk)
    file.refresh_from_db()
    assert file.status == DncFileStatus.FAILED
    assert "named for 305" in file.problem
    assert not file.upload


def test_what_is_refused_at_the_door_is_not_kept(settings: Any) -> None:
    settings.DNC_SAN = SAN
    with pytest.raises(DncRefused):
        uploads.receive(
            SimpleUploadedFile("561.txt", b"x"),
            source="national", list_date=date(2026, 1, 1), san="other", actor="sam",
        )  # fmt: skip
    assert not DncFile.objects.get().upload


def test_a_file_the_queue_forgot_is_queued_again(uploaded: DncFile) -> None:
    OrmQ.objects.all().delete()
    assert uploads.requeue_forgotten() == 0
    DncFile.objects.update(handed_in_at=timezone.now() - timedelta(hours=1))
    tasks.keep_dnc()
    assert OrmQ.objects.count() == 1


def test_a_file_whose_worker_died_is_imported_by_the_next(uploaded: DncFile) -> None:
    killed = patch.object(load, "read_batches", side_effect=KeyboardInterrupt)
    with killed, pytest.raises(KeyboardInterrupt):
        tasks.load_dnc(uploaded.pk)
    uploaded.refresh_from_db()
    assert uploaded.status == DncFileStatus.LOADING
    assert uploaded.upload
    DncFile.objects.update(touched_at=timezone.now() - timedelta(minutes=10))
    assert uploads.requeue_forgotten() == 1
    tasks.load_dnc(uploaded.pk)
    assert DncVersion.objects.get(status="active").numbers == 100


def test_a_queue_that_is_away_costs_patience_only(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.DNC_SAN = SAN
    away = patch("compliance.waking.async_task", side_effect=OSError("no route"))
    with away, django_capture_on_commit_callbacks(execute=True):
        uploads.receive(
            SimpleUploadedFile("561.txt", b"561,5550123\n"),
            source="national", list_date=date(2026, 1, 1), san=SAN, actor="sam",
        )  # fmt: skip
    assert DncFile.objects.get().status == DncFileStatus.QUEUED


def test_the_sweep_is_scheduled() -> None:
    assert Schedule.objects.filter(func="compliance.tasks.keep_dnc").count() == 1
