"""The lists in force are remembered for seconds, never from inside a transaction."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from compliance.dnc import editions
from compliance.dnc.editions import InForce, arrange
from compliance.models import DncVersion
from tests.compliance.dnc.lists import bring_in, flat


def queries() -> int:
    with CaptureQueriesContext(connection) as captured:
        editions.by_area()
    return len(captured)


@pytest.mark.django_db(transaction=True)
def test_they_are_asked_for_once_in_ten_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (queries(), queries()) == (1, 0)
    later = editions.clock.monotonic() + editions.REMEMBER_SECONDS
    monkeypatch.setattr(editions.clock, "monotonic", lambda: later)
    assert queries() == 1


@pytest.mark.django_db(transaction=True)
def test_an_import_is_seen_at_once_by_its_own_process() -> None:
    editions.by_area()
    bring_in(flat([5615550123]))
    assert "561" in editions.by_area()


@pytest.mark.django_db(transaction=True)
def test_what_a_transaction_took_back_is_not_remembered() -> None:
    bring_in(flat([5615550123]))
    with transaction.atomic():
        DncVersion.objects.update(area_code="305")
        assert "305" in editions.by_area()
        transaction.set_rollback(True)
    assert set(editions.by_area()) == {"561"}


def test_a_list_kept_as_a_whole_has_its_say_where_it_reaches() -> None:
    registry = InForce(1, "national", "561", date(2026, 11, 18), "S", frozenset({"561"}))
    florida = InForce(2, "state:FL", "", date(2026, 11, 18), "", frozenset({"305", "561"}))
    assert arrange([florida, registry]) == {"561": (registry, florida), "305": (florida,)}
