"""Takes a list of companies in: one row a company, with the person to write to."""

from datetime import datetime
from pathlib import Path

from django.utils import timezone

from crm.choices import CompanyKind
from crm.errors import CrmError
from crm.imports.addresses import KINDS, LINE_COLUMN, addresses_in
from crm.imports.report import Report
from crm.imports.run import Progress, check_cells, run
from crm.imports.table import Line, split
from crm.intake import CompanyFacts, Person, take_in_company, take_in_vendor
from crm.models import Category, Company, ContactPoint

COLUMNS = (
    "name", "website", "tin", "registration_number", "description", "categories", "regions",
    "city", "country", "timezone", "preferred_channel", "contact", "role", "language", *KINDS,
    LINE_COLUMN,
)  # fmt: skip
LENGTHS = {
    "name": 160, "website": 253, "tin": 40, "registration_number": 60, "city": 120,
    "country": 2, "timezone": 64, "contact": 160, "role": 120, "language": 8, "web_form": 500,
}  # fmt: skip


def import_companies(
    path: Path,
    *,
    kind: str = CompanyKind.VENDOR,
    actor: str,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Create or complete a company a row; a row that cannot be taken in leaves nothing behind.

    `dry_run` does everything and keeps nothing. Raises BadFileError for a file that is no table.
    """
    slugs = _slugs()

    def take_in(line: Line) -> str:
        return _take_in(line, kind, slugs, source=path.name, actor=actor)

    return run(
        path, take_in, columns=COLUMNS, required=("name",), dry_run=dry_run, progress=progress
    )


def _take_in(line: Line, kind: str, slugs: dict[str, str], *, source: str, actor: str) -> str:
    facts = read_facts(line.cells, kind, slugs)
    since = timezone.now()
    take_in = take_in_vendor if kind == CompanyKind.VENDOR else take_in_company
    company = take_in(facts, source=source[:120], actor=actor)
    return _outcome(company, since)


def read_facts(cells: dict[str, str], kind: str, slugs: dict[str, str]) -> CompanyFacts:
    """One row as facts; raises CrmError naming the cell that cannot be used."""
    check_cells(cells, LENGTHS)
    channel = cells.get("preferred_channel", "").lower().replace("-", "").replace(" ", "_")
    if channel and channel not in KINDS:
        raise CrmError(f"There is no channel “{channel}”; use {', '.join(KINDS)}.")
    addresses = addresses_in(cells)
    person = Person(
        name=cells.get("contact", ""),
        role=cells.get("role", ""),
        language=cells.get("language") or "en",
        addresses=addresses,
    )
    return CompanyFacts(
        name=cells.get("name", ""),
        kind=kind,
        website=cells.get("website", ""),
        tin=cells.get("tin", ""),
        registration_number=cells.get("registration_number", ""),
        description=cells.get("description", ""),
        categories=[_slug(word, slugs) for word in split(cells.get("categories", ""))],
        regions=split(cells.get("regions", "")),
        city=cells.get("city", ""),
        country=cells.get("country", ""),
        timezone=cells.get("timezone", ""),
        preferred_channel=channel,
        people=[person] if addresses or person.name else [],
    )


def _slugs() -> dict[str, str]:
    """Categories by slug and by name, both in lower case."""
    rows = Category.objects.values_list("slug", "name")
    return {key.lower(): slug for slug, name in rows for key in (slug, name)}


def _slug(word: str, slugs: dict[str, str]) -> str:
    slug = slugs.get(word.lower()) or slugs.get(word.lower().replace(" ", "_"))
    if slug is None:
        raise CrmError(
            f"There is no category “{word}”; there are: {', '.join(sorted(set(slugs.values())))}."
        )
    return slug


def _outcome(company: Company, since: datetime) -> str:
    if company.created_at >= since:
        return "created"
    new_point = ContactPoint.objects.filter(contact__company=company, created_at__gte=since)
    return "updated" if company.updated_at >= since or new_point.exists() else "unchanged"
