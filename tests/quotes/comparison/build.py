"""Offers for the pure comparison, in one line each."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from crm.categories.schema import CategorySchema, FieldSpec, FieldType
from quotes.comparison.currency import Rate, Rates
from quotes.comparison.facts import Extra, Offer, OfferFacts, Thread
from quotes.comparison.table import Comparison, build_comparison

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
ZONE = ZoneInfo("America/New_York")
RATES = Rates(
    {
        "EUR": Rate(Decimal("1.10"), date(2026, 3, 1), "test"),
        "GBP": Rate(Decimal("1.25"), date(2026, 3, 1), "test"),
    }
)
SCHEMA = CategorySchema(
    slug="private_jet",
    name="Private jet",
    fields=[
        FieldSpec(name="aircraft", label="Aircraft"),
        FieldSpec(name="seats", label="Seats", type=FieldType.INTEGER),
        FieldSpec(name="wifi", label="Wi-Fi", type=FieldType.BOOLEAN),
        FieldSpec(name="catering_included", label="Catering included", type=FieldType.BOOLEAN),
        FieldSpec(name="fee", label="Fee", type=FieldType.MONEY),
    ],
)


def extra(label: str, amount: str | None = None, percent: str | None = None) -> Extra:
    return Extra(
        label,
        Decimal(amount) if amount is not None else None,
        Decimal(percent) if percent is not None else None,
    )


def offer(price: str | None = "1000", **values: Any) -> Offer:
    """An available offer in dollars, tax in, valid for ten days, unless said otherwise."""
    standard: dict[str, Any] = {
        "currency": "USD",
        "basis": "total",
        "includes_tax": True,
        "availability": "available",
        "expires_on": date(2026, 3, 20),
    }
    high = values.pop("price_high", None)
    return Offer(
        quote_id=uuid.uuid4(),
        price=Decimal(price) if price is not None else None,
        price_high=Decimal(high) if high else None,
        **{**standard, **values},
    )


def vendor(name: str, made: Offer | None = None, **thread: Any) -> OfferFacts:
    values = {"outbound": "sent", "sent_at": NOW, **thread}
    return OfferFacts(
        enrollment_id=uuid.uuid5(uuid.NAMESPACE_DNS, name),
        vendor=name,
        thread=Thread(**values),
        offer=made,
        to_check=made.quote_id if made and made.to_check else None,
    )


def table(
    *facts: OfferFacts,
    currency: str = "USD",
    constraints: Mapping[str, Any] | None = None,
    rates: Rates = RATES,
    schema: CategorySchema | None = SCHEMA,
    now: datetime = NOW,
) -> Comparison:
    return build_comparison(
        facts, schema, rates, now, currency, constraints=constraints or {}, zone=ZONE
    )


def names(rows: Sequence[Any]) -> list[str]:
    return [row.facts.vendor for row in rows]
