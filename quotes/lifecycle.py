"""Where an answer may go from where it stands: the only place that changes a quote's status."""

from uuid import UUID

from django.db.models import F
from django.utils import timezone

from outreach.models import Enrollment
from quotes.choices import QuoteStatus, ReplyKind
from quotes.errors import QuoteError
from quotes.models import Quote

S = QuoteStatus
MOVES: dict[QuoteStatus, frozenset[QuoteStatus]] = {
    S.NEEDS_REVIEW: frozenset({S.CURRENT, S.SUPERSEDED, S.REJECTED}),
    S.CURRENT: frozenset({S.SUPERSEDED, S.REJECTED}),
    S.SUPERSEDED: frozenset({S.CURRENT, S.REJECTED}),
    S.REJECTED: frozenset({S.CURRENT}),
}
# Answers a vendor is held to. Anything else stands only until one of these comes.
DECISIVE = frozenset({ReplyKind.QUOTE, ReplyKind.DECLINE})


def lock_thread(enrollment_id: UUID) -> Enrollment:
    """Take the thread for the rest of the transaction: whoever decides what stands, goes alone."""
    return Enrollment.objects.select_for_update().select_related("campaign").get(pk=enrollment_id)


def standing(enrollment: Enrollment) -> Quote | None:
    """The answer that counts for the vendor now."""
    return Quote.objects.filter(enrollment=enrollment, status=S.CURRENT).first()


def outranks(newer: ReplyKind | str, older: Quote | None) -> bool:
    """Whether an answer of this kind takes the place of the one that stands."""
    return older is None or newer in DECISIVE or older.kind not in DECISIVE


def stand(quote: Quote, **changes: object) -> Quote | None:
    """Make this the answer that counts; returns the one it superseded, kept and linked.

    In the caller's transaction, with the thread locked.
    """
    before = standing(quote.enrollment)
    if before is not None and before.pk != quote.pk:
        move(before, S.SUPERSEDED)
        changes.setdefault("supersedes", before)
        if before.is_finalist and quote.kind == ReplyKind.QUOTE:
            changes.setdefault("is_finalist", True)
    move(quote, S.CURRENT, **changes)
    return before if before is not None and before.pk != quote.pk else None


def move(quote: Quote, to: QuoteStatus, **changes: object) -> None:
    """Compare-and-swap to `to` with the changes; raises QuoteError where the table says no."""
    sources = [source for source, targets in MOVES.items() if to in targets or source == to]
    moved = Quote.objects.filter(pk=quote.pk, status__in=sources).update(
        status=to, version=F("version") + 1, updated_at=timezone.now(), **changes
    )
    if not moved:
        raise QuoteError(
            f"This answer is “{quote.get_status_display()}” and cannot become “{to.label}”; "
            "reload the page to see what happened to it."
        )
    quote.refresh_from_db()
