"""Health: alive is not ready, and what is missing is said in words."""

from datetime import timedelta
from unittest import mock

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from outreach.models import WorkerHeartbeat

pytestmark = pytest.mark.django_db


def problems(client: Client) -> tuple[int, str]:
    answer = client.get("/readyz")
    return answer.status_code, " ".join(answer.json()["problems"])


def test_the_process_answers() -> None:
    assert Client().get("/healthz").content == b"ok"


def test_without_a_worker_it_is_not_ready() -> None:
    status, words = problems(Client())
    assert status == 503
    assert "No worker has ever reported" in words


def test_with_a_living_worker_it_is_ready() -> None:
    WorkerHeartbeat.objects.create(name="worker", beat_at=timezone.now())
    assert problems(Client()) == (200, "")


def test_a_silent_worker_is_noticed() -> None:
    WorkerHeartbeat.objects.create(name="worker", beat_at=timezone.now() - timedelta(minutes=9))
    status, words = problems(Client())
    assert status == 503
    assert "silent for 9 minutes" in words


def test_a_database_that_is_away_is_told_and_does_not_crash() -> None:
    with mock.patch.object(connection, "ensure_connection", side_effect=DatabaseError("gone")):
        status, words = problems(Client())
    assert status == 503
    assert "does not answer" in words
