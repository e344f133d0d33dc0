"""A brief prepared for the field readers: its dates, amounts and numbers, each found once."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from outreach.reading.dates import DatesRead, find_dates
from outreach.reading.found import Found
from outreach.reading.money import Money, find_money
from outreach.reading.numbers import find_numbers
from outreach.reading.tongues import detect_language


@dataclass(slots=True)
class BriefText:
    """The text and what stands in it; `taken` are spans a field already used up."""

    text: str
    today: date
    language: str
    dates: DatesRead
    money: list[Found[Money]]
    numbers: list[Found[Decimal]]
    notes: list[str] = field(default_factory=list)
    questions: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    taken: list[tuple[int, int]] = field(default_factory=list)

    def free(self, start: int, end: int) -> bool:
        """Whether no field has used any of these characters."""
        return all(end <= a or b <= start for a, b in self.taken)

    def take(self, start: int, end: int) -> None:
        """Keep these characters from being read as something else."""
        self.taken.append((start, end))


def prepare(text: str, *, today: date, timezone: str) -> BriefText:
    """Find dates, amounts and numbers once; digits inside a date or an amount are not counts."""
    language = detect_language(text)
    american = timezone.startswith(("America/", "US/", "Pacific/Honolulu"))
    dates = find_dates(text, today=today, day_first=language != "en" or not american)
    money = [m for m in find_money(text) if not any(m.overlaps(d) for d in dates.dates)]
    said: list[Found[Any]] = [*dates.dates, *money]
    masks = [(f.start, f.end) for f in said]
    numbers = [
        n
        for n in find_numbers(text, (language, "en"))
        if all(n.end <= a or b <= n.start for a, b in masks)
    ]
    return BriefText(text, today, language, dates, money, numbers, problems=list(dates.problems))
