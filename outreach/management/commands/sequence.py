"""`manage.py sequence`: what there is, what one says, and what a person would get of it when."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import IO, Annotated, cast

import typer
from django.core.management import CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django_typer.management import TyperCommand, command
from rich.console import Console
from rich.table import Table

from compliance.actors import UnknownActorError, acting_user
from crm.contact_list import find_one
from crm.errors import CrmError
from outreach.campaigns import default_mailbox
from outreach.choices import CampaignKind, Channel
from outreach.errors import OutreachError
from outreach.models import Campaign
from outreach.sequences.choosing import version_for
from outreach.sequences.overview import list_cards
from outreach.sequences.preview import PreviewTouch, preview_person
from outreach.sequences.timeline import draw, span_words
from outreach.sequences.versions import definition_of

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
OfSequence = Annotated[str, typer.Argument(help="Its slug, or a kind such as 3-step.")]


class Command(TyperCommand):
    help = "Sequences: list, show, preview."

    @command(name="list", help="Every sequence with its length and who follows it.")
    def list_all(self, as_json: AsJson = False) -> None:
        cards = list_cards()
        if as_json:
            rows = [
                {"slug": card.sequence.slug, "name": card.sequence.name,
                 "voice": card.sequence.voice, "active": card.sequence.active,
                 "version": card.version.number, "touches": len(card.timeline.marks),
                 "days": card.timeline.days, "under_way": card.under_way}
                for card in cards
            ]  # fmt: skip
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        table = Table("Sequence", "Name", "Length", "Version", "Under way")
        table.columns[0].no_wrap = True
        for card in cards:
            sequence = card.sequence
            name = sequence.name if sequence.active else f"{sequence.name} (not offered)"
            table.add_row(
                sequence.slug, name, card.span, str(card.version.number), str(card.under_way)
            )
        self.print(table)

    @command(help="One sequence, step by step, with its words.")
    def show(self, sequence: OfSequence, as_json: AsJson = False) -> None:
        with refusals():
            version = version_for(sequence)
        if as_json:
            data = {"slug": version.sequence.slug, "version": version.number, **version.definition}
            self.stdout.write(json.dumps(data, ensure_ascii=False))
            return
        timeline = draw(definition_of(version).steps)
        self.stdout.write(f"{version}: {span_words(timeline)}")
        for mark in timeline.marks:
            step = mark.step
            only = f", only {step.condition.words}" if step.condition.words else ""
            label = Channel(step.channel).label
            self.stdout.write(f"\nDay {mark.day}  {step.number}. {step.name} ({label}{only})")
            for arm in mark.arms:
                if len(mark.arms) > 1:
                    self.stdout.write(f"  Variant {arm.variant.name}, {arm.share:.0f} %")
                for line in (arm.variant.subject, *arm.variant.body.splitlines()):
                    self.stdout.write(f"    {line}" if line else "")

    @command(help="Every touch a person would get, with date and local time; stores nothing.")
    def preview(
        self,
        sequence: OfSequence,
        contact: Annotated[str, typer.Argument(help="The contact's id or address.")],
        offer: Annotated[str, typer.Option(help="What is proposed, in one sentence.")] = "",
        fact: Annotated[
            list[str] | None, typer.Option(help="What is known, as topic=sailing; again.")
        ] = None,
        user: Annotated[
            str, typer.Option("--user", envvar="ATTACHE_USER", help="Who writes.")
        ] = "",
        as_json: AsJson = False,
    ) -> None:
        facts = dict(_pair(text) for text in fact or [])
        with refusals():
            person = acting_user(user, permission="outreach.view_sequence")
            version, chosen = version_for(sequence), find_one(contact)
            campaign = Campaign(
                kind=CampaignKind.SEQUENCE, offer=offer, mailbox=default_mailbox(person)
            )
            touches = preview_person(chosen.pk, version, campaign, now=timezone.now(), facts=facts)
        if as_json:
            rows = [asdict(touch) for touch in touches]
            text = json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False)
            self.stdout.write(text)
            return
        self.print(_table(touches))

    def print(self, table: Table) -> None:
        """Print a table where the command's output goes."""
        console = Console(file=cast(IO[str], self.stdout), markup=False, highlight=False)
        console.print(table)


def _table(touches: list[PreviewTouch]) -> Table:
    table = Table("Step", "By", "When, their time", "Words", "Why then")
    for touch in touches:
        when = f"{touch.local:%a %d %b %Y %H:%M %Z}" if touch.local else touch.label
        words = [
            f"{wording.subject or wording.body[:60]}"
            + "".join(f" [{problem}]" for problem in wording.problems)
            for wording in touch.wordings
        ]
        table.add_row(
            f"{touch.step}. {touch.name}", touch.channel, when, "\n".join(words),
            " ".join(touch.reasons),
        )  # fmt: skip
    return table


def _pair(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found or not name.strip():
        raise CommandError(f"“{text[:60]}” is no fact: write it as topic=sailing.")
    return name.strip(), value.strip()


@contextmanager
def refusals() -> Iterator[None]:
    """Expected refusals end the command with their own words and exit code 1."""
    try:
        yield
    except (OutreachError, CrmError, UnknownActorError) as refusal:
        raise CommandError(str(refusal)) from refusal
