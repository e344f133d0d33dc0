"""Messages: read what is to be said and what was heard, edit, approve or skip a draft."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from outreach import approvals, editing
from outreach.actors import name_of
from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.campaigns import get_campaign
from outreach.api.once import DOCUMENTED, once
from outreach.api.pages import PageQuery, page
from outreach.api.shapes import Line, Text
from outreach.choices import MessageStatus
from outreach.errors import NotAllowedNow
from outreach.models import Message

APPROVE = ApiKeyAuth("messages:approve", "outreach.approve_message")
EDIT = ApiKeyAuth("messages:write", "outreach.change_message")
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
    """`enrollment_id` is its thread: whose conversation, and whose quote, it is."""

    id: UUID
    campaign_id: UUID | None
    enrollment_id: UUID | None
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


LATEST = 2**31 - 1  # what the version's column holds


class MessageEdit(Schema):
    """New words over the version that was read; what is left out stays as it is."""

    version: int = Field(ge=1, le=LATEST)
    subject: Line | None = Field(None, max_length=editing.MAX_SUBJECT)
    body: Text | None = Field(None, max_length=editing.MAX_BODY)


class ApprovalIn(Schema):
    """The version that was read; `checked`: a person looked at what the fact check marked."""

    version: int = Field(ge=1, le=LATEST)
    checked: bool = False


class SkipIn(Schema):
    reason: Line = Field("", max_length=500)


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


@router.patch(
    "/messages/{uuid:message_id}", response=MessageOut, auth=EDIT, operation_id="edit_message"
)
def edit_message(request: HttpRequest, message_id: UUID, payload: MessageEdit) -> Message:
    """Change a draft's words; an approval it had ends, and it waits for review again.

    409 with the other's words when it changed since that version. Scope `messages:write`.
    """
    current = get_message(message_id)
    editing.edit(
        message_id,
        actor=name_of(owner_of(request)),
        version=payload.version,
        subject=current.subject if payload.subject is None else payload.subject,
        body=current.body if payload.body is None else payload.body,
    )
    return get_message(message_id)


@router.post(
    "/messages/{uuid:message_id}/approve",
    response=MessageOut,
    auth=APPROVE,
    operation_id="approve_message",
    openapi_extra=DOCUMENTED,
)
@once
def approve_message(
    request: HttpRequest, message_id: UUID, payload: ApprovalIn
) -> tuple[int, Schema]:
    """Let exactly this version go. 409 when it changed since. Scope `messages:approve`."""
    get_message(message_id)
    approvals.approve(
        message_id,
        approver=owner_of(request),
        version=payload.version,
        checked=payload.checked,
    )
    return 200, MessageOut.from_orm(get_message(message_id))


@router.post(
    "/messages/{uuid:message_id}/skip",
    response=MessageOut,
    auth=APPROVE,
    operation_id="skip_message",
)
def skip_message(request: HttpRequest, message_id: UUID, payload: SkipIn | None = None) -> Message:
    """Set a draft aside, with why. Scope `messages:approve`."""
    message = get_message(message_id)
    skipped = approvals.skip(
        Message.objects.filter(pk=message_id),
        actor=name_of(owner_of(request)),
        reason=payload.reason if payload else "",
    )
    if not skipped:
        state = message.get_status_display().lower()
        raise NotAllowedNow(f"This message is {state}; only a draft in review can be skipped.")
    return get_message(message_id)
