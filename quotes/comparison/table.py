"""The comparison: every vendor in one table, and the best deal with its reason."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any

from crm.categories.schema import CategorySchema, FieldSpec
from quotes.comparison.best import Best, best_of
from quotes.comparison.currency import Rates
from quotes.comparison.facts import OfferFacts
from quotes.comparison.rows import Row, build_row, inclusions
from quotes.comparison.status import ANSWERED, CLOSED, UNSENT, WAITING, status_of

STALE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Column:
    """One category field shown side by side."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """`rows` in the vendors' order of usefulness; `counts` by group for the filter."""

    currency: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    best: Best | None
    notes: tuple[str, ...]
    counts: Mapping[str, int]


def build_comparison(
    facts: Sequence[OfferFacts],
    schema: CategorySchema | None,
    rates: Rates,
    now: datetime,
    currency: str,
    *,
    constraints: Mapping[str, Any],
    zone: tzinfo,
) -> Comparison:
    """Set the vendors side by side as of `now`, with days counted in `zone`.

    Offers by the month or year are not set against totals: whichever kind is more common is
    compared, the others say why they are not.
    """
    specs = schema.used_in("comparison") if schema else []
    rows = [
        build_row(
            one,
            status_of(one, now, zone),
            specs=specs,
            constraints=constraints,
            rates=rates,
            today=now.astimezone(zone).date(),
            currency=currency,
        )
        for one in facts
    ]
    rows = _with_shares(_same_period(rows))
    best = best_of(rows, currency)
    if best is not None:
        rows = [replace(row, best=True) if row is best.row else row for row in rows]
    rows.sort(key=by_price)
    return Comparison(
        currency=currency,
        columns=_columns(specs, rows),
        rows=tuple(rows),
        best=best,
        notes=_notes(rows, rates, now, currency),
        counts=_counts(rows),
    )


def _columns(specs: Sequence[FieldSpec], rows: Sequence[Row]) -> tuple[Column, ...]:
    """The fields somebody filled, but for those that say what is in the price."""
    together = {spec.name for spec in inclusions(specs)}
    filled = {cell.name for row in rows for cell in row.cells if cell.text} - together
    return tuple(Column(spec.name, spec.label) for spec in specs if spec.name in filled)


def by_price(row: Row) -> tuple[Any, ...]:
    """Comparable offers by all-in price, then what is not compared, then the rest by status."""
    price = row.high if row.high is not None else Decimal("Infinity")
    return (
        row.facts.offer is None,
        price,
        row.status.rank,
        row.facts.vendor.casefold(),
        str(row.facts.enrollment_id),
    )


def _same_period(rows: list[Row]) -> list[Row]:
    periods = Counter(row.period for row in rows if row.high is not None)
    if len(periods) < 2:
        return rows
    common = max(periods, key=lambda period: (periods[period], period == "", period))
    return [
        replace(
            row,
            low=None,
            high=None,
            converted=False,
            not_compared=f"priced {row.period or 'as a total'}, the others "
            f"{common or 'as a total'}",
        )
        if row.high is not None and row.period != common
        else row
        for row in rows
    ]


def _with_shares(rows: list[Row]) -> list[Row]:
    top = max((row.high for row in rows if row.high), default=None)
    if not top:
        return rows
    return [
        replace(row, share=max(1, round(row.high / top * 100))) if row.high else row for row in rows
    ]


def _notes(rows: Sequence[Row], rates: Rates, now: datetime, currency: str) -> tuple[str, ...]:
    used = {
        row.facts.offer.currency for row in rows if row.converted and row.facts.offer is not None
    }
    notes = []
    oldest = rates.oldest(used | {currency}) if used else None
    if oldest is not None:
        on = f"{oldest.valid_on.day} {oldest.valid_on:%b %Y}"
        source = f" ({oldest.source})" if oldest.source else ""
        age = (now.date() - oldest.valid_on).days
        stale = f", {age} days old: check them before you decide" if age > STALE_DAYS else ""
        notes.append(
            f"{', '.join(sorted(used))} converted to {currency} at rates of {on}{source}{stale}."
        )
    missing = sorted({row.not_compared for row in rows if "exchange rate" in row.not_compared})
    notes += [f"Not compared: {reason}. Add it under Exchange rates." for reason in missing]
    return tuple(notes)


def _counts(rows: Sequence[Row]) -> dict[str, int]:
    return {
        "all": len(rows),
        "quoted": sum(row.status.code in ANSWERED for row in rows),
        "waiting": sum(row.status.code in WAITING for row in rows),
        "unsent": sum(row.status.code in UNSENT for row in rows),
        "closed": sum(row.status.code in CLOSED for row in rows),
        "to_check": sum(needs_check(row) for row in rows),
        "finalists": sum(is_finalist(row) for row in rows),
    }


def needs_check(row: Row) -> bool:
    """Whether a person still has to look at a reading of this vendor."""
    return row.facts.to_check is not None


def is_finalist(row: Row) -> bool:
    """Whether the standing offer was marked as a finalist."""
    return bool(row.facts.offer and row.facts.offer.finalist)
