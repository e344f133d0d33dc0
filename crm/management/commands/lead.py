"""`manage.py lead`: take in lists of leads, with their properties and people; list them."""

import json
from typing import IO, Annotated, cast

import typer
from django.db.models import F
from django_typer.management import TyperCommand, command
from rich.console import Console
from rich.table import Table

from crm.choices import LeadStatus
from crm.imports.leads import EXAMPLE
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
from crm.models import Lead
from crm.models.imported import ImportKind


class Command(TyperCommand):
    help = "Leads: import a list, list."

    @command(name="import", help=HELP.format(example=EXAMPLE))
    def take_in(
        self,
        file: ListFile,
        county: Annotated[str, typer.Option(help="Of parcels whose row names none.")] = "",
        state: Annotated[str, typer.Option(help="Of parcels whose row names none: FL.")] = "",
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
        places = {"county": county, "state": state}
        told = [f"{name}={value}" for name, value in places.items() if value]
        plan = plan_from(country, mapped, [*(defaults or []), *told], keep_unknown)
        take_in(
            self, file, ImportKind.LEADS, plan, session=session, dry_run=dry_run,
            rejected=rejected, profile=profile, save_profile=save_profile, user=user,
            as_json=as_json,
        )  # fmt: skip

    @command(name="list", help="List leads, the best score first.")
    def show_list(
        self,
        status: Annotated[LeadStatus | None, typer.Option(help="Only these.")] = None,
        tier: Annotated[str, typer.Option(help="Only of this tier.")] = "",
        limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
        as_json: AsJson = False,
    ) -> None:
        leads = Lead.objects.select_related("contact", "company", "property")
        wanted = {"status": status, "tier": tier}
        leads = leads.filter(**{name: value for name, value in wanted.items() if value})
        rows = [
            {
                "id": str(lead.pk),
                "lead": str(lead),
                "status": lead.status,
                "score": lead.score,
                "tier": lead.tier,
                "market": lead.market,
                "source": lead.source,
            }
            for lead in leads.order_by(F("score").desc(nulls_last=True), "pk")[:limit]
        ]
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        table = Table("Lead", "Status", "Score", "Tier", "Market", "Source")
        for row in rows:
            shown = ("lead", "status", "score", "tier", "market", "source")
            table.add_row(*("" if row[name] is None else str(row[name]) for name in shown))
        console = Console(file=cast(IO[str], self.stdout), markup=False, highlight=False)
        console.print(table)
