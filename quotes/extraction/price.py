"""Chooses the vendor's price among the amounts of a reply, and says what it is for. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from quotes.extraction import cues
from quotes.extraction.amounts import to_amount
from quotes.extraction.bare_numbers import AS_TOTAL
from quotes.extraction.candidates import Candidate
from quotes.extraction.sheet import Sheet
from quotes.extraction.units import Rate, multiplier

LEAST = 3.0
LEAST_SPEND = 500
MOST_PARTS = 15
MOST_PRICES = 80  # each is weighed against every other
MOST_TIMES = 10_000
PROVEN = 2.5  # for an amount that the others multiply or add up to
LAST = 0.5  # the sum with the share added or taken off outdoes the sum before
SMALLER = 0.8  # … less so where it is a third of it
FIRST = 0.6  # what is offered is said before what can be had with it
SERVED = 2.5  # "delivery and set-up, flat …" beside the goods
ASKED_FOR = 1.0  # "for 120 sets, letterpress: $1,680" names what was asked for
SMALL = 1.5  # a small amount beside a large one is seldom the price
TIER_MEANT = 3.0  # "1,000: €1,485 / 1,500: €1,790": the row for as many as are asked for
TIER = re.compile(
    r"\W*(?P<n>\d[\d.,'’ ]*)\s*(?:pcs|pieces|copies|units|guests|people|pax|stück|stk|ex|exemplaires|uds?|"
    r"pz|шт|экз|personen|personas)?\.?\s*(?:[@x×]|at|à|je)?\W*"
)
EACH = re.compile(r"[@x×]\s?$|\b(?:at|à|je|a)\s$")
MONTHLY = re.compile(
    r"\b(?:monthly|per month|a month|monatlich\w*|pro monat|im monat|mensuel\w*|par mois|mensual\w*|al mes|al mese|mensile|в месяц|ежемесячн\w+|per maand|maandelijks\w*|mensal|por mês)\b"
)


@dataclass(frozen=True, slots=True)
class Price:
    """The price for the request: `value` already multiplied; `rate` is what was written."""

    value: Decimal
    high: Decimal | None
    basis: str
    candidate: Candidate
    certain: bool
    note: str = ""


def choose(
    candidates: list[Candidate], counts: dict[str, Decimal], sheet: Sheet | None = None
) -> Price | None:
    """The best candidate turned into a price for the request; None if none is a price."""
    if sheet is not None:
        return _sheet_price(sheet)
    prices = [c for c in candidates if c.role == "price" and c.score >= LEAST][:MOST_PRICES]
    if not prices:
        return _least_spend(candidates)
    prices = [c for c in prices if not _net_of(c, prices)] or prices
    prices = [c for c in prices if not _reduced_later(c, prices)] or prices
    largest = max(_whole(c, counts) for c in prices)
    proven = {
        c.amount.start
        for c in prices
        if _total_of(c, counts, prices) or _sum_of(c, candidates, counts) or _shared(c, prices)
    }
    asked = {counts[unit] for unit in ("piece", "person") if unit in counts}
    first = min(prices, key=lambda c: c.amount.start)
    # Of equals the first: what is offered is said before what comes with it.
    best = max(
        prices,
        key=lambda c: (
            c.score
            + (PROVEN if c.amount.start in proven else 0)
            + (TIER_MEANT if tier_of(c) in asked else 0)
            + (LAST if c.amount.start in proven and _ends_all(c, candidates, counts, prices) else 0)
            + (FIRST if c is first else 0)
            + (ASKED_FOR if _names_asked(c, asked) else 0)
            - _smallness(_whole(c, counts), largest)
            - (SERVED if _serves(c) and _whole(c, counts) * 2 < largest else 0),
            -c.amount.start,
        ),
    )
    if best.rate.units == () and tier_of(best) in asked and EACH.search(best.left):
        best = replace(best, rate=Rate(("piece",), best.amount.end))
        counts = counts | {"piece": tier_of(best) or Decimal(1)}
    price = _price(best, counts, prices)
    return replace(price, certain=True) if best.amount.start in proven and not best.short else price


def _serves(candidate: Candidate) -> bool:
    """ "… and cleaning is a flat $600": what is done with the goods, wherever its part begins."""
    head = re.split(
        r"[,;]\s(?:(?:and|und|et|y|e|и|en)\s)?|\s(?:and|und|et|y|e|и|en)\s", candidate.left
    )[-1]
    return bool(cues.SERVICE.match(candidate.left) or cues.SERVICE.match(head))


def _least_spend(candidates: list[Candidate]) -> Price | None:
    """ "No room fee, just a minimum of $3,500": what one pays at least is the price."""
    for candidate in candidates:
        said = cues.MINIMUM.search(candidate.left[-45:])
        if candidate.role == "decoy" and said and candidate.amount.value >= LEAST_SPEND:
            return Price(candidate.amount.value, None, "total", candidate, certain=False)
    return None


def _smallness(whole: Decimal, largest: Decimal) -> float:
    return SMALL if whole * 8 < largest else SMALLER if whole * 3 < largest else 0.0


def _names_asked(candidate: Candidate, asked: set[Decimal]) -> bool:
    """Whether the number that was asked for leads to the amount, behind a colon."""
    if candidate.rate.units or not candidate.left.rstrip().endswith(":"):
        return False
    said = {Decimal(n) for n in re.findall(r"(?<![\d.,])\d{2,6}(?![\d.,])", candidate.left)}
    return bool(said & asked)


def tier_of(candidate: Candidate) -> Decimal | None:
    """The number that is all there is before an amount: a row of a list of quantities."""
    row = TIER.fullmatch(candidate.left)
    return to_amount(row["n"].strip()) if row else None


GROSS = re.compile(r"\s?(?:ttc|t\.t\.c|brutto|inkl|incl|iva inc|inc\b|con iva|gross|с ндс|в т)")
TAXED = (Decimal("1.03"), Decimal("1.28"))  # what tax makes of a net amount, anywhere we read


def _net_of(candidate: Candidate, prices: list[Candidate]) -> bool:
    """ "89 € netto, 105,91 € brutto": the first is the second without its tax."""
    value = candidate.amount.value
    return any(
        GROSS.match(other.right) and TAXED[0] <= other.amount.value / value <= TAXED[1]
        for other in prices
        if value and other is not candidate and not GROSS.match(candidate.right)
    )


def _whole(candidate: Candidate, counts: dict[str, Decimal]) -> Decimal:
    """What a candidate comes to for the whole request, as far as that is known."""
    return candidate.amount.value * (multiplier(candidate.rate.units, counts) or 1)


def _sheet_price(sheet: Sheet) -> Price:
    amount = sheet.total.amount
    candidate = Candidate(amount, Rate((), amount.end), sheet.total.label, "", 8.0, "price")
    return Price(amount.value, None, "total", candidate, True)


def _total_of(candidate: Candidate, counts: dict[str, Decimal], prices: list[Candidate]) -> int:
    """An amount that is another's rate times the quantity is the total both speak of."""
    for other in prices:
        if other is candidate or not other.amount.value:
            continue
        if not other.rate.units and EACH.search(other.left):
            times = candidate.amount.value / other.amount.value
            if times > 1 and times in counts.values():
                return 1  # "two at 2,690, 5,380 gross"
        if not other.rate.units:
            # "$26 for the hot buffet … so $650" for twenty-five guests
            times = candidate.amount.value / other.amount.value
            if times > 1 and AS_TOTAL.search(candidate.left):
                whole = 2 <= times <= MOST_TIMES and not times % 1
                if times in counts.values() or (whole and not _outdone(candidate, prices)):
                    return 1
            continue
        factor = multiplier(other.rate.units, counts)
        times = candidate.amount.value / other.amount.value
        if factor and times == factor:
            return 1
        if candidate.rate.units or not 2 <= times <= MOST_TIMES or times % 1:
            continue
        if COUNTED_SUM.search(candidate.left) and str(int(times)) in re.findall(
            r"\d+", candidate.left[-30:]
        ):
            return 1  # "USD 5,400 per container, 2 containers USD 10,800"
        if AS_TOTAL.search(candidate.left) or cues.TOTAL.match(candidate.right.strip()):
            return 1  # "890 € par véhicule, soit 1 780 € au total"
    return 0


