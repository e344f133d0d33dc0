"""The address columns of a list: one a kind, several addresses in a cell set apart by “;”."""

from crm.choices import PointKind
from crm.imports.table import split
from crm.intake import Address

KINDS = tuple(kind.value for kind in PointKind)


def addresses_in(cells: dict[str, str]) -> list[Address]:
    """A row's addresses; the first of each kind is the preferred one."""
    found = []
    for kind in KINDS:
        cell = cells.get(kind, "")
        # The address of a page may hold the very signs that set addresses apart.
        values = [cell] if kind == PointKind.WEB_FORM and cell else split(cell)
        found += [Address(kind, value, preferred=n == 0) for n, value in enumerate(values)]
    return found
