"""Takes a portion of a list of companies in: one row a company, with the person to write to."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from crm.choices import CompanyKind, PointKind
from crm.errors import BadAddressError, CrmError, NoAddressError, SharedNumberError
from crm.identity import NUMBERS
from crm.imports import cells as read
from crm.imports import figures
from crm.imports.changes import shown
from crm.imports.people import full_name, read_firm
from crm.imports.portion import Changed, Portion, Run, portion_of
from crm.imports.problems import Reason, RefusedRowError
from crm.imports.table import Row
from crm.imports.tally import count
from crm.intake import Address, CompanyFacts, Person, take_in_company, take_in_vendor
from crm.models import Category, Company, Contact, ContactPoint

EXAMPLE = "name,website,country,categories,contact,email,phone"
MOST_NEW = 10  # addresses shown of one company
KINDS = tuple(kind.value for kind in PointKind)
LENGTHS = {
    "name": 160, "website": 253, "tin": 40, "registration_number": 60, "street": 200, "city": 120,
    "contact": 160, "role": 120,
}  # fmt: skip


def take_in_companies(rows: Sequence[Row], run: Run) -> Portion:
    """Create or complete a company a row; a row that cannot be taken in leaves nothing behind."""
    slugs = _slugs()
    with portion_of(run) as done:
        for row in rows:
            try:
                kind = run.plan.company_kind or kind_by(row.cells)
                facts = read_facts(row, kind, slugs, country=run.plan.country)
                with transaction.atomic():
                    _take_in(row, facts, run, done)
            except CrmError as error:
                done.rejected.append((row, _refusal(error)))
    return done


def _take_in(row: Row, facts: CompanyFacts, run: Run, done: Portion) -> None:
    own = _keys(facts)
    seen = run.seen.find(own) | {key: done.claims[key] for key in own if key in done.claims}
    for key, (column, value) in own.items():
        if key in seen:
            words = f"The same company, {value}, stands in row {seen[key]} already."
            if column in NUMBERS:
                words = (
                    f"{NUMBERS[column]} {value} stands in row {seen[key]} already, and belongs to "
                    "one company. If they are two, correct the number of one or leave it out."
                )
            raise RefusedRowError(Reason.DUPLICATE, words, column=column, value=value)
    since = timezone.now()
    take_in = take_in_vendor if facts.kind == CompanyKind.VENDOR else take_in_company
    company = take_in(facts, source=run.source[:120], actor=run.actor)
    done.claims.update(dict.fromkeys(own, row.number))
    outcome = _outcome(company, since)
    people = Contact.objects.filter(company=company, created_at__gte=since)
    done.contacts += people.count()
    if outcome == "created":
        done.companies += 1
        Company.objects.filter(pk=company.pk).update(batch=run.origin)
    people.update(batch=run.origin)
    done.count(outcome)
    for person in facts.people:
        count(done.tally, person.addresses)
    done.sample(
        outcome,
        row,
        company.name,
        lambda: _facts_shown(facts),
        lambda: _differences(company, since),
    )


def _keys(facts: CompanyFacts) -> dict[str, tuple[str, str]]:
    """What no other row of the list may have, with its column and value."""
    country = facts.country  # two countries may give the same number
    found = {
        "d:": ("website", facts.website),
        f"t:{country}:": ("tin", facts.tin),
        f"r:{country}:": ("registration_number", facts.registration_number),
    }
    return {sign + value: (column, value) for sign, (column, value) in found.items() if value}


def _differences(company: Company, since: datetime) -> Changed:
    """What this row changed, by the company's history, and the addresses that are new."""
    past = list(company.history.all()[:2])
    found: Changed = []
    if len(past) == 2 and past[0].history_date >= since:
        changes = past[0].diff_against(past[1], excluded_fields=["updated_at"]).changes
        found = [(one.field.replace("_", " "), shown(one.old), shown(one.new)) for one in changes]
    new = ContactPoint.objects.filter(contact__company=company, created_at__gte=since)
    return found + [(point.kind.replace("_", " "), "", point.value) for point in new[:MOST_NEW]]


