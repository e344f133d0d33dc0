"""What comes on top of the price: amounts, percentages, and things named without a figure. Pure."""

import re
from collections.abc import Sequence
from decimal import Decimal

from quotes.extraction import cues
from quotes.extraction.amounts import find_amounts
from quotes.extraction.candidates import Candidate
from quotes.extraction.case import Evidence, ExtraRead
from quotes.extraction.labels import ANDS, name_of, with_rate
from quotes.extraction.named_extras import read_named, untaxed
from quotes.extraction.reader import Clause, Reader
from quotes.extraction.sheet import Sheet
from quotes.extraction.terms import PERCENT

Extra = tuple[ExtraRead, Evidence]
MOST = 20
PAYMENT = re.compile(
    r"\b(?:payments?|pay(?:able|ed)?|paid|balance|remainder|remaining|rest|final (?:payment|balance|instal\w+)|discount|off|less|rabatt|skonto|"
    r"nachlass|zahlung|zahlbar|restzahlung|restbetrag|paiement|solde|remise|réduction|pago|resto|descuento|"
    r"dto|оплат\w*|скидк\w*|остаток|refund\w*|cancel\w*|storn\w*|annul\w*|cancelaci\w*|отмен\w*|saldo|"
    r"sconto|korting|restant|desconto|recycled|cotton|humidity|satisf\w*|sure|confident|charge level|"
    r"completion|delivery of|midpoint|uplift of|now and)\b|\bof (?:the|your) (?:\w+ ){0,2}(?:budget|costs?|spend|works)\b"
)
ON_TOP = re.compile(
    r"\b(?:procurement|purchasing|schlagen|gratuit\w*|tips?|supplements?|service charge|service|apa|trinkgeld|pourboire|propina|чаевые|surcharge|fuel|rush|express|urgent|mark-?up|admin\w*|"
    r"commission|fees?|insurance|versicherung|assurance|seguro|assicurazione|verzekering|страхов\w*|aufschlag|\w*zuschlag|"
    r"majoration|marge|margen|margine|recargo|suplemento|наценка|надбавка|комисси\w+|comisi[oó]n|comissão|commissione|provision|сбор|\w*toeslag|maggiorazione|"
    r"supplément\w*|provisionierung|overtime|cost plus|eil\w*|urgen\w+|spoed\w*|срочн\w+|urgenza|compras|achats|mancia|gorjeta|fooi|обслуживание)\b|"
    r"\b(?:of|от|de|del|vom|des|van|do) (?:the |la |de |het )?(?:declared |insured |insurance )?(?:value|стоимости|valeur|valor|wert\w*|valore|versicherungswert\w*|waarde)\b"
)
VOLUNTARY = re.compile(
    r"\b(?:customar\w+|discretion\w*|up to you|appreciated|not expected|optional|ermessen|freiwillig|à votre discrétion|voluntari\w+|по желанию)\b"
)
PLUS_THING = re.compile(
    r"(?:\+|\b(?:plus|più|zzgl\.?|zuzüglich|más|mais))\s[^\W\d]+(?:\s[^\W\d]+)?\s$"
)
NOT_APPLIED = re.compile(
    r"\b(?:(?:does|do|will|would)(?:n['’]t| not) (?:apply|be (?:added|charged))|not applicable|entfällt|entfallen|fällt nicht an|"
    r"ne s['’]applique\w* pas|no se aplica\w*|non si applica\w*|niet van toepassing|не применя\w+|не взима\w+|waived)\b"
)
LEFT_OUT = re.compile(
    r"\W*(?:(?:is|are|ist|sind|est|sont|es|son|è|não|no) )?(?:not (?:yet )?incl\w*|extra\b|on top\b|separate\w*|additional\b|nicht (?:inkl|enth|inbegr)\w*|"
    r"non (?:inclus|compr)\w*|en sus\b|en plus\b|(?:no )?inclu[ií]d[oa]s? no|no inclu\w+|aparte\b|a parte\b|à parte\b|отдельно|не включ\w+|niet inbegrepen)"
)
COMMA = re.compile(r"[,;]\s")
OF_VALUE = re.compile(
    r"\s?(?:of|от|de|del|vom|des|van|do) (?:the |la |de |het )?(?:\w+ )?(?:value|стоимости|valeur|valor|wert\w*|valore|versicherungswert\w*|waarde)\b"
)
INSURANCE = re.compile(
    r"(?:[\w-]+ )?\b(?:insurance|\w*versicherung|assurance|seguro|assicurazione|verzekering|страхован\w+|страховка)\b",
    re.IGNORECASE,
)
CUSTOMARY = re.compile(r"\b(?:customar\w+|suggested|typically|usually|discretion\w*)\b")
INSIDE = re.compile(
    r"\b(?:includ\w+|inkl\w*|incl|enthalten|inbegriffen|compris\w*|inclus\w*|incluid\w*|включ\w+|в том числе|compres\w*|"
    r"inbegrepen|inclusief|incluíd\w*|reflects?|covered)\b"
)
NOT = re.compile(
    r"\b(?:not?|isn['’]?t|aren['’]?t|n['’]t|nicht|kein\w*|pas|non|не|niet|não|sin|sans|ohne|без|excl\w*|still)\b"
)


