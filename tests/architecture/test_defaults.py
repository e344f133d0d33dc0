"""No field's default is a moment long past, and no check depends on the hour it runs at."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.apps import apps
from django.core import checks
from django.db import models

from tests.architecture.tree import PACKAGES

FIELDS = [
    field
    for model in apps.get_models()
    if model._meta.app_label in PACKAGES
    for field in model._meta.fields
    if isinstance(field, models.TimeField | models.DateField)
]
HOURS = sorted({field.default for field in FIELDS if isinstance(field.default, time)})


def test_no_default_is_a_fixed_moment() -> None:
    assert len(FIELDS) > 100
    assert not [str(field) for field in FIELDS if isinstance(field.default, date)]


@pytest.mark.parametrize("hour", HOURS, ids=str)
def test_the_checks_say_the_same_at_an_hour_that_is_a_default(hour: time) -> None:
    moment = datetime.combine(date(2026, 11, 22), hour, UTC)
    with time_machine.travel(moment, tick=False):
        told = [found for found in checks.run_checks() if found.level >= checks.WARNING]
    assert not [str(found) for found in told if not found.is_silenced()]
