"""`manage.py score`: score everybody anew, compare versions, look at one lead's score."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Annotated, cast

import typer
from django.core.management import CommandError
from django_typer.management import TyperCommand, command
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from compliance.actors import UnknownActorError, acting_user
from crm.choices import Scored
from crm.errors import CrmError
from crm.models import ScoringModel
from crm.scoring import inspect, runs
from crm.scoring.diff import as_data as diff_as_data
from crm.scoring.diff import compare
from crm.scoring.portion import engine_of
from crm.scoring.versions import find_model, find_version, switch_on

SWITCH = "crm.switch_scoringmodel"

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
AsUser = Annotated[str, typer.Option("--user", envvar="ATTACHE_USER", help="In whose name.")]


@contextmanager
def counting(what: str) -> Iterator[runs.Told]:
    """A bar on the terminal, moved by calling what it gives with (done, total)."""
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class Command(TyperCommand):
    help = "Scores of leads, people and companies."

    @command(help="Score everybody anew by the version in force. Exit codes: 0 done, 1 refused.")
    def run(
        self,
        model: Annotated[str, typer.Option(help="Slug of one model; left out: all.")] = "",
        dry_run: Annotated[bool, typer.Option(help="Say what would change, keep nothing.")] = False,
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        try:
            actor = acting_user(user, permission=SWITCH).get_username()
            in_force = ScoringModel.objects.exclude(current=None).select_related("current__model")
            models = [find_model(model)] if model else list(in_force)
            told = [self._try(one) if dry_run else self._run(one, actor) for one in models]
        except (CrmError, UnknownActorError) as refusal:
            raise CommandError(str(refusal)) from refusal
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for one in told:
            what = "would be in another tier" if dry_run else "in another tier"
            self.stdout.write(
                f"{one['model']}, version {one['version']}: {one['scored']:,} scored, "
                f"{one['changed']:,} {what}."
            )

    @command(help="What a version would change beside what is stored now; nothing is kept.")
    def diff(
        self,
        version: Annotated[int, typer.Option(min=1, help="Number of the version.")],
        model: Annotated[str, typer.Option(help="Slug of the model.")] = "leads",
        limit: Annotated[int, typer.Option(min=0, help="Look at so many; 0: all.")] = 0,
        as_json: AsJson = False,
    ) -> None:
        try:
            found = find_version(find_model(model), version)
            engine = engine_of(found)
        except CrmError as refusal:
            raise CommandError(str(refusal)) from refusal
        with counting(f"Trying version {version}") as told:
            report = compare(engine, most=limit or None, told=told)
        if as_json:
            self.stdout.write(json.dumps(diff_as_data(report), ensure_ascii=False))
            return
        self.stdout.write(
            f"{found}: {report.changed:,} of {report.looked_at:,} would be in another tier."
        )
        console = Console(file=cast(IO[str], self.stdout), markup=False, highlight=False)
        table = Table("Now \\ then", *(name or "none" for name in report.tiers))
        for was, counts in report.matrix:
            table.add_row(was or "none", *(f"{count:,}" for count in counts))
        console.print(table)
        for one in report.movers:
            console.print(f"  {one.by:+g}  {one.was_tier or 'none'} → {one.now_tier}  {one.name}")

    @command(name="switch-on", help="Put a version in force and score everybody in the background.")
    def switch(
        self,
        version: Annotated[int, typer.Option(min=1, help="Number of the version.")],
        model: Annotated[str, typer.Option(help="Slug of the model.")] = "leads",
        user: AsUser = "",
    ) -> None:
        try:
            actor = acting_user(user, permission=SWITCH).get_username()
            held = find_model(model)
            expected = held.current.number if held.current else None
            run = switch_on(find_version(held, version), actor=actor, expected=expected)
        except (CrmError, UnknownActorError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{run.version} is in force; {run.total:,} will be scored anew.")

    def _try(self, model: ScoringModel) -> dict[str, object]:
        if model.current is None:
            raise runs.NoVersionError(f"“{model}” has no version in force; switch one on first.")
        with counting(f"Trying {model.name.lower()}") as told:
            report = compare(engine_of(model.current), told=told)
        return {
            "model": model.slug, "version": model.current.number, "state": "tried",
            "scored": report.looked_at, "changed": report.changed,
        }  # fmt: skip

    def _run(self, model: ScoringModel, actor: str) -> dict[str, object]:
        run = runs.begin(model, actor=actor)
        with counting(f"Scoring {model.name.lower()}") as told:
            runs.work(run, seconds=None, told=told)
        run.refresh_from_db()
        return {
            "model": model.slug, "version": run.version.number, "state": run.state,
            "scored": run.done, "changed": run.changed,
        }  # fmt: skip

    @command(help="A lead's score with every reason.")
    def show(
        self,
        lead: Annotated[str, typer.Argument(help="The lead's id.")],
        as_json: AsJson = False,
    ) -> None:
        try:
            found = inspect.look_at(Scored.LEAD, lead)
        except CrmError as refusal:
            raise CommandError(str(refusal)) from refusal
        if as_json:
            self.stdout.write(json.dumps(inspect.as_data(found), ensure_ascii=False))
            return
        console = Console(file=cast(IO[str], self.stdout), markup=False, highlight=False)
        console.print(f"{found.name}: {found.score.total:g} points, tier {found.score.tier or '—'}")
        table = Table("Part", "Sign", "Points", "Read from", "Words")
        for line in found.score.lines:
            table.add_row(line.part.replace("_", " "), line.label, f"{line.points:+g}",
                          line.field, line.words)  # fmt: skip
        console.print(table)
        if found.next_tier:
            console.print(f"{found.missing:g} points short of tier {found.next_tier}.")
            for raise_ in found.raises[:5]:
                console.print(f"  +{raise_.gain:g}  {raise_.label}")
