"""An outage is told from a mistake, and a task it cut off is followed by another."""

from unittest import mock

import pytest
from django.db import DatabaseError, OperationalError, connection
from django_q.models import OrmQ

from outreach import outage

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_wrong_statement_is_our_mistake_and_no_outage() -> None:
    with pytest.raises(DatabaseError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM a_table_nobody_made")
    assert not outage.is_away(caught.value)


def test_a_task_cut_off_has_the_desk_look_again() -> None:
    tried: list[str] = []

    @outage.goes_on_after_outage
    def task() -> None:
        tried.append("once")
        raise OperationalError("the connection is lost")

    before = OrmQ.objects.count()
    task()
    assert tried == ["once"]
    assert OrmQ.objects.count() == before + 1


def test_a_mistake_of_ours_stays_a_crash() -> None:
    @outage.goes_on_after_outage
    def task() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        task()


def test_an_outage_without_end_is_given_up() -> None:
    with mock.patch.object(connection, "cursor", side_effect=OperationalError("away")):
        assert outage.wait_until_back(0) is False
    assert outage.wait_until_back(0) is True
