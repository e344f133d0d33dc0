"""A worker is woken for a task; a broker that is away costs nothing but time."""

from unittest.mock import patch

import pytest
from django.db import OperationalError
from django_q.models import OrmQ

from compliance.waking import wake


@pytest.mark.django_db
def test_the_task_waits_in_the_queue_with_what_it_was_told() -> None:
    OrmQ.objects.all().delete()
    wake("compliance.tasks.load_dnc", 7)
    (queued,) = OrmQ.objects.all()
    assert queued.func() == "compliance.tasks.load_dnc"
    assert queued.task["args"] == (7,)


@pytest.mark.parametrize("away", [OSError("no route"), OperationalError("gone")])
def test_a_broker_that_is_away_costs_nothing_but_time(away: Exception) -> None:
    with patch("compliance.waking.async_task", side_effect=away):
        wake("compliance.tasks.load_dnc", 7)


def test_a_mistake_of_ours_is_not_taken_for_a_broker_that_is_away() -> None:
    with (
        patch("compliance.waking.async_task", side_effect=TypeError("no such argument")),
        pytest.raises(TypeError),
    ):
        wake("compliance.tasks.load_dnc", 7)
