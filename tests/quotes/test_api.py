"""Quotes for programs: the same table, the same checks, in the key owner's name."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from outreach import api_keys
from outreach.models import Campaign, Enrollment
from quotes.manual import log_quote
from quotes.models import Quote
from tests.api.conftest import Program

Vendor = Callable[..., Enrollment]


@pytest.fixture
def program_of() -> Callable[..., Program]:
    """`program_of(user, "quotes:read")` speaks with that user's key."""
    cache.clear()

    def make(owner: User, *scopes: str) -> Program:
        wanted = list(scopes or api_keys.SCOPES)
        return Program(api_keys.create(owner=owner, name="CRM", scopes=wanted, actor="test")[1])

    return make


@pytest.fixture
def program(program_of: Callable[..., Program], boss: User) -> Program:
    return program_of(boss)


@pytest.fixture
def root(campaign: Campaign) -> str:
    return f"/api/campaigns/{campaign.pk}"


def test_a_quote_is_logged_listed_and_compared(program: Program, root: str, vendor: Vendor) -> None:
    thread = vendor("NetJets")
    answer = program.post(
        f"{root}/quotes",
        {
            "enrollment_id": str(thread.pk),
            "price": "38500.00",
            "currency": "usd",
            "includes_tax": False,
            "extras": [{"label": "FET", "percent": "7.5"}],
            "options": [{"label": "Phenom 300", "price": 38500}],
            "fields": {"aircraft": "Phenom 300", "seats": 8},
        },
    )
    assert answer.status_code == 201
    logged = answer.json()
    assert (logged["currency"], logged["logged_by"], logged["status"]) == (
        "USD", "Bo Lang", "current",
    )  # fmt: skip
    (listed,) = program.get(f"{root}/quotes").json()["items"]
    assert listed == logged
    table = program.get(f"{root}/comparison").json()
    assert table["best"]["vendor"] == "NetJets"
    (row,) = table["rows"]
    assert (row["all_in"], row["fields"]["seats"], row["best"]) == ("41387.50", 8, True)


def test_a_vendor_may_be_named_instead_of_the_thread(
    program: Program, root: str, vendor: Vendor
) -> None:
    thread = vendor("NetJets")
    body = {"vendor_id": str(thread.company_id), "price": 1, "currency": "EUR"}
    answer = program.post(f"{root}/quotes", body)
    assert answer.json()["enrollment_id"] == str(thread.pk)


def test_the_same_call_twice_with_a_key_logs_once(
    program: Program, root: str, vendor: Vendor
) -> None:
    body = {"enrollment_id": str(vendor("NetJets").pk), "price": 1, "currency": "USD"}
    first = program.post(f"{root}/quotes", body, Idempotency_Key="abc")
    second = program.post(f"{root}/quotes", body, Idempotency_Key="abc")
    assert first.json() == second.json()
    assert Quote.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"currency": "USD"}, "price"),
        ({"price": 5}, "currency"),
        ({"price": 5, "currency": "QQQ"}, "currency"),
        ({"price": 5, "currency": "USD", "fields": {"seats": "many"}}, "fields.seats"),
        ({"price": 5, "currency": "USD", "expiration_date": "1999-01-01"}, "expiration_date"),
        ({"price": -1, "currency": "USD"}, "price"),
        ({"price": 1e300, "currency": "USD"}, "price"),
        ({"price": 5, "currency": "USD", "terms": "a\x00b"}, "terms"),
    ],
)
def test_nonsense_is_a_problem_document_that_names_the_field(
    program: Program, root: str, vendor: Vendor, body: dict[str, Any], field: str
) -> None:
    answer = program.post(f"{root}/quotes", {"enrollment_id": str(vendor("A").pk), **body})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert field in {error["field"] for error in answer.json()["errors"]}
    assert not Quote.objects.exists()


def test_a_vendor_who_is_not_in_the_campaign_is_not_found(program: Program, root: str) -> None:
    body = {"enrollment_id": "00000000-0000-0000-0000-000000000001", "price": 1, "currency": "USD"}
    assert program.post(f"{root}/quotes", body).status_code == 404
    assert program.post(f"{root}/quotes", {"price": 1, "currency": "USD"}).status_code == 404


def test_scopes_and_permissions_both_count(
    program_of: Callable[..., Program], root: str, vendor: Vendor, boss: User, ann: User
) -> None:
    body = {"enrollment_id": str(vendor("A").pk), "price": 1, "currency": "USD"}
    assert program_of(boss, "quotes:read").post(f"{root}/quotes", body).status_code == 403
    assert program_of(boss, "quotes:write").get(f"{root}/quotes").status_code == 403
    analyst = program_of(ann)
    assert analyst.get(f"{root}/comparison").status_code == 200
    assert analyst.post(f"{root}/quotes", body).status_code == 403
    assert not Quote.objects.exists()


def test_filters_and_sorts_are_the_pages_own(
    program: Program, root: str, vendor: Vendor, boss: User
) -> None:
    for name, price in (("A", "3"), ("B", "1"), ("C", "2")):
        log_quote(vendor(name), actor=boss, price=price, currency="USD")
    vendor("D")
    rows = program.get(f"{root}/comparison", sort="-price", show="quoted").json()["rows"]
    assert [row["vendor"] for row in rows] == ["A", "C", "B"]
    assert program.get(f"{root}/comparison", sort="colour").status_code == 422


def test_the_number_of_queries_does_not_grow_with_the_quotes(
    program: Program, root: str, vendor: Vendor, boss: User
) -> None:
    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert program.get(path).status_code == 200
        return len(queries)

    paths = (f"{root}/quotes", f"{root}/comparison")
    log_quote(vendor("A"), actor=boss, price="1", currency="USD", extras="VAT: 5%")
    program.get(paths[0])  # the first use of a key is recorded
    first = [count(path) for path in paths]
    for letter in "BCDEFGH":
        log_quote(vendor(letter), actor=boss, price="1", currency="USD", extras="VAT: 5%")
    assert [count(path) for path in paths] == first
