"""Who a participant of a thread is, decided with a button beside their address."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from outreach.admin import doors
from outreach.admin.proposal import TAKE_IN
from outreach.conversations import participants
from outreach.errors import OutreachError
from outreach.models import Participant


@doors.posts
def decide(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """The same person, or a colleague; then back to where the button was."""
    person = doors.require(request, TAKE_IN)
    found = get_object_or_404(Participant, pk=participant_id)
    act = request.POST.get("act", "")
    try:
        if act == "same":
            contact = participants.same_person(participant_id, actor=person)
            notices.success(request, f"{found.value} is an address of {contact} now.")
        elif act == "colleague":
            contact = participants.colleague(participant_id, actor=person)
            notices.success(request, f"{contact} is among the contacts now. Nothing was sent.")
        else:
            notices.error(request, "Choose: the same person, or a colleague.")
    except OutreachError as error:
        notices.error(request, str(error))
    if request.POST.get("back") == "inbox":
        return redirect(f"{reverse('admin:outreach_inbox')}?show=all&c={found.enrollment_id}")
    return redirect("admin:outreach_thread", found.enrollment_id)
