"""Which amounts of a reply come on top of its price: those called so, and those left over. Pure."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from quotes.extraction import cues
from quotes.extraction.amounts import to_amount
from quotes.extraction.bare_numbers import AS_TOTAL
from quotes.extraction.candidates import CONDITION, Candidate
from quotes.extraction.options import Options
from quotes.extraction.price import Price, tier_of
from quotes.extraction.sheet import Sheet
from quotes.extraction.units import multiplier

MOST_SHARE = Decimal("0.6")  # what costs more than that beside the price is another offer
MOST_PIECES = 20_000
MOST_PARTS = 20  # of one price
# "$8,400 a year or $725 if paid monthly": the same price, in parts
IN_PARTS = re.compile(
    r"^\s?(?:if|when) (?:paid|billed) (?:monthly|annually|quarterly|weekly|yearly)\b"
)
WAIVED = re.compile(
    r"^\W{0,3}(?:os |te |le |se )?(?:la |lo )?(?:perdonamos|regalamos|bonificamos)\b|"
    r"^\s?(?:is|are|will be|would be|gets?) (?:waived|free|dropped|on us)\b|^\s?(?:entfällt|entfallen|offerts?|gratis)\b"
)
INSTEAD = re.compile(
    r"\b(?:or|oder|ou)\s(?:(?:hourly|daily|monthly|weekly|annually) (?:at )?)?[$€£]?$"
)  # "$8,400 a year, or $725 monthly"
LONE_OR = 6
OVERTIME = re.compile(
    r"\b(?:past|beyond|over|longer|later|more than|runs? (?:on|late|over)|länger|verlänger\w*|überzieh\w*|plus de|prolong\w*|dépass\w*|débord\w*|más de|alarg\w*|oltre|prolung\w*|sfor\w+|дольше|затян\w+|uitlo\w+)\b"
)
HYPOTHETICAL = re.compile(
    r"\bin (?:\w+ ){1,3}(?:they['’]d|it['’]d|they would|it would|that would|would) be\W{0,3}$"
)
SMALL_SHARE = 2
MOST_BETWEEN = 30
MOST_BEFORE = 160  # characters from a rate to the sum it leads to
OTHER_COUNT = re.compile(
    r"^\W*(?:or )?(?P<from>(?:for|at|bei|bij|ab|vanaf|from|à partir de|desde|a partire da|от|при) )?"
    r"(?P<n>\d[\d.,]*)\+? (?:[^\W\d]+ ?){1,4}\W{0,4}$"
)
TIMES = re.compile(r"(?:^|\s|\d)(?:x|×|@|\*|à|je|at)\s?$")

PER_ONE = re.compile(
    r"\W*(?:(?:price|rate|cost|fee|preis|prix|precio|prezzo|prijs|цена)\s)?(?:per|pro|par|por|je|за|each|/)\s?[^\W\d]+(?:\s?[/ ]\s?[^\W\d]+)?"
    r"(?:\s(?:nehm\w+|berechn\w+|koste\w*|verlang\w+|charge|costs?|is|are|it['’]?s|we|i|ich|wir|on|nous|factur\w+|cobr\w+|compt\w+|бер[её]м|выходит|стоит))*\W*$"
)

LEFT_OUT_USUALLY = re.compile(
    r"\b(?:bills? you direct\w*|at cost|not (?:yet )?(?:included|in (?:here|there|this|the \w+|my \w+)|part)|extra|on top|separate\w*|nicht (?:enthalten|dabei)|"
    r"non compris\w*|no inclu\w+|non inclus\w*|niet inbegrepen|не вход\w+)\b[^.;\n]{0,40}"
    r"\b(?:usually|typically|normally|generally|in der regel|meist|généralement|normalmente|di solito|meestal|обычно)\b"
)
TO_SUM = re.compile(
    r"\b(?:comes?|adds up|amounts?|totall?ing|works out) (?:out )?(?:to|at)\W{0,3}$|\btotal\w*(?: of| di| de| von)?\W{0,3}$"
)


def find_beside(
    candidates: Sequence[Candidate],
    price: Price,
    counts: Mapping[str, Decimal],
    options: Options | None,
    sheet: Sheet | None,
) -> list[Candidate]:
    """The amounts that are no part of the price, no other offer, no old price, no deposit."""
    outside = [c for c in candidates if not _elsewhere(c, price, options, sheet)]
    parts = find_parts(outside, price, counts)
    called = [c for c in outside if _is_called(c) and c not in parts]
    left = [
        c
        for c in outside
        if c.role == "price" and c not in parts and _may_be_extra(c, price, counts, candidates)
    ]
    return sorted([*called, *left], key=lambda c: c.amount.start)


def _is_called(candidate: Candidate) -> bool:
    """Called an extra, or left out of the price at what it usually costs."""
    if candidate.role == "decoy":
        return bool(LEFT_OUT_USUALLY.search(candidate.left))
    instead = INSTEAD.search(candidate.left)
    if IN_PARTS.search(candidate.right) or (instead and len(instead.group()) > LONE_OR):
        return False  # "or hourly at $210 if you'd rather"
    return candidate.role == "extra" and not WAIVED.search(candidate.right)


def find_parts(
    candidates: Sequence[Candidate], price: Price, counts: Mapping[str, Decimal]
) -> list[Candidate]:
    """The amounts before the total that are together the price: labour and material."""
    before = [c for c in candidates if c.amount.start < price.candidate.amount.start]
    taxes = [c for c in before if is_tax(c)]
    sums = {price.value, *(price.value - tax.amount.value for tax in taxes)}
    untaxed = [c for c in before if c not in taxes and not _summed_up(c)][-MOST_PARTS:]
    for first in range(len(untaxed) - 1):
        for last in range(len(untaxed), first + 1, -1):
            parts = [c for c in untaxed[first:last] if c.role in {"price", "extra"}]
            added = sum((_worth(c, counts) for c in parts), Decimal(0))
            added -= sum(
                (c.amount.value for c in untaxed[first:last] if c.role == "off"), Decimal(0)
            )
            if len(parts) > 1 and added in sums:
                return [*parts, *taxes] if added != price.value else parts
    return []


def is_tax(candidate: Candidate) -> bool:
    """Whether the amount is called a tax, over a table's columns too."""
    return bool(cues.TAX.search(" ".join(candidate.left.split())[-30:]))


