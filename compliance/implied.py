"""What stands for a consent without anything having been said, and for how long. Pure."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from compliance.choices import ConsentKind


@dataclass(frozen=True, slots=True)
class Implied:
    """What a law on e-mail takes for consent; nothing unless it says so.

    Such as CASL s. 10(9) and (10): 24 months from a purchase or contract, 6 from an inquiry, and
    an address its owner published for business.
    """

    relationship_months: int | None = None
    inquiry_months: int | None = None
    published_address: bool = False

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of consent record that will do besides what was said or signed."""
        counts = {
            ConsentKind.EXISTING_BUSINESS: self.relationship_months,
            ConsentKind.INQUIRY: self.inquiry_months,
            ConsentKind.PUBLICLY_LISTED: self.published_address,
        }
        return frozenset(kind for kind, does in counts.items() if does)

    @property
    def words(self) -> str:
        """“a purchase in the last 24 months or a published business address”."""
        ways = []
        if self.relationship_months:
            ways.append(f"a purchase in the last {self.relationship_months} months")
        if self.inquiry_months:
            ways.append(f"an inquiry in the last {self.inquiry_months} months")
        if self.published_address:
            ways.append("a published business address")
        return " or ".join(ways) or "nothing"

    def ends(self, kind: str, given_at: datetime) -> datetime | None:
        """The first moment at which it no longer counts; None where time does not end it."""
        months = {
            ConsentKind.EXISTING_BUSINESS: self.relationship_months,
            ConsentKind.INQUIRY: self.inquiry_months,
        }.get(ConsentKind(kind))
        return months_after(given_at, months) if months else None


def strictest(several: Sequence[Implied]) -> Implied:
    """What all of several laws take for consent, for as long as all of them do."""
    return Implied(
        _shortest([one.relationship_months for one in several]),
        _shortest([one.inquiry_months for one in several]),
        bool(several) and all(one.published_address for one in several),
    )


def _shortest(months: Sequence[int | None]) -> int | None:
    known = [number for number in months if number]
    return min(known) if known and len(known) == len(months) else None


def months_after(moment: datetime, months: int) -> datetime:
    """The same day so many months later, or the month's last where there is no such day."""
    years, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month + 1
    day = min(moment.day, calendar.monthrange(year, month)[1])
    return moment.replace(year=year, month=month, day=day)
