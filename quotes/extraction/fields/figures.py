"""Numbers as fields: how many of a thing, percentages, money, years. Pure."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from crm.categories.schema import FieldSpec, FieldType
from outreach.reading.number_words import ARTICLES, number_words
from outreach.reading.tongues import OURS
from quotes.extraction.amounts import find_amounts
from quotes.extraction.fields.matching import Found
from quotes.extraction.reader import Reader

# "an" and "ein" are articles as often as numbers; "one" and "due" are not.
COUNTS = {word: n for word, n in number_words(OURS).items() if word not in ARTICLES} | {"one": 1}
DIGITS = r"\d{1,3}(?:[,.\u00a0 ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
COUNT = (
    r"(?:" + DIGITS + "|" + "|".join(sorted(map(re.escape, COUNTS), key=len, reverse=True)) + r")"
)
FREE = re.compile(
    r"\b(?:free|no charge|waived|no cost|complimentary|gratis|kostenlos|kostenfrei|entfällt|offert\w*|gratuit\w*|sin coste|"
    r"бесплатн\w*|included|inklusive|inclus\w*|incluid\w*|gratuit[ao]|none|nil)\b"
)
NONE_BEFORE = re.compile(
    r"\b(?:no|zero|without|waived|free|keine?r?|sans|pas de|sin|senza|geen|без|sem)\s(?:any |de |frais de |extra )?$"
)
# "1 retouched image each" is not how many there will be.
EACH = re.compile(
    r"\s(?:each|apiece|per (?:person|head)|pro person|par personne|por persona|a persona|cada|ogni|на человека|per persoon)\b"
)
METRIC = re.compile(r"m²|qm|m2|кв|sqm|quadratmeter|mètres carrés|metros cuadrados|м²")
SQUARE_FEET = Decimal("10.7639")  # in a square metre
MOST = re.compile(r"\b(?:max\.?|maximum|maximal|höchstens|au plus|máx\.?|massimo|не более)\s$")
# Words that may stand between a number and the thing: "10 low centrepieces", "80 for a standing …".
GAP = r"[\s-]{0,2}(?:x\s)?(?:(?!per\b|min\b|hours?\b|days?\b|at\b|and\b|und\b|et\b|y\b)[^\W\d]+[\s-]){0,2}?"


def number(text: str) -> Decimal | None:
    """Digits with their grouping, or a number word of any language; None for neither."""
    lowered = text.lower()
    if lowered in COUNTS:
        return Decimal(int(COUNTS[lowered]))
    compact = re.sub(r"[\u00a0 ]", "", text)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", compact):
        return Decimal(re.sub(r"[.,]", "", compact))
    try:
        return Decimal(compact.replace(",", "."))
    except ArithmeticError:
        return None


def plain(value: Decimal) -> int | float:
    """A number as JSON has it, whole ones without a point."""
    return int(value) if value == value.to_integral_value() else float(value)


@lru_cache(maxsize=256)
def _count_patterns(words: tuple[str, ...], unit: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The number before the field's word, and behind it."""
    units = ["m"] if unit == "m" else []
    names = "|".join(map(re.escape, [*words, *units]))
    # "4 bedrooms for up to 9": what ends in "to" stands before its number only.
    behind = "|".join(re.escape(word) for word in [*words, *units] if not word.endswith(" to"))
    before = re.compile(
        rf"(?<![\w.,/$€£])(?P<n>{COUNT})\+?(?![\d/%]|\s?[$€£₽]){GAP}(?:{behind})(?!\w)(?! (?:cabins?|suites?|bathrooms?|houses?)\b)",
        re.IGNORECASE,
    )
    after = re.compile(
        rf"(?<!\w)(?:{names})(?:\s?(?:of|is|are|für|pour|para|для|von|di|de|max\.?|up to|bis zu|ca\.?|about|approx\.?|[:=(×x])){{0,2}}"
        rf"(?:\s{{0,3}}|[ \t\u00a0]{{4,24}})(?P<n>{COUNT})(?![\w/%])(?!\s?[$€£₽]|[.,]\d)",
        re.IGNORECASE,
    )
    return before, after


def read_count(reader: Reader, spec: FieldSpec, wanted: Any = None) -> Found | None:
    """A number before the field's word ("8 seats") or behind it ("seats 8").

    Several counts of the same thing: what the request asked for, where the reply repeats it.
    """
    words = spec.reply_words
    if not words:
        return None
    found: list[Found] = []
    for pattern in _count_patterns(tuple(words), spec.unit):
        for match in pattern.finditer(reader.text, reader.offset):
            one = _counted(reader, spec, match, wanted)
            if one is not None and not EACH.match(reader.lower, match.end()):
                found.append(one)
    asked = [one for one in found if wanted is not None and str(one[0]) == str(wanted)]
    return next(iter(asked or found), None)


def _counted(reader: Reader, spec: FieldSpec, match: "re.Match[str]", wanted: Any) -> Found | None:
    value = number(match["n"])
    if value is not None and spec.unit == "sqft" and METRIC.search(match.group().lower()):
        value = Decimal(round(value * SQUARE_FEET))
        near = isinstance(wanted, int | float) and abs(value - Decimal(str(wanted))) * 20 <= value
        value = Decimal(str(wanted)) if near else value
    if value is None or not 0 < value < 10**7:
        return None
    if (
        spec.unit == "nights"
        and wanted is not None
        and str(plain(value)) != str(wanted)
        and MOST.search(reader.lower[: match.start("n")][-12:])
    ):
        return None  # "(max 5 nights)" of a request for seven
    typed = plain(value)
    if spec.type == FieldType.INTEGER and not isinstance(typed, int):
        return None
    return typed, reader.evidence(match.start(), match.end())


