"""`manage.py score`: score everybody anew, compare versions, look at one lead's score."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Annotated, cast

import typer
from django.core.management import CommandError
from django_typer.management import TyperCommand, command
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from compliance.actors import UnknownActorError, acting_user
from compliance.spreadsheets import write_rows
from crm.choices import Scored
from crm.errors import CrmError
from crm.management.exporting import handed_out, who_may
from crm.models import ScoringModel
from crm.scoring import inspect, runs, segmenting
from crm.scoring.diff import as_data as diff_as_data
from crm.scoring.diff import compare
from crm.scoring.portion import engine_of
from crm.scoring.prioritise import (
    HEADER,
    MOST,
    Floor,
    export_rows,
    list_exported,
    prioritise,
)
from crm.scoring.versions import find_model, find_version, switch_on

SWITCH = "crm.switch_scoringmodel"

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Percent = Annotated[float, typer.Option(min=0, max=100, help="At least so much of 100.")]
AsUser = Annotated[str, typer.Option("--user", envvar="ATTACHE_USER", help="In whose name.")]


@contextmanager
def counting(what: str) -> Iterator[runs.Told]:
    """A bar on the terminal, moved by calling what it gives with (done, total)."""
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class Command(TyperCommand):
    help = "Scores of leads, people and companies."
    # Django’s own would take the number of a version for itself.
    suppressed_base_arguments = {"version"}

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
        number: Annotated[int, typer.Option("--version", min=1, help="Number of the version.")],
        model: Annotated[str, typer.Option(help="Slug of the model.")] = "leads",
        limit: Annotated[int, typer.Option(min=0, help="Look at so many; 0: all.")] = 0,
        as_json: AsJson = False,
    ) -> None:
        try:
            found = find_version(find_model(model), number)
            engine = engine_of(found)
        except CrmError as refusal:
            raise CommandError(str(refusal)) from refusal
        with counting(f"Trying version {number}") as told:
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
        number: Annotated[int, typer.Option("--version", min=1, help="Number of the version.")],
        model: Annotated[str, typer.Option(help="Slug of the model.")] = "leads",
        user: AsUser = "",
    ) -> None:
        try:
            actor = acting_user(user, permission=SWITCH).get_username()
            held = find_model(model)
            expected = held.current.number if held.current else None
            run = switch_on(find_version(held, number), actor=actor, expected=expected)
        except (CrmError, UnknownActorError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{run.version} is in force; {run.total:,} will be scored anew.")

    @command(help="Whom to turn to first: the highest scores above minimums (each 0 to 100).")
    def prioritise(
        self,
        kind: Annotated[Scored, typer.Option(help="People or leads.")] = Scored.CONTACT,
        min_fit: Percent = 0.0,
        min_referral: Percent = 0.0,
        min_signal: Percent = 0.0,
        segment: Annotated[str, typer.Option(help="Only who is in this segment.")] = "",
        limit: Annotated[int, typer.Option(min=1, max=MOST, help="At most so many.")] = 50,
        csv: Annotated[Path | None, typer.Option(help="Write them to this file.")] = None,
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        if kind == Scored.COMPANY:
            raise CommandError("Choose contact or lead: companies are reached through people.")
        floor = Floor(min_fit, min_referral, min_signal, segment=segment)
        ranked = prioritise(kind, floor, limit=limit)
        if csv:
            person = who_may(user, "crm.export_contact")
            act = list_exported(person, kind, ranked)
            with handed_out(
                act, csv, None, actor=person.get_username(), encoding="utf-8-sig"
            ) as out:
                count = write_rows(out, HEADER, export_rows(ranked))
            self.stdout.write(f"{count:,} written to {csv}.")
        elif as_json:
            rows = [{**asdict(one), "reasons": list(one.reasons)} for one in ranked]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, default=str))
        else:
            table = Table("", "Who", "Points", "Tier", "Why")
            for one in ranked:
                table.add_row(str(one.rank), one.name, f"{one.points:g}", one.tier, one.in_words)
            console = Console(file=cast(IO[str], self.stdout), markup=False, highlight=False)
            console.print(table)

    @command(help="Put everybody into segments by the rules in force, and show the shares.")
    def segment(
        self,
        dry_run: Annotated[bool, typer.Option(help="Only show how people stand now.")] = False,
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        try:
            acting_user(user, permission="crm.change_assignment")
            if not dry_run:
                with counting("Putting people into segments") as told:
                    segmenting.segment_everybody(told)
            spread = segmenting.distribution()
        except (CrmError, UnknownActorError) as refusal:
            raise CommandError(str(refusal)) from refusal
        if as_json:
            rows = [
                {"segment": name, "label": label, "people": people, "percent": round(percent, 1),
                 "target": float(share)}
                for name, label, people, percent, share in spread.rows
            ]  # fmt: skip
            told_all = {"segments": rows, "unassigned": spread.counts.get("", 0)}
            self.stdout.write(json.dumps(told_all, ensure_ascii=False))
            return
        for _name, label, people, percent, share in spread.rows:
            self.stdout.write(f"{label}: {people:,} ({percent:.1f} %; its share is {share} %)")
        self.stdout.write(f"No segment: {spread.counts.get('', 0):,}")

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
