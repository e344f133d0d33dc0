"""What a scoring rule may look at: each feature's name, kind, and where it is read from."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crm.choices import PointKind, Scored


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "yes or no"
    LIST = "list of words"


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing known of a row; `column` is its column, `point` the kind of address it asks for."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    column: str = ""
    point: str = ""

    @property
    def owner(self) -> str:
        """`company` of `company.industry`."""
        return self.name.partition(".")[0]


def _of(owner: str, *rows: tuple[str, str] | tuple[str, str, Kind]) -> list[Feature]:
    return [
        Feature(f"{owner}.{row[0]}", row[1], row[2] if len(row) > 2 else Kind.TEXT, row[0])
        for row in rows
    ]


_FEATURES = [
    *_of(
        "lead",
        ("market", "Market"), ("source", "Source of the lead"), ("status", "Stage"),
        ("notes", "Notes on the lead"), ("deal_value", "Deal value", Kind.NUMBER),
    ),
    # Not columns: what stood on the lead before we scored it, told by whoever reads the portion.
    Feature("lead.listed_score", "Score of the list it came with", Kind.NUMBER),
    Feature("lead.listed_tier", "Tier of the list it came with"),
    *_of(
        "property",
        ("distress_reason", "Why its owner may want to sell"), ("county", "County of the property"),
        ("state", "State of the property"), ("city", "City of the property"),
        ("postal_code", "ZIP of the property"), ("situs_address", "Address of the property"),
    ),
    *_of(
        "contact",
        ("role", "Role"), ("language", "Language"), ("country", "Country of the person"),
        ("state", "State of the person"), ("county", "County of the person"),
        ("postal_code", "ZIP of the person"), ("source", "Source of the person"),
        ("status", "Qualification of the person"), ("tags", "Tags of the person", Kind.LIST),
        ("is_primary", "First contact of the company", Kind.BOOLEAN),
    ),
    Feature("contact.research", "Research on the person", Kind.TEXT, "ai_research_data"),
    *(
        Feature(f"contact.has_{kind}", f"Has {words}", Kind.BOOLEAN, point=kind)
        for kind, words in (
            (PointKind.EMAIL, "an e-mail address"), (PointKind.PHONE, "a phone number"),
            (PointKind.SOCIAL, "a social profile"),
        )
    ),
    *_of(
        "company",
        ("name", "Name of the company"), ("domain", "Domain"), ("kind", "Kind of company"),
        ("description", "Description"), ("industry", "Industry"),
        ("employees", "Employees", Kind.NUMBER), ("is_sme", "Small or medium", Kind.BOOLEAN),
        ("tags", "Tags of the company", Kind.LIST), ("research", "Research on the company"),
        ("city", "City of the company"), ("country", "Country of the company"),
        ("status", "Qualification of the company"), ("source", "Source of the company"),
        ("times_contacted", "Times written to", Kind.NUMBER),
        ("times_replied", "Times answered", Kind.NUMBER),
        ("response_hours", "Hours until they answer", Kind.NUMBER),
    ),
    *_of(
        "score",
        ("percent", "Score of the person, 0 to 100", Kind.NUMBER), ("tier", "Tier of the person"),
        ("fit", "Fit, 0 to 100", Kind.NUMBER),
        ("referral_capacity", "Referral capacity, 0 to 100", Kind.NUMBER),
        ("signal_strength", "Signal strength, 0 to 100", Kind.NUMBER),
    ),
]  # fmt: skip

FEATURES: Mapping[str, Feature] = {feature.name: feature for feature in _FEATURES}

# Whose features a row has: its own, and those of what it belongs to.
OWNERS: Mapping[Scored, tuple[str, ...]] = {
    Scored.LEAD: ("lead", "property", "contact", "company"),
    Scored.CONTACT: ("contact", "company"),
    Scored.COMPANY: ("company",),
}


# Rules that segment people may look at their scores, too.
SEGMENTED = (*OWNERS[Scored.CONTACT], "score")


def features_of(subject: Scored) -> list[Feature]:
    """What a model for these rows may look at, in the order pages show."""
    return [one for one in FEATURES.values() if one.owner in OWNERS[subject]]


def as_words(value: Any) -> str:
    """Research as it is kept (text, or JSON by source) as one text to be read."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "\n".join(filter(None, (as_words(part) for part in value.values())))
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, map(as_words, value)))
    return "" if value is None or isinstance(value, bool) else str(value)
