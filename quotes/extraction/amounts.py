"""Finds amounts of money in a text: any way of writing them, ranges, words. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from quotes.extraction.spoken import Spoken, find_spoken

SYMBOLS = {
    "us$": "USD", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "au$": "AUD", "hk$": "HKD", "s$": "SGD",
    "nz$": "NZD", "r$": "BRL", "mx$": "MXN", "$": "USD", "€": "EUR", "£": "GBP", "₽": "RUB",
    "¥": "JPY", "₹": "INR", "₺": "TRY", "₴": "UAH", "₪": "ILS", "zł": "PLN", "kč": "CZK",
    "sfr": "CHF", "sfr.": "CHF", "fr.": "CHF", "chf": "CHF", "kr": "SEK", "kr.": "DKK",
    "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "dólares": "USD",
    "pound": "GBP", "pounds": "GBP", "quid": "GBP", "bucks": "USD", "francs": "CHF",
    "franken": "CHF", "руб": "RUB", "руб.": "RUB", "рублей": "RUB", "рубля": "RUB", "р.": "RUB",
    "евро": "EUR", "долларов": "USD", "грн": "UAH", "dirhams": "AED", "dhs": "AED", "aed": "AED",
    "yen": "JPY", "rs": "INR", "rs.": "INR", "rupees": "INR", "lira": "TRY",
    "tl": "TRY", "฿": "THB", "reais": "BRL", "real": "BRL", "pesos": "MXN", "kronor": "SEK",
    "kroner": "DKK", "zloty": "PLN", "roubles": "RUB", "rubles": "RUB", "franchi": "CHF",
    "frank": "CHF", "sterline": "GBP", "libras": "GBP", "livres sterling": "GBP",
    "e": "EUR", "r": "ZAR", "rand": "ZAR", "eur": "EUR", "usd": "USD", "gbp": "GBP", "rub": "RUB", "jpy": "JPY",
}  # fmt: skip
CODES = (
    "USD|EUR|GBP|CHF|RUB|JPY|AED|SEK|NOK|DKK|PLN|CZK|CAD|AUD|SGD|HKD|NZD|MXN|BRL|ZAR|INR|TRY|UAH|"
    "HUF|ILS|THB|SAR|QAR|CNY"
)
BEFORE = rf"(?:US\$|CA?\$|AU?\$|HK\$|S\$|NZ\$|R\$|MX\$|[$€£¥₹₺₴₪₽฿]|\b[Ee](?:uro|URO)\b(?=\s?\d)|R(?=\s?\d)|Rs\.?(?=\s?\d)|SFr\.?|Fr\.|Dhs\.?|\b(?:{CODES})\b|\b(?i:{CODES})\b(?=[ \t]?\d))"
AFTER = (
    rf"(?:[€£₽₴₺₪$]|(?:{CODES})\b(?![ -]?pal)|(?i:euros?\b(?![ -]?pal)|dollars?\b|dólares\b|pounds?\b|eur\b(?![ -]?pal)|usd\b|gbp\b|"
    r"chf\b|francs?\b|franken\b|rand\b|dirhams?\b|руб(?:лей|ля|ль|\.)?|евро\b|долларов\b|zł\b|kč\b|kr\b\.?|грн|yen\b)|"
    r"(?<=\d)e\b|quid\b|bucks\b|р\.|Fr\.|(?i:rupees\b|reais\b|pesos\b|kronor\b|kroner\b|roubles\b|rubles\b|franchi\b|zloty\b)|TL\b)"
)
NUMBER = (
    r"(?:\d{1,3}(?:[   ]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)"  # 4,50,000
    r"|\d{1,3}(?:[.,'’]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d{1,3}(?!\d))?)"
)
# "$48pp", "€20ea": a unit written onto its figure.
UNITS = r"pp|ppp?[nd]|pp/day|pupm|pcm|pm|pw|pd|pn|ph|pax|ea|each|hrs?|h|kg|sqm|m2"
SCALE = rf"(?:\s?(?:k|K|тыс\.?|тысяч[аи]?|[Tt]sd\.?|tausend|mila|mille|duizend|mil(?!es)|[Ll]a(?:kh|c)s?|crores?|cr\b|[mM](?:io|ln|illion)?\.?|млн\.?|thousand|grand))?(?!(?!(?:e|{UNITS})\b)[^\W_])"
TAIL = r"(?:,[-–—]+|\.[-–—]+|:-)?"


def _one(name: str) -> str:
    return rf"(?P<{name}>{NUMBER}){TAIL}(?P<{name}s>{SCALE})"


TO = r"\s?(?:-|–|—|to|bis|à|a|and|до|until|-to-)\s?"
REDUCED = re.compile(r"\s(?:to|auf|à|a|до)\s")
AMOUNT = re.compile(
    rf"(?<![\w.,])(?P<pre>{BEFORE})[ \t\u00a0\u202f]{{0,6}}{_one('a')}(?!['’]s\b)(?:{TO}(?:{BEFORE}\s?)?{_one('b')})?"
    rf"(?:[ \t\u00a0]?(?P<pre_after>\b(?:{CODES})\b))?"
    rf"|(?<![\w.,/:-])(?<![A-Za-z]-)(?:{_one('c')}{TO})?{_one('d')}\s?(?P<post>{AFTER})(?!(?<=[A-Za-z]{{3}})[ \t]?\d)"
    rf"|(?<![\w.,/:-])(?:{_one('f')}{TO})?{_one('e')}(?=\s|$|[.,;:!?)]|/[^\W\d])",
)
BEHIND_WORDS = re.compile(
    rf"\s?(?:de |d['’]|di )?(?P<cur>{AFTER}|livres sterling|libras|sterline)", re.IGNORECASE
)
BEFORE_WORDS = re.compile(rf"(?P<cur>{BEFORE}|\bEuro)\s?$")
SCALES = {"k": 1000, "тыс": 1000, "tsd": 1000, "mil": 1000, "thousand": 1000, "grand": 1000,
          "m": 10**6, "mio": 10**6, "mln": 10**6, "million": 10**6, "млн": 10**6, "тысяч": 1000,
          "тысячи": 1000, "тысяча": 1000, "tausend": 1000, "mila": 1000, "mille": 1000,
          "duizend": 1000, "lakh": 10**5, "lakhs": 10**5, "lac": 10**5, "lacs": 10**5,
          "crore": 10**7, "crores": 10**7, "cr": 10**7}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """`high` only for ranges; `currency` None where a number stands without one."""

    value: Decimal
    start: int
    end: int
    currency: str | None = None
    high: Decimal | None = None
    sign: str = ""

    @property
    def bare(self) -> bool:
        return self.currency is None


def find_amounts(text: str) -> list[Amount]:
    """Every amount with a currency, and bare numbers that may be prices, in order."""
    found = [amount for match in AMOUNT.finditer(text) if (amount := _read(match))]
    found += [told for told in _in_words(text) if not any(_covers(told, one) for one in found)]
    found += [cents for cents in _in_cents(text) if not any(_covers(cents, one) for one in found)]
    return _ranges(text, sorted(found, key=lambda amount: amount.start))


def _covers(one: Amount, other: Amount) -> bool:
    return one.start < other.end and other.start < one.end


BETWEEN = re.compile(
    r"\b(?:between|zwischen|entre|между|tra|fra|tussen)\s(?:de |i |los |les |the )?$", re.IGNORECASE
)
AND = re.compile(r"\s?(?:and|und|et|y|и|e|en)\s", re.IGNORECASE)


def _ranges(text: str, amounts: list[Amount]) -> list[Amount]:
    """ "zwischen 18.000 und 22.500 Euro": two amounts that are the ends of one."""
    kept: list[Amount] = []
    for amount in amounts:
        short = _short_end(text, amount)
        if short is not None and short.value * 1000 < amount.value <= short.value * 2000:
            thousands = short.value * 1000
            kept.append(Amount(thousands, short.start, amount.end, amount.currency, amount.value))
            continue
        low = kept[-1] if kept else None
        if (
            low is not None
            and low.high is amount.high is None
            and low.value < amount.value
            and low.currency in {None, amount.currency}
            and AND.fullmatch(text, low.end, amount.start)
            and BETWEEN.search(text, max(0, low.start - 12), low.start)
        ):
            kept[-1] = Amount(
                low.value, low.start, amount.end, amount.currency, amount.value, amount.sign
            )
        else:
            kept.append(amount)
    return kept


# "entre 12 et 14 000 euros"
SHORT_END = re.compile(
    r"\b(?:between|zwischen|entre|между|tra|fra|tussen)\s(?P<n>\d{1,3})\s(?:and|und|et|y|и|e|en)\s$",
    re.IGNORECASE,
)


def _short_end(text: str, high: Amount) -> Amount | None:
    """The lower end of a range whose thousand is said with the upper one only."""
    match = SHORT_END.search(text, max(0, high.start - 24), high.start)
    if not match or high.high is not None or high.currency is None:
        return None
    return Amount(Decimal(match["n"]), *match.span("n"))


def _in_words(text: str) -> list[Amount]:
    """Numbers in words with a currency beside them, or told as a price is told without one."""
    found: list[Amount] = []
    before: Spoken | None = None
    for spoken in find_spoken(text):
        amount = _and_a_half(text, spoken) or _told(text, spoken)
        low = before if before and _one_range(text, before, spoken) else None
        if amount and low:
            # "fifteen to eighteen thousand": the thousand said once counts for both.
            value = Decimal(low.value * 1000)
            found.append(Amount(value, low.start, amount.end, amount.currency, amount.value))
        elif amount:
            found.append(amount)
        before = spoken
    return found


SPOKEN_TO = re.compile(r"\s(?:to|or|bis|à|a|до|tot)\s|\s?[-–]\s?", re.IGNORECASE)


def _one_range(text: str, low: Spoken, high: Spoken) -> bool:
    between = SPOKEN_TO.fullmatch(text, low.end, high.start)
    return (
        bool(between)
        and not low.round
        and low.value < 1000 <= high.value
        and (low.value * 1000 < high.value <= low.value * 3000)
    )


# "nine and a half thousand pounds"
AND_A_HALF = re.compile(
    r"\s(?:and a half|einhalb|et demie?|y medi[oa]|e mezzo)\s(?:thousand|grand|k|tausend|mille|mil|mila)\b",
    re.IGNORECASE,
)


def _and_a_half(text: str, spoken: Spoken) -> Amount | None:
    match = AND_A_HALF.match(text, spoken.end) if spoken.value < 1000 else None
    if not match:
        return None
    value = (Decimal(spoken.value) + Decimal("0.5")) * 1000
    behind = BEHIND_WORDS.match(text, match.end())
    sign = behind["cur"].strip().lower() if behind else ""
    currency = SYMBOLS.get(sign) or SYMBOLS.get(sign.rstrip("s.")) if sign else None
    return Amount(value, spoken.start, behind.end() if behind else match.end(), currency)


def _told(text: str, spoken: Spoken) -> Amount | None:
    value = Decimal(spoken.value)
    behind = BEHIND_WORDS.match(text, spoken.end)
    before = BEFORE_WORDS.search(text, max(0, spoken.start - 8), spoken.start)
    named = (behind or before) if spoken.round or spoken.short or spoken.value >= 20 else None
    if named:
        sign = named["cur"].strip().lower()
        currency = SYMBOLS.get(sign) or SYMBOLS.get(sign.rstrip("s.")) or sign.upper()[:3]
        start = before.start() if before and not behind else spoken.start
        return Amount(value, start, behind.end() if behind else spoken.end, currency)
    words = text[spoken.start : spoken.end].strip()
    if spoken.round and spoken.value >= 500 and " " in words:
        return Amount(value, spoken.start, spoken.end)
    told = TOLD.search(text, max(0, spoken.start - 24), spoken.start)
    if spoken.short and (told or BACKED.match(text, spoken.end)):
        return None if CLOCK.match(text, spoken.end) else Amount(value, spoken.start, spoken.end)
    even = EVEN.match(text, spoken.end)
    if even and spoken.value < 100:
        return Amount(value * 1000, spoken.start, even.end())
    if spoken.value >= LEAST_RATE and PER_ONE.match(text, spoken.end):
        return Amount(value, spoken.start, spoken.end)
    return None


LEAST_RATE = 5
# "it's thirty-eight five", "rents for eleven two", "a fee of eighteen five"
TOLD = re.compile(
    r"(?:\b(?:at|is|are|be|for|of|to|run|runs|you|about|around|roughly|only|just|call it|do|charge|costs?|price|rate|fee|total|number|quote|say|asking)|['’](?:s|re|d)|[:=–—-])\s(?:about |around |roughly |just )?$",
    re.IGNORECASE,
)
BACKED = re.compile(r"\s?(?:plus\b|\+|all[- ]in\b|flat\b|net\b|incl|total\b)", re.IGNORECASE)
CLOCK = re.compile(r"\s?(?:[ap]\.?m\b|o['’]clock|hours?\b|sharp\b)", re.IGNORECASE)
EVEN = re.compile(r"\s(?:even|grand)\b", re.IGNORECASE)
PER_ONE = re.compile(
    r"\s(?:(?:an?|per|each|every)\s(?:head|person|guest|hour|plate|word|night|seat|user|pop|piece|copy|foot|chair)\b|(?:pro|par|por|al?)\s(?:kopf|person|nase|stunde|tête|personne|heure|cabeza|persona|hora|testa)\b|apiece\b|an hour\b|pp\b)",
    re.IGNORECASE,
)
# "+15", "Versand 6,90", "delivery 40"
ADDED_ON = re.compile(
    r"(?:(?<!\w)\+\s?|\b(?:delivery|freight|shipping|liftgate|rush|travel|parking|cleaning|clean|mail|postage|versand|lieferung|livraison|envío|entrega|spedizione|доставка)\s)$",
    re.IGNORECASE,
)
FIGURES, FIGURES_OF_RATE = 3, 2  # a bare number has: "450", "95/hr"
PER_ONE_OF = re.compile(
    r"/(?:h|hr|hour|std|day|tag|jour|night|nacht|head|person|pers|guest|pp|pax|user|seat|unit|piece|each|ea|page|word|month|mo|week|wk)\b|\s?(?:pp|pph|ea|p/?h)\b|\s?p\.\s?p\.|\s(?:each|apiece|an hour|a head|per (?:head|person|hour|guest|seat|user|night|day|piece|page|unit))\b",
    re.IGNORECASE,
)
# "14 cents a word"
CENTS = re.compile(
    r"(?<![\w.,])(?P<n>\d{1,3}(?:[.,]\d)?)\s(?:cents?|centimes|céntimos|centesimi|pence)\b",
    re.IGNORECASE,
)
CENTS_BEHIND = re.compile(r"\s(?:cents?|centimes|céntimos|centesimi|pence)\b", re.IGNORECASE)


def _in_cents(text: str) -> list[Amount]:
    """ "14 cents a word", "twenty-two cents": hundredths of the reply's money."""
    found = [
        Amount(Decimal(match["n"].replace(",", ".")) / 100, *match.span())
        for match in CENTS.finditer(text)
    ]
    if CENTS_BEHIND.search(text):
        for spoken in find_spoken(text):
            behind = CENTS_BEHIND.match(text, spoken.end)
            if behind and spoken.value < 100:
                found.append(Amount(Decimal(spoken.value) / 100, spoken.start, behind.end()))
    return found


