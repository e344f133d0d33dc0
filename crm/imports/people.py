"""A row of a list of people as values: who, where, and every way to reach them."""

from dataclasses import asdict, dataclass, field
from typing import Any

from crm.choices import PointKind
from crm.imports import cells as read
from crm.imports import figures
from crm.imports.problems import Reason, RefusedRowError
from crm.imports.table import Row
from crm.intake import Address
from crm.models import Company

LONGEST_NAME, LONGEST_ROLE, LONGEST_COMPANY = 160, 120, 160
LONGEST_SOURCE, LONGEST_INDUSTRY = 120, 120
RARE = frozenset(
    ["county", "tags", "source", "research", "confidence", "industry", "employees", "sme"]
)
DISPOSABLE_CONFIDENCE = 0.3
NO_ADDRESS = "There is no address: fill in at least one of e-mail, phone, WhatsApp, page."


@dataclass(frozen=True, slots=True)
class Firm:
    """What a row says of a company beside its name."""

    industry: str = ""
    employees: int | None = None
    is_sme: bool | None = None

    def told(self) -> dict[str, Any]:
        """By the fields of the company, what is said at all."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None)}


@dataclass(slots=True)
class Draft:
    """One sound row; `points` is complete once the company, and so the region, is known."""

    row: Row
    cells: dict[str, str]
    name: str = ""
    role: str = ""
    language: str = ""
    timezone: str = ""
    country: str = ""
    state: str = ""
    postal_code: str = ""
    county: str = ""
    tags: list[str] = field(default_factory=list)
    source: str = ""
    research: str = ""
    confidence: float | None = None
    company_name: str = ""
    domain: str | None = None
    firm: Firm | None = None
    emails: list[str] = field(default_factory=list)
    points: list[Address] = field(default_factory=list)
    company: Company | None = None
    flags: list[RefusedRowError] = field(default_factory=list)

    @property
    def folded(self) -> str:
        """The name as names are compared."""
        return self.name.casefold()

    def keys(self) -> list[str]:
        """What no other row of the same list may have: mailbox, number with name."""
        found = [
            f"e:{email}|{self.folded}" if read.is_role_account(email) else f"e:{email}"
            for email in self.emails
        ]
        if self.folded or not self.emails:
            found += [f"p:{number}|{self.folded}" for number in self.numbers()]
        return found

    def numbers(self) -> list[str]:
        """Phone and WhatsApp numbers in E.164."""
        kinds = {PointKind.PHONE.value, PointKind.WHATSAPP.value}
        return [point.value for point in self.points if point.kind in kinds]


def read_draft(row: Row) -> Draft:
    """The row's values but its phones, which need a region; RefusedRowError names the cell."""
    if row.code is not None:
        raise RefusedRowError(row.code, row.problem, column=row.column, value=row.value)
    cells = read.clean(row.cells)
    get = cells.get
    draft = Draft(
        row,
        cells,
        name=read.short(full_name(cells), LONGEST_NAME, "name"),
        role=read.short(get("role", ""), LONGEST_ROLE, "role"),
        language=read.language(get("language", "")),
        timezone=read.time_zone(get("timezone", "")),
        country=read.country(get("country", "")),
        state=read.state(get("state", "")),
        postal_code=get("postal_code", "")[:12],
        emails=read.emails(get("email", "")),
    )
    draft.company_name = read.short(get("company", ""), LONGEST_COMPANY, "company")
    draft.domain = read.domain(get("domain", ""))
    if not draft.domain and "." in draft.company_name and " " not in draft.company_name:
        try:
            draft.domain = read.domain(draft.company_name, "company")
        except RefusedRowError:
            draft.domain = None  # a name with a dot in it, such as “S.A.”
    if not RARE.isdisjoint(cells):
        _read_rare(draft, cells)
    verified = figures.yes_or_no(get("email_verified", "")) is True
    draft.points = [
        Address(PointKind.EMAIL, one, confidence=_confidence(one, draft), verified=verified)
        for one in draft.emails
    ]
    draft.flags += _worth_a_look(draft.emails)
    return draft


def _read_rare(draft: Draft, cells: dict[str, str]) -> None:
    """What few lists have."""
    get = cells.get
    draft.county = figures.county(get("county", ""))
    draft.tags = figures.tags(get("tags", ""))
    draft.source = " ".join(get("source", "").split())[:LONGEST_SOURCE]
    draft.research = get("research", "")
    draft.confidence = figures.confidence(get("confidence", ""))
    draft.firm = read_firm(cells)


def read_firm(cells: dict[str, str]) -> Firm:
    """A company's figures."""
    return Firm(
        read.short(cells.get("industry", ""), LONGEST_INDUSTRY, "industry"),
        figures.headcount(cells.get("employees", "")),
        figures.yes_or_no(cells.get("sme", "")),
    )


def add_phones(draft: Draft, *, region: str, needs_address: bool = True) -> None:
    """Read the row's numbers as ones of `region`; see `read_draft`."""
    cells = draft.cells
    phones = read.phones(cells.get("phone", ""), region)
    lines = read.lines_of(cells.get("line_type", ""), len(phones)) if phones else []
    trust = 1.0 if draft.confidence is None else draft.confidence
    tried = figures.yes_or_no(cells.get("phone_verified", "")) is True
    for value, line in zip(phones, lines, strict=True):
        draft.points.append(Address(PointKind.PHONE, value, False, trust, line, tried))
    for value in read.phones(cells.get("whatsapp", ""), region, "whatsapp"):
        draft.points.append(Address(PointKind.WHATSAPP, value, confidence=trust, verified=tried))
    for kind in (PointKind.WEB_FORM, PointKind.SOCIAL):
        if cell := cells.get(kind, ""):
            draft.points.append(Address(kind, read.page(cell, kind)))
    if needs_address and not draft.points:
        raise RefusedRowError(Reason.NO_ADDRESS, NO_ADDRESS)


def full_name(cells: dict[str, str]) -> str:
    """The name, or its parts joined. Pure.

    A “name” beside a last name is the first name, one word beside a first name the last.
    """
    whole, last = cells.get("name", ""), cells.get("last_name", "")
    first, middle = cells.get("first_name", ""), cells.get("middle_name", "")
    one_word = len(whole.split()) == 1 and first.casefold() != whole.casefold()
    if one_word and first and not last:
        whole, last = "", whole
    parts = [first, middle, last]
    joined = " ".join(part for part in parts if part)
    if not whole:
        return joined
    is_first = last and not parts[0] and last.casefold() not in whole.casefold()
    return f"{whole} {last}" if is_first else whole


def _confidence(email: str, draft: Draft) -> float:
    told = 1.0 if draft.confidence is None else draft.confidence
    return min(told, DISPOSABLE_CONFIDENCE) if read.is_disposable(email) else told


def _worth_a_look(emails: list[str]) -> list[RefusedRowError]:
    found = []
    for email in emails:
        if read.is_disposable(email):
            words = f"{email} is a throw-away mailbox."
            found.append(RefusedRowError(Reason.DISPOSABLE, words, column="email", value=email))
        elif read.is_role_account(email):
            words = f"{email} is the mailbox of a role, not of a person."
            found.append(RefusedRowError(Reason.ROLE_ACCOUNT, words, column="email", value=email))
    return found