def _summed_up(candidate: Candidate) -> bool:
    """ "6 h a 32 € = 192 €": the first is on the way to the second."""
    return candidate.right.lstrip().startswith("=")


def _worth(candidate: Candidate, counts: Mapping[str, Decimal]) -> Decimal:
    factor = multiplier(candidate.rate.units, counts) if candidate.rate.units else None
    return candidate.amount.value * (factor or 1)


def _elsewhere(
    candidate: Candidate, price: Price, options: Options | None, sheet: Sheet | None
) -> bool:
    """In the price's own words, in a row of the sheet or of a choice between offers."""
    at = candidate.amount.start
    if at == price.candidate.amount.start or (sheet is not None and sheet.holds(at)):
        return True
    return options is not None and any(line.start <= at < line.end for line in options.lines)


def _holds(other: Candidate, rate: Candidate, price: Price, counts: Mapping[str, Decimal]) -> bool:
    """Whether another amount is this rate times a number that is asked for, or told as their sum.

    "300 @ $4.18 … $1,254"; a fee of 15 is no five times a tax of 3.
    """
    times = other.amount.value / rate.amount.value
    if not 1 < times <= MOST_PIECES or times != times.to_integral_value():
        return False
    known = times in counts.values() or times == multiplier(rate.rate.units, counts)
    told = other.amount.value == price.value or AS_TOTAL.search(other.left)
    return bool(known or (told and _so_often(times, rate, other, counts)))


def _may_be_extra(
    candidate: Candidate,
    price: Price,
    counts: Mapping[str, Decimal],
    candidates: Sequence[Candidate],
) -> bool:
    if not candidate.amount.value or _too_much(candidate, price) or _same_money(candidate, price):
        return False
    called = cues.TOTAL.search(candidate.left[-25:]) or cues.PRICED.search(candidate.left[-25:])
    if called and not cues.SERVICE.match(candidate.left):
        return False
    if cues.MINIMUM.search(candidate.left[-45:]) or cues.MINIMUM.search(candidate.right[:25]):
        return False
    if CONDITION.match(candidate.left) and not (
        OVERTIME.search(candidate.left) or _small_beside(candidate, price, counts)
    ):
        return False  # "If you drop the carving station we'd be at $51": another offer
    other = INSTEAD.search(candidate.left)
    instead = other and (candidate.rate.units or len(other.group()) > LONE_OR)
    if (
        WAIVED.search(candidate.right)
        or instead
        or _summed_up(candidate)
        or _on_the_way(candidate, price)
    ):
        return False
    other_form = _in_another_form(candidate, candidates) or _other_tier(candidate, counts)
    if other_form or (tier_of(candidate) and tier_of(price.candidate)):
        return False
    return not _made_of(candidate, price, counts, candidates)


