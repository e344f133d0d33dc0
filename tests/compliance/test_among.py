"""Long lists of values in a query: the same rows as `__in`, on every database, in one piece."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from outreach.models import Message
from tests.factories import make_approved

pytestmark = pytest.mark.django_db


def test_it_finds_and_changes_the_rows_that_in_would(ella: User) -> None:
    ids = list(Message.objects.filter(campaign=make_approved(5, ella)).values_list("pk", flat=True))
    wanted = ids[:3]
    found = Message.objects.filter(pk__among=wanted)
    assert set(found.values_list("pk", flat=True)) == set(wanted)
    assert Message.objects.exclude(pk__among=wanted).count() == 2
    assert found.update(reason="looked at") == 3
    assert set(Message.objects.filter(reason="").values_list("pk", flat=True)) == set(ids[3:])


def test_a_relation_is_asked_by_its_column_and_any_collection_will_do(ella: User) -> None:
    campaign = make_approved(3, ella)
    found = Message.objects.filter(campaign__pk__among={campaign.pk})
    assert found.count() == 3
    assert " JOIN " not in str(found.query)


def test_nothing_asked_finds_nothing_and_costs_no_query(ella: User) -> None:
    make_approved(2, ella)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert list(Message.objects.filter(pk__among=[])) == []
    assert len(queries) == 0
