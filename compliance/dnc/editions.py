"""The lists in force, remembered for some seconds so that a look-up need not ask for them.

What is remembered may be a list that was replaced meanwhile: its numbers outlive it by a day at
the least (`versions.purge`), and the decision records the edition that was really asked.
"""

import threading
import time as clock
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

from compliance.choices import DncStatus
from compliance.models import DncVersion

REMEMBER_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class InForce:
    """One list in force; `covers` names the area codes of one that is kept as a whole."""

    version: int
    source: str
    area_code: str
    list_date: date
    san: str
    covers: frozenset[str]


ByArea = Mapping[str, tuple[InForce, ...]]
_lock = threading.Lock()
_known: tuple[float, ByArea] | None = None


def by_area() -> ByArea:
    """The lists that have a say in each area code, the registry's before the states'.

    Inside a transaction the rows are read anew: what is not committed must not be remembered.
    """
    global _known
    if connection.in_atomic_block:
        return _read()
    with _lock:
        now = clock.monotonic()
        if _known is None or now - _known[0] >= REMEMBER_SECONDS:
            _known = now, _read()
        return _known[1]


def forget() -> None:
    """Ask again next time, in this process."""
    global _known
    with _lock:
        _known = None


def _read() -> ByArea:
    rows = DncVersion.objects.filter(status=DncStatus.ACTIVE).values_list(
        "pk", "source", "area_code", "list_date", "san", "covers"
    )
    return arrange(InForce(*row[:5], frozenset(row[5])) for row in rows)


def arrange(lists: Iterable[InForce]) -> ByArea:
    """By area code, for one kept by area code its own, else every one it covers."""
    found: dict[str, list[InForce]] = {}
    for one in sorted(lists, key=lambda one: one.source):
        for area_code in [one.area_code] if one.area_code else sorted(one.covers):
            found.setdefault(area_code, []).append(one)
    return {area_code: tuple(ones) for area_code, ones in found.items()}
