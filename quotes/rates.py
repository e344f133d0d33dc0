"""The exchange rates in force on a day, for the pure comparison."""

from datetime import date

from quotes.comparison.currency import Rate, Rates
from quotes.models import ExchangeRate


def load_rates(on: date) -> Rates:
    """The newest rate of every currency that was valid on the day; one query."""
    rows = ExchangeRate.objects.filter(valid_on__lte=on).order_by("currency", "valid_on")
    return Rates({row.currency: Rate(row.usd, row.valid_on, row.source) for row in rows})
