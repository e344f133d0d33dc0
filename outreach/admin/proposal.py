"""People we were pointed to: taken in by a person, or declined."""

from uuid import UUID

from django.contrib import admin
from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from compliance.admin.readonly import ReadOnlyAdmin
from outreach.admin import doors
from outreach.choices import ProposalStatus
from outreach.conversations import proposals
from outreach.errors import OutreachError
from outreach.models import ContactProposal

MOST = 100
TAKE_IN = "crm.add_contact"


@admin.register(ContactProposal)
class ContactProposalAdmin(ReadOnlyAdmin):
    list_display = ("said", "kind", "status", "enrollment", "decided_by", "created_at")
    list_filter = ("status", "kind")
    list_select_related = ("enrollment__company", "enrollment__contact", "enrollment__campaign")
    ordering = ("-created_at",)


@require_safe
def proposals_page(request: HttpRequest) -> HttpResponse:
    """Everybody who waits for a decision, newest first."""
    doors.require(request, doors.VIEW)
    rows = (
        ContactProposal.objects.filter(status=ProposalStatus.OPEN)
        .select_related("enrollment__company", "enrollment__contact", "message")
        .order_by("-created_at")[:MOST]
    )
    return doors.page(
        request, "admin/outreach/proposals.html", "People we are pointed to", rows=rows,
        may_take_in=request.user.has_perm(TAKE_IN),  # type: ignore[union-attr]
    )  # fmt: skip


@doors.posts
def decide(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Take somebody in as corrected on the page, or decline."""
    person = doors.require(request, TAKE_IN)
    proposal = get_object_or_404(ContactProposal, pk=proposal_id)
    said = {name: request.POST.get(name, "").strip()[:320] for name in ("name", "email", "phone")}
    try:
        if request.POST.get("act") == "decline":
            proposals.decline(proposal_id, actor=person)
            about = proposal.name or proposal.said
            notices.success(
                request, f"{about or 'It'} is declined: nothing of it became a contact."
            )
        else:
            contact = proposals.accept(proposal_id, actor=person, **said)
            notices.success(request, f"{contact} is among the contacts now. Nothing was sent.")
    except OutreachError as error:
        notices.error(request, str(error))
    return redirect("admin:outreach_proposals")
