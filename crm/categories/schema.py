"""The shape of a category's schema: one list of fields for brief, draft, reply, comparison."""

from enum import StrEnum
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class FieldType(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"  # ISO 8601 date, or "YYYY-MM" where only the month is known
    TIME = "time"  # "HH:MM"
    MONEY = "money"  # decimal amount in the currency of the request or quote
    PERCENT = "percent"
    DURATION = "duration"  # free words such as "30 minutes"; the unit is in the value
    AIRPORT = "airport"  # IATA code, ICAO where the field has no IATA code
    PLACE = "place"
    CHOICE = "choice"


Use = Literal["brief", "draft", "quote", "comparison"]


@lru_cache(maxsize=1024)
def _longest_first(words: tuple[str, ...]) -> tuple[str, ...]:
    """Every reply asks each field for its words again."""
    return tuple(sorted({word.lower() for word in words if len(word) > 1}, key=len, reverse=True))


class FieldSpec(BaseModel):
    """One field of a category.

    `words` are the terms (any language, lower case) by which a text announces the field,
    `answer_words` those only a vendor's answer does ("seater"), too common for a brief;
    `value_words` maps a canonical choice to the terms that mean it. `quote_type` is the type a
    reply gives, where it differs: a client names the day of arrival, a vendor the hour.
    """

    model_config = ConfigDict(extra="forbid")

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    label: str = Field(min_length=1, max_length=60)
    type: FieldType = FieldType.TEXT
    quote_type: FieldType | None = None
    unit: str = ""
    used_in: list[Use] = Field(default=["quote", "comparison"])
    required: bool = False
    question: str = ""
    choices: list[str] = Field(default_factory=list)
    words: list[str] = Field(default_factory=list)
    answer_words: list[str] = Field(default_factory=list)
    value_words: dict[str, list[str]] = Field(default_factory=dict)

    @property
    def answer_type(self) -> FieldType:
        """The type of what a vendor answers."""
        return self.quote_type or self.type

    @property
    def reply_words(self) -> list[str]:
        """Every term by which an answer announces the field, lower case, the longest first."""
        return list(_longest_first((*self.words, *self.answer_words)))


class CategorySchema(BaseModel):
    """A category as it ships: `shipped/<slug>.toml`, and as it is stored on `crm.Category`."""

    model_config = ConfigDict(extra="forbid")

    slug: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    name: str
    tier: Literal["commodity", "considered", "service", "bespoke", "high_value"] = "service"
    keywords: list[str] = Field(default_factory=list)
    fields: list[FieldSpec] = Field(default_factory=list)

    def used_in(self, use: Use) -> list[FieldSpec]:
        """The fields that take part in one of the four uses, in schema order."""
        return [field for field in self.fields if use in field.used_in]
