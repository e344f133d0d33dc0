"""Obeys what a text provider's errors ask for: of the number, the person, the sender, the campaign.

The same whether the error comes with the refusal or hours later with a delivery report.
"""

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from compliance import audit, consent, suppression
from compliance.choices import AddressKind, LineType, SuppressionReason, SuppressionScope
from compliance.opt_outs import opt_out
from crm import lines
from crm.choices import PointState
from crm.models import ContactPoint
from outreach.channels.sms_errors import Handling, Holds, SmsAction, handling_of
from outreach.choices import Channel
from outreach.models import Attempt, Mailbox, Message
from outreach.pause import pause_campaign
from outreach.stopping import cancel_open_messages

log = structlog.get_logger(__name__)
ACTOR = "provider"
# Off or out of reach so often within so long: the number is doubtful (and may be reassigned).
UNREACHABLE, DOUBTFUL_AFTER, DOUBTFUL_WITHIN = 30003, 3, timedelta(days=30)
OUT_OF_SERVICE = 30005


def obey(message: Message, code: int, *, at: datetime) -> None:
    """Do what an error about a text of ours asks for; nothing for a code of 0 or for mail."""
    if code and message.channel == Channel.SMS:
        _obey(message, code, at)


@transaction.atomic
def _obey(message: Message, code: int, at: datetime) -> None:
    handling = handling_of(code)
    if handling.holds == Holds.PERSON:
        opt_out(
            [(AddressKind.PHONE, message.to_address)], words=handling.meaning,
            source=f"Twilio error {code}", received_at=at, actor=ACTOR,
        )  # fmt: skip
    elif handling.holds == Holds.NUMBER:
        _stop_number(message, handling, at)
    elif handling.holds == Holds.CAMPAIGN and message.campaign:
        pause_campaign(message.campaign, actor=ACTOR, reason=f"{handling.meaning} ({code})")
    elif handling.holds == Holds.SENDER and message.mailbox_id:
        Mailbox.objects.filter(pk=message.mailbox_id, paused_at=None).update(
            paused_at=at, pause_reason=f"{handling.meaning} ({code})"[:200]
        )
    elif code == UNREACHABLE and _often_unreachable(message, at):
        _suppress(message, SuppressionReason.AMBIGUOUS, "Not reachable three times in a month.", at)
    if handling.alert:
        log.error("provider_alert", code=code, message=str(message.pk), meaning=handling.meaning)
        audit.append(
            "provider.alert", message, actor=ACTOR, reason=f"{handling.meaning} ({code})",
            campaign_id=message.campaign_id,
        )  # fmt: skip


def _stop_number(message: Message, handling: Handling, at: datetime) -> None:
    """No more texts to this number; a refusal by carrier or person waits for somebody to look."""
    refusal = handling.action is SmsAction.HOLD
    reason = SuppressionReason.AMBIGUOUS if refusal else SuppressionReason.HARD_BOUNCE
    _suppress(message, reason, handling.meaning, at)
    if handling.action is SmsAction.LANDLINE:
        lines.mark(
            message.to_address, LineType.LANDLINE, actor=ACTOR,
            reason=f"{handling.meaning} ({handling.code})",
        )  # fmt: skip
    if handling.action is SmsAction.INVALID_NUMBER:
        ContactPoint.objects.filter(value=message.to_address).update(state=PointState.UNDELIVERABLE)
    if handling.code == OUT_OF_SERVICE:
        # It may be somebody else's next: what its old owner agreed to is over.
        consent.revoke_all(
            [(AddressKind.PHONE, message.to_address)], actor=ACTOR, reason=handling.meaning, at=at
        )


def _suppress(message: Message, reason: SuppressionReason, words: str, at: datetime) -> None:
    suppression.suppress(
        AddressKind.PHONE, message.to_address, reason=reason, source="Twilio", received_at=at,
        words=words, scope=SuppressionScope.SMS, actor=ACTOR,
    )  # fmt: skip
    cancel_open_messages(
        actor=ACTOR, reason=words, channel=Channel.SMS, to_address=message.to_address
    )


def _often_unreachable(message: Message, at: datetime) -> bool:
    since = at - DOUBTFUL_WITHIN
    told = Attempt.objects.filter(
        message__to_address=message.to_address, started_at__gt=since,
        detail__contains=str(UNREACHABLE),
    ).count()  # fmt: skip
    reported = Message.objects.filter(
        channel=Channel.SMS, to_address=message.to_address, bounced_at__gt=since,
        reason__contains=str(UNREACHABLE),
    ).count()  # fmt: skip
    return told + reported >= DOUBTFUL_AFTER
