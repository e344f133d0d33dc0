"""Weighs every amount of a reply by the words around it: price, extra, deposit or decoy. Pure."""

import re
from dataclasses import dataclass

from quotes.extraction import cues
from quotes.extraction.amounts import CODES, Amount
from quotes.extraction.reader import Reader
from quotes.extraction.units import Rate, read_rate

LEFT, RIGHT = 90, 60
MOST_AMOUNTS = 300  # a mail with more is a price list, read from its beginning
AS_TOTAL = re.compile(
    r"(?:=|→|\b(?:zusammen|together|altogether|in all|en tout|in totale|en total|samen|вместе|soit|so|thus|hence|somit|also|mithin|donc|ergeben|ergibt|ergeben sich|entspricht|es decir|o sea|pari a|то есть|что составляет|oftewel|gives|(?:so|thus|hence|somit)\b[^.,;$€£]{2,40}\b(?:be|is|are|to|at)|dus|quindi|итого|total\w*|totaal|gesamt\w*|insgesamt|(?<!after )(?:that|which) (?:is|makes|comes to)|"
    r"(?:so |that )?(?:you|we)(?:['’]re| are) at|(?:puts|brings|gets) (?:you|it|us) (?:at|to)|makes|macht(?: zusammen| dann)?|fait|font|hacen?|выходит|получается|ossia|ou seja|или|всего|so for [^.,;\d$€£]{2,30}))\W{0,3}(?:of |von |de |di |rund |ca\.? )?(?:[$€£₽]|chf|eur|usd|gbp)?\s?$"
)
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


def weigh(reader: Reader, amounts: list[Amount]) -> list[Candidate]:
    """Every amount with its role and a score for being the price."""
    candidates: list[Candidate] = []
    amounts = amounts[:MOST_AMOUNTS]
    priced = any(not amount.bare for amount in amounts)
    for index, amount in enumerate(amounts):
        if amount.bare and NUMBERED.search(reader.text[max(0, amount.start - 16) : amount.start]):
            continue
        if amount.bare and not _priced_bare(reader, amount, alone=not priced):
            continue
        neighbours = (
            amounts[index - 1].end if index else 0,
            amounts[index + 1].start if index + 1 < len(amounts) else len(reader.text),
        )
        first = not any(one.role == "price" for one in candidates)
        candidates.append(_weigh(reader, amount, neighbours, first=first))
    return candidates


def _priced_bare(reader: Reader, amount: Amount, *, alone: bool) -> bool:
    """A number without currency is a price only where the words around it say so.

    Beside amounts that have one (not `alone`) the words must stand directly before it.
    """
    if OTHERS_SIGN.match(reader.text, amount.end):
        return False  # "Phenom 300 GBP 14,750"
    clause = reader.clause_at(amount.start)
    words = reader.words(clause)
    text = reader.text[amount.start : amount.end].lower()
    behind = reader.lower[amount.end : amount.end + 24]
    if not alone and not text[:1].isalpha():
        said = reader.lower[max(clause.start, amount.start - 14) : amount.start]
        summed = AS_TOTAL.search(said) and not COUNTED.match(behind)
        rated = amount.value >= 1000 and read_rate(reader.text, amount.end).units
        ahead = reader.lower[max(clause.start, amount.start - 40) : amount.start]
        charged = CHARGED.search(ahead)
        listed = charged and ENDS.match(reader.lower, amount.end)
        is_told = IS.search(ahead) and (
            ENDS.match(reader.lower, amount.end) or IF_WANTED.match(behind)
        )
        scaled = "k" in text and not COUNTED.match(behind)
        named = NAMING.search(said) or summed or rated or listed or is_told or scaled
        return amount.value >= 100 and bool(named)
    in_words = text[:1].isalpha()
    if in_words:
        return bool(read_rate(reader.text, amount.end).units) or not COUNTED.match(behind)
    if ("k" in text and not COUNTED.match(behind)) or text.endswith("-") or "тыс" in text:
        return True
    rate = read_rate(reader.text, amount.end)
    if amount.value < 1:
        return bool(rate.units)  # "14 cents a word"
    if not rate.units and COUNTED.match(behind) and not cues.TOTAL.match(behind.strip()):
        return False
    before = reader.lower[max(clause.start, amount.start - 40) : amount.start]
    near = cues.TOTAL.search(words) or cues.OFFER.search(before) or cues.REVISED.search(before)
    is_said = IS.search(before) and not COUNTED.match(behind)
    told = AS_TOTAL.search(before)
    return bool(rate.units or near or is_said or told or NET.match(behind)) and amount.value >= 50


# "Devis n° 26-1182", "Estimate 7716", "Trip #11823"
NUMBERED = re.compile(
    r"(?:[#№]|\bn[°ºo]|\bnr|\bref|\b(?:quote|estimate|est|devis|angebot|offerte|order|trip|job|invoice|rechnung|presupuesto))\.?\s?(?:[\w./]+-)*$",
    re.IGNORECASE,
)
# "Delivery downtown 350, …" among amounts that have their sign.
CHARGED = re.compile(
    r"\b(?:delivery|freight|shipping|install\w*|assembly|set-?up|cleaning|lieferung|montage|livraison|entrega|consegna|levering)\b[^\d,.;]{0,12}$"
)
ENDS = re.compile(r"\s?(?:[,.;\n]|$)")
CONDITION = re.compile(
    r"\W*(?:if|falls|wenn|sollten|sofern|si|se|если|indien|caso|при (?:бронировании|оплате)|bei (?:buchung|zahlung)|al reservar)\b"
)
OTHERS_SIGN = re.compile(rf"[ \t]?(?:{CODES}|[$€£])[ \t]?\d")
IF_WANTED = re.compile(r"\s(?:if|falls|wenn|si|se|если|als)\b")
NAMING = re.compile(
    r"\b(?:call it|make it|say|do it for|price is|total is|comes to|macht|soit|serían|итого|pay)\s(?:about )?$"
)
# "1,450 sq ft", "135 g/m²", "500 brochures": a number of things.
COUNTED = re.compile(
    r"\s?(?!incl|inkl|all\b|plus|net|total|excl|with|zzgl|compris|ttc|ht\b|tutto|todo|tout|flat|even\b|cash|brutto|netto|w/|or\b|if\b|and\b|but\b|und\b|aber\b|et\b|mais\b|y\b|pero\b|и\b|for\b|für\b|pour\b|para\b|per\b|за\b)(?:[^\W\d_]{1,3}\b(?<!for)(?<!all)(?<!inc)(?<!net)|[^\W\d_]{4,}|%|°|[\"'’])"
)
IS = re.compile(
    r"\b(?:is|are|be|it['’]?s|(?<=\w)['’]s|costs?|kostet|kosten|wäre bei|liegt bei|macht|coûte|fait|son|cuesta|costa|kost|стоит|выйдет)\s(?:about |around |roughly |ca\.? |rund )?$"
)
NET = re.compile(r"\s?(?:net|plus|\+|inc|incl|ex|excl|all in|zzgl|netto|ht|ttc)\b")


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
    summed = cues.TOTAL.search(head) or AS_TOTAL.search(near_left)
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
