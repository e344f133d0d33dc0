"""Where each vendor's conversation stands: told by the database, however much was written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Max

from outreach.choices import (
    HANDED_OVER,
    Direction,
    EnrollmentStatus,
    MessageKind,
    MessageStatus,
)
from outreach.inbound.notices.severity import causes
from outreach.models import Campaign, Enrollment, Message
from quotes.choices import ReplyKind
from quotes.comparison.facts import Outbound, Thread
from quotes.models import Quote

_FURTHEST: tuple[tuple[Outbound, frozenset[str]], ...] = (
    ("sent", HANDED_OVER - {MessageStatus.BOUNCED}),
    ("bounced", frozenset({MessageStatus.BOUNCED})),
    ("queued", frozenset({MessageStatus.APPROVED, MessageStatus.SENDING})),
    ("draft", frozenset({MessageStatus.DRAFT, MessageStatus.EA_REVIEW})),
    ("failed", frozenset({MessageStatus.FAILED})),
    ("skipped", frozenset({MessageStatus.SKIPPED, MessageStatus.CANCELLED})),
)
_WAITING = frozenset({MessageStatus.DRAFT, MessageStatus.EA_REVIEW})
_ANSWERS = frozenset({MessageKind.AUTO_REPLY, MessageKind.REPLY})


@dataclass(frozen=True, slots=True)
class _Group:
    """Messages of one thread that are alike: how many, when one was last sent, the newest."""

    direction: str
    status: str
    kind: str
    count: int
    sent_at: datetime | None
    newest: datetime

    @property
    def answers(self) -> bool:
        return self.direction == Direction.INBOUND and self.kind in _ANSWERS


@dataclass(frozen=True, slots=True)
class _Newest:
    """A message that is the newest of its group; `reading` is the kind its quote was read as."""

    direction: str
    status: str
    kind: str
    received_at: datetime | None
    reason: str
    reading: str | None
    bounce_cause: str

    @property
    def why(self) -> str:
        """What its status is explained by: of a bounce what it means, not how a server put it."""
        cause = causes().get(self.bounce_cause)
        bounced = self.status == MessageStatus.BOUNCED and cause is not None and cause.is_known
        return cause.meaning if bounced and cause else self.reason


def threads_of(
    campaign: Campaign, enrollments: Iterable[Enrollment], quotes: Mapping[UUID, Sequence[Quote]]
) -> dict[UUID, Thread]:
    """Each thread by its enrollment; two queries, whose answers grow with threads alone."""
    groups = _groups(campaign)
    newest = _newest(campaign, groups)
    return {
        one.pk: _thread(one, groups[one.pk], newest[one.pk], quotes[one.pk]) for one in enrollments
    }


def _groups(campaign: Campaign) -> dict[UUID, list[_Group]]:
    found: dict[UUID, list[_Group]] = defaultdict(list)
    rows = Message.objects.filter(campaign=campaign, enrollment__isnull=False).order_by()
    for enrollment_id, *told in rows.values_list(
        "enrollment_id", "direction", "status", "kind"
    ).annotate(n=Count("pk"), sent=Max("sent_at"), newest=Max("created_at")):
        found[enrollment_id].append(_Group(*told))
    return found


def _newest(
    campaign: Campaign, groups: Mapping[UUID, Sequence[_Group]]
) -> dict[UUID, list[_Newest]]:
    """The messages whose own words count, oldest first: the last answer, the last of our own."""
    wanted = {
        one.newest
        for of_thread in groups.values()
        for one in of_thread
        if one.answers or one.direction == Direction.OUTBOUND
    }
    found: dict[UUID, list[_Newest]] = defaultdict(list)
    rows = Message.objects.filter(campaign=campaign, created_at__among=sorted(wanted))
    for enrollment_id, *told in (
        rows.exclude(enrollment=None)
        .order_by("created_at", "id", "quotes__created_at")
        .values_list(
            "enrollment_id", "direction", "status", "kind", "received_at", "reason",
            F("quotes__kind"), "bounce_cause",
        )
    ):  # fmt: skip
        found[enrollment_id].append(_Newest(*told))
    return found


def _thread(
    enrollment: Enrollment,
    groups: Sequence[_Group],
    newest: Sequence[_Newest],
    quotes: Sequence[Quote],
) -> Thread:
    ours = [one for one in groups if one.direction == Direction.OUTBOUND]
    out = [one for one in ours if one.status in HANDED_OVER]
    outbound, reason = _furthest(newest)
    kind, replied_at = _newest_answer(newest, quotes)
    return Thread(
        channel=enrollment.channel,
        outbound=outbound,
        sent_at=max((one.sent_at for one in out if one.sent_at), default=None),
        follow_ups=sum(one.count for one in out if one.kind == MessageKind.FOLLOW_UP),
        draft_waiting=bool(out) and any(one.status in _WAITING for one in ours),
        reply_kind=kind,
        replied_at=replied_at,
        detail="" if kind else reason,
        notes=enrollment.notes,
        stopped=enrollment.stop_reason if enrollment.status == EnrollmentStatus.STOPPED else "",
    )


def _furthest(newest: Sequence[_Newest]) -> tuple[Outbound, str]:
    """How far the furthest of our messages got, and the reason the last such one tells."""
    ours = [one for one in reversed(newest) if one.direction == Direction.OUTBOUND]
    for name, statuses in _FURTHEST:
        last = next((one for one in ours if one.status in statuses), None)
        if last is not None:
            return name, last.why
    return "", ""


def _newest_answer(
    newest: Sequence[_Newest], quotes: Sequence[Quote]
) -> tuple[str, datetime | None]:
    """Kind and time of the newest answer; a reply without a reading yet is "unread"."""
    for one in reversed(newest):
        if one.direction != Direction.INBOUND or one.kind not in _ANSWERS:
            continue
        if one.kind == MessageKind.AUTO_REPLY:
            return ReplyKind.OUT_OF_OFFICE, one.received_at
        return one.reading or "unread", one.received_at
    logged = next((quote for quote in reversed(quotes) if quote.logged_by_id), None)
    return (logged.kind, logged.created_at) if logged else ("", None)
