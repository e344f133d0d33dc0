"""Rows written the shortest way are the rows that `save` would have written."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from compliance import audit, bulk
from compliance.models import AuditEntry
from crm.models import Company, ImportBatch

pytestmark = pytest.mark.django_db


def make(**values: object) -> Company:
    now = timezone.now()
    return Company(created_at=now, updated_at=now, **values)


def test_every_column_comes_back_as_it_was() -> None:
    wanted = make(name="A\tb\\n\n“é”", domain=None, regions=["Aspen", "Ж"], response_hours=1.5)
    bulk.insert_with_history([wanted])
    stored = Company.objects.get()
    for field in Company._meta.concrete_fields:
        assert getattr(stored, field.attname) == getattr(wanted, field.attname), field.attname
    past = stored.history.get()
    assert (past.history_type, past.name, past.regions) == ("+", wanted.name, wanted.regions)


def test_nothing_to_write_is_no_statement(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        bulk.insert_with_history([])


def test_a_broken_constraint_is_djangos_own_error() -> None:
    bulk.insert([make(name="A", domain="a.example")])
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert([make(name="B", domain="a.example")])
    assert Company.objects.count() == 1


def test_entries_in_thousands_hold_in_the_chain() -> None:
    company = make(name="A")
    acts = [audit.Act("company.created", company, data={"n": n}) for n in range(3)]
    assert audit.append_thousands(acts, actor="sam") == 3
    audit.seal()
    verdict = audit.verify()
    assert (verdict.checked, verdict.broken_at) == (3, None)
    assert list(AuditEntry.objects.values_list("data__n", flat=True).order_by("id")) == [0, 1, 2]


def test_a_new_row_by_column_is_the_one_that_the_model_makes() -> None:
    batch = ImportBatch(session_key="s", batch_id=1)
    mine = bulk.new(Company, name="A", batch_id=batch.pk)
    other = Company(name="A", batch=batch)
    names = {one.attname for one in Company._meta.concrete_fields} - {"id"}
    assert {n: getattr(mine, n) for n in names} == {n: getattr(other, n) for n in names}
    assert (mine._state.adding, mine.pk == other.pk) == (True, False)


def test_new_rows_share_no_list_of_words() -> None:
    first, second = bulk.new(Company, name="A"), bulk.new(Company, name="B")
    first.tags.append("vip")
    assert second.tags == []


def test_a_column_that_there_is_not_is_an_error() -> None:
    with pytest.raises(TypeError, match="no column nmae"):
        bulk.new(Company, nmae="A")
