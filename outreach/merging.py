"""Two people or vendors turn out to be one: their threads, and that nobody hears a thing twice."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from compliance import gate
from crm.merging import links, review
from crm.merging.links import Fold
from crm.models import Contact
from outreach import lifecycle
from outreach.approvals import void_approvals
from outreach.choices import (
    HANDED_OVER,
    TOUCHES,
    UNDER_WAY,
    CampaignKind,
    Direction,
    EnrollmentStatus,
    MessageKind,
    MessageStatus,
)
from outreach.models import AiRun, DraftOrder, Enrollment, MarketingTouch, Message, WebhookDelivery
from outreach.outbounds import outbounds_of
from outreach.stopping import cancel_open_messages, end_enrollments, stop_enrollments

# A thread that came to this ends the other one's touches, too.
ENDS_BOTH = (EnrollmentStatus.REPLIED, EnrollmentStatus.HANDED_OVER, EnrollmentStatus.STOPPED)
ALREADY = "They had it in their other thread of this campaign."


def register() -> None:
    """Say what of ours two records cannot both have; called in `AppConfig.ready`."""
    links.fold("outreach.Enrollment", "contact", settle_threads)
    links.fold("outreach.Enrollment", "company", settle_vendors)
    links.fold("outreach.MarketingTouch", "contact", settle_day)
    links.fold("outreach.DraftOrder", "company", settle_orders)
    review.register(count_of)
    links.keep_id(WebhookDelivery, "contact_id", of="crm.Contact")
    links.keep_id(AiRun, "contact_id", of="crm.Contact")


def count_of(kind: str, ids: Collection[UUID]) -> dict[UUID, dict[str, int]]:
    """Threads and messages of people or companies: what hangs on each, for the page of a pair."""
    rows = Enrollment.objects.filter(**{f"{kind}__in": ids}).order_by().values_list(kind)
    found: dict[UUID, dict[str, int]] = {}
    for pk, threads, said in rows.annotate(
        threads=Count("pk", distinct=True), said=Count("messages", distinct=True)
    ):
        found[pk] = {"threads": threads} | ({"messages": said} if said else {})
    return found


def settle_threads(fold: Fold) -> None:
    """Of two threads in one campaign the survivor's goes on; so it does in an exclusive one."""
    rows = list(
        Enrollment.objects.select_for_update(of=("self",))
        .filter(contact__in=[fold.survivor.pk, fold.merged.pk], duplicate_of=None)
        .select_related("campaign")
        .order_by("pk")
    )
    own = {row.campaign_id: row for row in rows if row.contact_id == fold.survivor.pk}
    busy = [row for row in own.values() if _is_busy(row)]
    for row in rows:
        if row.contact_id == fold.survivor.pk:
            continue
        twin = own.get(row.campaign_id)
        if twin is not None:
            _part(fold, twin, row)
        elif _is_busy(row) and any(_excludes(row, other) for other in busy):
            _end(fold, [row], "They are under way in another campaign, and one is exclusive.")


def _is_busy(row: Enrollment) -> bool:
    return row.campaign.kind == CampaignKind.SEQUENCE and row.status in UNDER_WAY


def _excludes(one: Enrollment, other: Enrollment) -> bool:
    return one.campaign.exclusive or other.campaign.exclusive


def _part(fold: Fold, twin: Enrollment, row: Enrollment) -> None:
    """The merged one's thread says nothing more; what it said, the other does not say again."""
    _lock_messages([twin, row])
    state = EnrollmentStatus(row.status)
    fold.story.change(row, duplicate_of=twin)
    _end(fold, [row], f"{fold.reason} Their other thread in this campaign goes on.")
    fold.story.told.append(f"Both were in “{row.campaign}”: one thread goes on, the other ended.")
    if state in ENDS_BOTH and twin.status in UNDER_WAY:
        stop_enrollments(
            Enrollment.objects.filter(pk=twin.pk), actor=fold.actor, to=state,
            reason=f"In their other thread: {row.stop_reason or state.label.lower()}",
        )  # fmt: skip
    if row.paused_at and not twin.paused_at:
        fold.story.change(twin, paused_at=row.paused_at, paused_by=row.paused_by)
    fold.story.change(twin, needs_person=twin.needs_person or row.needs_person)
    _pass_over(fold, twin, row)


def _lock_messages(threads: Iterable[Enrollment]) -> None:
    """Nobody begins a hand-over between what is looked at here and what follows from it."""
    rows = Message.objects.filter(enrollment__in=threads, direction=Direction.OUTBOUND)
    list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def _end(fold: Fold, threads: Collection[Enrollment], reason: str) -> None:
    rows = Enrollment.objects.filter(pk__in=[row.pk for row in threads])
    end_enrollments(rows, actor=fold.actor, reason=reason)
    for row in threads:
        _cancel(fold, Message.objects.filter(enrollment=row.pk), reason)


