"""Groups a drip's waiting drafts by step and variant: the words they share, and each one's own."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q

from outreach import approvals
from outreach.choices import MANUAL_CHANNELS, CampaignKind, Channel
from outreach.models import Campaign, Message
from outreach.outbounds import unsubscribe_url
from outreach.sequences.versions import definition_of

MOST_LOADED = 1000  # drafts looked at on one page; the rest come when these are done
ENOUGH_TO_TELL = 5  # of fewer drafts nobody can say which is the odd one
COMMON, NEARLY_ALL = 0.5, 0.9
WAY_OUT = "[their unsubscribe page]"


@dataclass(frozen=True, slots=True)
class Compared:
    """One text beside the others: its own lines, and those it lacks that nearly all have."""

    own: tuple[str, ...]
    lacks: tuple[str, ...]


def compare(texts: Sequence[str]) -> list[Compared]:
    """What of each text is its own, line by line, in the order of the texts.

    A line that more than half of the texts have is shared by all; a text alone shares everything.
    """
    cut = [[line for line in text.splitlines() if line.strip()] for text in texts]
    counts = Counter(line for lines in cut for line in set(lines))
    total = len(texts)
    shared = {line for line, n in counts.items() if n > total * COMMON}
    usual = [line for line, n in counts.items() if total > n >= total * NEARLY_ALL]
    telling = total >= ENOUGH_TO_TELL
    return [
        Compared(
            tuple(line for line in lines if line not in shared),
            tuple(line for line in usual if line not in lines) if telling else (),
        )
        for lines in cut
    ]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft in its batch: what is its own, and why it must be looked at singly ("" if not)."""

    message: Message
    own: tuple[str, ...]
    local: datetime | None
    exception: str = ""

    @property
    def key(self) -> str:
        """What an approval of it must name: the draft and the version that was read."""
        return f"{self.message.pk}:{self.message.version}"


@dataclass(slots=True)
class Batch:
    """Drafts of one step and variant of one version; `alike` may be approved together."""

    engine: str
    step: int
    variant: str
    channel: str
    name: str = ""
    alike: list[Draft] = field(default_factory=list)
    exceptions: list[Draft] = field(default_factory=list)
    total: int = 0

    @property
    def key(self) -> str:
        """Names the batch on its page."""
        return f"{self.step}-{self.variant}-{self.engine.rpartition(' v')[2]}"

    @property
    def label(self) -> str:
        """Its channel in words."""
        return str(Channel(self.channel).label)

    @property
    def manual(self) -> bool:
        """Whether a person does these by hand, one by one."""
        return self.channel in MANUAL_CHANNELS

    @property
    def example(self) -> list[tuple[str, bool]]:
        """The first one's text as lines, each with whether it is that person's own."""
        if not self.alike:
            return []
        own = set(self.alike[0].own)
        return [(line, line in own) for line in self.alike[0].message.body.splitlines()]

    @property
    def example_subject(self) -> tuple[str, bool]:
        """The first one's subject, and whether it is that person's own."""
        first = self.alike[0]
        return first.message.subject, first.message.subject in first.own

    @property
    def first_at(self) -> datetime | None:
        """When the first of them leaves, on that person's clock."""
        times = [draft.local for draft in self.alike if draft.local]
        return min(times, default=None)


def list_batches(campaign: Campaign) -> list[Batch]:
    """The campaign's waiting drafts in batches, by step and variant; two queries.

    Singly: what is flagged, was edited or came back with a reason, and what is not built like the
    others.
    """
    waiting = approvals.waiting(campaign).filter(step__isnull=False)
    totals = {
        (engine, step, variant): count
        for engine, step, variant, count in waiting.order_by()
        .values_list("engine", "step", "variant")
        .annotate(Count("pk"))
    }
    rows = waiting.select_related(
        "campaign", "enrollment__contact", "enrollment__company", "enrollment__version"
    ).order_by("due_at", "created_at", "id")[:MOST_LOADED]
    grouped: dict[tuple[str, int, str], list[Message]] = defaultdict(list)
    for row in rows:
        grouped[(row.engine, row.step or 0, row.variant)].append(row)
    found = [_batch(*key, grouped[key], totals[key]) for key in grouped]
    return sorted(found, key=lambda batch: (batch.manual, batch.step, batch.variant, batch.engine))


def waiting_by_drip() -> list[tuple[Campaign, int, int]]:
    """Every drip with drafts that wait: how many, and how many of them are flagged; two queries."""
    rows = (
        approvals.waiting()
        .filter(campaign__kind=CampaignKind.SEQUENCE)
        .order_by()
        .values_list("campaign")
        .annotate(waiting=Count("pk"), flags=Count("pk", filter=Q(flagged=True)))
    )
    found = {pk: (waiting, flagged) for pk, waiting, flagged in rows}
    campaigns = Campaign.objects.filter(pk__in=found).order_by("created_at")
    return [(campaign, *found[campaign.pk]) for campaign in campaigns]


def _batch(engine: str, step: int, variant: str, rows: list[Message], total: int) -> Batch:
    batch = Batch(engine, step, variant, rows[0].channel, _name(rows[0], step), total=total)
    plain = [row for row in rows if not _reason(row)]
    compared = compare([_words(row) for row in plain])
    known = {row.pk: one for row, one in zip(plain, compared, strict=True)}
    for row in rows:
        one = known.get(row.pk, Compared((), ()))
        lacks = f"It is not like the others: it lacks “{one.lacks[0][:80]}”." if one.lacks else ""
        draft = Draft(row, one.own, _local(row), _reason(row) or lacks)
        (batch.exceptions if draft.exception or batch.manual else batch.alike).append(draft)
    return batch


def _words(message: Message) -> str:
    """What is compared: each one's own way out is no difference, somebody else's would be."""
    words, way_out = f"{message.subject}\n{message.body}", unsubscribe_url(message)
    return words.replace(way_out, WAY_OUT) if way_out else words


def _reason(message: Message) -> str:
    if message.flagged or message.reason:
        return message.reason or "The fact check marked something to look at."
    if message.version > 1:
        return "Somebody edited it."
    return ""


def _name(message: Message, step: int) -> str:
    version = message.enrollment.version if message.enrollment else None
    if version is None:
        return ""
    steps = definition_of(version).steps
    return steps[step - 1].name if 0 < step <= len(steps) else ""


def _local(message: Message) -> datetime | None:
    if message.due_at is None:
        return None
    zone = message.enrollment.zone if message.enrollment else ""
    return message.due_at.astimezone(ZoneInfo(zone or settings.TIME_ZONE))
