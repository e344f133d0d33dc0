"""What a reply says, by whichever engine reads it."""

from dataclasses import dataclass
from typing import Any

from outreach.inbound.reply_text import split_reply
from outreach.models import Message
from quotes.comparison.facts import Extra, Option
from quotes.extraction.case import QuoteReading, ReplyCase
from quotes.extraction.engine import read_quote
from quotes.values import QuoteValues

RULES = "rules"
LEAST_CONFIDENCE = 0.6
# Values a wrong reading of which would change a decision.
WEIGHTY = ("kind", "price", "currency", "expiration_date")


@dataclass(frozen=True, slots=True)
class Understood:
    """What was read. `reasons` say, in words, why a person must look; none means it may stand."""

    values: QuoteValues
    evidence: dict[str, Any]
    confidence: dict[str, Any]
    reasons: tuple[str, ...]
    engine: str


def understand(message: Message) -> Understood:
    """Read a stored reply with the rules engine; needs the thread's request and category loaded."""
    reading = read_quote(case_of(message))
    doubts = [
        f"The {name.replace('_', ' ')} is uncertain."
        for name in WEIGHTY
        if reading.confidence.get(name, 1.0) < LEAST_CONFIDENCE
    ]
    return Understood(
        values=values_of(reading),
        evidence={name: evidence.as_data() for name, evidence in reading.evidence.items()},
        confidence=dict(reading.confidence),
        reasons=tuple(dict.fromkeys([*reading.reasons, *doubts])),
        engine=RULES,
    )


def case_of(message: Message) -> ReplyCase:
    """A stored message as the engine takes it; quoted history is told apart again from its text."""
    campaign = message.campaign
    request = campaign.request if campaign else None
    category = request.category if request else None
    return ReplyCase(
        schema=category.schema if category else None,
        constraints=dict(request.constraints) if request else {},
        received_at=message.received_at or message.created_at,
        subject=message.subject,
        # An HTML-only mail was rendered when it came; its marks are only in the HTML.
        text="" if message.body_html and not _has_plain_text(message) else message.body,
        html=message.body_html or None,
        sender=f"{message.from_name} <{message.from_address}>",
    )


def _has_plain_text(message: Message) -> bool:
    """Whether the body was a text part of its own, not the rendering of the HTML."""
    return bool(message.body) and message.body != _rendered(message)


def _rendered(message: Message) -> str:
    return split_reply("", message.body_html).body


def values_of(reading: QuoteReading) -> QuoteValues:
    """The reading as the values a quote is stored with."""
    return QuoteValues(
        kind=reading.kind,
        price=reading.price,
        price_high=reading.price_high,
        currency=reading.currency or "",
        price_basis=reading.price_basis or "",
        includes_tax=reading.includes_tax,
        availability=reading.availability or "",
        expiration_date=reading.expiration_date,
        deposit=reading.deposit or "",
        extras=tuple(Extra(e.label, e.amount, e.percent) for e in reading.extras),
        options=tuple(Option(o.label, o.price) for o in reading.options),
        fields=dict(reading.fields),
    )
