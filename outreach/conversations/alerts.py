"""Tells one of us about a conversation: a line in the app, and what goes out by mail and text."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from compliance.waking import wake
from outreach.conversations.duty import administrators, quiet_until
from outreach.models import Alert, AlertDelivery, Message, StaffDuty
from outreach.models.alert import AlertChannel, AlertKind, AlertStatus

TASK = "outreach.tasks.deliver_alerts"
# What rings a phone; the rest can wait until somebody opens their mail.
URGENT = frozenset({AlertKind.HOT, AlertKind.PASSED_ON, AlertKind.UNSEEN, AlertKind.COMPLAINT})
PANEL = 20


def tell(
    user_id: int,
    kind: AlertKind,
    *,
    enrollment_id: object,
    message: Message | None = None,
    words: str = "",
    now: datetime | None = None,
) -> Alert | None:
    """Tell a person, in the caller's transaction; None where they were told this already.

    A text waits for the end of their quiet hours; the app and their mail do not.
    """
    at = now or timezone.now()
    values = {"enrollment_id": enrollment_id, "words": words[:200], "created_at": at}
    if message is None or kind in {AlertKind.PASSED_ON, AlertKind.UNSEEN}:
        alert = Alert.objects.create(user_id=user_id, message=message, kind=kind, **values)
    else:
        alert, created = Alert.objects.get_or_create(
            user_id=user_id, message=message, kind=kind, defaults=values
        )
        if not created:
            return None
    duty = StaffDuty.objects.filter(user=user_id).first()
    ways = []
    if duty is None or duty.by_email:
        ways.append(AlertDelivery(alert=alert, channel=AlertChannel.EMAIL, due_at=at))
    if duty and duty.by_sms and duty.phone and kind in URGENT:
        due = quiet_until(duty, at) or at
        ways.append(AlertDelivery(alert=alert, channel=AlertChannel.SMS, due_at=due))
    AlertDelivery.objects.bulk_create(ways)
    transaction.on_commit(lambda: wake(TASK))
    return alert


def tell_administrators(kind: AlertKind, message: Message, *, words: str) -> None:
    """Tell every administrator about one message; in the caller's transaction."""
    if message.enrollment_id is None:
        return  # an alert leads to a thread; without one the log and the ledger have it
    for user_id in administrators().values_list("pk", flat=True):
        tell(user_id, kind, enrollment_id=message.enrollment_id, message=message, words=words)


def unseen(user: User) -> QuerySet[Alert]:
    """What this person was told and has not looked at, newest first."""
    return Alert.objects.filter(user=user, seen_at=None).order_by("-created_at")


def newest(user: User, *, limit: int = PANEL) -> list[Alert]:
    """The last things this person was told, seen or not, with what the bell shows; one query."""
    rows = Alert.objects.filter(user=user).order_by("-created_at")
    return list(rows.select_related("enrollment__company", "enrollment__contact")[:limit])


@transaction.atomic
def mark_seen(rows: QuerySet[Alert], *, now: datetime | None = None) -> int:
    """Mark alerts as looked at; what has not gone out of them is not needed any more."""
    ids = list(rows.filter(seen_at=None).values_list("pk", flat=True))
    Alert.objects.filter(pk__in=ids).update(seen_at=now or timezone.now())
    AlertDelivery.objects.filter(alert__in=ids, status=AlertStatus.WAITING).update(
        status=AlertStatus.NOT_NEEDED
    )
    return len(ids)
