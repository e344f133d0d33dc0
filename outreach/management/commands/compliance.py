"""`manage.py compliance check`: would the gate let this go, and why (not)?"""

import json
from datetime import datetime
from typing import Annotated

import typer
from django.core.management import CommandError
from django.utils import timezone
from django_typer.management import TyperCommand, command, initialize
from rich.console import Console
from rich.table import Table

from compliance.gate import Place
from outreach.outbounds import outbound_to
from outreach.sending.forecast import Forecast, forecast

CHANNELS = ("email", "sms", "phone", "whatsapp")
FIRST_YEAR, LAST_YEAR = 2000, 2100  # rules are dated, and clocks end
PURPOSES = ("marketing", "inquiry", "answer")


class Command(TyperCommand):
    help = "May we: ask the gate without sending anything."

    @initialize()
    def root(self) -> None:
        """Only sub-commands."""

    @command(name="check", help="Ask whether a message may go to an address, with every reason.")
    def ask(
        self,
        to: Annotated[str, typer.Argument(help="An e-mail address or a phone number.")],
        channel: Annotated[str, typer.Option(help=f"One of {', '.join(CHANNELS)}.")] = "",
        purpose: Annotated[str, typer.Option(help=f"One of {', '.join(PURPOSES)}.")] = "marketing",
        at: Annotated[str, typer.Option(help="When, in ISO 8601; now unless given.")] = "",
        body: Annotated[str, typer.Option(help="The text; empty asks the rest.")] = "",
        subject: Annotated[str, typer.Option(help="The subject of a mail.")] = "",
        state: Annotated[str, typer.Option(help="US state, such as FL.")] = "",
        zip_code: Annotated[str, typer.Option("--zip", help="ZIP code.")] = "",
        country: Annotated[str, typer.Option(help="ISO 3166, such as US.")] = "",
        zone: Annotated[str, typer.Option(help="Time zone, such as America/New_York.")] = "",
        county: Annotated[str, typer.Option(help="County of a US state, such as Gulf.")] = "",
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    ) -> None:
        channel = channel or ("email" if "@" in to else "sms")
        if channel not in CHANNELS or purpose not in PURPOSES:
            raise CommandError(
                f"Channels are {', '.join(CHANNELS)}; purposes {', '.join(PURPOSES)}."
            )
        place = Place(zip_code, state.upper(), country.upper(), zone, county)
        answer = forecast(
            outbound_to(
                channel, to, at=_moment(at), purpose=purpose, subject=subject, body=body,
                place=place if place != Place() else None,
            )
        )  # fmt: skip
        if as_json:
            self.stdout.write(json.dumps(answer.as_data(), ensure_ascii=False))
        else:
            _show(answer)
        if not answer.verdict.allowed:
            raise typer.Exit(1)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text}” is no time; write 2026-12-01T09:00-05:00.") from error
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise CommandError(f"The year of “{text}” is not between {FIRST_YEAR} and {LAST_YEAR}.")
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _show(answer: Forecast) -> None:
    verdict, console = answer.verdict, Console()
    colour = "green" if verdict.allowed else "yellow" if verdict.time else "red"
    when = f" not before {verdict.time:%a %d %b %Y %H:%M} UTC" if verdict.time else ""
    console.print(f"[{colour}]{str(verdict.decision).replace('_', ' ')}{when}[/{colour}]")
    for reason in verdict.reasons:
        console.print(f"  {reason}")
    if answer.line:
        console.print(f"  {answer.line}")
    table = Table("time zone", "local time")
    for zone, local in answer.as_data()["local_times"].items():
        table.add_row(zone, datetime.fromisoformat(local).strftime("%a %d %b %H:%M"))
    if table.rows:
        console.print(table)