def read_extras(
    reader: Reader,
    beside: Sequence[Candidate],
    includes_tax: bool | None,
    sheet: Sheet | None = None,
    price_at: int = -1,
) -> list[Extra]:
    """Every extra with its words, in the order of the text; `beside` are the amounts on top."""
    found = [_amount(reader, candidate) for candidate in beside]
    found = [one for one in found if not (includes_tax and _is_tax(one[0]))]
    for match in PERCENT.finditer(reader.text):
        if sheet is None or not sheet.holds(match.start()):
            inside = "=" in reader.text[match.end() : max(match.end(), price_at)][:60]
            found += [] if inside else _percent(reader, match, includes_tax)
    if includes_tax is False and not any(_is_tax(extra) for extra, _words in found):
        found += _tax(reader)
    found += read_named(reader, [extra.label for extra, _words in found], price_at)
    found = [one for one in found if not _said_as_amount(one, found)]
    found.sort(key=lambda item: (item[1].source != "subject", item[1].start))
    return _once(found)[:MOST]


def _said_as_amount(one: Extra, found: Sequence[Extra]) -> bool:
    """ "FET 7.5% USD 2,343.75": the rate and its amount are one tax."""
    extra, words = one
    if extra.percent is None or not _is_tax(extra):
        return False
    return any(
        other.amount is not None and _is_tax(other) and 0 <= said.start - words.end <= 6
        for other, said in found
    )


def _is_tax(extra: ExtraRead) -> bool:
    label = extra.label.lower()
    return bool(cues.TAX.search(label)) and not cues.STAY_TAX.search(label)


def _once(found: Sequence[Extra]) -> list[Extra]:
    """The same thing said twice (in an overview and below) is one extra."""
    kept: dict[tuple[object, ...], Extra] = {}
    for extra, words in found:
        figure = extra.amount if extra.amount is not None else extra.percent
        key = (figure,) if figure is not None and _is_tax(extra) else (figure, extra.label.lower())
        kept.setdefault(key, (extra, words))
    return list(kept.values())


def _amount(reader: Reader, candidate: Candidate) -> Extra:
    amount = candidate.amount
    clause = reader.clause_at(amount.start)
    right_at = max(amount.end, candidate.rate.end)
    left = reader.text[clause.start : amount.start]
    others = [one.end for one in find_amounts(left) if not one.bare]
    at_cost = cues.AT_COST.search(left.lower())
    named = left[: at_cost.start()] if at_cost else left[max(others, default=0) :]
    label = name_of(named, reader.text[right_at : clause.end])
    if not label and clause.start > reader.offset:
        label = name_of(_line_before(reader, clause), "")
    if cues.TAX.search(label.lower()) and ANDS.search(label):
        label = untaxed(label)  # "VAT and congestion charge (£15)": the figure is the charge's
    label = with_rate(label or "Extra", reader.text[amount.end : candidate.rate.end])
    return ExtraRead(label, amount.value), reader.evidence(amount.start, right_at)


def _line_before(reader: Reader, clause: Clause) -> str:
    """ "Overtime:" on a line of its own, its amount on the next."""
    return reader.text[: clause.start].rstrip().rsplit("\n", 1)[-1][-60:]


def _percent(reader: Reader, match: "re.Match[str]", includes_tax: bool | None) -> list[Extra]:
    clause = reader.clause_at(match.start())
    left = reader.lower[max(clause.start, match.start() - 45) : match.start()]
    right = reader.lower[match.end() : min(clause.end, match.end() + 45)]
    near = f"{left[-24:]} | {right[:40]}"
    if (
        cues.DEPOSIT.search(near)
        or NOT_APPLIED.search(right)
        or PAYMENT.search(near)
        or VOLUNTARY.search(COMMA.split(right)[0])
        or _in_brackets_again(left, right)
        or CUSTOMARY.search(left[-20:])
    ):
        return []
    taxed, named = _whose(left, right)
    # "Sundays +25 %", "furnishings at cost plus 25%", "TOT 12% not included"
    added = (
        left.rstrip().endswith(("+", "add", "plus", "zzgl.", "zuzüglich"))
        or LEFT_OUT.match(right)
        or PLUS_THING.search(left)
        or _stands_alone(reader, clause, match)
    )
    if not (taxed or named or added) or (taxed and includes_tax):
        return []
    near_left, near_right = COMMA.split(left)[-1], COMMA.split(right)[0]
    words = f"{near_left} % {near_right}"
    extra_said = cues.EXTRA_AFTER.search(right) or cues.EXTRA_BEFORE.search(left)
    if INSIDE.search(words) and not (extra_said or NOT.search(words)) and not taxed:
        return []
    label = _tax_name(reader, clause, match) if taxed else _percent_name(reader, clause, match)
    figure = Decimal(match["n"].replace(",", "."))
    label = f"{label or 'Extra'} {' '.join(match.group().split())}"
    return [(ExtraRead(label, None, figure), reader.evidence(match.start(), match.end()))]


