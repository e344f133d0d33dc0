"""Amounts as templates write them."""

from decimal import Decimal

from django import template

from quotes.comparison import currency as words
from quotes.comparison.rows import Row

register = template.Library()


@register.filter
def money(amount: Decimal | None, code: str) -> str:
    """An amount in its currency, a dash for none."""
    return "—" if amount is None else words.money(amount, code)


@register.filter
def all_in_words(row: Row, code: str) -> str:
    """The row's all-in price in the comparison's currency, or in its own where not compared."""
    if row.low is not None and row.high is not None:
        low, high = (words.whole(one, row.converted) for one in (row.low, row.high))
        return words.span(low, high, code)
    if row.total is not None:
        return words.span(row.total.low, row.total.high, row.total.currency)
    return "—"


@register.filter
def own_words(row: Row) -> str:
    """The all-in price as the vendor's own currency has it."""
    if row.total is None:
        return ""
    return words.span(row.total.low, row.total.high, row.total.currency)