def _read(match: "re.Match[str]") -> Amount | None:
    names = ("a", "b") if match["a"] else (("c", "d") if match["d"] else ("e", ""))
    first, second = (match[name] if name else None for name in names)
    if names == ("e", ""):
        if not _may_be_price(match):
            return None
        return _read_bare(match)
    sign = (match["pre"] or match["post"] or "").strip().lower()
    code = match["pre_after"] if match["a"] else None
    currency = (code or SYMBOLS.get(sign) or sign.upper())[:3]
    low = to_amount(first, match[f"{names[0]}s"]) if first else None
    high = to_amount(second, match[f"{names[1]}s"]) if second else None
    if low is None:
        low, high = high, None
    if low is None:
        return None
    if high is not None:
        # "$40-45k", "12 à 14 000 €": the thousand said once counts for both.
        scaled = match[f"{names[1]}s"].strip() or low * 1000 < high <= low * 2000
        if high >= 1000 and low < 1000 and scaled and low * 1000 <= high:
            low *= 1000
        if high <= low and match["post"]:
            # "6 x 3 m - 9 600 PLN": the currency is the second number's.
            return Amount(high, match.start(names[1]), match.end(), currency, None, sign)
        if high <= low and REDUCED.search(match.group()) and high * 3 > low:
            # "down from $7,500 to $5,000": the second is what it is now.
            return Amount(high, match.start(names[1]), match.end(), currency, None, sign)
        if high <= low:
            return Amount(low, match.start(), match.end(names[0] + "s"), currency, None, sign)
    return Amount(low, match.start(), match.end(), currency, high, sign)