COUNTED_SUM = re.compile(r"\b\d{1,4} [^\W\d]{3,}:?\s?(?:[$€£₽]|[a-z]{3})?\s?$")


def _outdone(candidate: Candidate, prices: list[Candidate]) -> bool:
    """Whether a larger amount is called the total."""
    return any(
        cues.TOTAL.search(other.left[-30:]) and other.amount.value > candidate.amount.value
        for other in prices
    )


CONDITIONAL = re.compile(
    r"\b(?:if|wenn|falls|si|se|если|als|при (?:бронировании|оплате|заказе)|bei (?:buchung|zahlung|bestellung)|"
    r"for (?:early|prompt|booking|paying)|en cas de|al reservar|prenotando)\b"
)
PERCENT = re.compile(r"(?<![\d.,])(?P<n>\d{1,2}(?:[.,]\d)?)\s?%")


def _shared(candidate: Candidate, prices: list[Candidate]) -> bool:
    """ "18,900, minus 5% = 17,955", "990, fuel 8%, total 1,069.20": a share said between the two."""
    if "%" not in candidate.left:
        return False
    if CONDITIONAL.search(candidate.left):
        return False  # "a floor model at 30% off if a few scuffs don't bother you"
    shares = {Decimal(m["n"].replace(",", ".")) for m in PERCENT.finditer(candidate.left)}
    return any(
        other.amount.start < candidate.amount.start
        and candidate.amount.value * 100
        in {other.amount.value * (100 - share), other.amount.value * (100 + share)}
        for other in prices
        for share in shares
    )


