"""`manage.py company`: take in lists of companies, look them up, look at one."""

import json
from dataclasses import asdict
from typing import IO, Annotated, Any, cast

import typer
from django.core.management import CommandError
from django_typer.management import TyperCommand, command
from rich.console import Console
from rich.table import Table

from crm.choices import CompanyKind, Qualification
from crm.company_list import as_row, find_companies
from crm.contact_list import find_company
from crm.dedupe import list_duplicates
from crm.errors import CrmError
from crm.imports.companies import EXAMPLE
from crm.management.importing import (
    HELP,
    AsJson,
    AsUser,
    Defaults,
    DryRun,
    KeepUnknown,
    ListFile,
    Mapped,
    ProfileName,
    Region,
    RejectedFile,
    SaveProfile,
    Session,
    plan_from,
    take_in,
)
from crm.management.merging import DryMerge, merge
from crm.merge import merge_companies
from crm.models import Company
from crm.models.imported import ImportKind


class Command(TyperCommand):
    help = "Companies: import a list, list, inspect one, dedupe, merge."

    @command(name="import", help=HELP.format(example=EXAMPLE))
    def take_in(
        self,
        file: ListFile,
        kind: Annotated[
            CompanyKind | None,
            typer.Option(
                help="What they are; left out: vendors, or prospects where the list has neither "
                "addresses nor categories."
            ),
        ] = None,
        country: Region = "US",
        session: Session = "",
        dry_run: DryRun = False,
        rejected: RejectedFile = None,
        profile: ProfileName = "",
        save_profile: SaveProfile = "",
        mapped: Mapped = None,
        defaults: Defaults = None,
        keep_unknown: KeepUnknown = False,
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        plan = plan_from(country, mapped, defaults, keep_unknown, company_kind=kind or "")
        take_in(
            self, file, ImportKind.COMPANIES, plan, session=session, dry_run=dry_run,
            rejected=rejected, profile=profile, save_profile=save_profile, user=user,
            as_json=as_json,
        )  # fmt: skip

    @command(name="list", help="List companies, by name.")
    def show_list(
        self,
        search: Annotated[str, typer.Argument(help="Part of a name or domain.")] = "",
        kind: Annotated[CompanyKind | None, typer.Option(help="Only these.")] = None,
        category: Annotated[str, typer.Option(help="Slug of a category.")] = "",
        status: Annotated[Qualification | None, typer.Option(help="Only these.")] = None,
        tag: Annotated[str, typer.Option(help="Only with this word.")] = "",
        limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
        as_json: AsJson = False,
    ) -> None:
        found = find_companies(search, kind=kind, category=category, status=status, tag=tag)
        rows = [as_row(company) for company in found[:limit]]
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        table = Table("Name", "Kind", "Domain", "Contacts")
        for row in rows:
            table.add_row(row["name"], row["kind"], row["domain"], str(row["contacts"]))
        console = Console(file=cast(IO[str], self.stdout), markup=False, highlight=False)
        console.print(table)

    @command(help="Companies that may be one and the same; nothing is changed.")
    def dedupe(self, as_json: AsJson = False) -> None:
        groups = list_duplicates()
        if as_json:
            data = [
                {**asdict(group), "companies": [asdict(c) for c in group.companies]}
                for group in groups
            ]
            self.stdout.write(json.dumps(data, ensure_ascii=False, default=str))
            return
        if not groups:
            self.stdout.write("No two companies share a tax id, registration number or name.")
            return
        table = Table("They share", "Name", "Domain", "Country", "Id")
        for group in groups:
            for n, one in enumerate(group.companies):
                shared = f"{group.reason} {group.shared}" if n == 0 else ""
                table.add_row(shared, one.name, one.domain, one.country, str(one.id))
        console = Console(file=cast(IO[str], self.stdout), markup=False, highlight=False)
        console.print(table)

    @command(help="Merge a second company into the first, with all that hangs on it.")
    def merge(
        self,
        company: Annotated[str, typer.Argument(help="Domain, whole name or id.")],
        other: Annotated[str, typer.Argument(help="Which is the same.")],
        dry_run: DryMerge = False,
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        merge(self, find_company, merge_companies, company, other,
              user=user, dry_run=dry_run, as_json=as_json)  # fmt: skip

    @command(help="Everything known about one company: by domain or whole name.")
    def inspect(
        self,
        company: Annotated[str, typer.Argument(help="Domain, whole name or id.")],
        as_json: AsJson = False,
    ) -> None:
        try:
            facts = describe(find_company(company))
        except CrmError as refusal:
            raise CommandError(str(refusal)) from refusal
        if as_json:
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
            return
        table = Table(show_header=False)
        for name, value in facts.items():
            shown = "\n".join(map(str, value)) if isinstance(value, list) else str(value)
            table.add_row(name.replace("_", " "), shown)
        console = Console(file=cast(IO[str], self.stdout), markup=False, highlight=False)
        console.print(table)


def describe(company: Company) -> dict[str, Any]:
    """The company with its people; rates and hours as learned, None before the first answer."""
    people = []
    for contact in company.contacts.prefetch_related("points"):
        points = ", ".join(f"{point.kind} {point.value}" for point in contact.points.all())
        people.append(f"{contact}: {points or 'no address'}")
    return {
        "id": str(company.pk),
        "name": company.name,
        "kind": company.kind,
        "domain": company.domain or "",
        "description": company.description,
        "categories": [category.slug for category in company.categories.all()],
        "regions": company.regions,
        "street": company.street,
        "city": company.city,
        "country": company.country,
        "preferred_channel": company.preferred_channel,
        "status": company.status,
        "tags": company.tags,
        "industry": company.industry,
        "employees": company.employees,
        "is_sme": company.is_sme,
        "source": company.source,
        "research": company.research,
        "active": company.active,
        "contacts": people,
        "times_contacted": company.times_contacted,
        "response_rate": company.response_rate,
        "response_hours": company.response_hours,
    }
