"""`manage.py contact`: take in lists of people, look them up, hand out and erase what we hold."""

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import IO, Annotated, Any, cast

import typer
from django.core.management import CommandError
from django.db.models import QuerySet
from django_typer.management import TyperCommand, command
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from compliance import audit
from compliance.actors import UnknownActorError, acting_user
from compliance.spreadsheets import write_rows
from crm.contact_list import HEADER, as_row, export_rows, find_contacts, find_one
from crm.deliverability.verify import verify_batch
from crm.erasure import erase_contact, others_at
from crm.errors import CrmError
from crm.holdings import export_person
from crm.imports.contacts import EXAMPLE
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
from crm.management.merging import DryMerge, Most, merge, show_pairs
from crm.merge import merge_contacts
from crm.merging.candidates import read_people
from crm.merging.near import likely_people
from crm.models import Contact
from crm.models.imported import ImportKind

OfContact = Annotated[str, typer.Argument(help="The contact's id, or an address of theirs.")]
OfCompany = Annotated[str, typer.Option(help="Part of the company's name or domain.")]


class Command(TyperCommand):
    help = "Contacts: import a list, list, export, dedupe, merge, verify, erase, export-person."

    @command(name="import", help=HELP.format(example=EXAMPLE))
    def take_in(
        self,
        file: ListFile,
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
        plan = plan_from(country, mapped, defaults, keep_unknown)
        take_in(
            self, file, ImportKind.CONTACTS, plan, session=session, dry_run=dry_run,
            rejected=rejected, profile=profile, save_profile=save_profile, user=user,
            as_json=as_json,
        )  # fmt: skip

    @command(name="list", help="List people with their addresses.")
    def show_list(
        self,
        search: Annotated[str, typer.Argument(help="Part of a name, role or address.")] = "",
        company: OfCompany = "",
        limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
        as_json: AsJson = False,
    ) -> None:
        rows = [as_row(one) for one in find_contacts(company=company, search=search)[:limit]]
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        table = Table("Company", "Name", "Role", "E-mail", "Phone")
        for row in rows:
            table.add_row(*(row[name] for name in ("company", "name", "role", "email", "phone")))
        console = Console(file=cast(IO[str], self.stdout), markup=False, highlight=False)
        console.print(table)

    @command(help="Write people to a CSV file, or to the screen.")
    def export(
        self,
        file: Annotated[Path | None, typer.Argument(help="Where to; left out: the screen.")] = None,
        search: Annotated[str, typer.Option(help="Part of a name, role or address.")] = "",
        company: OfCompany = "",
        user: AsUser = "",
    ) -> None:
        person = who_may(user, "crm.export_contact")
        contacts = find_contacts(company=company, search=search)
        act = audit.Act("contact.list_exported", person, data={"people": contacts.count()})
        with handed_out(act, file, self.stdout, actor=person.get_username()) as out:
            written = self.write(contacts, out)
        if file:
            self.stderr.write(f"{written} contacts written to {file}.")

    @command(help="People who may be one and the same, the surest first; nothing is changed.")
    def dedupe(self, limit: Most = 200, as_json: AsJson = False) -> None:
        people = read_people()
        names = {one.id: one.name for one in people}
        show_pairs(self, likely_people(people)[:limit], names, as_json=as_json)

    @command(help="Merge a second contact into the first, with all that hangs on it.")
    def merge(
        self,
        contact: OfContact,
        other: Annotated[str, typer.Argument(help="Who is the same: an id or an address.")],
        dry_run: DryMerge = False,
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        merge(self, find_one, merge_contacts, contact, other,
              user=user, dry_run=dry_run, as_json=as_json)  # fmt: skip

    @command(
        help="Ask the domains of addresses whether they take mail; exit code 1: nobody can tell."
    )
    def verify(
        self,
        limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="Addresses.")] = 5000,
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        try:
            acting_user(user, permission="crm.change_contactpoint")
        except UnknownActorError as refusal:
            raise CommandError(str(refusal)) from refusal
        done = verify_batch(limit=limit)
        if as_json:
            self.stdout.write(json.dumps(asdict(done)))
        elif not done.proved:
            self.stderr.write(
                "The name servers cannot be trusted: they miss a domain that takes mail, or find "
                "one that cannot exist. Nothing was changed."
            )
        else:
            told = ", ".join(f"{n} {verdict}" for verdict, n in done.addresses.items())
            self.stdout.write(f"{done.domains} domains: {told or 'nothing to look at'}.")
        if not done.proved:
            raise typer.Exit(1)

    @command(help="Erase a person for good: names, addresses, texts. Suppression stays.")
    def erase(
        self,
        contact: OfContact,
        reason: Annotated[str, typer.Option(help="How the request came; no names.")] = "",
        yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        try:
            actor = acting_user(user, permission="crm.erase_contact").get_username()
            row = find_one(contact)
            if not yes:
                others = "".join(f"\n{one} shares an address." for one in others_at(row))
                typer.confirm(f"Erase {row}? It cannot be undone.{others}", abort=True, err=True)
            done = erase_contact(row.pk, actor=actor, reason=reason)
        except (CrmError, UnknownActorError) as refusal:
            raise CommandError(str(refusal)) from refusal
        if as_json:
            self.stdout.write(json.dumps(done.counts))
        else:
            self.stdout.write(f"Erased: {done.in_words()}.")

    @command(name="export-person", help="Write everything held about a person to a ZIP file.")
    def export_one(
        self,
        contact: OfContact,
        file: Annotated[Path, typer.Argument(help="The ZIP file to write.")],
        user: AsUser = "",
    ) -> None:
        try:
            actor = acting_user(user, permission="crm.export_contact").get_username()
            row = find_one(contact)
            with export_person(row.pk, actor=actor) as source, file.open("wb") as target:
                shutil.copyfileobj(source, target)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        except (CrmError, UnknownActorError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Everything held about {row} is in {file}.")

    def write(self, contacts: QuerySet[Contact], out: Any) -> int:
        """The rows as CSV; returns how many."""
        total = contacts.count()
        with Progress(console=Console(stderr=True), transient=True) as bar:
            rows = bar.track(export_rows(contacts), total=total, description="Writing")
            return write_rows(out, HEADER, rows)
