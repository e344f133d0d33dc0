"""The day somebody named has come: the sequence goes on, or a person is reminded."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from outreach.choices import EnrollmentStatus, TalkState
from outreach.conversations import alerts, duty, moves, states
from outreach.conversations.turns import next_in_turn
from outreach.errors import NotAllowedNow
from outreach.models import Conversation, Enrollment
from outreach.models.alert import AlertKind
from outreach.models.duty import AssignBy
from outreach.sequences.stop import go_on

ACTOR = "conversations"
BATCH = 100


def resume_due(now: datetime | None = None) -> dict[str, int]:
    """Do what was put off to now; returns how many went on, and of how many a person was told.

    Each in its own transaction; any number of workers may do so at once.
    """
    at = now or timezone.now()
    counts = {"went_on": 0, "reminded": 0}
    due = Conversation.objects.filter(resume_at__lte=at).order_by("resume_at")
    for pk in list(due.values_list("pk", flat=True)[:BATCH]):
        try:
            done = _resume_one(pk, at)
        except NotAllowedNow:
            continue  # they have just written again, or another worker was faster
        if done:
            counts[done] += 1
    return counts


@transaction.atomic
def _resume_one(pk: UUID, now: datetime) -> str:
    enrollment = (
        Enrollment.objects.select_related("campaign", "version")
        .select_for_update(of=("self",))
        .get(pk=pk)
    )
    conversation = moves.conversation_of(enrollment)
    if conversation.resume_at is None or conversation.resume_at > now:
        return ""
    place = moves.place_of(conversation)
    if place.state is not TalkState.REPLIED or enrollment.status == EnrollmentStatus.STOPPED:
        moves.write(conversation, resume_at=None)  # a person has it, or they asked us to stop
        return ""
    reason = "The day they named has come."
    if conversation.resume_touches and go_on(enrollment, actor=ACTOR, reason=reason, now=now):
        step = states.await_reply(place, f"{reason} The sequence goes on.")
        moves.move(conversation, step, actor=ACTOR, resume_at=None)
        return "went_on"
    _remind(conversation, now)
    moves.record(conversation, "reminded", actor=ACTOR, reason=reason)
    return "reminded"


def _remind(conversation: Conversation, now: datetime) -> None:
    owner = conversation.owner_id
    if owner is None:
        policy = duty.one_at_a_time()
        first = conversation.enrollment.campaign.owner_id
        wanted = first if policy.assign_by == AssignBy.CAMPAIGN_OWNER else None
        chosen = next_in_turn(duty.on_duty(), now, first=wanted)
        owner = chosen.user_id if chosen else None
    moves.write(
        conversation, resume_at=None, snoozed_until=None, owner_id=owner, assigned_at=now,
        answered_at=None,
    )  # fmt: skip
    if owner is not None:
        alerts.tell(
            owner, AlertKind.REMINDER, enrollment_id=conversation.pk, now=now,
            words="They asked to hear from us again around today.",
        )  # fmt: skip