def read_asked(
    reader: Reader, specs: Sequence[FieldSpec], constraints: Mapping[str, Any]
) -> dict[str, Found]:
    """Counts the client named and the vendor repeats: "Programs x 2000" for 2,000 pieces."""
    found: dict[str, Found] = {}
    for spec in specs:
        wanted = constraints.get(spec.name)
        if spec.type not in {FieldType.INTEGER, FieldType.DECIMAL} or not wanted:
            continue
        digits = re.escape(str(wanted))
        if isinstance(wanted, int):
            digits += "|" + re.sub(r"\\?,", "[., \u00a0]", re.escape(f"{wanted:,}"))
        match = re.search(
            rf"(?<![\w.,$€£])(?:{digits})(?![\w.,]\d|\d|\s?[€£₽%])"
            if _telling(wanted)
            else rf"(?m)(?:^|\s\s)(?:{digits})(?=\s\s|\s[^\W\d]{{4,}})|(?<![\w.,$€£])(?:{digits})\s?(?:[x×](?!\s?\d)|for [$€£]|pcs\b|шт\b|stk\b|st\.|uds?\b|pz\b)",
            reader.text,
        )
        if match:
            found[spec.name] = wanted, reader.evidence(match.start(), match.end())
    return found


def _telling(wanted: Any) -> bool:
    """A 7 stands in any mail, unless in a cell of its own; a 2000 is what was asked for."""
    return isinstance(wanted, int | float) and not isinstance(wanted, bool) and wanted >= 20


ALONE = re.compile(
    r"\b(?:just|only) me\b|\bnur ich\b|\bsolo yo\b|\b(?:juste|seulement) moi\b|\bsolo io\b|\bsó eu\b|\balleen ik\b|\bтолько я\b|"
    r"\b(?:un|une|ein|eine|uno|una|a single|один) (?:seule? |solo )?(?:photographe|fotograf\w*|fotógraf[oa]|shooter|photographer|фотограф)\b|"
    r"\bno second (?:shooter|photographer)\b|\bsolo (?:shooter|photographer)\b|\b(?:one|1)[- ]person\b",
    re.IGNORECASE,
)


def read_crew_of_one(reader: Reader, spec: FieldSpec, wanted: Any = None) -> Found | None:
    """How many come; "just me" is one."""
    found = read_count(reader, spec, wanted)
    alone = ALONE.search(reader.text, reader.offset)
    if found or not alone:
        return found
    return 1, reader.evidence(*alone.span())


def read_year(reader: Reader, spec: FieldSpec, wanted: Any = None) -> Found | None:
    """The year a thing was built; a refit or a date is none."""
    match = re.search(
        r"\b(?:built|build|year|yom|baujahr|bj\.?|année|anno|año|год\w*|model|mfg|construit\w*|constru\w+|costruit\w*|bouwjaar|ano|г\.?)\W{0,3}"
        r"(?:in |en |del? |nel )?((?:19|20)\d\d)\b"
        r"|\b((?:19|20)\d\d)\s(?:build|built|model|year|г\.|года)|[(,/]\s?((?:19|20)\d\d)\s?(?=[),/.;:–-]|with\b|w/|mit\b|avec\b|$)",
        reader.lower,
    )
    if not match:
        return None
    index = next(i for i in (1, 2, 3) if match.group(i))
    return int(match.group(index)), reader.evidence(match.start(index), match.end(index))


def read_percent(reader: Reader, spec: FieldSpec, wanted: Any = None) -> Found | None:
    """A percentage beside the field's word, on either side."""
    names = "|".join(map(re.escape, spec.reply_words))
    share = r"(\d{1,3}(?:[.,]\d+)?)\s?%"
    none = re.search(
        rf"\b(?:no|without|zero|ohne|kein\w*|sans|sin|senza|zonder|geen|sem|без)\s(?:any |de |d['’])?(?:{names})\b",
        reader.lower,
    )
    if none:
        return 0, reader.evidence(*none.span())
    match = re.search(
        rf"\b(?:{names})\b[^\d.;\n]{{0,25}}{share}|{share}[ ](?:\w+[ ]){{0,3}}(?:{names})\b",
        reader.lower,
    )
    if not match:
        return None
    index = 1 if match.group(1) else 2
    value = Decimal(match.group(index).replace(",", "."))
    end = reader.lower.find("%", match.end(index)) + 1
    return plain(value), reader.evidence(match.start(index), end)


def read_money(reader: Reader, spec: FieldSpec, wanted: Any = None) -> Found | None:
    """The amount beside the field's word; 0 where it is said to be free."""
    words = spec.reply_words
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
    for clause in reader.clauses:
        said = reader.words(clause)
        amounts = [a for a in find_amounts(reader.text[clause.start : clause.end]) if not a.bare]
        for match in pattern.finditer(said):
            near = sorted(
                (min(abs(a.start - match.end()), abs(match.start() - a.end)), a.start, a)
                for a in amounts
            )
            given = FREE.search(said, match.end(), match.end() + 25)
            if given and not (near and near[0][1] < given.start()):
                near = []  # "waived if signed by May, otherwise £1,500"
            if near and near[0][0] < 45:
                amount = near[0][2]
                span = clause.start + amount.start, clause.start + amount.end
                return plain(amount.value), reader.evidence(*span)
            none = NONE_BEFORE.search(said, max(0, match.start() - 16), match.start())
            if none:
                return 0, reader.evidence(clause.start + none.start(), clause.start + match.end())
            free = FREE.search(said, match.end(), match.end() + 40)
            if free:
                return 0, reader.evidence(clause.start + match.start(), clause.start + free.end())
    return None
