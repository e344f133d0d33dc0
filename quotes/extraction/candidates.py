"""Weighs every amount of a reply by the words around it: price, extra, deposit or decoy. Pure."""

import re
from dataclasses import dataclass, replace

from quotes.extraction import cues
from quotes.extraction.amounts import Amount
from quotes.extraction.bare_numbers import AS_TOTAL, NUMBERED, told_as_price
from quotes.extraction.reader import Reader
from quotes.extraction.units import Rate, read_rate

LEFT, RIGHT = 90, 60
MOST_AMOUNTS = 300  # a mail with more is a price list, read from its beginning
# "Or wait on an owner's Citation V that would be nearer to $26k."
OTHERWISE = re.compile(r"\W*(?:or|oder|ou|o|или|of)\s(?!so\b)")
# Where prices begin is seldom this one's: "catering from 48 € per person".
FROM = re.compile(
    r"\b(?:from|starting at|ab|à partir de|dès|desde|a partir de|a partire da|da|vanaf|от)\s[$€£]?$"
)
BRACKET = re.compile(r"\([^()\n]*\)")
ELSE = re.compile(
    r"\b(?:otherwise|else|or else|sonst|ansonsten|andernfalls|sinon|si no|en caso contrario|altrimenti|anders|caso contrário|иначе)\b"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An amount with the words around it (lower case) and what they make of it."""

    amount: Amount
    rate: Rate
    left: str
    right: str
    score: float
    role: str  # "price" | "extra" | "deposit" | "decoy" | "off" (a discount)
    short: bool = False  # told in thousands without saying so


def weigh(reader: Reader, amounts: list[Amount], *, short: bool = False) -> list[Candidate]:
    """Every amount with its role and a score for being the price.

    Those told in `short` are known to be prices, and are never sure.
    """
    candidates: list[Candidate] = []
    amounts = amounts[:MOST_AMOUNTS]
    priced = any(not amount.bare for amount in amounts)
    for index, amount in enumerate(amounts):
        if amount.bare and NUMBERED.search(reader.text[max(0, amount.start - 16) : amount.start]):
            continue
        if amount.bare and not (short or told_as_price(reader, amount, alone=not priced)):
            continue
        neighbours = (
            amounts[index - 1].end if index else 0,
            amounts[index + 1].start if index + 1 < len(amounts) else len(reader.text),
        )
        first = not any(one.role == "price" for one in candidates)
        candidate = _weigh(reader, amount, neighbours, first=first)
        if short and cues.FLEXIBLE.search(candidate.right):
            # No other price is told: "could do 19.5 if they're flexible" is the offer.
            candidate = replace(candidate, role="price", score=SHORT_IF)
        candidates.append(replace(candidate, short=short))
    return candidates


SHORT_IF = 3.0  # the least of a price
CONDITION = re.compile(
    r"\W*(?:if|falls|wenn|sollten|sofern|si|se|если|indien|caso|при (?:бронировании|оплате)|bei (?:buchung|zahlung)|al reservar)\b"
)


def _weigh(
    reader: Reader, amount: Amount, neighbours: tuple[int, int], *, first: bool
) -> Candidate:
    clause = reader.clause_at(amount.start)
    before, after = neighbours
    left = reader.lower[max(clause.start, amount.start - LEFT) : amount.start]
    if not left.strip() and reader.lower[max(0, amount.start - 3) : amount.start].strip() in DASHES:
        # "Discount: - 310 €", where the dash ended the clause.
        left = reader.lower[reader.clause_at(clause.start - 1).start : amount.start]
    rate = read_rate(reader.text, amount.end)
    right = reader.lower[amount.end : min(clause.end, amount.end + RIGHT, max(after, amount.end))]
    near_left = (
        left[-60:]
        if before <= clause.start
        else reader.lower[max(before, amount.start - 60) : amount.start]
    )
    near_right = right[:40]
    if first:
        # "Three crates plus air ride: $7,800": before any price a plus only joins what it is for.
        near_left = JOINING.sub(" and ", near_left)
    role, score = _role(left, near_left, right, near_right)
    if role == "price" and CONDITION.match(left):
        score -= 3.0  # "If you can go midday I could knock it down to …"
    if role == "price":
        score += _points(left, right, near_left, near_right, rate)
        score += 0.3 if amount.start < reader.offset else 0.0
    return Candidate(amount, rate, left, right, score, role)


def _role(left: str, near_left: str, right: str, near_right: str) -> tuple[str, float]:
    if OFF.search(near_left):
        return "off", -8.0
    head = _since_comma(near_left)
    # "$42k all in, 20% down" is no deposit of $42k: only what is beside the amount counts.
    beside = _until_comma(near_right)
    totalled = cues.TOTAL.search(head) or cues.TOTAL.search(beside)
    opened = cues.DEPOSIT.match(near_left.lstrip())  # "Para reservar, Bizum de 50 €"
    if (opened or cues.DEPOSIT.search(head) or cues.DEPOSIT.search(beside)) and not totalled:
        return "deposit", -10.0
    if ADDED.search(near_left) or EXCEPT.search(near_left):
        return "extra", -5.0
    if (
        cues.DECOY_BEHIND.search(right)
        or cues.DECOY.search(near_left)
        or cues.DECOY.search(_until_comma(_before_old(right)))
    ):
        return "decoy", -8.0
    summed = cues.TOTAL.search(head) or AS_TOTAL.search(near_left) or FLAT.match(beside)
    if _is_extra(head, near_left, beside) and not summed:
        return "extra", -5.0
    return "price", 4.0


def _is_extra(head: str, near_left: str, beside: str) -> bool:
    """Whether the amount is for something beside the price, by the words on either side."""
    tail = near_left[-30:]
    bracket = re.search(r"\(([^()\n]{3,30})\)\W*$", near_left)
    if bracket and cues.EXTRA_BEFORE.search(bracket.group(1)):
        return True  # "Onboarding (one time)   $2,500"
    if cues.EXTRA_BEFORE.search(head) or cues.EXTRA_THING.search(head):
        return True
    if re.search(
        r"(?:\b(?:plus|zzgl\.?|más|più) |(?<!\w)\+\s?)(?:an? |the |eine? |un[ae]? )?$", tail
    ):
        return True
    if cues.TAX.search(head) and not cues.TAX_IN.search(head):
        return True
    if cues.AT_COST.search(near_left):
        return True  # "rentals are billed at cost, figure $14 pp"
    if cues.PRICE_LESS.search(beside) or INCLUDING.search(beside):
        return False
    return bool(cues.EXTRA_AFTER.search(beside) or cues.EXTRA_THING.search(beside))


FLAT = re.compile(
    r"\s?(?:flat|all[- ]in|net|even|total|pauschal|forfait|tout compris)\b"
)  # "165 flat, tip in"
JOINING = re.compile(r"(?<=[^\W\d])\s(?:\+|plus)\s(?=[^\W\d])")
DASHES = frozenset({"-", "–", "−"})
OFF = re.compile(
    r"(?:[:=]|\S\s{2,})\s?[-–−]\s?[$€£]?$|"
    r"\b(?:less|minus|discount|rabatt|nachlass|skonto|remise|réduction|descuento|dto|sconto|korting|desconto|скидка)\b[^.,;\n\d]{0,22}$"
)
ADDED = re.compile(r"\b(?:add|adds|plus|zzgl\.?|zuzüglich)\s(?:another |an extra )?$")
# "all in except the tax (10 € a day)": nothing after "except" is in the price.
EXCEPT = re.compile(
    r"\b(?:except(?:ing| for)?|save for|apart from|tranne|eccetto|außer|ausgenommen|sauf|hormis|excepto|кроме|behalve|exceto)\b[^.,;:\n\d]{0,40}$"
)
INCLUDING = re.compile(
    r"\b(?:incl\w*|with|all|inkl\w*|mit|compris\w*|avec|con|incluid\w*|включ\w*|с учетом|met|com)\b"
)
OLD_PRICE = re.compile(
    r"\b(?:instead of|rather than|down from|was|statt|anstatt|au lieu d|en lugar de|вместо|invece di)"
)


def _before_old(words: str) -> str:
    """ "$18,750 instead of $21,000": what follows is the other amount's story."""
    return OLD_PRICE.split(words)[0]


UNTIL = re.compile(r",\s|\.\s|[()]|\s(?:and|und|et|y|и|e|&)\s")


FILLED = re.compile(r"[^\W\d]{4,}")


def _since_comma(words: str) -> str:
    """Back to where the thing named begins; over a mark with nothing but filler behind it."""
    at = len(words)
    for mark in re.finditer(r",\s|\s(?:and|und|et|y|и|e|&)\s", words):
        if FILLED.search(words[mark.end() :]):
            at = mark.end()
    head = words if at == len(words) else words[at:]
    # "(1,65 € …)" belongs to what stands before the bracket; a closed bracket is another's.
    before, bracket, inside = head.rpartition("(")
    return head if not bracket or ")" not in inside else before + inside.rpartition(")")[2]


def _until_comma(words: str) -> str:
    return UNTIL.split(words, maxsplit=1)[0]


def _points(left: str, right: str, near_left: str, near_right: str, rate: Rate) -> float:
    score = 0.0
    # "(flat for 3 h): 1 260 €": what stands in brackets qualifies the thing, not the price.
    said = BRACKET.sub(" ", near_left)
    if cues.TOTAL.search(said) or cues.TOTAL.search(_until_comma(near_right)):
        score += 3.0
    elif AS_TOTAL.search(near_left):
        score += 1.5
    if ELSE.search(near_left[-30:]):
        score -= 3.0
    if FROM.search(near_left):
        score -= 2.5
    if OTHERWISE.match(left):
        score -= 1.5
    if cues.OFFER.search(near_left):
        score += 1.5
    if cues.REVISED.search(left) or cues.REVISED.search(near_right):
        score += 2.5
    if rate.units:
        score += 0.5
    if cues.RECOMMENDED.search(left) or cues.RECOMMENDED.search(right):
        score += 1.0
    return score
