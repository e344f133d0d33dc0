"""Which value of two records one of them keeps: chosen by a person, else whatever says something.

Pure: rows in, values out.
"""

from collections.abc import Collection
from typing import Any

from crm.choices import Qualification
from crm.models import Company, Contact

CONTACT_FIELDS = (
    "name", "role", "company", "language", "timezone", "country", "state", "postal_code", "county",
    "status", "source",
)  # fmt: skip
COMPANY_FIELDS = (
    "name", "kind", "domain", "tin", "registration_number", "description", "industry", "employees",
    "is_sme", "street", "city", "country", "timezone", "preferred_channel", "status", "source",
    "active",
)  # fmt: skip
Row = Contact | Company


def fields_of(row: Row) -> tuple[str, ...]:
    """The fields of which one value must be chosen, in the order of the page."""
    return CONTACT_FIELDS if isinstance(row, Contact) else COMPANY_FIELDS


def from_merged_by_default(survivor: Row, merged: Row) -> frozenset[str]:
    """Where the merged one's value is kept unless somebody chooses: the survivor says nothing."""
    return frozenset(
        name for name in fields_of(survivor) if _says(merged, name) and not _says(survivor, name)
    )


def values_to_keep(survivor: Row, merged: Row, taken: Collection[str]) -> dict[str, Any]:
    """The survivor's fields as they are to be: `taken` names those of the merged one.

    What both may have at once (tags, research, notes, regions, counts) is put together.
    """
    chosen = {name: getattr(merged, name) for name in fields_of(survivor) if name in taken}
    chosen["tags"] = _both(survivor.tags, merged.tags)
    chosen["ai_research_data"] = _findings(survivor.ai_research_data, merged.ai_research_data)
    if isinstance(survivor, Contact) and isinstance(merged, Contact):
        chosen["is_primary"] = survivor.is_primary or merged.is_primary
    elif isinstance(survivor, Company) and isinstance(merged, Company):
        chosen |= _of_companies(survivor, merged)
    return chosen


def _of_companies(survivor: Company, merged: Company) -> dict[str, Any]:
    # Empty regions mean everywhere: what is narrower would be wrong of whoever serves all.
    everywhere = not survivor.regions or not merged.regions
    hours = [one for one in (survivor.response_hours, merged.response_hours) if one is not None]
    return {
        "regions": [] if everywhere else _both(survivor.regions, merged.regions),
        "notes": _texts(survivor.notes, merged.notes),
        "research": _texts(survivor.research, merged.research),
        "times_contacted": survivor.times_contacted + merged.times_contacted,
        "times_replied": survivor.times_replied + merged.times_replied,
        "response_hours": sum(hours) / len(hours) if hours else None,
    }


def _says(row: Row, name: str) -> bool:
    value = getattr(row, name)
    return value is not None and value not in ("", Qualification.NEW)


def _both(one: list[Any], other: list[Any]) -> list[Any]:
    return [*one, *(item for item in other if item not in one)]


def _findings(own: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """What was found out about both, also where both have findings under one name (lists do)."""
    both = {**other, **own}
    for name in own.keys() & other.keys():
        if isinstance(own[name], dict) and isinstance(other[name], dict):
            both[name] = _findings(own[name], other[name])
    return both


def _texts(one: str, other: str) -> str:
    if not other.strip() or other.strip() in one:
        return one
    return f"{one.rstrip()}\n\n{other}" if one.strip() else other
