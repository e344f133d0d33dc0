"""What the do-not-call lists answer, as values: who is listed, and how old the lists are."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from compliance.dnc.sources import INTERNAL, NATIONAL, capital, name_of

# The law: a version obtained no more than 31 days before the call (16 CFR 310.4(b)(3)(iv),
# 47 CFR 64.1200(c)(2)). The house stops three days earlier and warns a week before that.
REFUSE_AFTER_DAYS = 28
WARN_FROM_DAYS = 21


@dataclass(frozen=True, slots=True)
class Edition:
    """One list as it was asked, for the record of a decision."""

    source: str  # "national" | "state:FL" | "internal"
    area_code: str  # "" for a list that is kept as a whole
    list_date: date
    version: int
    san: str
    age_days: int

    def __str__(self) -> str:
        where = f" {self.area_code}" if self.area_code else ""
        return (
            f"{self.source}{where}, version {self.version} of {self.list_date:%d %b %Y}, "
            f"{self.age_days} days old"
        )

    @property
    def stale(self) -> bool:
        return self.age_days > REFUSE_AFTER_DAYS

    @property
    def ageing(self) -> bool:
        return WARN_FROM_DAYS <= self.age_days <= REFUSE_AFTER_DAYS


@dataclass(frozen=True, slots=True)
class Listing:
    """A number stands on a list. `version` is None on our own list, whose date is the entry's."""

    source: str
    list_date: date
    age_days: int
    version: int | None = None
    reason: str = ""

    @property
    def internal(self) -> bool:
        """The person asked us: no consent of before lifts that."""
        return self.source == INTERNAL

    def __str__(self) -> str:
        dated = "since" if self.internal else "of"
        return f"{name_of(self.source)} {dated} {self.list_date:%d %b %Y}"


@dataclass(frozen=True, slots=True)
class Freshness:
    """Whether the lists for one area code are recent enough to be relied on.

    `editions` are the lists in force that were asked, the proof that goes with a decision.
    """

    area_code: str
    editions: tuple[Edition, ...]

    @property
    def refusals(self) -> tuple[str, ...]:
        """Why nobody there may be called or texted; empty where the lists are fresh."""
        reasons = [
            f"{capital(name_of(one.source))} for area code {self.area_code} is {one.age_days} "
            f"days old, more than {REFUSE_AFTER_DAYS}: import a new list."
            for one in self.editions
            if one.stale
        ]
        if not any(one.source == NATIONAL for one in self.editions):
            reasons.insert(
                0,
                f"The national Do Not Call registry was never imported for area code "
                f"{self.area_code}: import its list.",
            )
        return tuple(reasons)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What will refuse within days."""
        return tuple(
            f"{capital(name_of(one.source))} for area code {self.area_code} is {one.age_days} "
            f"days old and stops counting after {REFUSE_AFTER_DAYS}: import a new list."
            for one in self.editions
            if one.ageing
        )


def age_in_days(list_date: date, at: datetime) -> int:
    """Whole days, by the UTC calendar: in the United States that is never too young."""
    return (at.astimezone(UTC).date() - list_date).days
