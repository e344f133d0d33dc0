"""Messages: read what is to be said and what was heard, edit, approve or skip a draft."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from outreach.api.access import ApiKeyAuth
from outreach.api.campaigns import get_campaign
from outreach.api.pages import PageQuery, page
from outreach.choices import MessageStatus
from outreach.models import Message

READ = ApiKeyAuth("campaigns:read", "outreach.view_message")
router = Router(tags=["Messages"])


class FactMark(Schema):
    """Words of a draft that no record backs; `start` and `end` into its part."""

    text: str
    start: int
    end: int
    kind: str
    reason: str
    part: str


class MessageOut(Schema):
    id: UUID
    campaign_id: UUID | None
    company: str
    contact: str
    direction: str
    channel: str
    kind: str
    status: str
    reason: str
    to_address: str
    from_address: str
    subject: str
    body: str
    version: int
    flagged: bool
    fact_marks: list[FactMark]
    error: str
    due_at: datetime | None
    sent_at: datetime | None
    received_at: datetime | None
    created_at: datetime

    @staticmethod
    def resolve_company(row: Message) -> str:
        return str(row.enrollment.company or "") if row.enrollment else ""

    @staticmethod
    def resolve_contact(row: Message) -> str:
        return str(row.enrollment.contact) if row.enrollment else ""


class MessagePage(Schema):
    items: list[MessageOut]
    next_cursor: str | None


class MessageQuery(PageQuery):
    status: MessageStatus | None = None


def _messages() -> QuerySet[Message]:
    return Message.objects.select_related("enrollment__company", "enrollment__contact__company")


def get_message(message_id: UUID) -> Message:
    """The message with its thread, or 404."""
    return get_object_or_404(_messages(), pk=message_id)


@router.get(
    "/campaigns/{uuid:campaign_id}/messages",
    response=MessagePage,
    auth=READ,
    operation_id="list_messages",
)
def list_messages(
    request: HttpRequest, campaign_id: UUID, query: Annotated[MessageQuery, Query(...)]
) -> dict[str, Any]:
    """A campaign's messages, newest first, all or of one status. Scope `campaigns:read`."""
    rows = _messages().filter(campaign=get_campaign(campaign_id))
    if query.status is not None:
        rows = rows.filter(status=query.status)
    return page(rows, query)


@router.get(
    "/messages/{uuid:message_id}", response=MessageOut, auth=READ, operation_id="get_message"
)
def show_message(request: HttpRequest, message_id: UUID) -> Message:
    """One message. Scope `campaigns:read`."""
    return get_message(message_id)
