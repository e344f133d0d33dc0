"""`manage.py consent`: take in consents that were collected elsewhere."""

from pathlib import Path
from typing import Annotated

import typer
from django_typer.management import TyperCommand, command, initialize

from compliance.consent_files import COLUMNS, REQUIRED, import_consents
from compliance.management.taking_in import take_in_file, words_of


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
        report = take_in_file(
            file,
            lambda source, actor, progress: import_consents(
                source, actor=actor, dry_run=dry_run, progress=progress
            ),
            user=user,
            permission="compliance.add_consent",
        )
        self.stdout.write(words_of(report, dry_run=dry_run, as_json=as_json))
