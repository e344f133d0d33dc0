"""What is said and heard moves the leads of the people it is said to; only forward, by itself.

A request to vendors moves nobody: who is asked for an offer is no lead. Each function runs in the
caller's transaction, after the enrollment was locked.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from compliance import audit
from crm import leads
from crm.choices import LeadStatus
from crm.pipeline.advance import THEY_ASKED, advance, give, open_leads
from outreach.choices import CampaignKind, MessageKind, ReplyIntent
from outreach.choices import Outcome as TalkOutcome
from outreach.conversations.states import WRITTEN_BY_MACHINES
from outreach.models import Conversation, Enrollment, Message

CLOSED_AS = {
    TalkOutcome.WON: LeadStatus.WON,
    TalkOutcome.LOST: LeadStatus.LOST,
    TalkOutcome.COLD: LeadStatus.LOST,
}


def sent(messages: Iterable[Message]) -> list[audit.Act]:
    """These messages left: new leads are contacted; the acts are the caller's to record.

    One query for a batch with touches of a sequence, none for a batch without.
    """
    ids = {m.enrollment_id for m in messages if m.step is not None and m.enrollment_id}
    if not ids:
        return []
    people = Enrollment.objects.filter(pk__in=ids).values("contact")
    return advance(people, LeadStatus.CONTACTED, reason="Written to.")


def heard(conversation: Conversation, message: Message, intent: str, *, meeting: bool) -> None:
    """A person answered; whoever is interested, or asks to meet, becomes a lead if they are none.

    A machine's answer moves nothing. A stranger who writes into the thread may have replied, but
    speaks for nobody's interest.
    """
    enrollment = conversation.enrollment
    if not _counts(enrollment) or message.kind != MessageKind.REPLY:
        return
    if intent in WRITTEN_BY_MACHINES:
        return
    keen = intent == ReplyIntent.INTERESTED or (meeting and intent == ReplyIntent.QUESTION)
    if keen and message.sender_known:
        interested(conversation, actor="inbound")
    else:
        acts = advance(
            [enrollment.contact_id], LeadStatus.REPLIED, reason="They replied.",
            owner_id=conversation.owner_id,
        )  # fmt: skip
        _record(acts, enrollment, actor="inbound")


def interested(conversation: Conversation, *, actor: str) -> None:
    """They want to hear more: their leads go on, or one begins; it is the conversation owner's."""
    enrollment = conversation.enrollment
    if not _counts(enrollment):
        return
    acts = advance(
        [enrollment.contact_id], LeadStatus.INTERESTED, reason="They are interested.",
        owner_id=conversation.owner_id,
    )  # fmt: skip
    _record(acts, enrollment, actor=actor)
    if not acts:
        _begin(conversation, actor=actor)


def _begin(conversation: Conversation, *, actor: str) -> None:
    """A lead for who has none, open or closed; one that was closed only a person opens again."""
    enrollment = conversation.enrollment
    if enrollment.contact.leads.exists():
        owned(conversation, actor=actor)
        return
    try:
        leads.create(
            actor=actor, contact=enrollment.contact, company=enrollment.company,
            status=LeadStatus.INTERESTED, reason="They are interested.",
            source=enrollment.campaign.name[:120], owner_id=conversation.owner_id, is_held=True,
        )  # fmt: skip
    except (leads.LeadExistsError, leads.AskedToStop):
        return  # another thread of theirs was faster, or a wish to stop still stands


def talking(conversation: Conversation, *, actor: str) -> None:
    """A person of ours talks with who is interested: a negotiation, and theirs if nobody's."""
    enrollment = conversation.enrollment
    if not _counts(enrollment):
        return
    mine = open_leads(enrollment.contact_id)
    if any(lead.status == LeadStatus.INTERESTED for lead in mine):
        acts = advance(
            [enrollment.contact_id], LeadStatus.NEGOTIATING, reason="One of us talks with them.",
            owner_id=conversation.owner_id,
        )  # fmt: skip
        _record(acts, enrollment, actor=actor)
    elif mine:
        owned(conversation, actor=actor)


def owned(conversation: Conversation, *, actor: str) -> None:
    """Who has the conversation has the leads that nobody has."""
    enrollment = conversation.enrollment
    if not _counts(enrollment) or conversation.owner_id is None:
        return
    ids = [lead.pk for lead in open_leads(enrollment.contact_id) if lead.owner_id is None]
    if ids:
        _record(give(ids, conversation.owner_id), enrollment, actor=actor)


def closed(conversation: Conversation, outcome: str, *, actor: str) -> None:
    """One of us closed the conversation: so is the lead, where there is exactly one.

    Which of several was won or lost only a person knows; they stay where they are.
    """
    enrollment = conversation.enrollment
    if not _counts(enrollment) or outcome not in CLOSED_AS:
        return
    if len(open_leads(enrollment.contact_id)) != 1:
        return
    label = TalkOutcome(outcome).label.lower()
    acts = advance(
        [enrollment.contact_id], CLOSED_AS[TalkOutcome(outcome)],
        reason=f"Their conversation was closed as {label}.", owner_id=conversation.owner_id,
    )  # fmt: skip
    _record(acts, enrollment, actor=actor)


def opted_out(people: Collection[UUID], *, actor: str) -> int:
    """They asked us to stop, whatever the campaign: nothing is to be sold to them any more."""
    acts = advance(people, LeadStatus.OPTED_OUT, reason=THEY_ASKED) if people else []
    if acts:
        audit.append_many(acts, actor=actor)
    return len(acts)


def _counts(enrollment: Enrollment) -> bool:
    return enrollment.campaign.kind == CampaignKind.SEQUENCE


def _record(acts: list[audit.Act], enrollment: Enrollment, *, actor: str) -> None:
    if not acts:
        return
    told = [
        audit.Act(act.action, act.subject, act.reason, enrollment.campaign_id, act.data)
        for act in acts
    ]
    audit.append_many(told, actor=actor)
