"""The address columns of a list: one a kind, several addresses in a cell set apart by “;”.

`line_type` says what the row's phone numbers are, one word for all of them or one each.
"""

from compliance.choices import LineType
from crm.choices import PointKind
from crm.errors import CrmError
from crm.imports.table import split
from crm.intake import Address
from crm.lines import read_line_type

LINE_COLUMN = "line_type"
KINDS = tuple(kind.value for kind in PointKind)


def addresses_in(cells: dict[str, str]) -> list[Address]:
    """A row's addresses; the first of each kind is the preferred one.

    Raises CrmError for a `line_type` that does not tell what the row's phones are.
    """
    found = []
    for kind in KINDS:
        cell = cells.get(kind, "")
        # The address of a page may hold the very signs that set addresses apart.
        values = [cell] if kind == PointKind.WEB_FORM and cell else split(cell)
        said = cells.get(LINE_COLUMN, "") if kind == PointKind.PHONE else ""
        lines = _lines(said, len(values))
        found += [
            Address(kind, value, preferred=n == 0, line_type=lines[n])
            for n, value in enumerate(values)
        ]
    return found


def _lines(said: str, phones: int) -> list[LineType]:
    words = split(said) or ["unknown"]
    if len(words) not in {1, phones}:
        raise CrmError(
            f"“{LINE_COLUMN}” names {len(words)} lines for {phones} phone numbers; write one for "
            "all, or one each."
        )
    lines = []
    for word in words:
        line = read_line_type(word)
        if line is None:
            raise CrmError(
                f"There is no line “{word[:40]}”; use mobile, landline, voip or unknown."
            )
        lines.append(line)
    return lines if len(lines) == phones else lines * phones
