"""Columns without headings, understood by what stands in them: only where it is plain."""

import re
from collections.abc import Callable, Mapping, Sequence

from crm.imports.cells import country
from crm.imports.columns import SEVERAL
from crm.imports.problems import RefusedRowError

MOST = 0.6  # of a column's cells must look alike
SOME = 0.3  # of the names must stand in the mailbox beside them
EMAIL = re.compile(r"\S+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"\+?[\d\s().-]{7,20}")
DOMAIN = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,24}/?", re.IGNORECASE)
ROLE = re.compile(
    r"\b(?:c[efimot]o|manager|director|head|chief|president|engineer|founder|owner|sales|partner|"
    r"gerente|jefe|директор|менеджер|начальник|руководитель|инженер)\b",
    re.IGNORECASE,
)
Column = Sequence[str]


def guess_fields(rows: Sequence[Sequence[str]], fields: Mapping[str, str]) -> list[str]:
    """A field or “” for each column; all blank where no column holds addresses. Pure."""
    width = max(map(len, rows), default=0)
    columns = [[row[n].strip() if n < len(row) else "" for row in rows] for n in range(width)]
    found = [_by_shape(column) for column in columns]
    if not {"email", "phone"} & set(found):
        return [""] * width
    hosts = [_hosts(columns, found, n) for n in range(len(rows))]
    for n, column in enumerate(columns):
        if found[n] or not any(column):
            continue
        if _overlap(column, [host.partition("@")[0] for host in hosts]):
            found[n] = "name"
        elif _overlap(column, [host.partition("@")[2] for host in hosts]):
            found[n] = "company"
        elif _share(column, lambda cell: bool(ROLE.search(cell))):
            found[n] = "role"
    once = {one: n for n, one in reversed(list(enumerate(found)))}
    return [
        one if one in fields and (one in SEVERAL or once[one] == n) else ""
        for n, one in enumerate(found)
    ]


def _by_shape(column: Column) -> str:
    if _share(column, lambda cell: bool(EMAIL.fullmatch(cell))):
        return "email"
    if _share(column, _is_phone):
        return "phone"
    if _share(column, lambda cell: bool(DOMAIN.fullmatch(cell))):
        return "domain"
    return "country" if _share(column, _is_country) else ""


def _is_phone(cell: str) -> bool:
    is_date = re.fullmatch(r"\d{4}-\d\d-\d\d|\d\d[.-]\d\d[.-]\d{4}", cell)
    return bool(PHONE.fullmatch(cell)) and not is_date and len(re.sub(r"\D", "", cell)) >= 7


def _is_country(cell: str) -> bool:
    try:
        return bool(country(cell))
    except RefusedRowError:
        return False


def _share(column: Column, is_one: Callable[[str], bool]) -> bool:
    told = [cell for cell in column if cell]
    return bool(told) and sum(map(is_one, told)) >= MOST * len(told)


def _hosts(columns: Sequence[Column], found: Sequence[str], row: int) -> str:
    """The row's mailbox and, behind the sign, its domain."""
    cells = [columns[n][row] for n, one in enumerate(found) if one == "email"]
    domains = [columns[n][row] for n, one in enumerate(found) if one == "domain"]
    local, _, host = (cells[0] if cells else "").lower().partition("@")
    return f"{local}@{host} {' '.join(domains).lower()}"


def _overlap(column: Column, beside: Sequence[str]) -> bool:
    """Whether words of the cells stand in what is beside them."""
    told = [(cell, other) for cell, other in zip(column, beside, strict=True) if cell]
    hits = sum(
        any(len(word) > 2 and word in other for word in re.findall(r"\w+", cell.lower()))
        for cell, other in told
    )
    return bool(told) and hits >= SOME * len(told)
