"""The admin pages of what vendors offer."""

from quotes.admin.exchange_rate import ExchangeRateAdmin
from quotes.admin.quote import QuoteAdmin

__all__ = ["ExchangeRateAdmin", "QuoteAdmin"]
