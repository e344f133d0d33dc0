"""What delivery reports do to a message: delivered, opened, bounced, complained; in any order."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from compliance import audit
from compliance.choices import AddressKind, SuppressionReason
from compliance.opt_outs import opt_out
from outreach import lifecycle
from outreach.choices import Channel, MessageStatus
from outreach.conversations.alerts import tell_administrators
from outreach.inbound.notices.reading import Cause, Hardness
from outreach.inbound.notices.severity import causes
from outreach.models import Message
from outreach.models.alert import AlertKind
from outreach.opting_out import addresses_held, stop_people
from outreach.sending import bounces

# Programs that load pictures for people: an open by one of them says nothing about a person.
MACHINE_AGENTS = ("googleimageproxy", "ggpht.com", "yahoomailproxy", "barracuda", "mimecast")
MACHINE_SECONDS = timedelta(seconds=3)
APPLE_PROXY = "mozilla/5.0"  # Mail Privacy Protection sends exactly this and nothing more
UNDELIVERED = frozenset({MessageStatus.SENT, MessageStatus.UNCERTAIN})


@dataclass(frozen=True, slots=True)
class Report:
    """One provider event: `event` delivered, opened, bounced, complained, rejected or deferred."""

    event: str
    at: datetime
    detail: str = ""
    hard: bool = False
    user_agent: str = ""
    cause: str = ""  # why it bounced, as the table of causes names it; "" where nobody said


@transaction.atomic
def apply_report(message: Message, report: Report) -> bool:
    """Let a report take effect; repeated and late ones change nothing. True if it did."""
    handlers = {
        "delivered": _delivered,
        "opened": _opened,
        "bounced": _bounced,
        "rejected": _bounced,
        "complained": _complained,
    }
    handler = handlers.get(report.event)
    if handler is None:
        return False
    changed = handler(message, report)
    if changed:
        audit.append(
            f"message.{report.event}", message, actor="provider", reason=report.detail,
            campaign_id=message.campaign_id, data={"at": report.at.isoformat()},
        )  # fmt: skip
    return changed


def _delivered(message: Message, report: Report) -> bool:
    rows = Message.objects.filter(pk=message.pk)
    # A provider's clock may be behind ours: nothing arrives before it was handed over.
    left = message.sent_at or message.hand_over_at or report.at
    first = rows.filter(delivered_at=None).update(delivered_at=max(report.at, left))
    rows.filter(status=MessageStatus.UNCERTAIN).update(sent_at=report.at)
    lifecycle.move(rows, MessageStatus.DELIVERED, only_from=UNDELIVERED, reason="", error="")
    return bool(first)


def _opened(message: Message, report: Report) -> bool:
    agent = report.user_agent.strip().lower()
    sent_at = message.sent_at or message.hand_over_at
    machine = (
        not agent
        or agent == APPLE_PROXY
        or any(name in agent for name in MACHINE_AGENTS)
        or (sent_at is not None and report.at - sent_at < MACHINE_SECONDS)
    )
    field = "machine_opened_at" if machine else "opened_at"
    rows = Message.objects.filter(pk=message.pk, **{field: None})
    return bool(rows.update(**{field: report.at}))


def _bounced(message: Message, report: Report) -> bool:
    rows = Message.objects.filter(pk=message.pk)
    if not rows.filter(bounced_at=None).update(bounced_at=report.at):
        return False
    sources = UNDELIVERED | {MessageStatus.DELIVERED}
    cause = causes().get(report.cause)
    hard = cause.hardness is Hardness.HARD if cause else report.hard
    kind = "bounced for good" if hard else "bounced"
    reason = f"It {kind}: {_said(cause, report.detail)}"
    lifecycle.move(rows, MessageStatus.BOUNCED, only_from=sources, reason=reason)
    if cause:
        rows.update(bounce_cause=cause.name)
        bounces.follow(message, cause, words=report.detail, at=report.at)
    elif hard:
        bounces.stop_address(message, words=report.detail, at=report.at)
    return True


def _said(cause: Cause | None, detail: str) -> str:
    """Why it came back in our words, and in the server's own behind them."""
    if cause is None or not cause.is_known:
        return detail or "the server gave no reason."
    return f"{cause.meaning} ({detail})" if detail else cause.meaning


def _complained(message: Message, report: Report) -> bool:
    rows = Message.objects.filter(pk=message.pk)
    if not rows.filter(complained_at=None).update(complained_at=report.at):
        return False
    sources = frozenset({MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.REPLIED})
    why = "Marked as spam by the recipient."
    lifecycle.move(rows, MessageStatus.COMPLAINED, only_from=sources, reason=why)
    # A complaint is a wish to stop, on every channel and address.
    people = {message.enrollment.contact_id} if message.enrollment else set[UUID]()
    opt_out(
        [(_kind(message), message.to_address), *addresses_held(people)], words=report.detail,
        source="provider report", received_at=report.at, actor="provider",
        reason=SuppressionReason.COMPLAINT,
    )  # fmt: skip
    stop_people(people, (), why="The person marked our mail as spam.", actor="provider")
    tell_administrators(AlertKind.COMPLAINT, message, words="Somebody marked our mail as spam.")
    return True


def _kind(message: Message) -> AddressKind:
    return AddressKind.EMAIL if message.channel == Channel.EMAIL else AddressKind.PHONE
