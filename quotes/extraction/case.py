"""What goes into the reading of a reply and what comes out, as values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm.categories.schema import CategorySchema


@dataclass(frozen=True, slots=True)
class ReplyCase:
    """One reply as it came; times are aware, `constraints` are the request's."""

    schema: CategorySchema | None
    constraints: dict[str, Any]
    received_at: datetime
    subject: str = ""
    text: str = ""
    html: str | None = None
    sender: str = ""
    expected_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words exactly as they stand in `source` ("subject" or "body") at [start, end)."""

    text: str
    start: int
    end: int
    source: str = "body"

    def as_data(self) -> dict[str, Any]:
        return {"text": self.text, "start": self.start, "end": self.end, "source": self.source}


@dataclass(frozen=True, slots=True)
class ExtraRead:
    label: str
    amount: Decimal | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OptionRead:
    label: str
    price: Decimal


@dataclass(slots=True)
class QuoteReading:
    """What one reply says; None is "not said". `reasons` is why a person must look, in words."""

    kind: str = "acknowledgement"
    price: Decimal | None = None
    price_high: Decimal | None = None
    currency: str | None = None
    price_basis: str | None = None
    includes_tax: bool | None = None
    extras: list[ExtraRead] = field(default_factory=list)
    options: list[OptionRead] = field(default_factory=list)
    availability: str | None = None
    expiration_date: date | None = None
    deposit: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    body: str = ""

    def put(self, name: str, value: Any, evidence: Evidence | None, confidence: float) -> None:
        """Keep a value with its words; a column by name, anything else among the fields."""
        if name in COLUMNS:
            setattr(self, name, value)
        else:
            self.fields[name] = value
        if evidence is not None:
            self.evidence[name] = evidence
        self.confidence[name] = confidence


COLUMNS = frozenset(
    {
        "kind", "price", "price_high", "currency", "price_basis", "includes_tax", "availability",
        "expiration_date", "deposit",
    }
)  # fmt: skip
