"""Who is on duty now, from what staff say of themselves; a lock for giving one thing to one."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Max, Q, QuerySet

from outreach.conversations.turns import OnDuty, QuietHours
from outreach.models import HandoffPolicy, StaffDuty
from outreach.models.alert import AlertKind

# Who works for the desk, where nobody has said that they take leads.
ROLES = ("EA", "Staff", "Admin")
ADMINISTRATORS = "Admin"
GIVEN = (AlertKind.HOT, AlertKind.PASSED_ON)


def on_duty() -> list[OnDuty]:
    """Everybody who takes leads; should nobody, everybody who works here: none may wait unseen."""
    duties = {row.user_id: row for row in StaffDuty.objects.all()}
    given = Max("alerts__created_at", filter=Q(alerts__kind__in=GIVEN))
    people = dict(workers().annotate(given=given).values_list("pk", "given"))
    volunteers = User.objects.filter(is_active=True, duty__takes_leads=True)
    people |= dict(volunteers.annotate(given=given).values_list("pk", "given"))
    chosen = (
        [pk for pk in people if pk in duties and duties[pk].takes_leads]
        or [pk for pk in people if pk not in duties]
        or list(people)
    )
    return [OnDuty(pk, people[pk], _quiet(duties.get(pk))) for pk in chosen]


def workers() -> QuerySet[User]:
    """Active people of the desk."""
    active = User.objects.filter(is_active=True)
    return active.filter(Q(groups__name__in=ROLES) | Q(is_superuser=True)).distinct()


def administrators() -> QuerySet[User]:
    """Active administrators; whoever works here where there is none."""
    active = User.objects.filter(is_active=True)
    found = active.filter(Q(groups__name=ADMINISTRATORS) | Q(is_superuser=True)).distinct()
    return found if found.exists() else workers()


def quiet_until(duty: StaffDuty | None, now: datetime) -> datetime | None:
    """When this person may be rung again; None for now."""
    quiet = _quiet(duty)
    return quiet.until(now) if quiet else None


def _quiet(row: StaffDuty | None) -> QuietHours | None:
    if row is None or row.quiet_from is None or row.quiet_until is None:
        return None
    if row.quiet_from == row.quiet_until:
        return None
    return QuietHours(row.quiet_from, row.quiet_until, row.zone or settings.TIME_ZONE)


def one_at_a_time() -> HandoffPolicy:
    """The policy, locked until the transaction ends: two leads at once go to two people."""
    HandoffPolicy.objects.get_or_create(pk=1)
    return HandoffPolicy.objects.select_for_update().get(pk=1)
