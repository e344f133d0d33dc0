"""Budgets and other amounts of money in a brief."""

import re

from crm.categories.schema import FieldSpec
from outreach.briefs.classify import word_pattern
from outreach.briefs.context import BriefText
from outreach.reading.found import Found
from outreach.reading.money import Money

_LIMIT = re.compile(
    r"\b(?:under|below|up to|at most|max(?:imum)?|budget|less than|no more than|within|around|"
    r"about|presupuesto|hasta|máximo|menos de|jusqu'à|moins de|bis zu|höchstens|unter|entre|до|"
    r"бюджет|не более|fino a|entro)\b[^.\d]{0,25}$",
    re.IGNORECASE,
)


def read_money(brief: BriefText, spec: FieldSpec) -> Found[Money] | None:
    """The amount announced by the field's words; a budget may also stand alone."""
    words = word_pattern(spec.words)
    for amount in brief.money:
        if not brief.free(amount.start, amount.end):
            continue
        window = brief.text[max(0, amount.start - 40) : amount.start]
        after = brief.text[amount.end : amount.end + 20]
        near = words is not None and (words.search(window) or words.search(after))
        limit = spec.name == "budget" and _LIMIT.search(window)
        if near or limit or (spec.name == "budget" and len(brief.money) == 1):
            brief.take(amount.start, amount.end)
            return amount
    return None
