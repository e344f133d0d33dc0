"""What the pages and programs show of sequences: their newest version, and who follows which."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery

from outreach.choices import UNDER_WAY, EnrollmentStatus
from outreach.models import Campaign, Enrollment, Sequence, SequenceVersion
from outreach.sequences.definition import Definition
from outreach.sequences.timeline import Timeline, draw, span_words
from outreach.sequences.versions import definition_of


@dataclass(frozen=True, slots=True)
class Card:
    """A sequence at a glance; `version` is the newest."""

    sequence: Sequence
    version: SequenceVersion
    timeline: Timeline
    under_way: int

    @property
    def span(self) -> str:
        return span_words(self.timeline)


@dataclass(frozen=True, slots=True)
class Followers:
    """The people of one campaign on one version: how many in which state."""

    campaign: Campaign
    version: int
    counts: tuple[tuple[str, str, int], ...]  # (code, label, people)
    under_way: int
    newest: bool
    takes_in: int  # the version that people enrolled from now on follow


def list_cards(rows: QuerySet[Sequence] | None = None) -> list[Card]:
    """Every sequence with something written, by name; three queries however many."""
    newest = SequenceVersion.objects.filter(sequence=OuterRef("pk")).order_by("-number")
    chosen = (rows if rows is not None else Sequence.objects.all()).annotate(
        newest_id=Subquery(newest.values("pk")[:1])
    )
    sequences = [row for row in chosen if row.newest_id]
    versions = SequenceVersion.objects.in_bulk([row.newest_id for row in sequences])
    counts = dict(
        Enrollment.objects.filter(
            version__sequence__in=[row.pk for row in sequences], status__in=sorted(UNDER_WAY)
        )
        .order_by()
        .values_list("version__sequence")
        .annotate(count=Count("*"))
    )
    return [
        Card(
            row,
            versions[row.newest_id],
            draw(definition_of(versions[row.newest_id]).steps),
            counts.get(row.pk, 0),
        )
        for row in sequences
    ]


def list_followers(sequence: Sequence) -> list[Followers]:
    """Campaign by campaign, version by version, who follows the sequence; two queries."""
    newest = SequenceVersion.objects.filter(sequence=sequence).aggregate(n=Max("number"))["n"]
    found: dict[tuple[UUID, int], dict[str, int]] = {}
    rows = (
        Enrollment.objects.filter(version__sequence=sequence)
        .order_by()
        .values_list("campaign", "version__number", "status")
        .annotate(people=Count("*"))
    )
    for campaign_id, number, status, people in rows:
        found.setdefault((campaign_id, number), {})[status] = people
    campaigns = {
        row.pk: row
        for row in Campaign.objects.filter(sequence_version__sequence=sequence).select_related(
            "sequence_version"
        )
    }
    for row in campaigns.values():  # those that have nobody yet
        assert row.sequence_version is not None
        if not any(pk == row.pk for pk, _number in found):
            found[(row.pk, row.sequence_version.number)] = {}
    return [
        _followers(campaigns[pk], number, by_status, newest)
        for (pk, number), by_status in sorted(
            found.items(), key=lambda one: (campaigns[one[0][0]].name.lower(), -one[0][1])
        )
        if pk in campaigns
    ]


def _followers(
    campaign: Campaign, number: int, by_status: dict[str, int], newest: int
) -> Followers:
    assert campaign.sequence_version is not None
    counts = tuple(
        (status.value, str(status.label), by_status[status])
        for status in EnrollmentStatus
        if by_status.get(status)
    )
    under_way = sum(people for status, people in by_status.items() if status in UNDER_WAY)
    takes_in = campaign.sequence_version.number
    return Followers(campaign, number, counts, under_way, number == newest, takes_in)


def list_versions(sequence: Sequence) -> list[tuple[SequenceVersion, Definition]]:
    """Every version with what it says, the newest first; one query."""
    rows = SequenceVersion.objects.filter(sequence=sequence).order_by("-number")
    return [(row, definition_of(row)) for row in rows]
