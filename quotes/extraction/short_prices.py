"""Prices told in thousands without saying so: "can do 19.5", "call it 22 flat". Pure.

Read only where a reply holds no other price, and where what was said before (our own budget, an
earlier offer in the quoted mail) or the kind of thing makes thousands the only sense it has.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from quotes.extraction.amounts import Amount, find_amounts
from quotes.extraction.reader import Reader

THOUSAND = Decimal(1000)
IN_THOUSANDS = frozenset({"private_jet", "yacht_charter"})  # nothing of it costs hundreds
LEAST_BEFORE = 4000
MOST_APART = 3  # times what was named before
MOST_QUOTED = 20_000  # characters of earlier mail looked at
# "34 even plus tax", "22.5 net to you", "4.9 shipped": said so plainly that nothing need lead to it.
PLAINLY = re.compile(
    r"(?<![\w.,$€£/:#-])(?P<n>\d{1,3}(?:[.,]\d{1,2})?)(?P<half>\s?½)?(?=\s(?:even|net|all[- ]in|flat|shipped|delivered|plus tax|plus fet|\+ ?(?:tax|fet|vat))\b)",
    re.IGNORECASE,
)
SHORT = re.compile(
    r"(?:\b(?:at|for|do|does|be|is|are|around|about|roughly|say|to|was|from|it|get|run|runs|cost|costs|otherwise|else|or|quote|price|total|rate|"
    r"bei|für|wäre|wären|sind|macht|kostet|ca\.?|sonst|à|pour|serait|sinon|environ|por|son|sería|unos|para|per|sarebbe|circa|за|около|примерно|voor)"
    r"|['’](?:s|re|d)|[=:~–—-])\s?"
    r"(?P<n>\d{1,3}(?:[.,]\d{1,2})?)(?P<half>\s?½|\s1/2)?"
    r"(?=\s?(?:[,.;!\n](?!\d)|$|\(|[–—]\s|(?:all|plus|\+|flat|net|even|incl|inc|round|one[- ]way|on the|on a|in the|for (?:the|that|it|both|all)|with|w/|if|(?:and|or|but)(?! ?\d)|rt|ow|tops|"
    r"und|alles|pauschal|netto|brutto|inkl|tout|net|ht|ttc|todo|tutto|за всё|всё)\b))",
    re.IGNORECASE,
)
# "Lear 60 can do it. 19.5 if they're flexible": at the head, and no round number of seats.
HEADING = re.compile(
    r"(?:^|[.!?;\n])\s?(?P<n>\d{2,3}[.,]\d{1,2})(?P<half>(?!))?"
    r"(?=\s?(?:[,;!\n](?!\d)|$|\(|(?:if|all|plus|\+|flat|net|even|incl|one[- ]way|round|for (?:the|that|it)|wenn|si|se|если|ob)\b))",
    re.IGNORECASE,
)


def find_short_prices(reader: Reader, category: str) -> list[Amount]:
    """Numbers of one to three figures that stand for thousands; [] where that would be a guess."""
    before = _named_before(reader)
    if not before and category not in IN_THOUSANDS:
        return []
    return [amount for amount in _told(reader) if _sensible(amount, before)]


def _told(reader: Reader) -> Iterator[Amount]:
    found = {
        m.start("n"): m
        for one in (SHORT, PLAINLY, HEADING)
        for m in one.finditer(reader.text, reader.offset)
    }
    for _at, match in sorted(found.items()):
        value = Decimal(match["n"].replace(",", ".")) + (Decimal("0.5") if match["half"] else 0)
        if value >= 1:
            end = match.end("half") if match["half"] else match.end("n")
            yield Amount(value * THOUSAND, match.start("n"), end)


def _named_before(reader: Reader) -> list[Decimal]:
    """What was spoken of in earlier mail: our budget, their last offer."""
    body = reader.reply.body[:MOST_QUOTED]
    return [
        amount.value
        for amount in find_amounts(body)
        if amount.value >= LEAST_BEFORE
        and (amount.currency or body[amount.start : amount.end][-1:] in "kK")
    ]


def _sensible(amount: Amount, before: list[Decimal]) -> bool:
    if not before:
        return True
    return any(value <= amount.value * MOST_APART <= value * MOST_APART**2 for value in before)
