"""What a reply says: read by rules, by a model too where there is one, and made one reading."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from outreach.inbound.reply_text import split_reply
from outreach.models import Message
from quotes.comparison.currency import money
from quotes.extraction.case import COLUMNS, QuoteReading, ReplyCase
from quotes.extraction.engine import read_quote
from quotes.model_reading import read_with_model
from quotes.understood import Understood, typed

RULES = "rules"
CLOSE = Decimal("0.005")  # two engines that round differently still agree


def understand(message: Message) -> Understood:
    """Read a stored reply of a thread; not inside a transaction, since a model may be asked."""
    case = case_of(message)
    by_rules = read_quote(case)
    campaign = message.enrollment.campaign if message.enrollment else None
    by_model = read_with_model(
        case,
        request=str(campaign.request or campaign.name) if campaign else "",
        campaign_id=campaign.pk if campaign else None,
        contact_id=message.enrollment.contact_id if message.enrollment else None,
    )
    if by_model is None:
        return typed(by_rules, RULES)
    reading, model = by_model
    return typed(merged(by_rules, reading), f"{RULES} and {model}"[:60])


def case_of(message: Message) -> ReplyCase:
    """A stored message as the engine takes it; offsets it finds hold in `message.body`."""
    request = message.enrollment.campaign.request if message.enrollment else None
    html = message.body_html or None
    # The body of a mail without a text part is its HTML, rendered: read it as HTML again, whose
    # marks say more about what is quoted.
    rendered = html is not None and split_reply("", html).body == message.body
    return ReplyCase(
        schema=request.category.schema if request and request.category else None,
        constraints=dict(request.constraints) if request else {},
        received_at=timezone.localtime(message.received_at or message.created_at),
        subject=message.subject,
        text="" if rendered else message.body,
        html=html if rendered else None,
        sender=f"{message.from_name} <{message.from_address}>",
    )


def merged(rules: QuoteReading, model: QuoteReading) -> QuoteReading:
    """The rules' reading, filled up by the model's; a price they differ on is for a person."""
    disagreement = _disagreement(rules, model)
    if disagreement:
        rules.reasons.append(disagreement)
    if rules.kind != model.kind:
        return rules
    for name in (*COLUMNS, *model.fields):
        if name != "kind" and name in model.confidence and _value(rules, name) is None:
            value = _value(model, name)
            rules.put(name, value, model.evidence.get(name), model.confidence[name])
    rules.extras = rules.extras or model.extras
    rules.options = rules.options or model.options
    return rules


def _value(reading: QuoteReading, name: str) -> Any:
    return getattr(reading, name) if name in COLUMNS else reading.fields.get(name)


def _disagreement(rules: QuoteReading, model: QuoteReading) -> str:
    if rules.kind != model.kind:
        return f"The rules read {_kind(rules)}, the model {_kind(model)}."
    if rules.price is None and model.price is None:
        return ""
    if rules.currency == model.currency and _near(rules.price, model.price):
        return ""
    return f"The rules read {_price(rules)}, the model {_price(model)}."


def _near(one: Decimal | None, other: Decimal | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= abs(one) * CLOSE


def _kind(reading: QuoteReading) -> str:
    return f"“{reading.kind.replace('_', ' ')}”"


def _price(reading: QuoteReading) -> str:
    return money(reading.price, reading.currency or "") if reading.price is not None else "no price"
