"""The counts beside the sidebar's entries; none when nothing waits."""

from django.http import HttpRequest

from crm.models import CandidateState, MergeCandidate
from outreach.choices import Direction, MessageStatus, ProposalStatus
from outreach.models import ContactProposal, Message
from quotes.choices import QuoteStatus
from quotes.models import Quote

MOST = 100


def _badge(count: int) -> str | None:
    if not count:
        return None
    return f"{MOST - 1}+" if count >= MOST else str(count)


def to_review(request: HttpRequest) -> str | None:
    waiting = Message.objects.filter(direction=Direction.OUTBOUND, status=MessageStatus.EA_REVIEW)
    return _badge(len(waiting.order_by().values_list("pk")[:MOST]))


def needs_attention(request: HttpRequest) -> str | None:
    waiting = Message.objects.filter(status=MessageStatus.NEEDS_ATTENTION)
    return _badge(len(waiting.order_by().values_list("pk")[:MOST]))


def proposed(request: HttpRequest) -> str | None:
    waiting = ContactProposal.objects.filter(status=ProposalStatus.OPEN)
    return _badge(len(waiting.order_by().values_list("pk")[:MOST]))


def duplicates(request: HttpRequest) -> str | None:
    waiting = MergeCandidate.objects.filter(state=CandidateState.OPEN)
    return _badge(len(waiting.order_by().values_list("pk")[:MOST]))


def to_check(request: HttpRequest) -> str | None:
    waiting = Quote.objects.filter(status=QuoteStatus.NEEDS_REVIEW)
    return _badge(len(waiting.order_by().values_list("pk")[:MOST]))
