"""The fields crm itself offers: people, their companies, their leads and properties."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from babel import Locale
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from crm.choices import CompanyKind, LeadStatus, PointKind, PointState, Qualification
from crm.models import Category, Company, Contact, ContactPoint, Lead
from crm.segments.fields import MOST_OFFERED, Choices, Field, Kind, Reach, Source, fixed

CONTACT = Source("contact", "Person")
COMPANY = Source("company", "Company", prefix="company’s ")
CATEGORIES = Source("categories", "Company", Reach.ANY, lambda: Contact.objects.all(), "pk")
ADDRESSES = Source("addresses", "Person", Reach.ANY, lambda: ContactPoint.objects.all())
OF_LEAD = "has a lead whose"
LEAD = Source("lead", "Lead", Reach.SAME, lambda: Lead.objects.all(), phrase=OF_LEAD)
PROPERTY = Source(
    "lead", "Property", Reach.SAME, lambda: Lead.objects.all(), phrase=OF_LEAD,
    prefix="property’s ",
)  # fmt: skip
LEADS = Source("leads", "Lead", Reach.ANY, lambda: Lead.objects.all())


@cache
def countries() -> Choices:
    """Every country by its ISO code and English name."""
    names = Locale("en").territories
    return fixed(sorted(
        ((code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()),
        key=lambda pair: pair[1],
    ))  # fmt: skip


def rows_as_choices(
    rows: Callable[[], "QuerySet[Any]"], key: str, name: str, *, by_uuid: bool = False
) -> Choices:
    """Choices that are rows: told by `name`, stored by `key`."""

    def search(typed: str) -> list[tuple[str, str]]:
        asked = Q(**{f"{name}__icontains": typed}) if typed else Q()
        found = rows().filter(asked).values_list(key, name)[:MOST_OFFERED]
        return [(str(value), str(label)) for value, label in found]

    def labels(values: Sequence[str]) -> dict[str, str]:
        sound = [one for one in values if not by_uuid or _is_uuid(one)]
        found = rows().filter(**{f"{key}__in": sound}).values_list(key, name)
        return {str(value): str(label) for value, label in found}

    return Choices(search, labels)


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def standing_in(model: Any, column: str) -> Callable[[str], list[str]]:
    """Offers what stands in a text column, the commonest spelling of each first typed letters."""

    def suggest(typed: str) -> list[str]:
        rows = model.objects.filter(**{f"{column}__istartswith": typed}).exclude(**{column: ""})
        return list(rows.order_by(column).values_list(column, flat=True).distinct()[:MOST_OFFERED])

    return suggest


def tags_of(model: Any) -> Callable[[str], list[str]]:
    """Offers tags that begin like this, from a sample of the rows that have some."""

    def suggest(typed: str) -> list[str]:
        rows = model.objects.exclude(tags=[]).order_by("-updated_at")
        held = {tag for tags in rows.values_list("tags", flat=True)[:2000] for tag in tags}
        part = typed.casefold()
        return sorted(tag for tag in held if str(tag).casefold().startswith(part))[:MOST_OFFERED]

    return suggest


def _usable(kind: PointKind) -> Callable[[], "QuerySet[Any]"]:
    return lambda: ContactPoint.objects.filter(kind=kind).exclude(state=PointState.UNDELIVERABLE)


def _of_people() -> list[Field]:
    status = fixed(Qualification.choices)
    return [
        Field("contact.role", "position", Kind.TEXT, CONTACT, "role",
              first="word", suggest=standing_in(Contact, "role")),
        Field("contact.name", "name", Kind.TEXT, CONTACT, "name"),
        Field("contact.country", "country", Kind.CHOICE, CONTACT, "country", choices=countries()),
        Field("contact.state", "US state", Kind.TEXT, CONTACT, "state"),
        Field("contact.county", "county", Kind.TEXT, CONTACT, "county",
              suggest=standing_in(Contact, "county")),
        Field("contact.postal_code", "ZIP code", Kind.TEXT, CONTACT, "postal_code"),
        Field("contact.language", "language", Kind.TEXT, CONTACT, "language"),
        Field("contact.status", "qualification", Kind.CHOICE, CONTACT, "status", choices=status),
        Field("contact.tags", "tags", Kind.TAGS, CONTACT, "tags", suggest=tags_of(Contact)),
        Field("contact.source", "source", Kind.TEXT, CONTACT, "source",
              suggest=standing_in(Contact, "source")),
        Field("contact.import", "import’s session", Kind.TEXT, CONTACT, "batch__session_key"),
        Field("contact.primary", "main person", Kind.BOOL, CONTACT, "is_primary",
              yes="is the company’s main person", no="is not the company’s main person"),
        Field("contact.added", "added", Kind.DATE, CONTACT, "created_at"),
        Field("contact.email", "e-mail address", Kind.BOOL, ADDRESSES, "pk",
              rows=_usable(PointKind.EMAIL), yes="has an e-mail address that works",
              no="has no e-mail address that works"),
        Field("contact.phone", "phone number", Kind.BOOL, ADDRESSES, "pk",
              rows=_usable(PointKind.PHONE), yes="has a phone number", no="has no phone number"),
    ]  # fmt: skip


def _of_companies() -> list[Field]:
    categories = rows_as_choices(lambda: Category.objects.order_by("name"), "slug", "name")
    return [
        Field("company.industry", "industry", Kind.TEXT, COMPANY, "company__industry",
              suggest=standing_in(Company, "industry")),
        Field("company.country", "country", Kind.CHOICE, COMPANY, "company__country",
              choices=countries()),
        Field("company.city", "city", Kind.TEXT, COMPANY, "company__city",
              suggest=standing_in(Company, "city")),
        Field("company.employees", "employees", Kind.NUMBER, COMPANY, "company__employees"),
        Field("company.sme", "small or medium", Kind.BOOL, COMPANY, "company__is_sme",
              yes="company is small or medium", no="company is not small or medium"),
        Field("company.kind", "kind", Kind.CHOICE, COMPANY, "company__kind",
              choices=fixed(CompanyKind.choices)),
        Field("company.status", "qualification", Kind.CHOICE, COMPANY, "company__status",
              choices=fixed(Qualification.choices)),
        Field("company.category", "category", Kind.CHOICE, CATEGORIES,
              "company__categories__slug", choices=categories,
              yes="company offers {}", no="company does not offer {}"),
        Field("company.tags", "tags", Kind.TAGS, COMPANY, "company__tags",
              suggest=tags_of(Company)),
        Field("company.name", "name", Kind.TEXT, COMPANY, "company__name",
              suggest=standing_in(Company, "name")),
        Field("company.domain", "domain", Kind.TEXT, COMPANY, "company__domain"),
        Field("company.source", "source", Kind.TEXT, COMPANY, "company__source",
              suggest=standing_in(Company, "source")),
        Field("company.active", "active", Kind.BOOL, COMPANY, "company__active",
              yes="company is active", no="company is not active"),
    ]  # fmt: skip


def _of_leads() -> list[Field]:
    people = rows_as_choices(
        lambda: User.objects.filter(is_staff=True).order_by("username"), "username", "username"
    )
    return [
        Field("lead.any", "lead", Kind.BOOL, LEADS, "pk", yes="has a lead", no="has no lead"),
        Field("lead.status", "status", Kind.CHOICE, LEAD, "status",
              choices=fixed(LeadStatus.choices)),
        Field("lead.score", "score", Kind.NUMBER, LEAD, "score"),
        Field("lead.tier", "tier", Kind.TEXT, LEAD, "tier", suggest=standing_in(Lead, "tier")),
        Field("lead.market", "market", Kind.TEXT, LEAD, "market",
              suggest=standing_in(Lead, "market")),
        Field("lead.owner", "owner", Kind.CHOICE, LEAD, "owner__username", choices=people),
        Field("lead.value", "deal value", Kind.NUMBER, LEAD, "deal_value"),
        Field("lead.source", "source", Kind.TEXT, LEAD, "source",
              suggest=standing_in(Lead, "source")),
        Field("lead.added", "added", Kind.DATE, LEAD, "created_at"),
        Field("property.county", "county", Kind.TEXT, PROPERTY, "property__county"),
        Field("property.state", "state", Kind.TEXT, PROPERTY, "property__state"),
        Field("property.city", "city", Kind.TEXT, PROPERTY, "property__city"),
        Field("property.postal_code", "ZIP code", Kind.TEXT, PROPERTY, "property__postal_code"),
        Field("property.distress", "reason to sell", Kind.TEXT, PROPERTY,
              "property__distress_reason"),
    ]  # fmt: skip


def own_fields() -> list[Field]:
    """All of them, in the order in which they are offered."""
    return [*_of_people(), *_of_companies(), *_of_leads()]
