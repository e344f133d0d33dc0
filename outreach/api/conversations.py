"""Conversations: what was said, where each stands, and what a person may do with it."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from crm.merge import id_today
from crm.models import Contact
from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.once import DOCUMENTED, once
from outreach.api.pages import PageQuery, page
from outreach.api.shapes import Line, Moment, Text
from outreach.choices import Outcome, ReplyIntent, TalkState
from outreach.conversations import acts, replying
from outreach.conversations.engagement import Engagement, newest_thread, track
from outreach.conversations.export import messages_of
from outreach.editing import MAX_BODY
from outreach.errors import NotAllowedNow
from outreach.models import Enrollment, Message

READ = ApiKeyAuth("conversations:read", "outreach.view_message")
WORK = ApiKeyAuth("conversations:write", "outreach.triage_message")
ANSWER = ApiKeyAuth("messages:approve", "outreach.approve_message")
TRACK = ApiKeyAuth("conversations:write", "outreach.change_enrollment")
router = Router(tags=["Conversations"])


class ReadingOut(Schema):
    """What was read in a message; `intent` as a person corrected it, else as it was read."""

    intent: str
    read_as: str
    sentiment: float
    opt_out: bool
    meeting_requested: bool
    referred_to: str
    defer_until: Any = Field(None, description="A date, or null.")
    objection: str
    language: str
    confidence: float
    evidence: dict[str, Any]


class SaidOut(Schema):
    id: UUID
    direction: str
    channel: str
    kind: str
    status: str
    subject: str
    body: str
    at: datetime
    reading: ReadingOut | None


class ConversationOut(Schema):
    """One conversation; its id is the enrollment's."""

    id: UUID
    campaign_id: UUID
    contact_id: UUID
    contact: str
    company: str
    state: str
    intent: str
    outcome: str
    owner: str
    hot_since: datetime | None
    acknowledged_at: datetime | None
    snoozed_until: datetime | None
    last_reply_at: datetime | None
    engaged: bool


class ConversationDetail(ConversationOut):
    """With everything that was said, oldest first."""

    messages: list[SaidOut]


class ConversationPage(Schema):
    items: list[ConversationOut]
    next_cursor: str | None


class ConversationQuery(PageQuery):
    state: TalkState | None = None
    intent: ReplyIntent | None = None
    owner: Line = Field("", max_length=150, description="A user name.")
    hot: bool | None = None


class ReplyIn(Schema):
    """The words; they go out on the channel of the last message, approved by the key's owner."""

    body: Text = Field(min_length=1, max_length=MAX_BODY)


class AssignIn(Schema):
    to: Line = Field(max_length=150, description="A user name.")


class CloseIn(Schema):
    outcome: Literal["won", "lost", "cold"]


class LabelIn(Schema):
    """What a message really says, kept beside what was read."""

    message_id: UUID
    intent: ReplyIntent


class EngagementIn(Schema):
    """What happened where the desk cannot listen. Name the prospect or one of their enrollments;
    `key` makes the same report count once."""

    prospect_id: UUID | None = None
    enrollment_id: UUID | None = None
    engagement_type: Engagement
    text: Text = Field("", max_length=MAX_BODY)
    at: Moment | None = None
    key: Line = Field("", max_length=200)


def _rows() -> QuerySet[Enrollment]:
    return Enrollment.objects.filter(conversation__isnull=False).select_related(
        "contact", "company", "conversation__owner"
    )


def _out(row: Enrollment) -> dict[str, Any]:
    talk = row.conversation
    return {
        "id": row.pk, "campaign_id": row.campaign_id, "contact_id": row.contact_id,
        "contact": str(row.contact), "company": str(row.company or ""), "state": talk.state,
        "intent": talk.intent, "outcome": talk.outcome,
        "owner": talk.owner.get_username() if talk.owner else "", "hot_since": talk.hot_since,
        "acknowledged_at": talk.acknowledged_at, "snoozed_until": talk.snoozed_until,
        "last_reply_at": talk.last_reply_at, "engaged": talk.engaged,
    }  # fmt: skip


def _detail(enrollment_id: UUID) -> dict[str, Any]:
    row = get_object_or_404(_rows(), pk=enrollment_id)
    return {**_out(row), "messages": [_said(message) for message in messages_of(row)]}


def _said(message: Message) -> dict[str, Any]:
    reading = getattr(message, "reading", None)
    return {
        "id": message.pk, "direction": message.direction, "channel": message.channel,
        "kind": message.kind, "status": message.status, "subject": message.subject,
        "body": message.body,
        "at": message.received_at or message.sent_at or message.created_at,
        "reading": None if reading is None else {
            "intent": reading.said_intent, "read_as": reading.intent, "sentiment": reading.score,
            "opt_out": reading.opt_out, "meeting_requested": reading.meeting_requested,
            "referred_to": reading.referred_to, "defer_until": reading.defer_until,
            "objection": reading.objection, "language": reading.language,
            "confidence": reading.confidence, "evidence": reading.evidence,
        },
    }  # fmt: skip


