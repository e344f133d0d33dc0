"""Time that runs fast stops where something is due, and waits for the worker."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django_q.models import OrmQ
from model_bakery import baker

from config.demo import clock, playing, registry
from config.demo.playing import Player
from outreach.choices import EnrollmentStatus
from outreach.models import Campaign, Enrollment, SequenceVersion
from tests.desk import add_mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def player(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Player]:
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(clock, "_seen", None)
    monkeypatch.setattr(registry, "renew", lambda *, after: False)
    OrmQ.objects.all().delete()
    yield Player()
    clock.start_over()


def somebody_due(after: timedelta) -> None:
    version = SequenceVersion.objects.select_related("sequence").first()
    campaign = baker.make(
        Campaign, kind="sequence", sequence_version=version, mailbox=add_mailbox()
    )
    baker.make(
        Enrollment, campaign=campaign, version=version, status=EnrollmentStatus.ACTIVE,
        next_touch_at=timezone.now() + after, paused_at=None,
    )  # fmt: skip


def test_it_stops_at_the_next_touch(player: Player) -> None:
    somebody_due(timedelta(hours=2))
    assert timedelta(hours=1, minutes=59) < player.step() <= timedelta(hours=2)
    player.wake()
    assert OrmQ.objects.count() == len(playing.TASKS)


def test_what_is_overdue_is_no_standstill(player: Player) -> None:
    somebody_due(-timedelta(hours=2))
    assert player.step() == playing.LEAST


def test_an_empty_night_passes_in_whole_steps_and_wakes_nobody(player: Player) -> None:
    somebody_due(timedelta(days=2))
    assert player.step() == clock.STEP
    player.wake()
    assert not OrmQ.objects.exists()


def test_it_waits_for_people_who_are_about_to_answer(player: Player) -> None:
    thinking = [True]
    player.answering = lambda: thinking[0]
    assert not player.is_ready()
    thinking[0] = False
    assert player.is_ready()


def test_it_waits_for_the_worker_but_not_for_ever(
    player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert player.is_ready()
    OrmQ.objects.create(key="attache", payload="x", lock=timezone.now())
    assert not player.is_ready()
    monkeypatch.setattr(playing, "PATIENCE_SECONDS", -1)
    assert player.is_ready()
