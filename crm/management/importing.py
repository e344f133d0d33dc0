"""The shared door of the three `import` verbs: options, bar, report, file of rejected rows."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from django.core.management import CommandError
from rich.console import Console
from rich.progress import Progress

from compliance.actors import UnknownActorError, acting_user
from crm.errors import CrmError
from crm.imports import profiles
from crm.imports.cells import country as read_country
from crm.imports.kinds import KINDS
from crm.imports.plan import Plan
from crm.imports.rejects import write_rejects
from crm.imports.report import Report
from crm.imports.run import import_list
from crm.imports.table import open_table

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
ProfileName = Annotated[
    str,
    typer.Option(help="Read the columns as this profile says; left out: one with the same header."),
]
SaveProfile = Annotated[str, typer.Option(help="Remember how the columns are read, by this name.")]
Mapped = Annotated[
    list[str] | None,
    typer.Option("--map", help="A column's field, as “Heading=field”; “Heading=” leaves it out."),
]
Defaults = Annotated[
    list[str] | None,
    typer.Option("--default", help="What blank cells of a field hold, as “field=value”."),
]
KeepUnknown = Annotated[
    bool, typer.Option("--keep-unknown", help="Keep columns that are no field as research.")
]
AsUser = Annotated[str, typer.Option("--user", envvar="ATTACHE_USER", help="In whose name.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def plan_from(
    country: str,
    mapped: list[str] | None,
    defaults: list[str] | None,
    keep_unknown: bool,
    company_kind: str = "",
) -> Plan:
    """The options as a plan; CommandError for one that cannot be read."""
    try:
        region = read_country(country)
    except CrmError as refusal:
        raise CommandError(str(refusal)) from refusal
    return Plan(
        country=region, named=_pairs("--map", mapped), defaults=_pairs("--default", defaults),
        keep_unknown=keep_unknown, company_kind=company_kind,
    )  # fmt: skip


def _pairs(option: str, told: list[str] | None) -> dict[str, str]:
    found = {}
    for one in told or []:
        name, sign, value = one.rpartition("=") if option == "--map" else one.partition("=")
        if not sign or not name.strip():
            raise CommandError(f"{option} “{one}” has no “=”; write it like “Tel. 1=phone”.")
        found[name.strip()] = value.strip()
    return found


def take_in(
    command: Any,
    file: Path,
    kind: str,
    plan: Plan,
    *,
    session: str,
    dry_run: bool,
    rejected: Path | None,
    profile: str,
    save_profile: str,
    user: str,
    as_json: bool,
) -> None:
    """Take the file in with a bar, and print its report."""
    try:
        actor = acting_user(user, permission=KINDS[kind].permission).get_username()
        plan = _with_profile(file, kind, plan, profile)
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Taking in", total=None)
            report = import_list(
                file, kind, actor=actor, plan=plan, session_key=session, dry_run=dry_run,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )  # fmt: skip
        if save_profile:
            _remember(save_profile, kind, report, plan, actor)
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


def _with_profile(file: Path, kind: str, plan: Plan, name: str) -> Plan:
    """The plan with the profile of that name, or with one of the very same header."""
    known = KINDS[kind]
    header = open_table(file, known.fields, example=known.example, plan=plan).header
    found = profiles.by_name(kind, name) if name else profiles.find_for(kind, header)
    if found is None:
        return plan
    profiles.used(found)
    laid = profiles.lay_over(found, header, plan)
    return replace(laid, profile=found.name)


def _remember(name: str, kind: str, report: Report, plan: Plan, actor: str) -> None:
    profiles.remember(
        name, kind, report.header, report.fields, defaults=plan.defaults,
        keep_unknown=plan.keep_unknown, actor=actor,
    )  # fmt: skip
