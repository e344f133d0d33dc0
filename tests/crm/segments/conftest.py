"""A small town of people to choose from, and `find` by rows as they are written in JSON."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from crm.models import Company, Contact, ContactPoint
from crm.segments import compile as compiler
from crm.segments.definition import parse

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


def person(name: str, company: Company | None = None, **changes: Any) -> Contact:
    """A contact with an e-mail address."""
    made = Contact.objects.create(name=name, company=company, **changes)
    address = f"{name.lower().replace(' ', '.')}@example.org"
    ContactPoint.objects.create(contact=made, kind="email", value=address)
    return made


@pytest.fixture
def town(db: None) -> dict[str, Contact]:
    """Five people of two companies, and one of none."""
    fintech = Company.objects.create(
        name="Platezhi", country="RU", industry="Fintech", is_sme=True, employees=40,
        tags=["hot", "q1"],
    )  # fmt: skip
    bakery = Company.objects.create(name="Pekarnya", country="US", industry="Bakery", employees=900)
    return {
        "olga": person("Olga", fintech, role="CTO", country="RU", tags=["vip"]),
        "ivan": person("Ivan", fintech, role="Head of IT"),
        "dan": person("Dan", fintech, role="Director of Sales"),
        "beth": person("Beth", bakery, role="Deputy CTO", country="US"),
        "cher": person("Cher", None, role="", country="US"),
    }


@pytest.fixture
def find(town: dict[str, Contact]) -> Callable[..., set[str]]:
    """`find(row, …)` gives the names of those whom all rows mean."""

    def names(*rows: dict[str, Any], match: str = "all") -> set[str]:
        group = parse({"match": match, "conditions": list(rows)})
        return set(compiler.find(group, now=NOW).values_list("name", flat=True))

    return names


def row(field: str, op: str, value: Any = None) -> dict[str, Any]:
    """A condition as data."""
    data = {"field": field, "op": op}
    return data if value is None else {**data, "value": value}
