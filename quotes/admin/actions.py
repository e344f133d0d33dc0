"""What a person does to one line of the comparison; every act is a POST that comes back here."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from outreach.actors import name_of
from outreach.drafting.follow_ups import draft_follow_up
from outreach.errors import OutreachError
from outreach.models import Enrollment
from quotes.admin.doors import REVIEW, compare_url, get_thread, require
from quotes.choices import QuoteStatus, ReplyKind
from quotes.errors import QuoteError
from quotes.models import Quote
from quotes.review import add_note, mark_finalist

Act = Callable[[Enrollment, User, HttpRequest], str]


def note(thread: Enrollment, actor: User, request: HttpRequest) -> str:
    """Add the note that was typed."""
    add_note(thread, actor=actor, text=request.POST.get("text", ""))
    return f"Noted for {_vendor(thread)}."


def finalist(thread: Enrollment, actor: User, request: HttpRequest) -> str:
    """Put the vendor's offer on the short list, or take it off."""
    quote = Quote.objects.filter(
        enrollment=thread, status=QuoteStatus.CURRENT, kind=ReplyKind.QUOTE
    ).first()
    if quote is None:
        raise QuoteError(f"{_vendor(thread)} has no offer that stands yet.")
    wanted = request.POST.get("finalist") == "1"
    mark_finalist(quote, actor=actor, finalist=wanted)
    return f"{_vendor(thread)} is {'now' if wanted else 'no longer'} a finalist."


def follow_up(thread: Enrollment, actor: User, request: HttpRequest) -> str:
    """Draft the next follow-up; it waits for approval like every other message."""
    draft_follow_up(thread, actor=name_of(actor))
    return f"A follow-up to {_vendor(thread)} waits for approval in the queue."


def row_action(act: Act) -> Callable[..., HttpResponse]:
    """A view that does one act to one vendor and says what happened, or why it did not."""

    @require_POST
    def view(request: HttpRequest, campaign_id: UUID, enrollment_id: UUID) -> HttpResponse:
        actor = require(request, REVIEW)
        thread = get_thread(campaign_id, enrollment_id)
        try:
            messages.success(request, act(thread, actor, request))
        except OutreachError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(_back(request, campaign_id))

    return view


def _back(request: HttpRequest, campaign_id: UUID) -> str:
    """Where the person came from, if that is ours; so that sort and filter stay."""
    wanted = request.POST.get("next", "")
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure()):
        return wanted
    return compare_url(campaign_id)


def _vendor(thread: Enrollment) -> str:
    return str(thread.company or thread.contact)
