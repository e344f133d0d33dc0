"""A quote in a few words, as lists, messages and the thread show it."""

from quotes.choices import QuoteStatus, ReplyKind
from quotes.comparison.currency import span
from quotes.models import Quote


def price_words(quote: Quote) -> str:
    """ "$42,500", "€900 – €1,200", or a dash without a price."""
    if quote.price is None:
        return "—"
    return span(quote.price, quote.price_high or quote.price, quote.currency)


def summary(quote: Quote) -> str:
    """ "Quote: $42,500 · To check": what was understood, and where it stands."""
    words = quote.get_kind_display()
    if quote.kind == ReplyKind.QUOTE and quote.price is not None:
        words = f"{words}: {price_words(quote)}"
    if quote.status == QuoteStatus.CURRENT:
        return words
    return f"{words} · {quote.get_status_display()}"
