"""What vendors offer, and the rates that make offers comparable."""

from quotes.models.quote import Quote, QuoteExtra, QuoteOption
from quotes.models.rate import ExchangeRate

__all__ = ["ExchangeRate", "Quote", "QuoteExtra", "QuoteOption"]