def _in_brackets_again(left: str, right: str) -> bool:
    """ "1.5% of value (total loss only 0.9%)", "10 % (20 % sur l'alcool)": the same, another way."""
    before, bracket, inside = left.rpartition("(")
    return (
        bool(bracket)
        and ")" not in inside
        and "%" in before
        and bool(ONLY.search(inside) or OF_PART.match(right))
    )


OF_PART = re.compile(r"\s?(?:sur|on|auf|for|für|su|op|sobre|на)\s")
ONLY = re.compile(r"\b(?:only|just|or|nur|oder|seulement|ou|solo|o|alleen|of)\b")
ALONE = re.compile(r"\W*[^\W\d][^\d%,:]{2,40}\s\(?")


def _stands_alone(reader: Reader, clause: Clause, match: "re.Match[str]") -> bool:
    """ "Agency handling 5%.": a name and its percentage are all that a clause says."""
    ahead = reader.text[clause.start : match.start()]
    behind = reader.text[match.end() : clause.end]
    paid = cues.DEPOSIT.search(reader.words(clause)) or PAYMENT.search(ahead.lower())
    return bool(ALONE.fullmatch(ahead)) and not paid and not re.search(r"\w", behind)


def _whose(left: str, right: str) -> tuple[bool, bool]:
    """Whether the percentage is a tax's or another charge's: the nearest name, behind it first."""
    joined = re.match(r"\s*(?:and|und|et|y|и|e|en|\+|&)\s", right)
    behind = (
        "" if joined else re.split(r"[,;(]|\s(?:and|und|et|y|и|e|en)\s", right.lstrip(" )"))[0][:26]
    )
    ahead = re.split(r"[,;]\s|\s(?:and|und|et|y|и|e|en)\s", left)[-1][-45:]
    for words in (behind, ahead, left[-30:]):
        taxed, named = cues.TAX.search(words), ON_TOP.search(words)
        if taxed or named:
            return bool(taxed) and not named, bool(named)
    return False, False


def _percent_name(reader: Reader, clause: Clause, match: "re.Match[str]") -> str:
    left = reader.text[max(clause.start, match.start() - 60) : match.start()]
    behind = reader.text[match.end() : min(clause.end, match.end() + 40)]
    of_value = OF_VALUE.match(behind.lower())
    if ON_TOP.match(behind.lower().lstrip()) and not of_value:
        return name_of("", behind, tight=True)
    ahead = re.split(r"\d", left)[-1]
    if not of_value:
        return name_of(ahead, behind, tight=True)
    name = name_of(ahead, "", tight=True)
    if name and INSURANCE.search(name):
        return name
    # "Insurance isn't included; we can arrange it at 0.2% of value"
    said = list(INSURANCE.finditer(reader.text, reader.offset, match.start()))
    return said[-1].group().strip() if said else name


def _tax_name(reader: Reader, clause: Clause, match: "re.Match[str]") -> str:
    """The tax's own name nearest to its rate, capitalised as a label."""
    found = list(cues.TAX.finditer(reader.lower, clause.start, clause.end))
    if not found:
        return "Tax"
    nearest = min(found, key=lambda m: abs(m.start() - match.start()))
    name = reader.text[nearest.start() : nearest.end()]
    return name[:1].upper() + name[1:]


NET = {"ht": "TVA", "h.t": "TVA", "netto": "MwSt.", "net": "VAT"}


def _tax(reader: Reader) -> list[Extra]:
    """The tax a net price leaves out, by its name; "HT" and "netto" name it too."""
    out = cues.TAX_OUT.search(reader.lower) or cues.TAX_RATE.search(reader.lower)
    if out is None:
        return []
    start, end = out.span()
    tax = cues.TAX.search(reader.lower, start, end + 25)
    if tax is None:
        word = reader.lower[start:end].strip(" .")
        return [(ExtraRead(NET.get(word, "Tax")), reader.evidence(start, end))]
    rate = PERCENT.search(reader.text, max(start, tax.start() - 8), tax.end() + 8)
    if rate:
        return [_rated(reader, tax, rate)]
    tail = re.match(r"\s(?:where|if) [^.,;\n]{4,40}", reader.text[tax.end() :])
    end = tax.end() + (tail.end() if tail else 0)
    evidence = reader.evidence(tax.start(), end)
    label = " ".join(evidence.text.split())
    return [(ExtraRead(label[:1].upper() + label[1:]), evidence)]


def _rated(reader: Reader, tax: "re.Match[str]", rate: "re.Match[str]") -> Extra:
    """ "Totaal excl. 21% btw": the rate stands beside the name."""
    name = reader.text[tax.start() : tax.end()]
    label = f"{name[:1].upper()}{name[1:]} {' '.join(rate.group().split())}"
    figure = Decimal(rate["n"].replace(",", "."))
    return ExtraRead(label, None, figure), reader.evidence(
        min(tax.start(), rate.start()), max(tax.end(), rate.end())
    )
