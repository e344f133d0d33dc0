"""What inbound mail does to people, threads and what waits to be sent."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from compliance import audit, suppression
from compliance.choices import AddressKind, SuppressionReason
from compliance.opt_outs import opt_out
from compliance.optout import OptOutReading, Verdict
from outreach import lifecycle
from outreach.choices import Channel, MessageStatus
from outreach.inbound.match import Match
from outreach.models import Enrollment, Message
from outreach.opting_out import addresses_held, stop_people
from outreach.sequences.stop import after_reply


def set_status(message: Message, status: MessageStatus, reason: str) -> None:
    """Move an inbound message; from any inbound state, since it may be processed again."""
    lifecycle.move(Message.objects.filter(pk=message.pk), status, reason=reason)
    message.status, message.reason = status, reason


def apply_opt_out(message: Message, reading: OptOutReading, found: Match | None) -> None:
    """Stop writing to this person: every address, every campaign, before anything else happens.

    An ambiguous wish suppresses too, marked as held, until a person has looked.
    """
    clear = reading.verdict is Verdict.CLEAR
    received = message.received_at or timezone.now()
    kind = AddressKind.EMAIL if message.channel == Channel.EMAIL else AddressKind.PHONE
    contact = found.enrollment.contact_id if found else None
    cancelled = _opt_out(
        [(kind, message.from_address)], contact, words=reading.words,
        source=f"reply by {message.get_channel_display()}", received_at=received,
        reason=SuppressionReason.OPT_OUT if clear else SuppressionReason.AMBIGUOUS,
        actor="inbound",
    )  # fmt: skip
    why = "They asked us to stop" if clear else "They may want us to stop"
    message.reason = f"{why}: “{reading.words[:120]}”."
    # Their words stay on the message, where they can be erased; the ledger keeps the fact.
    audit.append(
        "person.opted_out" if clear else "person.held", message, actor="inbound", reason=f"{why}.",
        campaign_id=message.campaign_id,
        data={
            "latency_ms": int((timezone.now() - received).total_seconds() * 1000),
            "cancelled": cancelled,
        },
    )  # fmt: skip


def apply_provider_opt_out(message: Message, at: datetime) -> bool:
    """The person used the provider's own unsubscribe link; False if that was known before."""
    known = suppression.find([(AddressKind.EMAIL, message.to_address)], channel="email")
    if any(row.reason == SuppressionReason.OPT_OUT for row in known.values()):
        return False
    contact = message.enrollment.contact_id if message.enrollment else None
    why = "They used the unsubscribe link of the mail provider."
    cancelled = _opt_out(
        [(AddressKind.EMAIL, message.to_address)], contact, words=why, source="provider report",
        received_at=at, reason=SuppressionReason.OPT_OUT, actor="provider",
    )  # fmt: skip
    audit.append(
        "person.opted_out", message, actor="provider", reason=why,
        campaign_id=message.campaign_id, data={"cancelled": cancelled},
    )  # fmt: skip
    return True


def _opt_out(
    addresses: list[tuple[str, str]], contact: UUID | None, *, reason: str, actor: str, **said: Any
) -> int:
    """Everything the addresses lead to, and the thread's own contact, whose may be none of them."""
    people = {contact} if contact else set[UUID]()
    done = opt_out(
        [*addresses, *addresses_held(people)], reason=reason, actor=actor, **said
    )  # fmt: skip
    held = reason == SuppressionReason.AMBIGUOUS
    why = "They may want us to stop." if held else "They asked us to stop."
    return done.cancelled + stop_people(people, (), why=why, actor=actor, asked=not held)


def stop_thread(message: Message, found: Match) -> None:
    """A reply ends what was still to be sent in its thread and marks what it answers."""
    now = message.received_at or timezone.now()
    after_reply(found.enrollment, actor="inbound")
    Enrollment.objects.filter(pk=found.enrollment.pk).update(last_inbound_at=now)
    if found.answered:
        rows = Message.objects.filter(pk=found.answered.pk)
        rows.filter(replied_at=None).update(replied_at=now)
        lifecycle.move(
            rows,
            MessageStatus.REPLIED,
            only_from=frozenset(
                {MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.UNCERTAIN}
            ),
        )
