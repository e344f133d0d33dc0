"""The bell: what I was told, live on every page, and the way to what it is about."""

from uuid import UUID

from django.contrib import messages as notices
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from outreach.admin import doors
from outreach.conversations import acts, alerts
from outreach.conversations.handoff import WAITS
from outreach.errors import OutreachError
from outreach.models import Alert

MOST = 99


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@require_safe
def bell(request: HttpRequest) -> HttpResponse:
    """The count and the last alerts of whoever is logged in; two queries."""
    return _show(request, _person(request))


def _show(request: HttpRequest, person: User, *, cleared: bool = False) -> HttpResponse:
    count = len(alerts.unseen(person).order_by().values_list("pk")[: MOST + 1])
    return doors.fragment(
        request, "admin/outreach/bell/bell.html", rows=alerts.newest(person), count=count,
        shown=f"{MOST}+" if count > MOST else count, cleared=cleared,
    )  # fmt: skip


@doors.posts
def open_alert(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Go where the alert points; who does so has looked, and it is passed on no more."""
    person = _person(request)
    alert = get_object_or_404(Alert, pk=alert_id, user=person)
    try:
        if alert.kind in WAITS and person.has_perm(doors.TRIAGE):
            acts.acknowledge(alert.enrollment_id, actor=person)
    except OutreachError as error:
        notices.error(request, str(error))
    alerts.mark_seen(Alert.objects.filter(pk=alert.pk))
    return redirect(f"{reverse('admin:outreach_inbox')}?show=all&c={alert.enrollment_id}")


@doors.posts
def all_seen(request: HttpRequest) -> HttpResponse:
    """Clear the bell of what needs nobody at once; what is hot has to be opened, and it says so."""
    person = _person(request)
    alerts.mark_seen(alerts.unseen(person).exclude(kind__in=WAITS))
    return _show(request, person, cleared=True)
