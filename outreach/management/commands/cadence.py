"""`manage.py cadence`: what the week asks for, hour by hour."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Annotated, cast

import typer
from django.core.management import CommandError
from django.utils import timezone
from django_typer.management import TyperCommand, command, initialize
from rich.console import Console
from rich.table import Table

from outreach.choices import Voice
from outreach.errors import UnplannableWeek
from outreach.sequences import weekly
from outreach.sequences.cadence import WeekPlan, read_share

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
FIRST_YEAR, LAST_YEAR = 2000, 2100


class Command(TyperCommand):
    help = "The weekly cadence: connection requests and follow-ups by hour and segment."

    @initialize()
    def noun(self) -> None:
        """The weekly cadence: connection requests and follow-ups by hour and segment."""

    @command(help="Plan a week from the desk's targets and shares; stores nothing.")
    def week(
        self,
        start: Annotated[
            str, typer.Option(help="Any day of the week, as 2026-09-07; this week if left out.")
        ] = "",
        requests: Annotated[
            int | None, typer.Option(help="Connection requests; the desk's number if left out.")
        ] = None,
        per_person: Annotated[int | None, typer.Option(help="Follow-ups per person.")] = None,
        follow_ups: Annotated[
            int | None, typer.Option(help="The whole week's follow-ups, instead of per person.")
        ] = None,
        share: Annotated[
            list[str] | None,
            typer.Option(help="Such as home_owner=30, once a segment; brought to 100 %."),
        ] = None,
        as_json: AsJson = False,
    ) -> None:
        day = read_day(start) if start else timezone.localdate()
        try:
            cadence = weekly.with_wishes(
                weekly.current().cadence, requests=requests, each=per_person,
                follow_ups=follow_ups, shares=read_shares(share) if share else None,
            )  # fmt: skip
            plan = weekly.plan_for(day, cadence)
        except UnplannableWeek as refusal:
            raise CommandError(str(refusal)) from refusal
        if as_json:
            self.stdout.write(json.dumps(weekly.plan_as_data(plan), ensure_ascii=False))
        else:
            self.show(plan)

    def show(self, plan: WeekPlan) -> None:
        """The plan as a table, then what differs from the wish."""
        console = Console(file=cast(IO[str], self.stdout), markup=False, highlight=False)
        table = Table("When", "Segment", "Kind", "Count", title=f"Week of {plan.week_start}")
        for slot in plan.slots:
            local = slot.at.astimezone(weekly.desk_zone())
            table.add_row(
                f"{local:%a %d %b %H:%M}",
                Voice(slot.segment).label,
                slot.kind.words,
                str(slot.count),
            )
        console.print(table)
        shares = [f"{Voice(name).label} {share} %" for name, share in plan.shares.items() if share]
        console.print("Shares: " + ", ".join(shares))
        for kind, total in plan.totals.items():
            console.print(f"{kind.words.capitalize()}: {total}")
        for reason in plan.reasons:
            console.print(f"! {reason}")


def read_shares(words: list[str]) -> dict[str, Decimal]:
    """Shares as typed, `segment=number` each; CommandError for a segment there is none of."""
    shares = {}
    for word in words:
        segment, _, number = word.partition("=")
        if segment not in Voice.values or not number.strip():
            raise CommandError(
                f"“{word[:40]}” is no share; write segment=number with one of "
                f"{', '.join(Voice.values)}."
            )
        shares[segment] = read_share(number)
    return shares


def read_day(text: str) -> date:
    """A day as typed; CommandError for what is none or lies outside the calendar we plan in."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        raise CommandError(f"“{text}” is not a day; write it as 2026-09-07.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CommandError(f"{day.year} is too far away; choose {FIRST_YEAR} to {LAST_YEAR}.")
    return day
