"""`manage.py audit`: prove that the ledger is whole, and write it out."""

import json
import sys
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from django.core.management import CommandError
from django.db import connection
from django_typer.management import TyperCommand, command, initialize
from rich.console import Console

from compliance import audit, guards
from compliance.models import AuditEntry

console = Console()


class Command(TyperCommand):
    help = "The ledger: verify its chain, export its entries."

    @initialize()
    def root(self) -> None:
        """Only sub-commands."""

    @command(
        help="Recompute every link; exit code 1 and the first broken entry if one does not fit."
    )
    def verify(
        self,
        noted: Annotated[
            str, typer.Option("--head", help="POSITION:HASH noted before; it must still stand.")
        ] = "",
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    ) -> None:
        while audit.seal():
            pass
        found = audit.verify(read_head(noted) if noted else None)
        down = guards.missing(connection)
        if as_json:
            whole = {"checked": found.checked, "broken_at": found.broken_at}
            print(
                json.dumps(
                    {
                        **whole,
                        "entry_id": found.entry_id,
                        "problem": found.problem,
                        "head": str(audit.head()),
                        "guards_missing": down,
                    }
                )
            )
        elif found.broken_at is None:
            console.print(
                f"The ledger is whole: {found.checked} entries, each follows the one before.\n"
                f"Note its head where nobody who holds the database can reach: {audit.head()}"
            )
        else:
            console.print(f"[red]Broken at position {found.broken_at}: {found.problem}.[/red]")
        if down and not as_json:
            console.print(
                f"[yellow]The database would let the ledger be changed: {', '.join(down)} "
                "missing. `manage.py migrate` puts the guards back.[/yellow]"
            )
        if found.broken_at is not None:
            sys.exit(1)

    @command(help="Write every entry as JSON lines, oldest first.")
    def export(
        self,
        file: Annotated[Path, typer.Argument(help="The file to write.")],
        campaign: Annotated[UUID | None, typer.Option(help="Only of this campaign.")] = None,
    ) -> None:
        rows = AuditEntry.objects.select_related("seal").order_by("id")
        if campaign:
            rows = rows.filter(campaign_id=campaign)
        count = 0
        try:
            with file.open("w", encoding="utf-8") as output:
                for entry in rows.iterator(chunk_size=2000):
                    output.write(json.dumps(as_data(entry), ensure_ascii=False) + "\n")
                    count += 1
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        console.print(f"{count} entries written to {file}.")


def read_head(text: str) -> audit.Head:
    """POSITION:HASH as `verify` prints it."""
    position, _, chain_hash = text.partition(":")
    if not position.isdigit() or len(chain_hash) != 64:
        raise CommandError(f"“{text[:80]}” is no head; it reads 1234:<64 hexadecimal digits>.")
    return audit.Head(int(position), chain_hash.lower())


def as_data(entry: AuditEntry) -> dict[str, object]:
    """One entry as it is exported, with its place in the chain where it has one."""
    seal = getattr(entry, "seal", None)
    return {
        "id": entry.pk,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "action": entry.action,
        "subject": [entry.subject_type, entry.subject_id],
        "campaign": str(entry.campaign_id) if entry.campaign_id else None,
        "reason": entry.reason,
        "data": entry.data,
        "digest": entry.digest,
        "position": seal.position if seal else None,
        "chain_hash": seal.chain_hash if seal else None,
    }
