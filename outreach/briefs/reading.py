"""What was understood of a brief, with the words each value was read from."""

from dataclasses import asdict, dataclass, field
from typing import Any

LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Missing:
    """A field the brief left open, and how to ask for it."""

    field: str
    question: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value stands in the brief: `text == brief[start:end]`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BriefReading:
    """The reading of one brief.

    `constraints` are JSON values by the category's field names; `problems` need an answer,
    `notes` say what was assumed; `engine` is "rules" or the model's name.
    """

    text: str
    language: str
    category: str | None = None
    category_confidence: float = 0.0
    tier: str = "service"
    constraints: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    currency: str | None = None
    missing: list[Missing] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    engine: str = "rules"

    def missing_as_data(self) -> list[dict[str, str]]:
        """`[{"field", "question"}]`, as `Request.missing` and the API carry it."""
        return [asdict(one) for one in self.missing]
