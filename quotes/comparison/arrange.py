"""Sort and filter a comparison; what is asked for wrongly falls back to the default."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from quotes.comparison.rows import Row
from quotes.comparison.status import ANSWERED, CLOSED, WAITING
from quotes.comparison.table import Comparison, by_price, is_finalist, needs_check

FILTERS: dict[str, tuple[str, Callable[[Row], bool]]] = {
    "all": ("All", lambda row: True),
    "quoted": ("Quoted", lambda row: row.status.code in ANSWERED),
    "waiting": ("Waiting", lambda row: row.status.code in WAITING),
    "to_check": ("To check", needs_check),
    "finalists": ("Finalists", is_finalist),
    "closed": ("Closed", lambda row: row.status.code in CLOSED),
}


def _by_vendor(row: Row) -> Any:
    return row.facts.vendor.casefold(), str(row.facts.enrollment_id)


def _by_status(row: Row) -> Any:
    return row.status.rank, *_by_vendor(row)


def _by_validity(row: Row) -> Any:
    left = row.validity.days_left
    return left is None, left or 0, *_by_vendor(row)


SORTS: dict[str, Callable[[Row], Any]] = {
    "price": by_price,
    "vendor": _by_vendor,
    "status": _by_status,
    "validity": _by_validity,
}


@dataclass(frozen=True, slots=True)
class View:
    """What a person chose to see: a filter, a column to sort by, its direction, a vendor's name.

    `whole`: every line at once, not the first ones of many.
    """

    show: str = "all"
    sort: str = "price"
    descending: bool = False
    search: str = ""
    whole: bool = False


def read_view(params: Any) -> View:
    """The view out of query parameters (`show`, `sort` with an optional "-", `q`, `whole`)."""
    sort = str(params.get("sort", "price"))
    name = sort.removeprefix("-")
    show = str(params.get("show", "all"))
    known = name in SORTS
    return View(
        show=show if show in FILTERS else "all",
        sort=name if known else "price",
        descending=known and sort.startswith("-"),
        search=str(params.get("q", "")).strip()[:80],
        whole=str(params.get("whole", "")) == "1",
    )


def arrange(comparison: Comparison, view: View) -> tuple[Row, ...]:
    """The rows to show. Vendors without an offer stay last whichever way prices are sorted."""
    keep = FILTERS[view.show][1]
    wanted = view.search.casefold()
    rows = [row for row in comparison.rows if keep(row) and wanted in row.facts.vendor.casefold()]
    rows.sort(key=SORTS[view.sort], reverse=view.descending)
    if view.descending and view.sort in ("price", "validity"):
        rows.sort(key=lambda row: _missing(row, view.sort))
    return tuple(rows)


def _missing(row: Row, sort: str) -> bool:
    return row.high is None if sort == "price" else row.validity.days_left is None
