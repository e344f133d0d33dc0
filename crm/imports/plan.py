"""How a list is to be taken in: everything a person can choose about it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Plan:
    """What was chosen; what was not is understood from the list itself.

    `fields` names a field or “” for each column, in their order; `named` does so by heading, for
    some columns; `company_kind` is a CompanyKind; `profile` is the name of the profile that said
    so. `defaults` fill blank cells, by field. `country` (ISO 3166) is the region of numbers where
    nothing else tells. `keep_unknown` keeps the other columns as research. `headings` tells whether
    the list has any; None leaves it to the list.
    """

    country: str = "US"
    company_kind: str = ""
    fields: tuple[str, ...] | None = None
    named: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    keep_unknown: bool = False
    profile: str = ""
    headings: bool | None = None

    def as_data(self) -> dict[str, Any]:
        """For keeping; `read_plan` is the way back."""
        return asdict(self)


def read_plan(data: Mapping[str, Any]) -> Plan:
    """The plan that `as_data` kept."""
    values = dict(data)
    if values.get("fields") is not None:
        values["fields"] = tuple(values["fields"])
    return Plan(**values)
