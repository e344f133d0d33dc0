"""`manage.py lead`: take in lists of leads, list, inspect, move and export them."""

import json
from pathlib import Path
from typing import IO, Annotated, cast

import typer
from django.core.management.base import CommandError
from django_typer.management import TyperCommand, command
from rich.console import Console
from rich.table import Table

from compliance import audit
from compliance.actors import UnknownActorError, acting_user
from compliance.spreadsheets import write_rows
from crm import leads
from crm.choices import LeadStatus
from crm.errors import CrmError
from crm.imports.leads import EXAMPLE
from crm.lead_list import HEADER, as_row, export_rows, find_lead, find_leads
from crm.management.exporting import handed_out, who_may
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
from crm.models.imported import ImportKind
from crm.pipeline.timeline import timeline

OfLead = Annotated[str, typer.Argument(help="An id, a parcel, or an address of its person.")]


class Command(TyperCommand):
    help = "Leads: import a list, list, inspect, move, export."

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
        owner: Annotated[str, typer.Option(help="Only this person's, by user name.")] = "",
        limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
        as_json: AsJson = False,
    ) -> None:
        rows = [
            {"lead": str(lead), **as_row(lead)}
            for lead in find_leads(status=status or "", tier=tier, owner=owner).prefetch_related(
                "contact__points"
            )[:limit]
        ]
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, default=str))
            return
        table = Table("Lead", "Status", "Score", "Tier", "Market", "Owner", "Source")
        for row in rows:
            shown = ("lead", "status", "score", "tier", "market", "owner", "source")
            table.add_row(*(str(row[name]) for name in shown))
        console = Console(file=cast(IO[str], self.stdout), markup=False, highlight=False)
        console.print(table)

    @command(help="Everything known about one lead, and what happened with it.")
    def inspect(self, lead: OfLead, as_json: AsJson = False) -> None:
        try:
            row = find_lead(lead)
        except CrmError as refusal:
            raise CommandError(str(refusal)) from refusal
        happened = [
            f"{one.at:%Y-%m-%d %H:%M} {one.what}: {one.words or one.by}" for one in timeline(row)
        ]
        facts = {**as_row(row), "notes": row.notes, "happened": happened}
        if as_json:
            self.stdout.write(json.dumps(facts, ensure_ascii=False, default=str))
            return
        table = Table(show_header=False)
        for name, value in facts.items():
            shown = "\n".join(value) if isinstance(value, list) else str(value)
            table.add_row(name.replace("_", " "), shown)
        console = Console(file=cast(IO[str], self.stdout), markup=False, highlight=False)
        console.print(table)

    @command(help="Move a lead to another stage.")
    def move(
        self,
        lead: OfLead,
        to: Annotated[LeadStatus, typer.Argument(help="The stage.")],
        reason: Annotated[str, typer.Option(help="Why, naming nobody; lost needs one.")] = "",
        value: Annotated[str, typer.Option(help="What the deal is worth.")] = "",
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        try:
            actor = acting_user(user, permission="crm.change_lead").get_username()
            row = find_lead(lead)
            before = row.get_status_display()
            leads.move(row, to, actor=actor, reason=reason, deal_value=leads.amount(value))
        except (CrmError, UnknownActorError) as refusal:
            raise CommandError(str(refusal)) from refusal
        if as_json:
            self.stdout.write(json.dumps(as_row(row), ensure_ascii=False, default=str))
        else:
            self.stdout.write(f"{row}: {before} → {row.get_status_display()}.")

    @command(help="Write leads to a CSV file, or to the screen.")
    def export(
        self,
        file: Annotated[Path | None, typer.Argument(help="Where to; left out: the screen.")] = None,
        status: Annotated[LeadStatus | None, typer.Option(help="Only these.")] = None,
        tier: Annotated[str, typer.Option(help="Only of this tier.")] = "",
        owner: Annotated[str, typer.Option(help="Only this person's, by user name.")] = "",
        user: AsUser = "",
    ) -> None:
        person = who_may(user, "crm.export_contact")
        found = find_leads(status=status or "", tier=tier, owner=owner)
        act = audit.Act("lead.list_exported", person, data={"leads": found.count()})
        with handed_out(act, file, self.stdout, actor=person.get_username()) as out:
            written = write_rows(out, HEADER, export_rows(found))
        if file:
            self.stderr.write(f"{written} leads written to {file}.")
