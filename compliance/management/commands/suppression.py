"""`manage.py suppression`: take a list in, write it out, ask it about addresses."""

import json
from pathlib import Path
from typing import Annotated

import typer
from django.core.management import CommandError
from django_typer.management import TyperCommand, command

from compliance import audit
from compliance.actors import UnknownActorError, acting_user
from compliance.addresses import kind_of
from compliance.choices import SuppressionScope
from compliance.management.taking_in import take_in_file, words_of
from compliance.models import Suppression
from compliance.suppression import find, normalise
from compliance.suppression_files import COLUMNS, export_list, import_list

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
AsUser = Annotated[str, typer.Option("--user", envvar="ATTACHE_USER", help="In whose name.")]


class Command(TyperCommand):
    help = "The suppression list: import, export, check."

    @command(name="import", help=f"Take in a CSV file. Columns: {', '.join(COLUMNS)}.")
    def take_in(
        self,
        file: Annotated[Path, typer.Argument(help="A CSV file in UTF-8, header first.")],
        dry_run: Annotated[bool, typer.Option(help="Report, and keep nothing.")] = False,
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        report = take_in_file(
            file,
            lambda source, actor, progress: import_list(
                source, name=file.name, actor=actor, dry_run=dry_run, progress=progress
            ),
            user=user,
            permission="compliance.add_suppression",
        )
        self.stdout.write(words_of(report, dry_run=dry_run, as_json=as_json))

    @command(help="Write every standing entry to a CSV file.")
    def export(
        self,
        file: Annotated[Path, typer.Argument(help="The file to write.")],
        user: AsUser = "",
    ) -> None:
        try:
            person = acting_user(user, permission="compliance.export_suppression")
            with file.open("w", encoding="utf-8", newline="") as target:
                count = export_list(target)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        except UnknownActorError as refusal:
            raise CommandError(str(refusal)) from refusal
        audit.append(
            "suppression.exported", person, actor=person.get_username(),
            data={"entries": count},
        )  # fmt: skip
        self.stdout.write(f"{count} entries written to {file}.")

    @command(
        name="check", help="Ask about addresses; the exit code is 1 if any of them is suppressed."
    )
    def ask(
        self,
        addresses: Annotated[list[str], typer.Argument(help="E-mails, numbers, domains.")],
        channel: Annotated[SuppressionScope, typer.Option(help="For which channel.")] = (
            SuppressionScope.EMAIL
        ),
        as_json: AsJson = False,
    ) -> None:
        pairs = [(kind_of(address), address) for address in addresses]
        found = find(pairs, channel=channel)
        rows = {address: found.get(normalise(kind, address)) for kind, address in pairs}
        if as_json:
            answer = {address: describe(row) for address, row in rows.items()}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            for address, row in rows.items():
                told = f"suppressed: {row.get_reason_display()}" if row else "not suppressed"
                since = f", since {row.received_at:%d %b %Y} ({row.source})" if row else ""
                self.stdout.write(f"{address}: {told}{since}")
        if found:
            raise typer.Exit(1)


def describe(row: Suppression | None) -> dict[str, str] | None:
    """One entry for programs; None for an address that may be written to."""
    if row is None:
        return None
    return {
        "scope": row.scope,
        "reason": row.reason,
        "source": row.source,
        "received_at": row.received_at.isoformat(),
    }
