"""Counting calls in windows, on the cache that ships and the one in memory."""

from typing import Any

import pytest
from django.core.management import call_command

from outreach import call_limits

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["memory", "database"])
def _cache(request: Any, settings: Any) -> None:
    if request.param == "database":
        backend = "django.core.cache.backends.db.DatabaseCache"
        settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "django_cache"}}
        call_command("createcachetable", verbosity=0)


@pytest.mark.usefixtures("_cache")
def test_a_window_takes_so_many_calls_and_no_more() -> None:
    assert [call_limits.within("a", 2, 60) for _ in range(4)] == [True, True, False, False]


@pytest.mark.usefixtures("_cache")
def test_scopes_are_counted_apart() -> None:
    assert call_limits.within("a", 1, 60)
    assert call_limits.within("b", 1, 60)


@pytest.mark.usefixtures("_cache")
def test_the_next_window_begins_at_zero(time_machine: Any) -> None:
    time_machine.move_to("2026-03-02 12:00:10", tick=False)
    assert call_limits.within("a", 1, 60)
    assert not call_limits.within("a", 1, 60)
    assert call_limits.seconds_left(60) == 50
    time_machine.shift(50)
    assert call_limits.within("a", 1, 60)


@pytest.mark.usefixtures("_cache")
def test_asking_does_not_count() -> None:
    assert not call_limits.used_up("a", 1, 60)
    assert not call_limits.used_up("a", 1, 60)
    call_limits.within("a", 1, 60)
    assert call_limits.used_up("a", 1, 60)
