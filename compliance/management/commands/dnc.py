"""`manage.py dnc`: take do-not-call lists in, see how old they are, ask them about numbers."""

import json
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO, Annotated, Any, cast

import typer
from django.core.management import CommandError
from django.utils import timezone
from django_typer.management import TyperCommand, command
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from compliance.actors import UnknownActorError, acting_user
from compliance.dnc import internal, load, lookup, versions
from compliance.dnc.errors import AlreadyImported, DncRefused
from compliance.dnc.numbers import read_phone
from compliance.dnc.overview import overview
from compliance.dnc.sources import INTERNAL, NATIONAL
from compliance.models import DncFile, DncVersion
from compliance.rules import do_not_call

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
AsUser = Annotated[str, typer.Option("--user", envvar="ATTACHE_USER", help="In whose name.")]
COLOURS = {"fresh": "green", "ageing": "yellow", "stale": "red"}
COLUMNS = (
    TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(),
    TextColumn("{task.fields[numbers]:,} numbers, {task.fields[rate]:,.0f}/s"),
    TimeRemainingColumn(),
)  # fmt: skip


class Command(TyperCommand):
    help = "Do-not-call lists: import, status, check, confirm, add."

    @command(name="import", help="Take in full lists; the exit code is 1 if one was refused.")
    def take_in(
        self,
        files: Annotated[
            list[Path],
            typer.Argument(exists=True, dir_okay=False, help="As downloaded, zipped or not."),
        ],
        list_date: Annotated[
            datetime | None,
            typer.Option(formats=["%Y-%m-%d"], help="The day the lists were downloaded."),
        ] = None,
        san: Annotated[
            str, typer.Option(help="The subscription account number they were downloaded under.")
        ] = "",
        source: Annotated[str, typer.Option(help="national, state:FL or internal.")] = "national",
        accept: Annotated[
            bool, typer.Option("--accept", help="Put in force what would wait for a decision.")
        ] = False,
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        try:
            actor = acting_user(user, permission="compliance.add_dncfile").get_username()
        except UnknownActorError as refusal:
            raise CommandError(str(refusal)) from refusal
        _check_said(source, list_date, san)
        day = list_date.date() if list_date else timezone.localdate()
        given = {"source": source, "list_date": day, "san": san, "actor": actor}
        results = _import_all(files, accept, given)
        if as_json:
            self.stdout.write(json.dumps(results, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(map(_told, results)))
        if any(result["status"] == "refused" for result in results):
            raise typer.Exit(1)

    @command(help="Every list in force with its age, and what waits for a decision.")
    def status(self, as_json: AsJson = False) -> None:
        now = overview(timezone.now())
        waiting = [
            {"version": one.pk, "list": versions.described(one), "reason": one.reason}
            for one in now.waiting
        ]
        if as_json:
            lists = [line.as_data() for line in now.lists]
            answer = {"lists": lists, "waiting": waiting, "internal": now.internal}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        table = Table("List", "Area codes", "Of", "Age", "Numbers", "By")
        for group in now.groups:
            age = f"[{COLOURS[group.state]}]{group.age_days} days, {group.state}[/]"
            table.add_row(
                group.name, " ".join(group.area_codes), f"{group.list_date:%d %b %Y}", age,
                f"{group.numbers:,}", group.activated_by,
            )  # fmt: skip
        console = Console(file=cast(IO[str], self.stdout), highlight=False)
        if now.lists:
            console.print(table)
        else:
            console.print("No list is in force, so nobody may be called or texted: dnc import.")
        console.print(f"{now.internal:,} numbers on our own list.")
        for one in waiting:
            console.print(
                f"Version {one['version']} of {one['list']} waits: {one['reason']} "
                f"Decide with dnc confirm {one['version']} or dnc discard {one['version']}.",
                markup=False,
            )

    @command(
        name="check", help="Ask the lists about numbers; the exit code is 1 if one is refused."
    )
    def ask(
        self,
        numbers: Annotated[list[str], typer.Argument(help="Phone numbers.")],
        consent: Annotated[
            bool, typer.Option("--consent", help="As if there were a written consent.")
        ] = False,
        as_json: AsJson = False,
    ) -> None:
        now = timezone.now()
        try:
            phones = {number: read_phone(number) for number in numbers}
        except DncRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        answer = lookup.ask(phones.values(), now)
        told = {
            phone: {
                "refusals": do_not_call.refusals(phone, answer.listings, answer.freshness, consent),
                "warnings": do_not_call.warnings(phone, answer.freshness),
                "listings": [str(one) for one in answer.listings.get(phone, ())],
            }
            for phone in phones.values()
        }
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            for phone, words in told.items():
                lines = [*words["refusals"], *words["warnings"]]
                self.stdout.write("\n".join(lines) or f"{phone} is on no list.")
        if any(words["refusals"] for words in told.values()):
            raise typer.Exit(1)

    @command(help="Put a list in force that waits for a decision.")
    def confirm(
        self,
        edition: Annotated[int, typer.Argument(help="Its number, from dnc status.")],
        user: AsUser = "",
    ) -> None:
        self._decide(edition, user, versions.confirm)
        self.stdout.write(f"Version {edition} is in force.")

    @command(help="Turn a list down that waits for a decision; the one in force stays.")
    def discard(
        self,
        edition: Annotated[int, typer.Argument(help="Its number, from dnc status.")],
        user: AsUser = "",
    ) -> None:
        self._decide(edition, user, versions.discard)
        self.stdout.write(f"Version {edition} is turned down.")

    def _decide(self, number: int, user: str, act: Callable[..., None]) -> None:
        version = DncVersion.objects.filter(pk=number).first()
        if version is None:
            raise CommandError(f"There is no version {number}: see dnc status.")
        try:
            act(version, actor=acting_user(user, permission="compliance.add_dncfile").username)
        except (DncRefused, UnknownActorError) as refusal:
            raise CommandError(str(refusal)) from refusal

    @command(help="Put a number on our own list: somebody asked not to be called.")
    def add(
        self,
        number: Annotated[str, typer.Argument(help="The phone number.")],
        reason: Annotated[str, typer.Option(help="Who asked, where, in which words.")],
        user: AsUser = "",
    ) -> None:
        try:
            actor = acting_user(user, permission="compliance.add_internaldncnumber")
            row = internal.add_internal(number, actor=actor.username, reason=reason)
        except (DncRefused, UnknownActorError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{row} is on our own list since {row.added_at:%d %b %Y}.")


def _check_said(source: str, list_date: datetime | None, san: str) -> None:
    """What a file does not tell of itself has to be said."""
    wanted = source.strip().lower()
    if list_date is None and wanted != INTERNAL:
        raise CommandError("Say on which day the lists were downloaded: --list-date 2026-11-18")
    if not san and wanted == NATIONAL:
        raise CommandError(
            "Say under which subscription account number the lists were downloaded, as the "
            "registry shows it: --san 10234567-89012"
        )


def _import_all(files: list[Path], accept: bool, given: dict[str, Any]) -> list[dict[str, Any]]:
    """One file after the other, each with its own bar."""
    with Progress(*COLUMNS, console=Console(stderr=True), transient=True) as bar:
        results = []
        for path in files:
            task = bar.add_task(path.name, total=path.stat().st_size, numbers=0, rate=0)
            results.append(import_one(path, accept, given, _teller(bar, task)))
        return results


def import_one(
    path: Path, accept: bool, given: dict[str, Any], progress: load.Progress
) -> dict[str, Any]:
    """Import one file and say what became of it; a refusal is an answer here, too."""
    start = time.perf_counter()
    result: dict[str, Any] = {"file": path.name, "status": "refused", "numbers": 0, "lists": []}
    try:
        file = load.hand_in(path.name, size=path.stat().st_size, **given)
        with path.open("rb") as opened:
            load.load(file, opened, actor=given["actor"], progress=progress)
        for version in file.versions.filter(status="waiting") if accept else ():
            versions.confirm(version, actor=given["actor"])
        file.refresh_from_db()
    except AlreadyImported as refusal:
        return {**result, "status": "unchanged", "problem": str(refusal)}
    except DncRefused as refusal:
        return {**result, "problem": str(refusal)}
    lists = [
        {
            "version": one.pk,
            "area_code": one.area_code,
            "numbers": one.numbers,
            "status": one.status,
        }
        for one in file.versions.all()
    ]
    return {
        **result,
        "status": file.status,
        "numbers": file.numbers,
        "lists": lists,
        "problem": file.problem,
        "seconds": round(time.perf_counter() - start, 2),
    }


def _told(result: dict[str, Any]) -> str:
    if "seconds" not in result:
        return f"{result['file']}: {result['status']}. {result['problem']}"
    told = f"{result['file']}: {result['numbers']:,} numbers in {result['seconds']} s."
    return f"{told} Waits for a decision: {result['problem']}" if result["problem"] else told


def _teller(bar: Progress, task: Any) -> load.Progress:
    start = time.perf_counter()

    def tell(file: DncFile) -> None:
        rate = file.numbers / max(time.perf_counter() - start, 0.001)
        bar.update(task, completed=file.position, numbers=file.numbers, rate=rate)

    return tell
