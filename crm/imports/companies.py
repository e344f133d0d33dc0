"""Takes a list of companies in: one row a company, with the person to write to."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from crm.choices import CompanyKind, PointKind
from crm.errors import BadAddressError, CrmError, NoAddressError
from crm.imports import cells as read
from crm.imports.batches import begin, finish, note
from crm.imports.columns import COMPANY_FIELDS
from crm.imports.contacts import Progress, begin_report
from crm.imports.people import full_name
from crm.imports.problems import BadFileError, Reason, RefusedRowError
from crm.imports.report import Report
from crm.imports.table import Row, open_table
from crm.intake import Address, CompanyFacts, Person, take_in_company, take_in_vendor
from crm.models import Category, Company, Contact, ContactPoint, ImportBatch
from crm.models.imported import ImportKind

EXAMPLE = "name,website,country,categories,contact,email,phone"
KINDS = tuple(kind.value for kind in PointKind)
LENGTHS = {
    "name": 160, "website": 253, "tin": 40, "registration_number": 60, "city": 120,
    "contact": 160, "role": 120,
}  # fmt: skip


def import_companies(
    path: Path,
    *,
    kind: str = CompanyKind.VENDOR,
    actor: str,
    country: str = "US",
    session_key: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Create or complete a company a row; a row that cannot be taken in leaves nothing behind.

    `country` (ISO 3166) is the region of phone numbers where the row names none; `dry_run` does
    everything and keeps nothing. Raises BadFileError for a file that is no table.
    """
    table = open_table(path, COMPANY_FIELDS, example=EXAMPLE)
    if "name" not in table.fields:
        raise BadFileError(f"The column “name” is missing. A good first line is {EXAMPLE}.")
    report = begin_report(table)
    batch = None
    if not dry_run:
        batch = begin(path, table, ImportKind.COMPANIES, session_key=session_key, actor=actor)
        report.session_key, report.batch_id = batch.session_key, batch.batch_id
    slugs, firsts = _slugs(), dict[str, int]()
    for row in table.rows:
        report.read += 1
        counts = {"read": 1}
        try:
            facts = read_facts(row, kind, slugs, country=country)
            with transaction.atomic():
                source = path.name[:120]
                outcome = _take_in(row, facts, firsts, batch, source=source, actor=actor)
                if batch:
                    note(batch, {**counts, outcome: 1}, [])
                transaction.set_rollback(dry_run)
            report.count(outcome)
        except CrmError as error:
            refusal = (
                error if isinstance(error, RefusedRowError)
                else RefusedRowError(_code(error), str(error))
            )  # fmt: skip
            report.reject(row, refusal)
            if batch:
                note(batch, {**counts, "rejected": 1}, [(row, refusal)])
        if progress:
            progress(report.read, max(table.about - 1, report.read))
    if batch:
        finish(batch, actor=actor)
    return report


def _take_in(
    row: Row,
    facts: CompanyFacts,
    firsts: dict[str, int],
    batch: ImportBatch | None,
    *,
    source: str,
    actor: str,
) -> str:
    own = [f"d:{facts.website}"] if facts.website else []
    own += [f"t:{facts.tin}"] if facts.tin else []
    for key in own:
        if key in firsts:
            words = f"The same company, {key[2:]}, stands in row {firsts[key]} already."
            raise RefusedRowError(Reason.DUPLICATE, words, value=key[2:])
    since = timezone.now()
    take_in = take_in_vendor if facts.kind == CompanyKind.VENDOR else take_in_company
    company = take_in(facts, source=source, actor=actor)
    firsts.update(dict.fromkeys(own, row.number))
    outcome = _outcome(company, since)
    if batch and outcome == "created":
        Company.objects.filter(pk=company.pk).update(batch=batch)
        Contact.objects.filter(company=company, created_at__gte=since).update(batch=batch)
    return outcome


def read_facts(row: Row, kind: str, slugs: dict[str, str], *, country: str) -> CompanyFacts:
    """One row as facts; RefusedRowError names the cell that cannot be used."""
    if row.code is not None:
        raise RefusedRowError(row.code, row.problem, column=row.column, value=row.value)
    cells = read.clean(row.cells)
    for column, length in LENGTHS.items():
        read.short(cells.get(column, ""), length, column)
    channel = cells.get("preferred_channel", "").lower().replace("-", "").replace(" ", "_")
    if channel and channel not in KINDS:
        raise CrmError(f"There is no channel “{channel}”; use {', '.join(KINDS)}.")
    where = read.country(cells.get("country", ""))
    contact = full_name({**cells, "name": cells.get("contact", "")})
    person = Person(
        name=read.short(contact, LENGTHS["contact"], "contact"),
        role=cells.get("role", ""),
        language=read.language(cells.get("language", "")) or "en",
        addresses=addresses_in(cells, where or country),
    )
    return CompanyFacts(
        name=cells.get("name", ""),
        kind=kind,
        website=read.domain(cells.get("website", ""), "website") or "",
        tin=cells.get("tin", ""),
        registration_number=cells.get("registration_number", ""),
        description=cells.get("description", ""),
        categories=[_slug(word, slugs) for word in read.split(cells.get("categories", ""))],
        regions=read.split(cells.get("regions", "")),
        city=cells.get("city", ""),
        country=where,
        timezone=read.time_zone(cells.get("timezone", "")),
        preferred_channel=channel,
        people=[person] if person.addresses or person.name else [],
    )


def addresses_in(cells: dict[str, str], country: str) -> list[Address]:
    """A row's addresses; the first of each kind is the preferred one."""
    phones = read.phones(cells.get("phone", ""), country)
    lines = read.lines_of(cells.get("line_type", ""), len(phones)) if phones else []
    found = [Address(PointKind.EMAIL, value) for value in read.emails(cells.get("email", ""))]
    found += [
        Address(PointKind.PHONE, value, line_type=line)
        for value, line in zip(phones, lines, strict=True)
    ]
    numbers = read.phones(cells.get("whatsapp", ""), country, "whatsapp")
    found += [Address(PointKind.WHATSAPP, value) for value in numbers]
    for kind in (PointKind.WEB_FORM, PointKind.SOCIAL):
        if cell := cells.get(kind, ""):
            found.append(Address(kind, read.page(cell, kind)))
    firsts = {address.kind: n for n, address in reversed(list(enumerate(found)))}
    return [
        Address(one.kind, one.value, firsts[one.kind] == n, one.confidence, one.line_type)
        for n, one in enumerate(found)
    ]


def _code(refusal: CrmError) -> Reason:
    if isinstance(refusal, NoAddressError):
        return Reason.NO_ADDRESS
    return Reason.BAD_URL if isinstance(refusal, BadAddressError) else Reason.REFUSED


def _slugs() -> dict[str, str]:
    """Categories by slug and by name, both in lower case."""
    rows = Category.objects.values_list("slug", "name")
    return {key.lower(): slug for slug, name in rows for key in (slug, name)}


def _slug(word: str, slugs: dict[str, str]) -> str:
    slug = slugs.get(word.lower()) or slugs.get(word.lower().replace(" ", "_"))
    if slug is None:
        words = (
            f"There is no category “{word}”; there are: {', '.join(sorted(set(slugs.values())))}."
        )
        raise RefusedRowError(Reason.REFUSED, words, column="categories", value=word)
    return slug


def _outcome(company: Company, since: datetime) -> str:
    if company.created_at >= since:
        return "created"
    new_point = ContactPoint.objects.filter(contact__company=company, created_at__gte=since)
    return "updated" if company.updated_at >= since or new_point.exists() else "unchanged"
