"""Recurring tasks stand as the code wants them, whatever stood there before."""

import pytest
from django.utils import timezone
from django_q.models import Schedule

from compliance.recurring import DAILY, NIGHT, keep_in_step

pytestmark = pytest.mark.django_db


def test_an_apps_schedules_are_written_and_its_forgotten_ones_go() -> None:
    Schedule.objects.all().delete()
    Schedule.objects.create(name="old", func="crm.tasks.gone")
    Schedule.objects.create(name="theirs", func="quotes.tasks.read_waiting")
    keep_in_step("crm", {"often": ("crm.tasks.tend", 5), "daily": ("crm.tasks.look", DAILY)})
    rows = {row.name: row for row in Schedule.objects.all()}
    assert set(rows) == {"often", "daily", "theirs"}
    assert (rows["often"].func, rows["often"].minutes) == ("crm.tasks.tend", 5)
    assert timezone.localtime(rows["daily"].next_run).time() == NIGHT


def test_a_second_time_changes_the_rhythm_and_not_the_next_run() -> None:
    keep_in_step("crm", {"daily": ("crm.tasks.look", DAILY)})
    before = Schedule.objects.get(name="daily")
    keep_in_step("crm", {"daily": ("crm.tasks.look", 2 * DAILY)})
    after = Schedule.objects.get(name="daily")
    assert (after.pk, after.minutes, after.next_run) == (before.pk, 2 * DAILY, before.next_run)
