"""One line of the table that `make bench` prints."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """`ratio` is what is compared with `target`; `ok` None where there is nothing to reach."""

    name: str
    figure: str
    ratio: float | None = None
    target: str = ""
    ok: bool | None = None


def at_least(name: str, figure: str, ratio: float, target: float) -> Row:
    return Row(name, figure, ratio, f"≥ {target:g}", ratio >= target)


def at_most(name: str, figure: str, value: float, limit: float, unit: str) -> Row:
    return Row(name, figure, value / limit, f"≤ {limit:g} {unit}", value <= limit)
