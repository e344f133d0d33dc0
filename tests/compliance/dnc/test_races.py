"""Two people at once: however it falls, one list is in force and the loser is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from compliance.choices import DncStatus
from compliance.dnc import versions
from compliance.dnc.errors import DncRefused
from compliance.dnc.internal import add_internal
from compliance.models import DncVersion, InternalDncNumber
from tests.compliance.dnc.lists import bring_in, flat

HUNDRED = list(range(5615550100, 5615550200))
BOTH = 2


def at_once(act: object, *things: object) -> list[str]:
    """Run `act(thing)` for each in a thread of its own, all starting together."""
    start = Barrier(len(things))

    def run(thing: object) -> str:
        start.wait()
        try:
            return act(thing) or "done"  # type: ignore[operator]
        except DncRefused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(run, things))


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
@pytest.mark.parametrize("first_ever", [True, False])
def test_two_lists_confirmed_at_once_leave_one_in_force(first_ever: bool) -> None:
    bring_in(flat(HUNDRED))
    waiting = [
        bring_in(flat(HUNDRED[:count]), list_date=date(2026, 11, 25)).versions.get()
        for count in (50, 60)
    ]
    if first_ever:
        DncVersion.objects.filter(status=DncStatus.ACTIVE).update(status=DncStatus.SUPERSEDED)
    told = at_once(lambda version: versions.confirm(version, actor="sam"), *waiting)
    assert DncVersion.objects.filter(status=DncStatus.ACTIVE).count() == 1
    assert "done" in told
    lost = [words for words in told if words != "done"]
    assert all("Another import" in words for words in lost)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_one_list_confirmed_and_turned_down_at_once_is_decided_once() -> None:
    bring_in(flat(HUNDRED))
    waiting = bring_in(flat(HUNDRED[:50]), list_date=date(2026, 11, 25)).versions.get()

    def decide(act: object) -> None:
        act(DncVersion.objects.get(pk=waiting.pk), actor="sam")  # type: ignore[operator]

    told = at_once(decide, versions.confirm, versions.discard)
    assert told.count("done") == 1, told
    active = DncVersion.objects.get(status=DncStatus.ACTIVE)
    assert versions.count_numbers(active) == active.numbers


@pytest.mark.django_db
def test_a_list_put_in_force_a_moment_ago_keeps_its_numbers() -> None:
    bring_in(flat(HUNDRED))
    seen = bring_in(flat(HUNDRED[:50]), list_date=date(2026, 11, 25)).versions.get()
    versions.confirm(DncVersion.objects.get(pk=seen.pk), actor="sam")
    with pytest.raises(DncRefused, match="somebody else"):
        versions.discard(seen, actor="ella")
    assert versions.count_numbers(DncVersion.objects.get(status=DncStatus.ACTIVE)) == 50


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_the_same_request_written_down_twice_is_one_entry() -> None:
    told = at_once(
        lambda who: str(add_internal("+15615550123", actor=str(who), reason="Asked")),
        "sam",
        "ella",
    )
    assert told == ["+15615550123"] * BOTH
    assert InternalDncNumber.objects.count() == 1
