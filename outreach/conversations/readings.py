"""Reads inbound messages and keeps what was read, once a message."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone

from compliance.optout import OptOutReading, Verdict
from outreach.choices import CampaignKind, MessageKind, ReplyIntent
from outreach.conversations.case import MACHINES, Evidence, Intent, ReplyCase, ReplyReading
from outreach.conversations.classify import classify
from outreach.models import Message, MessageReading

RULES = "rules"
BY_FORM = "form"  # the form of the mail says it all: a bounce, a complaint of a mail program
SURE = 0.75


def read_reply(message: Message, words: str, headers: Mapping[str, str]) -> ReplyReading:
    """Read a message; `words` is its body with what is not the sender's own blanked."""
    return classify(case_of(message, words, headers))


def case_of(message: Message, words: str, headers: Mapping[str, str]) -> ReplyCase:
    """A stored message as the reader takes it."""
    return ReplyCase(
        text=words,
        received_at=message.received_at or timezone.now(),
        subject=message.subject,
        channel=message.channel,
        context=_context(message),
        headers=headers,
        whole=message.body,
    )


def reading_of(row: MessageReading) -> ReplyReading:
    """What was stored, as the value it was made from."""
    return ReplyReading(
        intent=Intent(row.intent), sentiment=row.sentiment, score=row.score, opt_out=row.opt_out,
        opt_out_verdict=Verdict(row.opt_out_verdict), meeting_requested=row.meeting_requested,
        referred_to=row.referred_to or None, defer_until=row.defer_until,
        objection=row.objection or None, escalate=row.escalate, language=row.language,
        confidence=row.confidence,
        evidence={name: Evidence(**words) for name, words in row.evidence.items()},
    )  # fmt: skip


def _context(message: Message) -> str:
    """What was sent to whom, in a sentence."""
    enrollment = message.enrollment
    if enrollment is None:
        return ""
    about = enrollment.campaign.offer or enrollment.campaign.name
    is_request = enrollment.campaign.kind == CampaignKind.RFQ
    what = "Request for a quote" if is_request else "Message"
    return f"{what} to {enrollment.contact} about {about}"


def by_form(kind: MessageKind, *, detail: str = "") -> ReplyReading:
    """What a notice of a mail system says: nothing of its text is a person's."""
    complaint = kind == MessageKind.COMPLAINT
    known = {MessageKind.COMPLAINT: Intent.COMPLAINT, MessageKind.BOUNCE: Intent.BOUNCE}
    intent = known.get(kind, Intent.AUTO_REPLY)
    return ReplyReading(
        intent=intent, sentiment="negative" if complaint else "neutral",
        score=-0.5 if complaint else 0.0, opt_out=False, opt_out_verdict=Verdict.NONE,
        meeting_requested=False, referred_to=None, defer_until=None, objection=None,
        escalate=False, language="", confidence=1.0, evidence={},
    )  # fmt: skip


def is_machine(reading: ReplyReading) -> bool:
    """Surely written by a machine, though no header said so, and no wish to stop is in it."""
    return (
        reading.intent in MACHINES
        and reading.confidence >= SURE
        and reading.opt_out_verdict is Verdict.NONE
    )


def opt_out_of(reading: ReplyReading) -> OptOutReading:
    """The wish to stop, as the suppression list takes it."""
    found = reading.evidence.get("opt_out")
    return OptOutReading(reading.opt_out_verdict, found.text if found else "")


def with_opt_out(reading: ReplyReading, added: OptOutReading) -> ReplyReading:
    """The reading with a wish that came another way; a stronger one is never weakened."""
    order = [Verdict.NONE, Verdict.AMBIGUOUS, Verdict.CLEAR]
    if order.index(added.verdict) <= order.index(reading.opt_out_verdict):
        return reading
    clear = added.verdict is Verdict.CLEAR
    words = Evidence(added.words, 0, len(added.words), "provider")
    return replace(
        reading,
        evidence={**reading.evidence, "opt_out": words},
        opt_out_verdict=added.verdict,
        opt_out=clear,
        intent=Intent.OPT_OUT if clear and reading.intent is not Intent.COMPLAINT
        else reading.intent,
    )  # fmt: skip


def store_reading(message: Message, reading: ReplyReading, *, engine: str) -> None:
    """Keep what was read; read again, it takes the place of the first reading.

    What a person corrected, and what was decided, stays. One statement, in the caller's transaction.
    """
    values: dict[str, Any] = {
        "intent": ReplyIntent(reading.intent.value),
        "sentiment": reading.sentiment,
        "score": max(-1.0, min(1.0, reading.score)),
        "opt_out": reading.opt_out,
        "opt_out_verdict": reading.opt_out_verdict.value,
        "meeting_requested": reading.meeting_requested,
        "referred_to": (reading.referred_to or "")[:300],
        "defer_until": reading.defer_until,
        "objection": reading.objection or "",
        "escalate": reading.escalate,
        "language": reading.language[:8],
        "confidence": max(0.0, min(1.0, reading.confidence)),
        "evidence": {name: found.as_data() for name, found in reading.evidence.items()},
        "engine": engine,
        "ask_model_at": None,  # an answer about an earlier reading comes too late
    }
    MessageReading.objects.bulk_create(
        [MessageReading(message=message, **values)], update_conflicts=True,
        unique_fields=["message"], update_fields=[*values],
    )  # fmt: skip
