"""The counts beside the sidebar's entries; empty when nothing waits."""

from django.http import HttpRequest

from outreach.choices import Direction, MessageStatus
from outreach.models import Message
from quotes.choices import QuoteStatus
from quotes.models import Quote

MOST = 100


def _badge(count: int) -> str:
    return f"{MOST - 1}+" if count >= MOST else str(count or "")


def to_review(request: HttpRequest) -> str:
    waiting = Message.objects.filter(direction=Direction.OUTBOUND, status=MessageStatus.EA_REVIEW)
    return _badge(len(waiting.order_by().values_list("pk")[:MOST]))


def needs_attention(request: HttpRequest) -> str:
    waiting = Message.objects.filter(status=MessageStatus.NEEDS_ATTENTION)
    return _badge(len(waiting.order_by().values_list("pk")[:MOST]))


def to_check(request: HttpRequest) -> str:
    waiting = Quote.objects.filter(status=QuoteStatus.NEEDS_REVIEW)
    return _badge(len(waiting.order_by().values_list("pk")[:MOST]))
