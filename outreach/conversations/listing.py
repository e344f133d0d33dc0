"""The conversations of the inbox: which a filter shows, what a line says, how many wait."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet

from outreach.choices import CANCELLABLE, Direction, MessageKind, ReplyIntent, TalkState
from outreach.models import Conversation, Message
from outreach.models.conversation import WAITS

OPEN = [TalkState.REPLIED, TalkState.TAKEN_OVER]
SNIPPET = 160
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One conversation in the list: the row, what they said last, how much of it is unread."""

    conversation: Conversation
    words: str
    channel: str
    unread: int
    drafted: bool

    @property
    def who(self) -> str:
        """The person, else their company."""
        enrollment = self.conversation.enrollment
        return str(enrollment.contact) or str(enrollment.company or "")


def who_may_work() -> QuerySet[User]:
    """Everybody of ours a conversation can be given to."""
    return User.objects.with_perm(
        "outreach.triage_message", backend="django.contrib.auth.backends.ModelBackend"
    ).filter(is_staff=True)


def filters(user: User, now: datetime) -> dict[str, tuple[str, Q]]:
    """Name, label and condition of every view of the inbox, as this person sees them."""
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=now)
    open_ = Q(state__in=OPEN) & awake & WAITS
    asks = Q(state=TalkState.REPLIED, intent=ReplyIntent.QUESTION)
    return {
        "hot": ("Hot", Q(hot_since__isnull=False) & ~Q(state=TalkState.CLOSED) & awake & WAITS),
        "mine": ("Mine", Q(owner=user) & open_),
        "questions": ("Questions", asks & awake & WAITS),
        "open": ("Open", open_),
        "nobody": ("Nobody’s", Q(owner=None) & open_),
        "snoozed": ("Put aside", Q(snoozed_until__gt=now)),
        "closed": ("Closed", Q(state=TalkState.CLOSED)),
        "all": ("All", Q(last_reply_at__isnull=False)),
    }


def conversations(condition: Q, *, search: str = "") -> QuerySet[Conversation]:
    """Conversations newest first, with what a line shows; `search` in names and addresses."""
    rows = Conversation.objects.filter(condition)
    if search:
        rows = rows.filter(
            Q(enrollment__contact__name__icontains=search)
            | Q(enrollment__company__name__icontains=search)
            | Q(enrollment__contact__points__value__icontains=search)
        ).distinct()
    return rows.select_related(
        "enrollment__contact", "enrollment__company", "enrollment__campaign", "owner"
    ).order_by("-last_reply_at", "-pk")


def lines(rows: Collection[Conversation]) -> list[Line]:
    """The lines of one page; four queries however many."""
    ids = [row.pk for row in rows]
    heard = Message.objects.filter(
        enrollment__in=ids, direction=Direction.INBOUND, kind=MessageKind.REPLY
    )
    # Keys first: a long conversation holds megabytes of words, of which the last are shown.
    last = dict(heard.order_by("received_at").values_list("enrollment", "pk"))
    said = Message.objects.only("enrollment_id", "body", "own_ranges").in_bulk(list(last.values()))
    newest = {message.enrollment_id: message for message in said.values()}
    unread = dict(
        heard.filter(read_at=None).order_by().values_list("enrollment").annotate(n=Count("pk"))
    )
    drafted = set(
        Message.objects.filter(
            enrollment__in=ids, kind=MessageKind.ANSWER, status__in=sorted(CANCELLABLE)
        ).values_list("enrollment", flat=True)
    )
    return [
        Line(
            row, snippet(newest.get(row.pk)), row.enrollment.channel, unread.get(row.pk, 0),
            row.pk in drafted,
        )
        for row in rows
    ]  # fmt: skip


def snippet(message: Message | None) -> str:
    """The beginning of what they wrote themselves."""
    if message is None:
        return ""
    spans = message.own_ranges or [(0, len(message.body))]
    own = " ".join(message.body[int(start) : int(end)] for start, end in spans)
    return " ".join(own.split())[:SNIPPET]


def counts(user: User, now: datetime, names: Collection[str]) -> dict[str, int]:
    """How many each of these views shows, counted no further than 100."""
    known = filters(user, now)
    return {
        name: len(
            Conversation.objects.filter(known[name][1]).values_list("pk").order_by()[:MOST_COUNTED]
        )
        for name in names
    }
