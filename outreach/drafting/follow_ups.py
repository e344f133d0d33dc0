"""Drafts the next follow-up to a vendor who has not answered, within the campaign's limit."""

from django.db import transaction
from django.db.models import QuerySet

from compliance import audit
from outreach.choices import CANCELLABLE, Direction, EnrollmentStatus, MessageKind
from outreach.drafting.draft import Draft, Follow, draft_message
from outreach.drafting.generate import GIVEN_UP, new_message
from outreach.errors import BudgetExceeded, NotAllowedNow, NothingToSend
from outreach.models import Enrollment, Message

OVER = frozenset({EnrollmentStatus.REPLIED, EnrollmentStatus.COMPLETED, EnrollmentStatus.STOPPED})


def draft_follow_up(enrollment: Enrollment, *, actor: str) -> Message:
    """One follow-up waiting for review; a waiting one is returned instead of a second.

    Raises NotAllowedNow before the first message went out or after an answer, BudgetExceeded
    when the campaign's follow-ups for this vendor are used up. The words are found outside any
    transaction: a model may take its time.
    """
    campaign = enrollment.campaign
    _check_open(enrollment)
    first = _sent(enrollment).filter(kind=MessageKind.FIRST, sent_at__isnull=False).first()
    if first is None or first.sent_at is None:
        raise NotAllowedNow(
            "The first message has not gone out yet; there is nothing to follow up."
        )
    if campaign.request is None:
        raise NothingToSend("This campaign has no request to draft from.")
    if waiting := _waiting(enrollment):
        return waiting
    draft = draft_message(
        campaign.request, enrollment.company, enrollment.contact, campaign.mailbox,
        enrollment.channel, "follow_up",
        follow=Follow(_count(enrollment) + 1, first.sent_at.date()), campaign_id=campaign.pk,
    )  # fmt: skip
    return _put(enrollment, draft, first, actor=actor)


@transaction.atomic
def _put(enrollment: Enrollment, draft: Draft, first: Message, *, actor: str) -> Message:
    """Store the draft, unless somebody was faster: they answered, or another one waits by now."""
    campaign = enrollment.campaign
    rows = Enrollment.objects.select_for_update(of=("self",)).select_related("company", "contact")
    locked = rows.get(pk=enrollment.pk)
    _check_open(locked)
    if waiting := _waiting(locked):
        return waiting
    used = _count(locked)
    if used >= campaign.follow_up_limit:
        raise BudgetExceeded(
            f"All {campaign.follow_up_limit} follow-ups to {_vendor(locked)} are used up."
        )
    message = new_message(
        campaign, enrollment, draft, kind=MessageKind.FOLLOW_UP, to_address=first.to_address
    )
    message.in_reply_to = first.rfc_message_id
    message.references = first.rfc_message_id
    message.save()
    audit.append(
        "message.drafted", message, actor=actor, campaign_id=campaign.pk,
        data={"kind": "follow_up", "number": used + 1},
    )  # fmt: skip
    return message


def _check_open(enrollment: Enrollment) -> None:
    if enrollment.status in OVER:
        state = enrollment.get_status_display().lower()
        raise NotAllowedNow(f"{_vendor(enrollment)}: already {state}.")


def _vendor(enrollment: Enrollment) -> str:
    return str(enrollment.company or enrollment.contact)


def _sent(enrollment: Enrollment) -> QuerySet[Message]:
    return Message.objects.filter(enrollment=enrollment, direction=Direction.OUTBOUND)


def _follow_ups(enrollment: Enrollment) -> QuerySet[Message]:
    return _sent(enrollment).filter(kind=MessageKind.FOLLOW_UP)


def _waiting(enrollment: Enrollment) -> Message | None:
    return _follow_ups(enrollment).filter(status__in=CANCELLABLE).first()


def _count(enrollment: Enrollment) -> int:
    return _follow_ups(enrollment).exclude(status__in=GIVEN_UP).count()
