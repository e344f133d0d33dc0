"""Streams what rules look at out of the database: by key, in portions, only the columns asked."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, Model, OuterRef, QuerySet

from crm.choices import Scored
from crm.models import Company, Contact, ContactPoint, Lead
from crm.scoring.features import FEATURES, as_words

PORTION = 2000
ROWS: dict[Scored, type[Model]] = {
    Scored.LEAD: Lead, Scored.CONTACT: Contact, Scored.COMPANY: Company,
}  # fmt: skip
# Where each owner's columns stand, seen from the row; a lead's company goes before its contact's.
WAYS: dict[tuple[Scored, str], tuple[str, ...]] = {
    (Scored.LEAD, "lead"): ("",),
    (Scored.LEAD, "property"): ("property__",),
    (Scored.LEAD, "contact"): ("contact__",),
    (Scored.LEAD, "company"): ("company__", "contact__company__"),
    (Scored.CONTACT, "contact"): ("",),
    (Scored.CONTACT, "company"): ("company__",),
    (Scored.CONTACT, "score"): ("breakdown__",),
    (Scored.COMPANY, "company"): ("",),
}


@dataclass(frozen=True, slots=True)
class Known:
    """One row: its key, what was asked of it (by feature), and other columns by name."""

    key: UUID
    features: dict[str, Any]
    also: dict[str, Any]


def rows_of(subject: Scored) -> QuerySet[Any]:
    """Everybody a model is for; erased people are nobody's."""
    rows = ROWS[subject]._default_manager.all()
    if subject == Scored.COMPANY:
        return rows
    return rows.filter(**{"contact__erased_at" if subject == Scored.LEAD else "erased_at": None})


@contextmanager
def by_key() -> Iterator[None]:
    """A transaction that looks each row of a portion up by its key, however large the tables are.

    PostgreSQL cannot know how short a portion is, nor that only keys behind the last one matter:
    left alone it reads whole tables, or all that lies before, for every portion.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('enable_hashjoin', 'off', true), "
                    "set_config('enable_mergejoin', 'off', true), "
                    "set_config('max_parallel_workers_per_gather', '0', true)"
                )
        yield


@dataclass(frozen=True, slots=True)
class Plan:
    """How features become columns: read once, used for every portion."""

    subject: Scored
    columns: list[str]
    points: dict[str, Exists]
    sources: list[tuple[str, tuple[str, ...], bool]]  # feature, its columns, whether it is research


def plan_for(subject: Scored, fields: Collection[str]) -> Plan:
    """The columns to read for these features."""
    columns: dict[str, None] = {"pk": None}
    points: dict[str, Exists] = {}
    sources: list[tuple[str, tuple[str, ...], bool]] = []
    for name in fields:
        feature = FEATURES[name]
        if not (feature.column or feature.point):
            continue
        ways = WAYS[subject, feature.owner]
        if feature.point:
            alias = f"has_{feature.point}"
            whose = OuterRef(f"{ways[0]}pk")
            points[alias] = Exists(ContactPoint.objects.filter(contact=whose, kind=feature.point))
            sources.append((name, (alias,), False))
        else:
            own = tuple(f"{way}{feature.column}" for way in ways)
            columns |= dict.fromkeys(own)
            if len(ways) > 1:
                columns[f"{ways[0]}pk"] = None
            sources.append((name, own, feature.column == "ai_research_data"))
    return Plan(subject, list(columns), points, sources)


def read(
    plan: Plan,
    rows: QuerySet[Any],
    also: Sequence[str] = (),
    *,
    after: UUID | None = None,
    size: int | None = None,
) -> list[Known]:
    """These rows with their features, in the order of their keys; one query.

    With `after` and `size`, the portion behind that key: it costs the same at the end as at the
    beginning.
    """
    names = list(dict.fromkeys([*plan.columns, *plan.points, *also]))
    if after is not None:
        rows = rows.filter(pk__gt=after)
    known = rows.order_by("pk").annotate(**plan.points).values_list(*names)[:size]
    place = {name: n for n, name in enumerate(names)}
    take = [_taker(plan, source, place) for source in plan.sources]
    more = [(name, place[name]) for name in also]
    return [
        Known(
            row[0],
            {name: get(row) for name, get in take},
            {name: row[n] for name, n in more},
        )
        for row in known
    ]


Get = Callable[[tuple[Any, ...]], Any]


def _taker(
    plan: Plan, source: tuple[str, tuple[str, ...], bool], place: dict[str, int]
) -> tuple[str, Get]:
    name, columns, research = source
    first = place[columns[0]]
    if research:
        return name, lambda row: as_words(row[first])
    if len(columns) == 1:
        return name, lambda row: row[first]
    second = place[columns[1]]
    own = place[f"{WAYS[plan.subject, FEATURES[name].owner][0]}pk"]
    return name, lambda row: row[first] if row[own] is not None else row[second]
