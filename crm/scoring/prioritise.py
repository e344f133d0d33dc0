"""Whom to turn to first: the highest scores above minimums, each with its reasons."""

from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import QuerySet

from compliance import audit
from crm.choices import CLOSED_LEADS, Scored
from crm.models import Contact, ContactScore, Lead, LeadScore
from crm.models.assignment import in_segment
from crm.scoring.features import FEATURES, Kind
from crm.wishes import people_suppressed

MOST = 10_000
HEADER = (
    "rank", "name", "role", "company", "points", "percent", "tier", "fit", "referral_capacity",
    "signal_strength", "segment", "reasons", "id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Floor:
    """What somebody must have at least, each 0 to 100; `segment` and `tier` where not ""."""

    fit: float = 0.0
    referral_capacity: float = 0.0
    signal_strength: float = 0.0
    percent: float = 0.0
    segment: str = ""
    tier: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One of those to turn to: `key` is the person's (or the lead's) id, parts are 0 to 100."""

    rank: int
    key: UUID
    contact_id: UUID | None
    name: str
    role: str
    company: str
    points: float
    percent: float
    tier: str
    parts: dict[str, float]
    segment: str
    reasons: tuple[dict[str, Any], ...]

    @property
    def why(self) -> list[str]:
        """Each reason with what it was found in: “Decides (“Head of School”)”."""
        return [_told(line) for line in self.reasons]

    @property
    def in_words(self) -> str:
        """“Decides (“Head of School”), Has answered us before (times answered: 2)”."""
        return ", ".join(self.why)


def _told(line: dict[str, Any]) -> str:
    """Words are quoted; a figure says of what, and a bare yes is said by the label itself."""
    feature = FEATURES.get(str(line.get("field", "")))
    if feature is None or feature.kind not in {Kind.NUMBER, Kind.BOOLEAN}:
        return f"{line['label']} (“{line['words']}”)"
    if feature.kind is Kind.BOOLEAN:
        return str(line["label"])
    return f"{line['label']} ({feature.label[:1].lower()}{feature.label[1:]}: {line['words']})"


def prioritise(subject: Scored, floor: Floor, *, limit: int = 50) -> list[Ranked]:
    """The best by points, the id deciding between equals; leads are those still open.

    Whom nothing may be sent to is not among them. At most `MOST`; one query for the rows.
    """
    rows = _writable(_above(_scores(subject), floor, subject), subject)
    found = rows.order_by("-points", "pk")[: max(0, min(limit, MOST))]
    make = _lead if subject == Scored.LEAD else _person
    return [make(rank, row) for rank, row in enumerate(found, start=1)]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many have what is asked, and how many more would, were they not suppressed."""

    total: int
    suppressed: int


def count_above(subject: Scored, floor: Floor) -> Counted:
    """How many `prioritise` would find without its limit, and whom it leaves out; two queries."""
    rows = _above(_scores(subject), floor, subject)
    total = _writable(rows, subject).count()
    return Counted(total, rows.count() - total)


def export_rows(ranked: Iterable[Ranked]) -> Iterator[list[str]]:
    """For a spreadsheet, by `HEADER`; `compliance.spreadsheets.write_rows` makes cells harmless."""
    for one in ranked:
        yield [
            str(one.rank), one.name, one.role, one.company, f"{one.points:g}",
            f"{one.percent:.1f}", one.tier, *(f"{part:.1f}" for part in one.parts.values()),
            one.segment, one.in_words, str(one.key),
        ]  # fmt: skip


def list_exported(person: User, subject: Scored, ranked: Sized) -> audit.Act:
    """That the list leaves the desk, for the ledger."""
    return audit.Act(
        "score.list_exported", person, data={"kind": subject.value, "rows": len(ranked)}
    )


def _scores(subject: Scored) -> QuerySet[Any]:
    if subject == Scored.LEAD:
        return (
            LeadScore.objects.exclude(lead__status__in=CLOSED_LEADS)
            .filter(lead__contact__erased_at=None)
            .select_related(
                "lead__contact__company", "lead__contact__assignment", "lead__company",
                "lead__property",
            )
        )  # fmt: skip
    return ContactScore.objects.filter(
        contact__erased_at=None, contact__merged_into=None
    ).select_related("contact__company", "contact__assignment")


def _above(rows: QuerySet[Any], floor: Floor, subject: Scored) -> QuerySet[Any]:
    least = {
        "fit": floor.fit, "referral_capacity": floor.referral_capacity,
        "signal_strength": floor.signal_strength, "percent": floor.percent,
    }  # fmt: skip
    rows = rows.filter(**{f"{name}__gte": value for name, value in least.items() if value > 0})
    if floor.tier:
        rows = rows.filter(tier=floor.tier)
    if floor.segment:
        who = "lead__contact" if subject == Scored.LEAD else "contact"
        rows = rows.filter(in_segment(floor.segment, f"{who}__assignment__"))
    return rows


def _writable(rows: QuerySet[Any], subject: Scored) -> QuerySet[Any]:
    """Without those whom nothing may be sent to: there is nothing to begin with them."""
    who = "lead__contact" if subject == Scored.LEAD else "contact"
    return rows.exclude(**{f"{who}__in": people_suppressed()})


def _person(rank: int, row: ContactScore) -> Ranked:
    return _ranked(rank, row, row.contact_id, str(row.contact), row.contact, row.contact.company)


def _lead(rank: int, row: LeadScore) -> Ranked:
    lead: Lead = row.lead
    company = lead.company or (lead.contact.company if lead.contact else None)
    return _ranked(rank, row, row.lead_id, str(lead), lead.contact, company)


def _ranked(rank: int, row: Any, key: UUID, name: str, who: Contact | None, company: Any) -> Ranked:
    assignment = getattr(who, "assignment", None) if who else None
    lines = sorted(
        (line for line in row.lines if line["points"] > 0), key=lambda one: -one["points"]
    )
    return Ranked(
        rank, key, who.pk if who else None, name, who.role if who else "",
        str(company) if company else "", row.points, row.percent, row.tier,
        {"fit": row.fit, "referral_capacity": row.referral_capacity,
         "signal_strength": row.signal_strength},
        assignment.holds if assignment else "", tuple(lines[:5]),
    )  # fmt: skip