def _reduced_later(candidate: Candidate, prices: list[Candidate]) -> bool:
    """ "11,200, less 10% = 10,080": the first is not what is paid."""
    return any(
        other.amount.value < candidate.amount.value and _shared(other, [candidate])
        for other in prices
        if other is not candidate
    )


def _ends_all(
    candidate: Candidate,
    found: Sequence[Candidate],
    counts: dict[str, Decimal],
    prices: list[Candidate],
) -> bool:
    """A sum of parts, or with its share: nothing is added to it later."""
    return _shared(candidate, prices) or _sum_of(candidate, found, counts)


def _sum_of(candidate: Candidate, found: Sequence[Candidate], counts: dict[str, Decimal]) -> bool:
    """Whether the last two or more amounts before it add up to it, less what is taken off."""
    total = Decimal(0)
    before = [c for c in found if c.amount.start < candidate.amount.start][-MOST_PARTS:]
    for parts, part in enumerate(reversed(before), start=1):
        total += -part.amount.value if part.role == "off" else _whole(part, counts)
        if parts > 1 and total == candidate.amount.value:
            return True
    return False


def _price(best: Candidate, counts: dict[str, Decimal], prices: list[Candidate]) -> Price:
    amount, rate = best.amount, best.rate
    certain = (best.score >= 5.0 or len(prices) == 1) and not best.short
    if not rate.units:
        basis = "range" if amount.high is not None else _stated_basis(best)
        note = "The price was told in thousands." if best.short else ""
        return Price(amount.value, amount.high, basis, best, certain, note)
    factor = multiplier(rate.units, counts) or _said_before(best)
    made = _made_of(best, prices, factor or Decimal(1))
    if made is not None:
        return Price(made.amount.value, None, _stated_basis(made), made, True)
    if factor is None:
        note = f"The price is {rate.basis} and the request does not say how many."
        return Price(
            amount.value, amount.high, rate.basis or "total", best, False, note.replace("_", " ")
        )
    stated = next(
        (c for c in prices if not c.rate.units and c.amount.value == amount.value * factor), None
    )
    if stated is not None:
        return Price(stated.amount.value, None, _stated_basis(stated), stated, True)
    high = amount.high * factor if amount.high is not None else None
    basis = rate.basis or "total"
    if basis in {"per_person", "per_unit"} and _stated_basis(best) == "per_month":
        basis = "per_month"  # "monatlich 49,90 € pro Arbeitsplatz"
    if basis in {"per_week", "per_year"} and factor == 1:
        basis = "total"
    return Price(amount.value * factor, high, basis, best, certain)


MOST_BEHIND = 60  # characters from a rate to the sum that is made of it


def _made_of(rate: Candidate, prices: list[Candidate], factor: Decimal) -> Candidate | None:
    """ "58/hr, 1392": the sum right behind a rate that goes into it so many times."""
    for other in prices:
        gap = other.amount.start - rate.amount.end
        each = rate.amount.value * factor
        times = other.amount.value / each if each else Decimal(0)
        if other.rate.units or not 0 < gap < MOST_BEHIND:
            continue
        if 2 <= times <= MOST_TIMES and not times % 1:
            return other
    return None


SAID = re.compile(
    r"(?<![\w.,:/-])(?P<n>\d{1,4})\s?(?:x\s)?(?!%|min|hour|hrs|day|week|month|year|cm|mm|m\b)[^\W\d]{3,}"
)


def _said_before(best: Candidate) -> Decimal | None:
    """ "15 centros de mesa a 55 € cada uno": the only count said before a price for one."""
    if best.rate.units != ("piece",):
        return None
    said = {match["n"] for match in SAID.finditer(best.left)}
    return Decimal(said.pop()) if len(said) == 1 else None


def _stated_basis(candidate: Candidate) -> str:
    """A sum said for the whole is the total, or what each month costs."""
    return "per_month" if MONTHLY.search(f"{candidate.left} # {candidate.right[:20]}") else "total"
