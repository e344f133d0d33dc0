"""`manage.py campaign`: make one, see where it stands, approve, pause, go on."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, Any, cast
from uuid import UUID

import typer
from django.core.management import CommandError
from django.db.models import Count
from django_typer.management import TyperCommand, command
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from compliance.actors import UnknownActorError, acting_user
from crm.errors import CrmError
from crm.models import Request
from crm.segments.versions import find_segment, newest
from outreach import approvals, budgets, pause
from outreach.actors import name_of
from outreach.campaigns import MOST_VENDORS, choose_vendors, create_campaign
from outreach.choices import Direction
from outreach.drafting.generate import Generated, generate_drafts
from outreach.errors import OutreachError
from outreach.models import Campaign, Message
from outreach.sequences.audience import Audience, match
from outreach.sequences.campaigns import Terms, create_drip
from outreach.sequences.choosing import version_for
from outreach.sequences.enroll import enroll, rehearse
from outreach.sequences.from_segment import rehearse_start, start_from_segment, take_in
from outreach.sequences.left_out import Enrolled

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
AsUser = Annotated[str, typer.Option("--user", envvar="ATTACHE_USER", help="In whose name.")]
OfCampaign = Annotated[UUID, typer.Argument(help="The campaign's id.")]
AtMost = Annotated[
    int | None, typer.Option(min=1, max=MOST_VENDORS, help="The best so many vendors.")
]


class Command(TyperCommand):
    help = "Campaigns: create, generate-drafts, start, enroll, status, approve, pause, resume."

    @command(
        help="A campaign for a request, one draft for each suitable vendor; or with --segment and "
        "--sequence one for people, taken in at once."
    )
    def create(
        self,
        request: Annotated[UUID | None, typer.Argument(help="The request's id.")] = None,
        max_vendors: AtMost = None,
        segment: Annotated[str, typer.Option(help="A segment's name or id.")] = "",
        sequence: Annotated[str, typer.Option(help="The sequence's slug or kind.")] = "",
        name: Annotated[str, typer.Option(help="What it is called.")] = "",
        offer: Annotated[str, typer.Option(help="What it proposes, in one sentence.")] = "",
        everyone: Annotated[bool, typer.Option(help="The segment may mean everybody.")] = False,
        dry_run: Annotated[bool, typer.Option(help="Only say who would come in.")] = False,
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        with refusals():
            if bool(request) == bool(segment):
                raise CommandError("Say for what: a request's id, or --segment and --sequence.")
            person = acting_user(user, permission="outreach.add_campaign")
            if request is None:
                how = {"name": name, "actor": person, "terms": Terms(offer=offer),
                       "everyone": everyone}  # fmt: skip
                self.for_segment(segment, sequence, how, dry_run=dry_run, as_json=as_json)
                return
            if dry_run:
                raise CommandError("--dry-run goes with --segment.")
            wanted = Request.objects.select_related("category").get(pk=request)
            with drafting() as progress:
                campaign, made = create_campaign(
                    wanted, actor=person, max_vendors=max_vendors, progress=progress
                )
        self.say_made(campaign, made, as_json=as_json)

    def for_segment(
        self, segment: str, sequence: str, how: dict[str, Any], *, dry_run: bool, as_json: bool
    ) -> None:
        """Freeze whom the segment means, take them in, and say who stays out and why."""
        meant, follows = newest(find_segment(segment)), version_for(sequence)
        if dry_run:
            report = rehearse_start(meant, follows, **how).report
        else:
            campaign = start_from_segment(meant, follows, **how)
            size = campaign.audience.size if campaign.audience else 0
            with enrolling(size) as progress:
                report = take_in(campaign, actor=name_of(how["actor"]), told=progress)
            if not as_json:
                self.stdout.write(f"Campaign {campaign.pk} follows {follows}.")
        made = {} if dry_run else {"id": str(campaign.pk)}
        self.say_enrolled(report, dry_run=dry_run, as_json=as_json, **made)

    @command(name="generate-drafts", help="Draft to suitable vendors not yet in the campaign.")
    def draft_more(
        self,
        campaign: OfCampaign,
        max_vendors: AtMost = None,
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        with refusals():
            person = acting_user(user, permission="outreach.change_campaign")
            row = get(campaign)
            if row.request is None:
                raise CommandError("This campaign has no request to draft from.")
            vendors, unreachable = choose_vendors(
                row.request, vendor_ids=None, max_vendors=max_vendors
            )
            with drafting() as progress:
                made = generate_drafts(
                    row, vendors=vendors, actor=name_of(person), progress=progress
                )
        made.left_out.extend(unreachable)
        self.say_made(row, made, as_json=as_json)

    def say_made(self, campaign: Campaign, made: Generated, *, as_json: bool) -> None:
        """The campaign, how many drafts wait, and who was left out."""
        left_out = [{"vendor": vendor, "reason": reason} for vendor, reason in made.left_out]
        if as_json:
            data = {"id": str(campaign.pk), "drafts": len(made.messages), "left_out": left_out}
            self.stdout.write(json.dumps(data, ensure_ascii=False))
            return
        self.stdout.write(f"Campaign {campaign.pk}: {len(made.messages)} drafts wait for review.")
        for one in left_out:
            self.stdout.write(f"Left out: {one['vendor']}. {one['reason']}")

    @command(help="Where the campaign stands: budget, messages by status, pause.")
    def status(self, campaign: OfCampaign, as_json: AsJson = False) -> None:
        with refusals():
            facts = describe(get(campaign))
        if as_json:
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
            return
        table = Table(show_header=False)
        table.add_row("Campaign", facts["name"])
        table.add_row("Status", facts["status"])
        if facts["paused"]:
            table.add_row("Paused", f"by {facts['paused_by']}: {facts['pause_reason']}")
        table.add_row("Budget", facts["budget"])
        for name, count in facts["messages"].items():
            table.add_row(name.replace("_", " "), str(count))
        table.add_row("Replies", str(facts["replies"]))
        console = Console(file=cast(IO[str], self.stdout), markup=False, highlight=False)
        console.print(table)

    @command(help="Approve every draft that nothing speaks against.")
    def approve(self, campaign: OfCampaign, user: AsUser = "", as_json: AsJson = False) -> None:
        with refusals():
            person = acting_user(user, permission="outreach.approve_message")
            done = approvals.approve_all(get(campaign), approver=person)
        if as_json:
            left = [{"to": one.to, "reason": one.reason} for one in done.left_behind]
            data = {"approved": [str(pk) for pk in done.approved], "left_behind": left}
            self.stdout.write(json.dumps(data, ensure_ascii=False))
            return
        self.stdout.write(f"{len(done.approved)} approved, {len(done.left_behind)} left behind.")
        for one in done.left_behind:
            self.stdout.write(f"Left: {one.to}. {one.reason}")

    @command(help="Make a campaign that follows a sequence; then `campaign enroll` people in it.")
    def start(
        self,
        sequence: Annotated[str, typer.Argument(help="The sequence's slug or kind.")],
        name: Annotated[str, typer.Option(help="What it is called.")] = "",
        offer: Annotated[str, typer.Option(help="What it proposes, in one sentence.")] = "",
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        with refusals():
            person = acting_user(user, permission="outreach.add_campaign")
            made = create_drip(
                version_for(sequence), name=name, actor=person, terms=Terms(offer=offer)
            )
        facts = {"id": str(made.pk), "name": made.name, "version": str(made.sequence_version)}
        words = f"Campaign {made.pk} follows {made.sequence_version}; nobody is in it yet."
        self.stdout.write(json.dumps(facts, ensure_ascii=False) if as_json else words)

    @command(help="Take people into a campaign's sequence, and say of everybody left out why.")
    def enroll(
        self,
        campaign: OfCampaign,
        contact: Annotated[list[UUID] | None, typer.Option(help="A contact's id; again.")] = None,
        people: Annotated[
            Path | None,
            typer.Option(
                "--list", help="A file: an address a line, or a table that names its columns."
            ),
        ] = None,
        dry_run: Annotated[bool, typer.Option(help="Only say what would happen.")] = False,
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        with refusals():
            person = acting_user(user, permission="outreach.change_enrollment")
            row = Campaign.objects.select_related("sequence_version").get(pk=campaign)
            chosen = match(_read(people)) if people else Audience()
            if chosen.unread:
                raise CommandError(chosen.unread)
            ids = [*(contact or []), *chosen.contacts]
            if not ids and not chosen.left_out:
                raise CommandError("Say whom: --contact ID, or --list FILE.")
            if dry_run:
                report = rehearse(row, ids, facts=chosen.facts)
            else:
                with enrolling(len(ids)) as progress:
                    report = enroll(
                        row, ids, actor=name_of(person), facts=chosen.facts, progress=progress
                    )
        report.left_out += chosen.left_out
        self.say_enrolled(report, dry_run=dry_run, as_json=as_json)

    def say_enrolled(self, report: Enrolled, *, dry_run: bool, as_json: bool, **more: str) -> None:
        """How many came in, and the others with their reasons, grouped."""
        if as_json:
            left = [{"name": one.name, "code": one.code, "reason": one.reason}
                    for one in report.left_out]  # fmt: skip
            data = {"taken_in": report.taken_in, "left_out": left, "dry_run": dry_run, **more}
            self.stdout.write(json.dumps(data, ensure_ascii=False))
            return
        verb = "would come in" if dry_run else "came in"
        self.stdout.write(f"{report.taken_in} {verb}, {len(report.left_out)} left out.")
        for group in report.groups:
            self.stdout.write(f"{group.heading}: {len(group.people)}. {group.remedy}".strip())
            for one in group.people:
                self.stdout.write(f"  {one.name}: {one.reason}")

    @command(help="Hold everything of the campaign from the next claim on.")
    def pause(
        self,
        campaign: OfCampaign,
        reason: Annotated[str, typer.Option(help="Why.")] = "",
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        with refusals():
            person = acting_user(user, permission="outreach.pause_campaign")
            row = get(campaign)
            changed = pause.pause_campaign(row, actor=name_of(person), reason=reason)
        self.say_moved(row, "Paused." if changed else "It was paused already.", changed, as_json)

    @command(help="Let a paused campaign go on.")
    def resume(self, campaign: OfCampaign, user: AsUser = "", as_json: AsJson = False) -> None:
        with refusals():
            person = acting_user(user, permission="outreach.pause_campaign")
            row = get(campaign)
            changed = pause.resume_campaign(row, actor=name_of(person))
        self.say_moved(row, "Goes on." if changed else "It was not paused.", changed, as_json)

    def say_moved(self, campaign: Campaign, words: str, changed: bool, as_json: bool) -> None:
        """What pausing or resuming did, in words or with where the campaign stands now."""
        if as_json:
            campaign.refresh_from_db()
            told = {**describe(campaign), "changed": changed}
            words = json.dumps(told, ensure_ascii=False)
        self.stdout.write(words)


@contextmanager
def refusals() -> Iterator[None]:
    """Expected refusals end the command with their own words and exit code 1."""
    try:
        yield
    except (OutreachError, CrmError, UnknownActorError) as refusal:
        raise CommandError(str(refusal)) from refusal
    except Request.DoesNotExist as missing:
        raise CommandError("There is no request by that id.") from missing
    except Campaign.DoesNotExist as missing:
        raise CommandError("There is no campaign by that id.") from missing


@contextmanager
def drafting() -> Iterator[Any]:
    """A bar on the error stream, so that JSON on the output stays clean."""
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Drafting", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def enrolling(total: int) -> Iterator[Any]:
    """A bar on the error stream."""
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Enrolling", total=total)
        yield lambda done: bar.update(task, completed=done)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error


def get(campaign_id: UUID) -> Campaign:
    """The campaign with what drafting needs; raises Campaign.DoesNotExist."""
    return Campaign.objects.select_related("request__category", "mailbox").get(pk=campaign_id)


def describe(campaign: Campaign) -> dict[str, Any]:
    """Budget line, outbound messages by status, replies, pause."""
    rows = Message.objects.filter(campaign=campaign).values("direction", "status")
    counts = list(rows.annotate(n=Count("id")).order_by("status"))
    return {
        "id": str(campaign.pk),
        "name": campaign.name,
        "status": campaign.status,
        "paused": campaign.paused,
        "paused_by": campaign.paused_by,
        "pause_reason": campaign.pause_reason,
        "budget": budgets.contact_budget(campaign).line,
        "messages": {
            row["status"]: row["n"] for row in counts if row["direction"] == Direction.OUTBOUND
        },
        "replies": sum(row["n"] for row in counts if row["direction"] == Direction.INBOUND),
    }
