"""Hands a conversation to a person of ours, and on to the next while nobody has looked."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from outreach.choices import Outcome, TalkState
from outreach.conversations import alerts, duty, moves, states
from outreach.conversations.turns import OnDuty, next_in_turn
from outreach.errors import NotAllowedNow
from outreach.models import Alert, Conversation, Enrollment, HandoffPolicy, Message
from outreach.models.alert import AlertKind
from outreach.models.duty import AssignBy
from outreach.sequences.stop import hand_over
from outreach.webhooks.hearing import tell_hot

ACTOR = "handoff"
BATCH = 100
WAITS = frozenset({AlertKind.HOT, AlertKind.PASSED_ON, AlertKind.UNSEEN})


def escalate(conversation: Conversation, message: Message, *, reason: str) -> None:
    """A person takes over from here: touches end, somebody owns it and is told, now.

    In the caller's transaction, the enrollment locked. A conversation closed because they asked
    us to stop stays closed; its owner is told all the same.
    """
    hand_over(conversation.enrollment, actor=ACTOR, reason=reason)
    tell_hot(message, reason=reason)
    policy = duty.one_at_a_time()
    now = timezone.now()
    people = duty.on_duty()
    changes: dict[str, Any] = {
        "hot_since": conversation.hot_since or now, "acknowledged_at": None,
        "resume_at": None, "snoozed_until": None, **_given(conversation, policy, people, now),
    }  # fmt: skip
    place = moves.place_of(conversation)
    if place.state is TalkState.CLOSED and place.outcome == Outcome.OPTED_OUT:
        moves.write(conversation, **changes)
        moves.record(conversation, "escalated", actor=ACTOR, reason=reason)
    else:
        moves.move(conversation, states.take_over(place, reason), actor=ACTOR, **changes)
    if conversation.owner_id is None:
        tell_administrators(conversation, message, reason="There is nobody to hand it to.")
        return
    alerts.tell(
        conversation.owner_id, AlertKind.HOT, enrollment_id=conversation.pk, message=message,
        words=reason, now=now,
    )  # fmt: skip


def _given(
    conversation: Conversation, policy: HandoffPolicy, people: list[OnDuty], now: datetime
) -> dict[str, Any]:
    """Its owner, and when it goes on if they do not look; whoever works here and has it keeps it."""
    owner = conversation.owner_id
    if owner is None or not _works_here(owner):
        first = conversation.enrollment.campaign.owner_id
        wanted = first if policy.assign_by == AssignBy.CAMPAIGN_OWNER else None
        chosen = next_in_turn(people, now, first=wanted)
        owner = chosen.user_id if chosen else None
    return {"owner_id": owner, "assigned_at": now, "pass_on_at": _pass_on(policy, people, now)}


def _works_here(user_id: int) -> bool:
    return User.objects.filter(pk=user_id, is_active=True).exists()


def _pass_on(policy: HandoffPolicy, people: list[OnDuty], now: datetime) -> datetime:
    """Minutes from now; while all of us are in quiet hours, from when the first one wakes."""
    wakes = [person.quiet_until(now) for person in people]
    asleep = [moment for moment in wakes if moment is not None]
    start = min(asleep) if people and len(asleep) == len(people) else now
    return start + timedelta(minutes=policy.pass_on_minutes)


def tell_owner(conversation: Conversation, message: Message) -> None:
    """They wrote again in a conversation a person has; without one it is handed over anew."""
    owner = conversation.owner_id
    if owner is None or not _works_here(owner):
        escalate(conversation, message, reason="They wrote again, and nobody has it.")
        return
    alerts.tell(
        owner, AlertKind.AGAIN, enrollment_id=conversation.pk, message=message,
        words="They wrote again.",
    )  # fmt: skip


def tell_administrators(conversation: Conversation, message: Message | None, *, reason: str) -> int:
    """Tell every administrator; returns how many there are."""
    people = list(duty.administrators().values_list("pk", flat=True))
    for user_id in people:
        alerts.tell(
            user_id, AlertKind.COMPLAINT if message else AlertKind.UNSEEN,
            enrollment_id=conversation.pk, message=message, words=reason,
        )  # fmt: skip
    return len(people)


def pass_on_unseen(now: datetime | None = None) -> int:
    """Give every conversation nobody has looked at in time to the next person; returns how many.

    Each in its own transaction; any number of workers may do so at once.
    """
    at = now or timezone.now()
    due = Conversation.objects.filter(pass_on_at__lte=at, acknowledged_at=None)
    done = 0
    for pk in list(due.order_by("pass_on_at").values_list("pk", flat=True)[:BATCH]):
        try:
            done += _pass_one_on(pk, at)
        except NotAllowedNow:
            continue  # somebody has just looked at it, or another worker has passed it on
    return done


@transaction.atomic
def _pass_one_on(pk: UUID, now: datetime) -> bool:
    # Locked in the order in which a reply locks them, or the two would wait for each other.
    rows = Enrollment.objects.filter(pk=pk)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    waits = Conversation.objects.filter(pk=pk, pass_on_at__lte=now, acknowledged_at=None)
    if rows.first() is None:
        return False
    conversation = waits.select_related("enrollment__campaign").first()
    if conversation is None:
        return False
    policy = duty.one_at_a_time()
    people = duty.on_duty()
    told = _told(conversation)
    chosen = next_in_turn(people, now, not_these=told)
    everybody = chosen is None
    if chosen is None:  # all of them had it: round again, and louder
        chosen = next_in_turn(people, now, not_these={conversation.owner_id or 0}) or (
            next_in_turn(people, now)
        )
        tell_administrators(conversation, None, reason="Nobody has looked at a hot conversation.")
    owner = chosen.user_id if chosen else conversation.owner_id
    moves.write(
        conversation, owner_id=owner, assigned_at=now, pass_on_at=_pass_on(policy, people, now)
    )
    minutes = policy.pass_on_minutes
    reason = f"Nobody looked at it for {minutes} minute{'' if minutes == 1 else 's'}."
    moves.record(
        conversation, "passed_on", actor=ACTOR, reason=reason, data={"everybody": everybody}
    )
    if owner is not None:
        alerts.tell(
            owner, AlertKind.PASSED_ON, enrollment_id=conversation.pk, message=None, words=reason,
            now=now,
        )  # fmt: skip
    return True


def _told(conversation: Conversation) -> set[int]:
    """Who was given it since it became hot."""
    rows = Alert.objects.filter(enrollment=conversation.pk, kind__in=WAITS)
    if conversation.hot_since:
        rows = rows.filter(created_at__gte=conversation.hot_since)
    return set(rows.values_list("user", flat=True))
