"""Starts a campaign with a segment: its people are frozen, then taken in portion by portion."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count

from crm.models import SegmentMember, SegmentVersion
from crm.segments.compile import people
from crm.segments.snapshots import freeze
from outreach.actors import name_of
from outreach.errors import NothingToSend, OutreachError
from outreach.models import Campaign, Mailbox, SequenceVersion
from outreach.sequences import drafts_now
from outreach.sequences.campaigns import Terms, create_drip
from outreach.sequences.enroll import CHUNK, OPEN_CAMPAIGNS, enroll
from outreach.sequences.left_out import HEADINGS, REMEDIES, Enrolled

log = structlog.get_logger(__name__)
AT_ONCE = 1000  # taken in while a person waits; the worker takes the others
MOST_A_MINUTE = 5000
IN = "in"


class FindsEveryone(OutreachError):
    """The segment means everybody there is, and nobody has said that this is meant."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far taking in has come: frozen members by what came of them."""

    size: int
    taken_in: int
    waiting: int
    left_out: dict[str, int] = field(default_factory=dict)

    @property
    def groups(self) -> list[tuple[str, str, int]]:
        """(code, heading, how many) of those who stayed out, the commonest first."""
        return [(code, HEADINGS.get(code, code), n) for code, n in self.left_out.items()]

    @property
    def remedies(self) -> list[tuple[str, str, str]]:
        """(code, heading, what can be done) of those about which something can be done."""
        return [
            (code, HEADINGS[code], REMEDIES[code]) for code in self.left_out if code in REMEDIES
        ]


@transaction.atomic
def start_from_segment(
    version: SegmentVersion,
    sequence: SequenceVersion,
    *,
    name: str,
    actor: User,
    terms: Terms | None = None,
    mailbox: Mailbox | None = None,
    everyone: bool = False,
) -> Campaign:
    """A campaign in draft with the segment's people frozen as its audience; nobody is in yet.

    Raises NothingToSend where the segment means nobody, FindsEveryone where it means everybody and
    `everyone` does not say so, DefinitionError where it can be asked no more, and as `create_drip`.
    """
    campaign = create_drip(
        sequence, name=name or str(version.segment), actor=actor, terms=terms, mailbox=mailbox
    )
    snapshot = freeze(version, actor=name_of(actor), taken_for=campaign.name)
    if not snapshot.size:
        raise NothingToSend(f"“{version.segment}” means nobody now; change what it asks.")
    if not everyone and snapshot.size == people().count():
        raise FindsEveryone(
            f"“{version.segment}” means everyone there is ({snapshot.size:,}). Say that this is "
            "meant, or add a condition."
        )
    campaign.audience = snapshot
    campaign.save(update_fields=["audience", "updated_at"])
    return campaign


def take_in(
    campaign: Campaign,
    *,
    actor: str,
    most: int | None = None,
    told: Callable[[int], None] | None = None,
) -> Enrolled:
    """Enroll members who still wait, `most` of them at the most; each with what came of it.

    May run twice and at once: a member is taken in once and asked once. `told` gets the count
    done. Raises NotAllowedNow for a campaign that takes nobody in.
    """
    report, done = Enrolled(), 0
    while most is None or done < most:
        size = CHUNK if most is None else min(CHUNK, most - done)
        with transaction.atomic():
            portion = _portion(campaign, size)
            if not portion:
                break
            part = enroll(campaign, [one.contact_id for one in portion], actor=actor, wake=False)
            _record(portion, part)
        done += len(portion)
        report.taken_in += part.taken_in
        report.left_out += part.left_out
        if told:
            told(done)
    if report.taken_in:
        transaction.on_commit(drafts_now.kick)
    return report


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What starting would do: `size` people are meant, `looked` of them were tried."""

    size: int
    looked: int
    report: Enrolled


class _NothingHappened(Exception):
    pass


def rehearse_start(
    version: SegmentVersion, sequence: SequenceVersion, *, name: str, actor: User, **how: Any
) -> Rehearsal:
    """What `start_from_segment` and `take_in` would do, found by doing it and taking it back.

    The first `AT_ONCE` people are tried; `how` and what is raised are as there.
    """
    try:
        with transaction.atomic():
            campaign = start_from_segment(version, sequence, name=name, actor=actor, **how)
            report = take_in(campaign, actor="rehearsal", most=AT_ONCE)
            raise _NothingHappened
    except _NothingHappened:
        size = campaign.audience.size if campaign.audience else 0
        return Rehearsal(size, report.taken_in + len(report.left_out), report)


def take_in_waiting() -> int:
    """Every minute: go on with audiences nobody finished; returns how many were looked at."""
    waiting = SegmentMember.objects.filter(outcome="").values("snapshot")
    rows = Campaign.objects.filter(audience__in=waiting, status__in=OPEN_CAMPAIGNS)
    looked = 0
    for campaign in rows.select_related("sequence_version", "audience"):
        assert campaign.audience is not None
        try:
            report = take_in(campaign, actor=campaign.audience.taken_by, most=MOST_A_MINUTE)
        except OutreachError as error:  # it stays for a person to mend; the others go on
            log.warning("audience_waits", campaign=str(campaign.pk), reason=str(error))
            continue
        looked += report.taken_in + len(report.left_out)
    return looked


def progress(campaign: Campaign) -> Progress:
    """How many of the audience are in, wait, or stayed out and why; one query."""
    rows = SegmentMember.objects.filter(snapshot=campaign.audience_id).order_by()
    counts = Counter(dict(rows.values_list("outcome").annotate(Count("pk"))))
    out = {code: n for code, n in counts.most_common() if code not in ("", IN)}
    return Progress(sum(counts.values()), counts[IN], counts[""], out)


def _portion(campaign: Campaign, size: int) -> list[SegmentMember]:
    # The campaign's row is the turn: whoever comes second reads what the first has written.
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    rows = SegmentMember.objects.filter(snapshot=campaign.audience_id, outcome="")
    return list(rows.order_by("pk")[:size])


def _record(portion: list[SegmentMember], part: Enrolled) -> None:
    stayed = {one.contact_id: one for one in part.left_out}
    for member in portion:
        one = stayed.get(member.contact_id)
        member.outcome, member.reason = (one.code, one.reason) if one else (IN, "")
    SegmentMember.objects.bulk_update(portion, ["outcome", "reason"], batch_size=CHUNK)
