"""Rows read by a statement written by hand are those that a queryset would have found."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance import hot_rows
from compliance.consent import FOUND, record, revoke
from compliance.models import Consent
from tests.compliance.test_consent import NOON, WRITTEN

pytestmark = pytest.mark.django_db
HOSTILE = "o'brien%s{among}\\\"; DROP TABLE compliance_consent; --@home.example"


def test_every_column_comes_as_a_queryset_reads_it() -> None:
    given = record(replace(WRITTEN, expires_at=NOON + timedelta(days=90)), actor="ella")
    revoke(given, actor="ella", at=NOON + timedelta(days=1))
    (row,) = hot_rows.where(Consent, FOUND, among=["+12015550118"], also=[NOON])
    kept = Consent.objects.get(pk=given.pk)
    names = [field.attname for field in Consent._meta.concrete_fields]
    assert [getattr(row, name) for name in names] == [getattr(kept, name) for name in names]
    assert (row.channels, row.given_at, row.evidence.name) == (["sms"], NOON, "")
    revoke(row, actor="ella")  # a row like any other


def test_a_moment_is_compared_to_the_microsecond() -> None:
    record(replace(WRITTEN, given_at=NOON + timedelta(microseconds=1)), actor="ella")
    among = ["+12015550118"]
    assert not hot_rows.where(Consent, FOUND, among=among, also=[NOON])
    assert hot_rows.where(Consent, FOUND, among=among, also=[NOON + timedelta(microseconds=1)])


def test_what_somebody_typed_is_a_value_and_nothing_else() -> None:
    record(WRITTEN, actor="ella")
    assert not hot_rows.where(Consent, FOUND, among=[HOSTILE], also=[NOON])
    assert Consent.objects.count() == 1


def test_no_values_cost_no_query() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert hot_rows.where(Consent, FOUND, among=[], also=[NOON]) == []
    assert not queries.captured_queries


def test_as_many_as_a_batch_asks_for_come_in_one_query_in_order() -> None:
    for day in range(3):
        record(replace(WRITTEN, given_at=NOON + timedelta(days=day)), actor="ella")
    others = [f"person{n}@home.example" for n in range(5_000)]
    with CaptureQueriesContext(connection) as queries:
        rows = hot_rows.where(
            Consent, FOUND, among=[*others, "+12015550118"], also=[NOON + timedelta(days=9)]
        )
    assert len(queries.captured_queries) == 1
    assert [row.given_at.day for row in rows] == [4, 3, 2]
