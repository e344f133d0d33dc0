"""A claim in a draft that no record backs, and the records a draft may draw on."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class FactMark:
    """One unbacked claim: `text == part[start:end]`.

    `part` is "subject" or "body"; `kind` one of number, date, time, price, place, name, phone,
    email, link; `reason` is a sentence for the person who reviews.
    """

    text: str
    start: int
    end: int
    kind: str
    reason: str
    part: str = "body"

    def as_data(self) -> dict[str, Any]:
        """The mark as `Message.fact_marks` stores it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything a draft may say: texts as written, dates and places as values.

    `today` anchors relative dates in the texts; `currency` is that of amounts without a sign.
    """

    texts: tuple[str, ...]
    today: date
    dates: tuple[date, ...] = ()
    months: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    currency: str | None = None
    day_first: bool = field(default=False)
