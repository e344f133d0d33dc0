"""The only door that creates or changes companies, contacts and their addresses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from compliance import audit
from compliance.choices import LineType
from crm import lines
from crm.addresses import normalise_domain, normalise_point
from crm.choices import CompanyKind, PointKind, PointState
from crm.errors import CrmError, NoAddressError
from crm.identity import Marks, company_meant
from crm.models import Category, Company, Contact, ContactPoint
from crm.wishes import unite_wishes_of


@dataclass(frozen=True, slots=True)
class Address:
    """One address as it came in; `kind` is a PointKind."""

    kind: str
    value: str
    preferred: bool = False
    confidence: float = 1.0
    line_type: LineType = LineType.UNKNOWN  # of a phone number, if the source says
    verified: bool = False  # the source says it was tried and is right


@dataclass(frozen=True, slots=True)
class Person:
    """A person, or a role mailbox when the name is empty, with their addresses."""

    name: str = ""
    role: str = ""
    language: str = "en"
    timezone: str = ""
    addresses: Sequence[Address] = ()
    country: str = ""
    state: str = ""
    postal_code: str = ""
    county: str = ""  # of a US state; where a state has two clocks it says which


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """What is known of a company; empty values leave what is stored untouched."""

    name: str
    kind: str = CompanyKind.VENDOR
    website: str = ""
    tin: str = ""
    registration_number: str = ""
    description: str = ""
    regions: Sequence[str] = ()
    categories: Sequence[str] = ()
    street: str = ""
    city: str = ""
    country: str = ""
    timezone: str = ""
    preferred_channel: str = ""
    industry: str = ""
    employees: int | None = None
    is_sme: bool | None = None
    tags: Sequence[str] = ()
    research: str = ""
    source: str = ""
    people: Sequence[Person] = field(default_factory=tuple)


@transaction.atomic
def take_in_vendor(facts: CompanyFacts, *, source: str, actor: str) -> Company:
    """Create or complete a vendor; NoAddressError if nobody could be reached there."""
    company = take_in_company(facts, source=source, actor=actor)
    if not ContactPoint.objects.filter(contact__company=company).exists():
        raise NoAddressError(
            f"“{facts.name}” has no e-mail, phone, WhatsApp or web form. "
            "Add at least one address before using it as a vendor."
        )
    return company


@transaction.atomic
def take_in_company(facts: CompanyFacts, *, source: str, actor: str) -> Company:
    """Create the company or complete the one with the same domain, tax id or name.

    Idempotent: the same facts twice change nothing. Raises BadAddressError for what is no address
    and SharedNumberError for a tax id or registration number of another company; then nothing is
    stored.
    """
    name = " ".join(facts.name.split())
    if not name:
        raise CrmError("A company needs a name.")
    domain = _domain(facts)
    numbers = {"tin": facts.tin, "registration_number": facts.registration_number}
    company = company_meant(
        Marks(name, domain, facts.country.upper()[:2], numbers, has_website=bool(facts.website))
    )
    created = company is None
    if company and domain != company.domain:
        is_mailbox = company.domain and not facts.website
        if is_mailbox or Company.everybody.filter(domain=domain).exists():
            domain = None  # that of one merged into it goes on leading here
    company = company or Company(name=name, kind=facts.kind)
    changed = _apply(company, facts, domain)
    if created or changed:
        company.save()
        act = "company.created" if created else "company.changed"
        audit.append(act, company, actor=actor, data={"source": source, "fields": changed})
    _add_categories(company, facts.categories)
    for position, person in enumerate(facts.people):
        take_in_person(
            person, company=company, source=source, actor=actor, primary=created and position == 0
        )
    return company


def _domain(facts: CompanyFacts) -> str | None:
    if facts.website:
        return normalise_domain(facts.website)
    for person in facts.people:
        for address in person.addresses:
            if address.kind == PointKind.EMAIL:
                return normalise_domain(address.value)
    return None


def _apply(company: Company, facts: CompanyFacts, domain: str | None) -> list[str]:
    wanted: dict[str, Any] = {
        "domain": domain,
        "tin": facts.tin,
        "registration_number": facts.registration_number,
        "description": facts.description,
        "regions": list(facts.regions),
        "street": facts.street,
        "city": facts.city,
        "country": facts.country.upper()[:2],
        "timezone": facts.timezone,
        "preferred_channel": facts.preferred_channel,
        "industry": facts.industry,
        "employees": facts.employees,
        "is_sme": facts.is_sme,
        "tags": [*company.tags, *(one for one in facts.tags if one not in company.tags)],
        "research": facts.research,
        "source": company.source or facts.source,
    }
    changed = [
        name
        for name, value in wanted.items()
        if (value or value is False) and getattr(company, name) != value
    ]
    for name in changed:
        setattr(company, name, wanted[name])
    return changed


def _add_categories(company: Company, slugs: Sequence[str]) -> None:
    known = {category.slug: category for category in Category.objects.filter(slug__in=slugs)}
    unknown = sorted(set(slugs) - set(known))
    if unknown:
        raise CrmError(f"There is no category “{unknown[0]}”; use the slug shown in the list.")
    company.categories.add(*known.values())


@transaction.atomic
def take_in_person(
    person: Person, *, company: Company | None, source: str, actor: str, primary: bool = False
) -> Contact:
    """Create the person or complete the one who has one of the addresses, or the same name.

    Who belongs to no company (a home owner) is known by their addresses alone.
    """
    country = person.country or (company.country if company else "")
    values = [
        (address, normalise_point(address.kind, address.value, country=country))
        for address in person.addresses
    ]
    contact = _known_person(company, person, [value for _, value in values])
    if contact is None:
        contact = Contact.objects.create(
            company=company,
            language=person.language,
            is_primary=primary,
            **_own_words(person),
        )
        audit.append("contact.created", contact, actor=actor, data={"source": source})
    else:
        _complete(contact, person)
    new = [_put_point(contact, address, value, source) for address, value in values]
    if any(new):
        unite_wishes_of([contact.pk], actor=actor)
    for address, value in values:
        if address.kind == PointKind.PHONE:
            lines.learn(value, address.line_type, actor=actor, reason=f"said by {source}")
    return contact


@transaction.atomic
def add_address(contact: Contact, address: Address, *, source: str, actor: str) -> ContactPoint:
    """Give a person one more address; the same one twice changes nothing.

    Raises BadAddressError for what is none, CrmError for a person who was erased, or where the
    address is that of somebody else at the same company.
    """
    if contact.erased_at:
        raise CrmError("This person was erased: nothing is kept of them any more.")
    value = normalise_point(address.kind, address.value, country=contact.country or "US")
    held = ContactPoint.objects.filter(kind=address.kind, value=value)
    if contact.company_id:
        other = held.filter(contact__company=contact.company_id).exclude(contact=contact).first()
        if other is not None:
            raise CrmError(f"This is the address of {other.contact}.")
    known = held.filter(contact=contact).first()
    if known is not None:
        return known
    _put_point(contact, address, value, source)
    unite_wishes_of([contact.pk], actor=actor)
    audit.append("contact.address_added", contact, actor=actor, data={"source": source})
    return held.get(contact=contact)


COMPANY_COLUMNS = frozenset(
    {"name", "kind", "domain", "tin", "registration_number", "description", "regions", "street",
     "city", "country", "timezone", "preferred_channel", "active", "industry", "employees",
     "is_sme", "status", "tags", "source"}
)  # fmt: skip
PERSON_COLUMNS = frozenset(
    {"name", "role", "language", "timezone", "country", "state", "postal_code", "county", "status",
     "tags", "source", "company"}
)  # fmt: skip


@transaction.atomic
def change_company(company: Company, changes: Mapping[str, Any], *, actor: str) -> Company:
    """Write what is otherwise than stored; `changes` are of COMPANY_COLUMNS, or `categories` slugs.

    The same changes twice change nothing. Raises Django's ValidationError for values that cannot
    be, CrmError for a domain that another company has or an unknown category.
    """
    wanted = dict(changes)
    slugs = wanted.pop("categories", None)
    if wanted.get("domain"):
        wanted["domain"] = normalise_domain(wanted["domain"])
        other = Company.objects.filter(domain=wanted["domain"]).exclude(pk=company.pk).first()
        if other is not None:
            raise CrmError(f"{wanted['domain']} is the domain of “{other}”.")
    elif "domain" in wanted:
        wanted["domain"] = None
    changed = _overwrite(company, wanted, COMPANY_COLUMNS)
    if slugs is not None and set(slugs) != set(company.categories.values_list("slug", flat=True)):
        company.categories.clear()
        _add_categories(company, slugs)
        changed.append("categories")
    if changed:
        audit.append("company.changed", company, actor=actor, data={"fields": changed})
    return company


@transaction.atomic
def change_person(
    contact: Contact,
    changes: Mapping[str, Any],
    *,
    actor: str,
    addresses: Sequence[Address] = (),
    source: str = "",
) -> Contact:
    """Write what is otherwise than stored; `changes` are of PERSON_COLUMNS, empty ones too.

    `addresses` are added. The same changes twice change nothing. Raises Django's ValidationError
    for values that cannot be, CrmError for a person who was erased.
    """
    if contact.erased_at:
        raise CrmError("This person was erased: nothing is kept of them any more.")
    changed = _overwrite(contact, changes, PERSON_COLUMNS)
    if changed:
        audit.append("contact.changed", contact, actor=actor, data={"fields": changed})
    for address in addresses:
        add_address(contact, address, source=source, actor=actor)
    return contact


def _overwrite(
    row: Company | Contact, wanted: Mapping[str, Any], known: frozenset[str]
) -> list[str]:
    """Lock, compare, check and save; returns the columns that changed."""
    type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    row.refresh_from_db()
    changed = sorted(n for n, value in wanted.items() if n in known and getattr(row, n) != value)
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        names = {one.name for one in row._meta.concrete_fields}
        row.clean_fields(exclude=names - set(changed))
        row.save(update_fields=[*changed, "updated_at"])
    return changed


def _known_person(company: Company | None, person: Person, values: list[str]) -> Contact | None:
    at_company = Contact.objects.filter(company=company)
    by_address = at_company.filter(points__value__in=values).first() if values else None
    name = person.name.strip() if company else ""
    return by_address or (at_company.filter(name__iexact=name).first() if name else None)


def _own_words(person: Person) -> dict[str, str]:
    """What is said of them and their place, by the fields of a contact."""
    return {
        "name": person.name.strip(),
        "role": person.role.strip(),
        "timezone": person.timezone,
        "country": person.country.upper()[:2],
        "state": person.state.upper()[:2],
        "postal_code": person.postal_code.strip()[:12],
        "county": " ".join(person.county.split())[:80],
    }


def _complete(contact: Contact, person: Person) -> None:
    wanted = _own_words(person)
    changed = [n for n, value in wanted.items() if value and not getattr(contact, n)]
    for name in changed:
        setattr(contact, name, wanted[name])
    if changed:
        contact.save(update_fields=[*changed, "updated_at"])


def _put_point(contact: Contact, address: Address, value: str, source: str) -> bool:
    """Whether the address is new to this person."""
    points = ContactPoint.objects.filter(contact=contact, kind=address.kind)
    if address.preferred:
        points.exclude(value=value).filter(preferred=True).update(preferred=False)
    point, created = points.get_or_create(
        value=value,
        defaults={
            "contact": contact,
            "kind": address.kind,
            "source": source,
            "confidence": address.confidence,
            "preferred": address.preferred,
            "state": PointState.VERIFIED if address.verified else PointState.UNVERIFIED,
        },
    )
    if created:
        return True
    if address.preferred and not point.preferred:
        point.preferred = True
        point.save(update_fields=["preferred"])
    if address.verified and point.state == PointState.UNVERIFIED:
        point.state = PointState.VERIFIED
        point.save(update_fields=["state"])
    return False