def _made_of(
    candidate: Candidate,
    price: Price,
    counts: Mapping[str, Decimal],
    candidates: Sequence[Candidate],
) -> bool:
    """Whether the price is this amount so many times: what one costs of what is asked for."""
    value = candidate.amount.value
    factor = multiplier(candidate.rate.units, counts) if candidate.rate.units else None
    if factor and value * factor == price.value:
        return True
    if _is_rate(candidate) and any(_holds(other, candidate, price, counts) for other in candidates):
        return True
    pieces = price.value / value
    if pieces > 1 and pieces in counts.values():
        return True
    rated = _is_rate(candidate) and not price.candidate.rate.units
    return rated and _so_often(pieces, candidate, price.candidate, counts)


def _in_another_form(candidate: Candidate, candidates: Sequence[Candidate]) -> bool:
    """ "€465 a pair … in silver they'd be €140 a pair": the same thing, made otherwise."""
    units = candidate.rate.units
    return bool(units and HYPOTHETICAL.search(candidate.left)) and any(
        other.rate.units == units and other.amount.start < candidate.amount.start
        for other in candidates
        if other.role == "price"
    )


def _small_beside(candidate: Candidate, price: Price, counts: Mapping[str, Decimal]) -> bool:
    """ "If you want a printed album, from €180": too little to be the offer in another form."""
    whole = _worth(candidate, counts)
    offered = cues.OFFER.search(candidate.left) or cues.REVISED.search(candidate.left)
    return whole * SMALL_SHARE < price.value and not candidate.rate.units and not offered


def _too_much(candidate: Candidate, price: Price) -> bool:
    """Another offer by its size; charges in another money are not measured by it."""
    theirs, ours = candidate.amount.currency, price.candidate.amount.currency
    measured = theirs in {ours, None} or candidate.amount.sign == "$"
    return measured and candidate.amount.value > price.value * MOST_SHARE


def _other_tier(candidate: Candidate, counts: Mapping[str, Decimal]) -> bool:
    """ "750 books: 5.92 ea", where five hundred were asked for: what each of more would cost."""
    row = OTHER_COUNT.search(candidate.left)
    count = to_amount(row["n"]) if row else None
    graded = candidate.rate.units or (row and row["from"])
    return bool(count and count > 1 and counts and graded and count not in counts.values())


def _so_often(
    pieces: Decimal, rate: Candidate, whole: Candidate, counts: Mapping[str, Decimal]
) -> bool:
    """Whether the whole is this rate times a number said beside either, or two that are asked."""
    if pieces != pieces.to_integral_value() or pieces > MOST_PIECES:
        return False
    if any(pieces == counts[one] * counts[two] for one, two in combinations(counts, 2)):
        return True
    words = f"{rate.left} {rate.right} {whole.left} {whole.right}"
    return str(int(pieces)) in re.findall(r"(?<![\d.,])\d+(?![.,]?\d)", words)


def _on_the_way(candidate: Candidate, price: Price) -> bool:
    """ "£52 an hour (weekends £60), which comes to £3,040": rates on the way to their sum."""
    gap = price.candidate.amount.start - candidate.amount.end
    left, right = price.candidate.left, price.candidate.right
    told = AS_TOTAL.search(left) or TO_SUM.search(left) or cues.TOTAL.match(right.lstrip(" ,("))
    if candidate.rate.units and 0 < gap < MOST_BETWEEN and not price.value % candidate.amount.value:
        return True  # "£19.50 per hour each: £546"
    return bool(told) and 0 < gap < (
        MOST_BEFORE if candidate.rate.units else len(price.candidate.left)
    )


def _same_money(candidate: Candidate, price: Price) -> bool:
    """The written rate the price was worked out from, said again."""
    return candidate.amount.value == price.candidate.amount.value


def _is_rate(candidate: Candidate) -> bool:
    """ "8 x $195", "@ $3.85/kg": what the price is made of."""
    near = candidate.left[-30:]
    said = cues.UNIT_PRICE.search(near) or TIMES.search(near) or PER_ONE.match(candidate.left)
    return bool(candidate.rate.units or said)
