"""What delivery reports do to a message: delivered, opened, bounced, complained; in any order."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from compliance import audit, suppression
from compliance.choices import AddressKind, SuppressionReason, SuppressionScope
from crm.choices import PointState
from crm.models import ContactPoint
from outreach import lifecycle
from outreach.choices import Channel, MessageStatus
from outreach.models import Message
from outreach.stopping import cancel_open_messages

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
    first = rows.filter(delivered_at=None).update(delivered_at=report.at)
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
    kind = "bounced for good" if report.hard else "bounced"
    reason = f"It {kind}: {report.detail}".strip()
    lifecycle.move(rows, MessageStatus.BOUNCED, only_from=sources, reason=reason)
    if report.hard:
        suppress_address(message, SuppressionReason.HARD_BOUNCE, report)
        ContactPoint.objects.filter(value__iexact=message.to_address).update(
            state=PointState.UNDELIVERABLE
        )
        cancel_open_messages(
            actor="provider", reason=f"{message.to_address} bounced.",
            to_address__iexact=message.to_address,
        )  # fmt: skip
    return True


def _complained(message: Message, report: Report) -> bool:
    rows = Message.objects.filter(pk=message.pk)
    if not rows.filter(complained_at=None).update(complained_at=report.at):
        return False
    sources = frozenset({MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.REPLIED})
    lifecycle.move(
        rows, MessageStatus.COMPLAINED, only_from=sources, reason="Marked as spam by the recipient."
    )
    suppress_address(message, SuppressionReason.COMPLAINT, report)
    stop_person(message, reason="The person marked our mail as spam.")
    return True


def suppress_address(message: Message, reason: SuppressionReason, report: Report) -> None:
    """A dead number is dead for texts; a dead or complaining mailbox for everything."""
    is_mail = message.channel == Channel.EMAIL
    suppression.suppress(
        AddressKind.EMAIL if is_mail else AddressKind.PHONE, message.to_address, reason=reason,
        source="provider report", received_at=report.at, words=report.detail,
        scope=SuppressionScope.ALL if is_mail else SuppressionScope.SMS,
    )  # fmt: skip


def stop_person(message: Message, *, reason: str) -> None:
    """Cancel whatever waits for this person, in every campaign."""
    which = Q(to_address__iexact=message.to_address)
    if message.enrollment:
        which |= Q(enrollment__contact=message.enrollment.contact_id)
    ids = list(Message.objects.filter(which).values_list("pk", flat=True))
    cancel_open_messages(actor="provider", reason=reason, pk__in=ids)