def _cancel(fold: Fold, messages: QuerySet[Message], reason: str) -> None:
    """Cancel touches that have not left, those in a worker's hands included."""
    touches = messages.filter(direction=Direction.OUTBOUND, kind__in=TOUCHES)
    ids = list(touches.order_by().values_list("pk", flat=True))
    cancel_open_messages(actor=fold.actor, reason=reason, pk__in=ids)
    held = Message.objects.filter(
        pk__in=ids, status=MessageStatus.SENDING, hand_over_at__isnull=True
    )
    taken = list(held.values_list("pk", flat=True))
    lifecycle.move(
        held, MessageStatus.CANCELLED, only_from=frozenset({MessageStatus.SENDING}), reason=reason
    )
    void_approvals(taken, reason=reason)


def _left(threads: Iterable[Enrollment]) -> QuerySet[Message]:
    """Touches that left, or may have: whatever a provider was spoken to about."""
    return Message.objects.filter(
        Q(status__in=sorted(HANDED_OVER))
        | Q(status=MessageStatus.SENDING, hand_over_at__isnull=False),
        enrollment__in=threads, direction=Direction.OUTBOUND, kind__in=TOUCHES,
    ).order_by()  # fmt: skip


def _pass_over(fold: Fold, twin: Enrollment, row: Enrollment) -> None:
    """What the ended thread said already is not said in the other."""
    said = list(_left([row]).values_list("step", "kind"))
    if not said:
        return
    reached = max((step for step, _kind in said if step is not None), default=0)
    waiting = Q(step__lte=reached)
    if any(kind == MessageKind.FIRST for _step, kind in said):
        waiting |= Q(kind=MessageKind.FIRST)
    _cancel(fold, Message.objects.filter(waiting, enrollment=twin.pk), ALREADY)
    moments = [at for at in (twin.last_outbound_at, row.last_outbound_at) if at]
    twin.refresh_from_db()
    fold.story.change(
        twin, step=max(twin.step, reached), last_outbound_at=max(moments, default=None)
    )


def settle_vendors(fold: Fold) -> None:
    """One vendor is asked once: of two threads in a request, one that said nothing yet ends."""
    if isinstance(fold.survivor, Contact):
        return
    rows = list(
        Enrollment.objects.select_for_update(of=("self",))
        .filter(company__in=[fold.survivor.pk, fold.merged.pk], campaign__kind=CampaignKind.RFQ)
        .order_by("pk")
    )
    for campaign in {row.campaign_id for row in rows}:
        own = [r for r in rows if r.campaign_id == campaign and r.company_id == fold.survivor.pk]
        theirs = [r for r in rows if r.campaign_id == campaign and r.company_id == fold.merged.pk]
        if not own or not theirs:
            continue
        _lock_messages([*own, *theirs])
        quiet = theirs if not _left(theirs).exists() else own if not _left(own).exists() else []
        _end(fold, quiet, f"{fold.reason} The vendor is asked in the other thread.")


def settle_orders(fold: Fold) -> None:
    """A vendor gets one first draft: what was ordered for both is ordered once."""
    campaigns = DraftOrder.objects.filter(company=fold.survivor.pk).values("campaign")
    for order in DraftOrder.objects.filter(company=fold.merged.pk, campaign__in=campaigns):
        fold.story.remove(order)


def settle_day(fold: Fold) -> None:
    """The later of both days is the person's: one marketing message in 24 hours."""
    days = MarketingTouch.objects.select_for_update()
    theirs = days.filter(contact=fold.merged.pk).first()
    if theirs is None:
        return
    own = days.filter(contact=fold.survivor.pk).first()
    taken: dict[str, Any] = {"message_id": theirs.message_id, "at": theirs.at}
    fold.story.remove(theirs)
    if own is None:
        # Not undone with the merge: a day that was taken stays taken.
        MarketingTouch.objects.create(contact=fold.survivor, **taken)
    elif theirs.at > own.at:
        MarketingTouch.objects.filter(contact=fold.survivor.pk).update(**taken)


def judge_anew(sender: object, *, fold: Fold, **_signal: Any) -> None:
    """Hears `crm.signals.contacts_merged`: what was approved for two may not do for one."""
    if not isinstance(fold.survivor, Contact):
        return
    waiting = list(
        Message.objects.filter(
            enrollment__contact=fold.survivor.pk, direction=Direction.OUTBOUND,
            status=MessageStatus.APPROVED,
        ).select_related("campaign")
    )  # fmt: skip
    refused = 0
    for message, verdict in zip(waiting, gate.check_many(outbounds_of(waiting)), strict=True):
        if not verdict.allowed and verdict.time is None and not verdict.curable:
            reason = " ".join(verdict.reasons)
            refused += cancel_open_messages(actor=fold.actor, reason=reason, pk=message.pk)
    if refused:
        fold.story.told.append(f"{refused} approved messages may not go any more: cancelled.")
