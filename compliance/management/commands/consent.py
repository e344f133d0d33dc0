"""`manage.py consent`: take in consents that were collected elsewhere."""

import json
from pathlib import Path
from typing import Annotated

import typer
from django.core.management import CommandError
from django_typer.management import TyperCommand, command, initialize
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from compliance.actors import UnknownActorError, acting_user
from compliance.consent_files import COLUMNS, REQUIRED, import_consents
from compliance.spreadsheets import BadFileError


class Command(TyperCommand):
    help = "Consents: import a list."

    @initialize()
    def root(self) -> None:
        """Only sub-commands."""

    @command(
        name="import",
        help=f"Take in a CSV file. Columns: {', '.join(COLUMNS)}. Needed: {', '.join(REQUIRED)}.",
    )
    def take_in(
        self,
        file: Annotated[Path, typer.Argument(help="A CSV file in UTF-8, header first.")],
        dry_run: Annotated[bool, typer.Option(help="Report, and keep nothing.")] = False,
        user: Annotated[
            str, typer.Option("--user", envvar="ATTACHE_USER", help="In whose name.")
        ] = "",
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    ) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed:,} lines"))
        try:
            actor = acting_user(user, permission="compliance.add_consent").get_username()
            with (
                file.open("rb") as source,
                Progress(*columns, console=Console(stderr=True), transient=True) as bar,
            ):
                task = bar.add_task("Taking in", total=None)
                report = import_consents(
                    source,
                    actor=actor,
                    dry_run=dry_run,
                    progress=lambda done: bar.update(task, completed=done),
                )
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except (BadFileError, UnknownActorError) as refusal:
            raise CommandError(str(refusal)) from refusal
        if as_json:
            self.stdout.write(json.dumps(report.as_data(), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(report.as_lines(dry_run=dry_run)))