def _known(enrollment_id: UUID) -> UUID:
    """The id of an enrollment there is, or 404."""
    return get_object_or_404(Enrollment.objects.only("pk"), pk=enrollment_id).pk


@router.get(
    "/conversations", response=ConversationPage, auth=READ, operation_id="list_conversations"
)
def list_conversations(
    request: HttpRequest, query: Annotated[ConversationQuery, Query(...)]
) -> dict[str, Any]:
    """Who answered, the newest enrollment first. Scope `conversations:read`."""
    rows = _rows()
    if query.state is not None:
        rows = rows.filter(conversation__state=query.state)
    if query.intent is not None:
        rows = rows.filter(conversation__intent=query.intent)
    if query.owner:
        rows = rows.filter(conversation__owner__username=query.owner)
    if query.hot is not None:
        rows = rows.filter(conversation__hot_since__isnull=not query.hot)
    found = page(rows, query)
    return {**found, "items": [_out(row) for row in found["items"]]}


@router.get(
    "/conversations/{uuid:conversation_id}",
    response=ConversationDetail,
    auth=READ,
    operation_id="get_conversation",
)
def show(request: HttpRequest, conversation_id: UUID) -> dict[str, Any]:
    """One conversation with everything said in it. Scope `conversations:read`."""
    return _detail(conversation_id)


@router.post(
    "/conversations/{uuid:conversation_id}/reply",
    response={200: ConversationDetail},
    auth=ANSWER,
    operation_id="reply_in_conversation",
    openapi_extra=DOCUMENTED,
)
@once
def reply(request: HttpRequest, conversation_id: UUID, payload: ReplyIn) -> tuple[int, Schema]:
    """Answer on the channel they wrote on. 409 where the gate or the thread refuses, with why.

    Scope `messages:approve`: writing it is approving it.
    """
    replying.reply(_known(conversation_id), payload.body, actor=owner_of(request))
    return 200, ConversationDetail(**_detail(conversation_id))


@router.post(
    "/conversations/{uuid:conversation_id}/assign",
    response=ConversationDetail,
    auth=WORK,
    operation_id="assign_conversation",
)
def assign(request: HttpRequest, conversation_id: UUID, payload: AssignIn) -> dict[str, Any]:
    """Make it somebody's; they are told. Scope `conversations:write`."""
    person = User.objects.filter(username=payload.to, is_active=True).first()
    if person is None:
        raise NotAllowedNow(f"There is nobody here called “{payload.to}”.")
    acts.assign(_known(conversation_id), to=person, actor=owner_of(request))
    return _detail(conversation_id)


@router.post(
    "/conversations/{uuid:conversation_id}/takeover",
    response=ConversationDetail,
    auth=WORK,
    operation_id="take_over_conversation",
)
def takeover(request: HttpRequest, conversation_id: UUID) -> dict[str, Any]:
    """The key's owner has it from here; what was still to be sent is cancelled.

    Scope `conversations:write`.
    """
    acts.take_over(_known(conversation_id), actor=owner_of(request))
    return _detail(conversation_id)


@router.post(
    "/conversations/{uuid:conversation_id}/close",
    response=ConversationDetail,
    auth=WORK,
    operation_id="close_conversation",
)
def close(request: HttpRequest, conversation_id: UUID, payload: CloseIn) -> dict[str, Any]:
    """End it as won, lost or cold. Scope `conversations:write`."""
    acts.close(_known(conversation_id), outcome=Outcome(payload.outcome), actor=owner_of(request))
    return _detail(conversation_id)


@router.post(
    "/conversations/{uuid:conversation_id}/label",
    response=ConversationDetail,
    auth=WORK,
    operation_id="label_conversation",
)
def label(request: HttpRequest, conversation_id: UUID, payload: LabelIn) -> dict[str, Any]:
    """Correct what was read in one of its messages. Scope `conversations:write`."""
    get_object_or_404(
        Message, pk=payload.message_id, enrollment=conversation_id, reading__isnull=False
    )
    acts.label(payload.message_id, intent=payload.intent, actor=owner_of(request))
    return _detail(conversation_id)


@router.post(
    "/outreach/track-engagement",
    response=ConversationDetail,
    auth=TRACK,
    operation_id="track_engagement",
)
def track_engagement(request: HttpRequest, payload: EngagementIn) -> dict[str, Any]:
    """They answered or booked a meeting elsewhere: it counts as an answer here.

    404 for a prospect nobody has written to. Scope `conversations:write`.
    """
    if payload.enrollment_id is not None:
        thread: Enrollment | None = get_object_or_404(Enrollment, pk=payload.enrollment_id)
    elif payload.prospect_id is not None:
        thread = newest_thread(id_today(Contact, payload.prospect_id))
    else:
        raise NotAllowedNow("Name the prospect (`prospect_id`) or the enrollment.")
    thread = get_object_or_404(Enrollment, pk=thread.pk if thread else None)
    track(
        thread.pk, payload.engagement_type, actor=owner_of(request), words=payload.text,
        at=payload.at, key=payload.key,
    )  # fmt: skip
    return _detail(thread.pk)
