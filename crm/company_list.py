"""Companies as rows, for lists on a screen and for programs."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from crm.models import Company
from crm.segments.asking import tagged

COLUMNS = ("name", "kind", "active", "status", "industry", "tags", "source")


def find_companies(
    search: str = "",
    *,
    kind: str | None = None,
    category: str = "",
    status: str | None = None,
    tag: str = "",
) -> QuerySet[Any]:
    """Companies by part of their name or domain, with `people` counted, by name."""
    rows: QuerySet[Any] = Company.objects.annotate(people=Count("contacts", distinct=True))
    wanted = {"kind": kind, "status": status, "categories__slug": category}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(domain__icontains=search))
    if tag:
        rows = rows.filter(tagged("tags", tag))
    return rows.order_by("name", "pk")


def as_row(company: Any) -> dict[str, Any]:
    """One company as `find_companies` gives it."""
    return {
        "id": str(company.pk), "domain": company.domain or "", "contacts": company.people,
        **{name: getattr(company, name) for name in COLUMNS},
    }  # fmt: skip
