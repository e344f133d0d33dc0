"""Two records side by side: what each says, what hangs on it, and which one would stay."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from compliance.models import Consent, Suppression
from crm.choices import ADDRESS_KINDS, PointKind
from crm.merging.fields import fields_of, from_merged_by_default
from crm.models import Company, Contact, ContactPoint, Lead, MergeKind

Counts = dict[UUID, dict[str, int]]
Count_ = Callable[[str, Collection[UUID]], Counts]
ONE = {"people": "person"}
_counters: list[Count_] = []


def register(count: Count_) -> None:
    """Add a room above: `count(kind, ids)` says by id how many of what hangs on it."""
    if count not in _counters:
        _counters.append(count)


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both: what is shown, whether it differs, and whose value is kept."""

    name: str
    label: str
    kept: str
    gone: str
    takes_other: bool

    @property
    def differs(self) -> bool:
        return self.kept != self.gone

    @property
    def choosable(self) -> bool:
        """There is something to choose only where both say something, and not the same."""
        return self.differs and bool(self.kept or self.gone)


@dataclass(slots=True)
class Side:
    """One of the two: the row, its addresses with whether the other has them too, and counts."""

    row: Any
    since: datetime
    origin: str
    addresses: list[tuple[ContactPoint, bool]] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def hanging(self) -> list[str]:
        """“2 threads”, “1 lead”: what goes over with a merge."""
        return [
            f"{number} {ONE.get(what, what.removesuffix('s')) if number == 1 else what}"
            for what, number in self.counts.items()
        ]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the page of a pair shows; `kept` would stay, `gone` would live on in it."""

    kept: Side
    gone: Side
    lines: list[Line]

    @property
    def differing(self) -> int:
        return sum(line.differs for line in self.lines)


def compare(kind: str, kept: UUID, gone: UUID) -> Comparison | None:
    """Both records, or None where one of them does not stand any more; a dozen questions."""
    model: Any = Contact if kind == MergeKind.CONTACT else Company
    related = ("company", "batch") if model is Contact else ("batch",)
    rows = model.objects.select_related(*related).in_bulk([kept, gone])
    if len(rows) < 2 or any(getattr(row, "erased_at", None) for row in rows.values()):
        return None
    sides = {pk: _side(row) for pk, row in rows.items()}
    _add_counts(kind, sides)
    if model is Contact:
        _add_addresses(sides)
    else:
        _add_people(sides)
    taken = from_merged_by_default(rows[kept], rows[gone])
    lines = [_line(name, rows[kept], rows[gone], name in taken) for name in fields_of(rows[kept])]
    return Comparison(sides[kept], sides[gone], lines)


def better_first(kind: str, one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """The pair with the one who should stay in front: more hangs on it, else it is older."""
    model: Any = Contact if kind == MergeKind.CONTACT else Company
    born = dict(model.everybody.filter(pk__in=[one, other]).values_list("pk", "created_at"))
    if len(born) < 2:
        return one, other
    counts = count_all(kind, [one, other])
    weight = {pk: sum(counts[pk].values()) for pk in born}
    first, second = sorted(born, key=lambda pk: (-weight[pk], born[pk]))
    return first, second


def count_all(kind: str, ids: Collection[UUID]) -> Counts:
    """How many of what hangs on each, over all rooms."""
    found: Counts = {pk: {} for pk in ids}
    for count in (_own, *_counters):
        for pk, told in count(kind, ids).items():
            found[pk] |= told
    return found


def _own(kind: str, ids: Collection[UUID]) -> Counts:
    name = "contact" if kind == MergeKind.CONTACT else "company"
    found: Counts = {pk: {} for pk in ids}
    _tally(found, "leads", Lead.objects.filter(**{f"{name}__in": ids}).values_list(name))
    if kind != MergeKind.CONTACT:
        _tally(found, "people", Contact.objects.filter(company__in=ids).values_list("company"))
        return found
    points = ContactPoint.objects.filter(contact__in=ids).values_list("contact", "kind", "value")
    holders = {value: pk for pk, kind_, value in points if PointKind(kind_) in ADDRESS_KINDS}
    asked: tuple[tuple[str, Any], ...] = (
        ("consents", Consent.objects.filter(revoked_at=None)),
        ("suppressions", Suppression.objects.filter(lifted_at=None)),
    )
    for what, rows in asked:
        for value in rows.filter(address__in=holders).values_list("address", flat=True):
            told = found[holders[value]]
            told[what] = told.get(what, 0) + 1
    return found


def _tally(found: Counts, what: str, keys: Any) -> None:
    for pk, number in keys.annotate(number=Count("pk")).order_by():
        found[pk][what] = number


def _side(row: Contact | Company) -> Side:
    batch = row.batch
    origin = " · ".join(part for part in (row.source, batch.file_name if batch else "") if part)
    return Side(row, row.created_at, origin)


def _add_counts(kind: str, sides: dict[UUID, Side]) -> None:
    for pk, told in count_all(kind, list(sides)).items():
        sides[pk].counts = told


def _add_addresses(sides: dict[UUID, Side]) -> None:
    points = list(ContactPoint.objects.filter(contact__in=list(sides)))
    held: dict[tuple[str, str], set[UUID]] = {}
    for point in points:
        held.setdefault((point.kind, point.value), set()).add(point.contact_id)
    for point in points:
        shared = len(held[point.kind, point.value]) > 1
        sides[point.contact_id].addresses.append((point, shared))


def _add_people(sides: dict[UUID, Side], most: int = 8) -> None:
    rows: Iterable[Contact] = Contact.objects.filter(company__in=list(sides)).order_by("name")
    for row in rows:
        people = sides[row.company_id].people  # type: ignore[index]
        if len(people) < most:
            people.append(f"{row}, {row.role}" if row.role else str(row))


def _line(name: str, kept: Any, gone: Any, takes_other: bool) -> Line:
    column = kept._meta.get_field(name)
    label = str(column.verbose_name)
    return Line(name, label[:1].upper() + label[1:], _shown(kept, name), _shown(gone, name),
                takes_other)  # fmt: skip


def _shown(row: Any, name: str) -> str:
    worded = getattr(row, f"get_{name}_display", None)
    value = worded() if worded else getattr(row, name)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "" if value is None else str(value)
