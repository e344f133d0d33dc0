"""The shared door of `company import` and `contact import`: bar, report, file of rejected rows."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from django.core.management import CommandError
from rich.console import Console
from rich.progress import Progress

from compliance.actors import UnknownActorError, acting_user
from crm.errors import CrmError
from crm.imports.cells import country as read_country
from crm.imports.contacts import Progress as Told
from crm.imports.rejects import write_rejects
from crm.imports.report import Report

SOME_REJECTED = 3  # exit code: the file was taken in, some rows of it were not
HELP = (
    "Take in a list: CSV, TSV or .xlsx, any encoding. Columns are understood by their headings, "
    "such as {example}. Exit codes: 0 all rows are in, 3 some were rejected, 1 file refused."
)

ListFile = Annotated[Path, typer.Argument(help="CSV, TSV or .xlsx; the headings first.")]
DryRun = Annotated[bool, typer.Option(help="Report, and keep nothing.")]
Region = Annotated[
    str, typer.Option(help="Country of phone numbers where neither row nor company names one.")
]
Session = Annotated[
    str, typer.Option(help="Key of the effort this list is part of; left out: the file itself.")
]
RejectedFile = Annotated[
    Path | None, typer.Option(help="Write rejected rows here, to correct and take in again.")
]


def take_in(
    command: Any,
    importer: Callable[[str, str, Told], Report],
    *,
    user: str,
    permission: str,
    country: str,
    dry_run: bool,
    rejected: Path | None,
    as_json: bool,
) -> None:
    """Run `importer(actor, country, progress)` with a bar and print its report."""
    try:
        actor = acting_user(user, permission=permission).get_username()
        region = read_country(country)
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Taking in", total=None)
            report = importer(
                actor, region, lambda done, total: bar.update(task, completed=done, total=total)
            )
        if rejected and report.rejected:
            with rejected.open("w", encoding="utf-8-sig", newline="") as out:
                write_rejects(out, report.header, report.rejected)
    except OSError as error:
        raise CommandError(f"{rejected} cannot be written: {error.strerror}.") from error
    except (CrmError, UnknownActorError) as refusal:
        raise CommandError(str(refusal)) from refusal
    if as_json:
        data = {**report.as_data(), "dry_run": dry_run}
        command.stdout.write(json.dumps(data, ensure_ascii=False))
    else:
        command.stdout.write("\n".join(report.as_lines(dry_run=dry_run)))
    if report.rejected:
        raise typer.Exit(SOME_REJECTED)
