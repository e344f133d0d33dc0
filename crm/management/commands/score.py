"""`manage.py score`: score everybody anew, compare versions, look at one lead's score."""

import json
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
from crm.scoring.versions import find_model

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
AsUser = Annotated[str, typer.Option("--user", envvar="ATTACHE_USER", help="In whose name.")]


class Command(TyperCommand):
    help = "Scores of leads, people and companies."

    @command(help="Score everybody anew by the version in force. Exit codes: 0 done, 1 refused.")
    def run(
        self,
        model: Annotated[str, typer.Option(help="Slug of one model; left out: all.")] = "",
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        try:
            actor = acting_user(user, permission="crm.switch_scoringmodel").get_username()
            models = (
                [find_model(model)] if model else list(ScoringModel.objects.exclude(current=None))
            )
            told = [self._run(one, actor) for one in models]
        except (CrmError, UnknownActorError) as refusal:
            raise CommandError(str(refusal)) from refusal
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for one in told:
            self.stdout.write(
                f"{one['model']}, version {one['version']}: {one['scored']:,} scored, "
                f"{one['changed']:,} in another tier."
            )

    def _run(self, model: ScoringModel, actor: str) -> dict[str, object]:
        run = runs.begin(model, actor=actor)
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(f"Scoring {model.name.lower()}", total=run.total)
            runs.work(
                run, seconds=None,
                told=lambda done, total: bar.update(task, completed=done, total=total),
            )  # fmt: skip
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
