"""Takes a list of people in: one row a person, at a company that is already known."""

from datetime import datetime
from pathlib import Path

from django.utils import timezone

from crm.addresses import normalise_domain
from crm.errors import CrmError
from crm.imports.addresses import KINDS, LINE_COLUMN, addresses_in
from crm.imports.report import Report
from crm.imports.run import Progress, check_cells, run
from crm.imports.table import Line
from crm.intake import Person, take_in_person
from crm.models import Company, Contact, ContactPoint

COLUMNS = ("company", "name", "role", "language", "timezone", *KINDS, LINE_COLUMN)
LENGTHS = {"name": 160, "role": 120, "language": 8, "timezone": 64, "web_form": 500}


def import_contacts(
    path: Path,
    *,
    actor: str,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Create or complete a contact a row; see `crm.imports.companies.import_companies`."""

    def take_in(line: Line) -> str:
        return _take_in(line, source=path.name, actor=actor)

    return run(
        path, take_in, columns=COLUMNS, required=("company",), dry_run=dry_run, progress=progress
    )


def _take_in(line: Line, *, source: str, actor: str) -> str:
    cells = line.cells
    check_cells(cells, LENGTHS)
    addresses = addresses_in(cells)
    if not addresses:
        raise CrmError("There is no address: fill in at least one of " + ", ".join(KINDS) + ".")
    person = Person(
        name=cells.get("name", ""),
        role=cells.get("role", ""),
        language=cells.get("language") or "en",
        timezone=cells.get("timezone", ""),
        addresses=addresses,
    )
    since = timezone.now()
    company = find_company(cells["company"])
    contact = take_in_person(person, company=company, source=source[:120], actor=actor)
    return _outcome(contact, since)


def find_company(words: str) -> Company:
    """The company by domain or by its whole name; raises CrmError if none or several match."""
    domain = normalise_domain(words) if "." in words else None
    if domain and (company := Company.objects.filter(domain=domain).first()):
        return company
    found = list(Company.objects.filter(name__iexact=" ".join(words.split()))[:2])
    if not found:
        raise CrmError(f"There is no company “{words[:100]}”; import companies first.")
    if len(found) > 1:
        raise CrmError(f"Several companies are called “{words[:100]}”; give the domain.")
    return found[0]


def _outcome(contact: Contact, since: datetime) -> str:
    if contact.created_at >= since:
        return "created"
    new_point = ContactPoint.objects.filter(contact=contact, created_at__gte=since)
    return "updated" if contact.updated_at >= since or new_point.exists() else "unchanged"