def _read_bare(match: "re.Match[str]") -> Amount | None:
    """ "4,200", or "18 to 22 thousand": a range where both ends are of one size."""
    value = to_amount(match["e"], match["es"])
    if value is None:
        return None
    end = match.end("es")
    low = to_amount(match["f"], match["fs"]) if match["f"] else None
    if low is not None and match["es"].strip() and not match["fs"].strip() and low < 1000 <= value:
        low *= SCALES.get(match["es"].strip().lower().rstrip("."), 1)
    if low is not None and value / 3 <= low < value and low >= 100:
        return Amount(low, match.start("f"), end, None, value)
    return Amount(value, match.start("e"), end)


def _may_be_price(match: "re.Match[str]") -> bool:
    """A bare number: "42.5K", "4,200", "495,-"; not a year, a phone, a code or a small count."""
    number, scale = match["e"], match["es"].strip().lower()
    if SCALES.get(scale.rstrip("."), 1) in {1000, 10**5, 10**7}:
        return True
    if match.group().rstrip().endswith(("-", "–", "—", ":-")):
        return True
    digits = re.sub(r"\D", "", number)
    if number[0] == "0" and number[:2] not in {"0.", "0,"}:
        return False  # "0470 55 01 22"
    if re.fullmatch(r"(?:19|20)\d\d", number) or len(digits) > 7:
        return False
    rated = PER_ONE_OF.match(match.string, match.end()) or ADDED_ON.search(
        match.string, max(0, match.start() - 24), match.start()
    )
    few = FIGURES_OF_RATE if rated else FIGURES
    return len(digits) >= few


def to_amount(number: str, scale: str = "") -> Decimal | None:
    """The number in digits; one mark before exactly three digits groups thousands."""
    compact = re.sub(r"[\s'’]", "", number)
    marks = [c for c in compact if c in ".,"]
    factor = SCALES.get(scale.strip().lower().rstrip("."), 1)
    if marks:
        last = marks[-1]
        whole, _, tail = compact.rpartition(last)
        groups = len(tail) == 3 and whole.strip("0.,") and len(set(marks)) == 1 and factor == 1
        compact = (
            re.sub(r"[.,]", "", compact) if groups else re.sub(r"[.,]", "", whole) + "." + tail
        )
    try:
        return Decimal(compact) * factor
    except InvalidOperation:
        return None