def _facts_shown(facts: CompanyFacts) -> dict[str, Any]:
    names = ("website", "tin", "street", "city", "country", "industry", "employees")
    people = [
        f"{one.name} {one.addresses[0].value if one.addresses else ''}" for one in facts.people
    ]
    return {
        **{name.replace("tin", "tax id"): getattr(facts, name) for name in names},
        "categories": ", ".join(facts.categories), "person": ", ".join(people).strip(),
    }  # fmt: skip


def kind_by(fields: Collection[str]) -> CompanyKind:
    """What a list's companies are where nobody said: vendors can be written to, or offer something.

    `fields` are those the list has a column for. Pure.
    """
    of_vendors = {*KINDS, "categories", "preferred_channel"}
    return CompanyKind.PROSPECT if of_vendors.isdisjoint(fields) else CompanyKind.VENDOR


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
    firm = read_firm(cells)
    return CompanyFacts(
        name=cells.get("name", ""),
        kind=kind,
        website=read.domain(cells.get("website", ""), "website") or "",
        tin=cells.get("tin", ""),
        registration_number=cells.get("registration_number", ""),
        description=cells.get("description", ""),
        categories=[_slug(word, slugs) for word in read.split(cells.get("categories", ""))],
        regions=read.split(cells.get("regions", "")),
        street=cells.get("street", ""),
        city=cells.get("city", ""),
        country=where,
        timezone=read.time_zone(cells.get("timezone", "")),
        preferred_channel=channel,
        industry=firm.industry,
        employees=firm.employees,
        is_sme=firm.is_sme,
        tags=figures.tags(cells.get("tags", "")),
        research=research_in(cells, row),
        source=" ".join(cells.get("source", "").split())[:120],
        people=[person] if person.addresses or person.name else [],
    )


def research_in(cells: dict[str, str], row: Row) -> str:
    """What was found out, and the columns that have no field of their own, a line each."""
    others = (f"{name}: {cell}" for name, cell in (row.others or {}).items())
    return "\n".join([*filter(None, [cells.get("research", "")]), *others])


def addresses_in(cells: dict[str, str], country: str) -> list[Address]:
    """A row's addresses; the first of each kind is the preferred one."""
    phones = read.phones(cells.get("phone", ""), country)
    lines = read.lines_of(cells.get("line_type", ""), len(phones)) if phones else []
    mail, phone = (
        figures.yes_or_no(cells.get(f"{kind}_verified", "")) is True for kind in ("email", "phone")
    )
    found = [
        Address(PointKind.EMAIL, one, verified=mail) for one in read.emails(cells.get("email", ""))
    ]
    found += [
        Address(PointKind.PHONE, value, line_type=line, verified=phone)
        for value, line in zip(phones, lines, strict=True)
    ]
    numbers = read.phones(cells.get("whatsapp", ""), country, "whatsapp")
    found += [Address(PointKind.WHATSAPP, value) for value in numbers]
    for kind in (PointKind.WEB_FORM, PointKind.SOCIAL):
        if cell := cells.get(kind, ""):
            found.append(Address(kind, read.page(cell, kind)))
    firsts = {address.kind: n for n, address in reversed(list(enumerate(found)))}
    return [replace(one, preferred=firsts[one.kind] == n) for n, one in enumerate(found)]


def _refusal(error: CrmError) -> RefusedRowError:
    if isinstance(error, RefusedRowError):
        return error
    if isinstance(error, SharedNumberError):
        return RefusedRowError(
            Reason.SHARED_NUMBER, str(error), column=error.column, value=error.value
        )
    if isinstance(error, NoAddressError):
        return RefusedRowError(Reason.NO_ADDRESS, str(error))
    code = Reason.BAD_URL if isinstance(error, BadAddressError) else Reason.REFUSED
    return RefusedRowError(code, str(error))


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
