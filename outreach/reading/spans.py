"""Stretches of time told by name or count: "in two months", "next quarter", "summer". Pure."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import easter

from outreach.reading.calendar_words import MONTH, MONTHS
from outreach.reading.found import Found

Span = tuple[date, date]
_FLAGS = re.IGNORECASE


def find_spans(text: str, today: date) -> list[Found[Span]]:
    """Each stretch as its first and last day, in no order; a count of days or months is one day."""
    found: list[Found[Span]] = []
    for read, pattern in _WAYS:
        for match in pattern.finditer(text):
            span = read(match, today)
            if span and not any(match.start() < f.end and f.start < match.end() for f in found):
                named = "s" in pattern.groupindex
                found.append(Found(span, match.start("s" if named else 0), match.end()))
    return found


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "couple": 2, "a couple": 2, "a couple of": 2,
    "couple of": 2, "another": 1, "un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5,
    "seis": 6, "ocho": 8, "diez": 10, "un par de": 2, "par de": 2, "один": 1, "одну": 1, "два": 2,
    "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "пару": 2, "another couple of": 2,
    "quince": 15,
}  # fmt: skip
_N = "|".join(sorted(_COUNTS, key=len, reverse=True))
_UNITS = {"d": "day", "w": "week", "m": "month", "y": "year", "q": "quarter", "s": "week",
          "a": "year", "t": "quarter", "д": "day", "н": "week", "г": "year", "л": "year",
          "к": "quarter"}  # fmt: skip
_UNIT = (
    r"(?P<u>days?|weeks?|wks?|months?|mos?|years?|yrs?|quarters?|d[ií]as?|semanas?|meses|mes|a[nñ]os?|"
    r"trimestres?|день|дня|дней|недел[юиь]|месяц(?:а|ев)?|год[а]?|лет|квартал[а]?)\b"
)


def _ahead(match: re.Match[str], today: date) -> Span | None:
    said = (match["n"] or "1").lower().strip()
    count = int(said) if said.isdigit() else _COUNTS.get(said, 0)
    unit = match["u"].lower()
    months = {"month": 1, "year": 12, "quarter": 3}
    name = "month" if unit[:2] in {"me", "mo", "ме"} else _UNITS[unit[0]]
    if not 0 < count <= 120:
        return None
    if name in months:
        day = add_months(today, min(count * months[name], 240))
    else:
        day = today + timedelta(days=count * (7 if name == "week" else 1))
    return day, day


def _half_year(match: re.Match[str], today: date) -> Span:
    day = add_months(today, 6)
    return day, day


def _next(match: re.Match[str], today: date) -> Span:
    word = match["u"].lower()
    if word[:2] in {"we", "se", "не"}:
        monday = today + timedelta(days=7 - today.weekday())
        return monday, monday + timedelta(days=6)
    if word[:2] in {"mo", "me", "ме"}:
        first = add_months(today.replace(day=1), 1)
        return first, month_end(first)
    if word[:1] in {"q", "t", "к"}:
        first = add_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3)
        return first, month_end(add_months(first, 2))
    return date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)


def _current(match: re.Match[str], today: date) -> Span:
    """The running week, month, quarter or year, of which only the end is named."""
    word = match["u"].lower()
    if word[:2] in {"we", "se", "не"}:
        return today, today + timedelta(days=6 - today.weekday())
    if word[:2] in {"mo", "me", "ме"}:
        return today, month_end(today)
    if word[:1] in {"q", "t", "к"}:
        first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
        return today, month_end(add_months(first, 2))
    return today, date(today.year, 12, 31)


_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "primer": 1, "segundo": 2,
             "tercer": 3, "cuarto": 4, "перв": 1, "втор": 2, "трет": 3, "четв": 4}  # fmt: skip


def _quarter(match: re.Match[str], today: date) -> Span:
    said = match["q"].lower()
    named = (number for name, number in _ORDINALS.items() if said.startswith(name))
    first = date(today.year, (int(said) if said.isdigit() else next(named)) * 3 - 2, 1)
    if add_months(first, 3) <= today:
        first = add_months(first, 12)
    return first, month_end(add_months(first, 2))


_SEASONS = {"spring": 3, "primavera": 3, "весн": 3, "summer": 6, "verano": 6, "лет": 6, "fall": 9,
            "autumn": 9, "otoño": 9, "otono": 9, "осен": 9, "winter": 12, "invierno": 12,
            "зим": 12}  # fmt: skip


def _season(match: re.Match[str], today: date) -> Span:
    month = next(m for name, m in _SEASONS.items() if match["s"].lower().startswith(name))
    first = date(today.year, month, 1)
    last = month_end(add_months(first, 2))
    if last < today or (
        first <= today and re.match(r"\W*(?:next|pr[oó]xim)", match.group(), _FLAGS)
    ):
        first, last = add_months(first, 12), month_end(add_months(first, 14))
    return first, last


def _month(match: re.Match[str], today: date) -> Span:
    month = MONTHS[match["name"].lower()]
    year = int(match["year"]) if match["year"] else today.year + (month < today.month)
    first = date(year, month, 1)
    return first, month_end(first)


def _of_month(match: re.Match[str], today: date) -> Span | None:
    number = int(match["d"])
    before = match.string[max(0, match.start() - 14) : match.start()]
    if _DATED.search(before) or _NAMED.match(match.string, match.end()) or not 1 <= number <= 31:
        return None
    for ahead in range(4):
        start = add_months(today.replace(day=1), ahead)
        if number <= month_end(start).day and start.replace(day=number) >= today:
            return (start.replace(day=number),) * 2
    return None


def _holiday(match: re.Match[str], today: date) -> Span | None:
    said = match.group().lower()
    if re.match(
        r"(?:the )?(?:winter )?holidays|las fiestas|fiestas|(?:новогодни\w+ )?праздник", said
    ):
        # Only around the turn of the year is it plain which holidays are meant.
        if today.month < 10 and today > date(today.year, 1, 2):
            return None
        year = today.year + (today.month >= 10)
        return date(year - 1, 12, 24), date(year, 1, 1)
    day = _moving(said, today.year)
    day = day if day >= today else _moving(said, today.year + 1)
    return day, day


def _moving(said: str, year: int) -> date:
    if "thanks" in said:
        return _weekday_of(year, 11, 3, 4)
    if "labor" in said:
        return _weekday_of(year, 9, 0, 1)
    if "memorial" in said:
        last = date(year, 5, 31)
        return last - timedelta(days=last.weekday())
    if "year" in said or "nuevo" in said or "год" in said:
        return date(year, 1, 1)
    return easter(year)


def _weekday_of(year: int, month: int, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


_DATED = re.compile(rf"\b(?:{MONTH})\b\.?,?\s?$", _FLAGS)
_NAMED = re.compile(rf"\s?(?:of\s|de\s)?(?:{MONTH})\b|[/.:]\d|\s?%", _FLAGS)
# Months that are also everyday words count only where a preposition stands before them.
_PLAIN = "|".join(
    sorted((re.escape(name) for name in MONTHS if len(name) > 5 or name in {"июня", "июне", "июль",
            "июля", "июле", "июнь", "mayo", "enero", "abril", "junio", "julio", "april", "june",
            "july"}), key=len, reverse=True)
)  # fmt: skip
_LEADS = "in by of until till til after around early late mid mid- come this next maybe en de hasta para в до к после"
_LED = "|".join(
    rf"(?<={re.escape(word)}{'' if word[-1] == '-' else ' '})" for word in _LEADS.split()
)
_END = r"(?!\.?\s?(?:the\s)?\d)"
_TABLE: tuple[tuple[Callable[[re.Match[str], date], Span | None], str], ...] = (
    (
        _ahead,
        (
            r"(?:\b(?:in|within|en|dentro de|через|give (?:it|me|us)|wait|espere)\s(?:about\s|maybe\s|"
            rf"around\s|like\s|unos?\s|примерно\s)?(?:(?P<n>\d{{1,3}}|{_N})(?:\s(?:more|full))?\s)?{_UNIT}"
            r"(?!\s(?:or so\s)?(?:ago|old)))"
        ),
    ),
    (
        _ahead,
        rf"\b(?P<n>\d{{1,3}}|{_N})\s{_UNIT}\s(?:from (?:now|today)|out|time|later|hence|m[aá]s)\b",
    ),
    (_half_year, r"\bin half a year\b|\bчерез\sполгода\b|\ben medio año\b"),
    (
        _next,
        r"\b(?:next|the following|coming)\s(?:calendar\s|fiscal\s|budget\s)?(?P<u>week|month|quarter|year)\b(?!['’]s)",
    ),
    (
        _next,
        r"\b(?:el |la )?(?:pr[oó]xim[oa]|siguiente|otr[oa])\s(?P<u>semana|mes|trimestre|a[nñ]o)\b",
    ),
    (
        _next,
        r"\b(?P<u>semana|mes|trimestre|a[nñ]o)\s(?:que (?:viene|entra)|pr[oó]xim[oa]|entrante|siguiente)\b",
    ),
    (_next, r"\b(?:следующ\w+|будущ\w+|новом|той)\s(?P<u>недел\w+|месяц\w*|квартал\w*|году?)\b"),
    (
        _current,
        r"(?:(?<=end of )|(?<=end of the )|(?<=end of this ))(?P<u>week|month|quarter|year)\b",
    ),
    (
        _current,
        r"(?:(?<=fin de )|(?<=final de )|(?<=finales de ))(?P<u>semana|mes|trimestre|a[nñ]o)\b",
    ),
    (_current, r"(?:(?<=конце )|(?<=конца )|(?<=концу ))(?P<u>недели|месяца|квартала|года)\b"),
    (_quarter, r"\bQ(?P<q>[1-4])\b"),
    (
        _quarter,
        r"\b(?P<q>first|second|third|fourth|primer|segundo|tercer|cuarto)\s(?:quarter|trimestre)\b",
    ),
    (
        _quarter,
        r"\b(?P<q>[1-4]|перв\w+|втор\w+|трет\w+|четв[её]рт\w+)(?:-?[мог]{1,2})?\sквартал\w*\b",
    ),
    (
        _season,
        (
            r"\b(?:in|after|until|till|til|by|come|this|next|the|early|late|mid|for|around|maybe|of|la|el|del|"
            r"en|para|к|до|после|конца|начал[ае]|в)\s(?:the\s|la\s|el\s)?(?P<s>spring|summer|fall|autumn|"
            r"winter|primavera|verano|oto[nñ]o|invierno|весн[аеуы]|лета|лету|лето|осен[иь]|зим[аеуы])\b"
            r"(?! (?:break|recess|camp|house|apart|through|behind|in love|under|short|for))"
        ),
    ),
    (_season, r"\b(?P<s>весной|летом|осенью|зимой)\b"),
    (
        _holiday,
        r"\b(?:the\s)?(?:winter\s)?holidays\b|\blas fiestas\b|(?:новогодни\w+ )?\bпраздник(?:ов|ами|и)\b",
    ),
    (
        _holiday,
        (
            r"\b(?:the\s)?new year(?:'?s)?(?:\sday)?\b|\ba[nñ]o nuevo\b|\bнового года\b|\bthanksgiving\b|"
            r"\blabor day\b|\bmemorial day\b|\beaster\b|\bsemana santa\b|\bpascua\b|\bпасхи\b"
        ),
    ),
    (
        _month,
        rf"(?<![\w.])(?<!\d )(?<!\d de )(?<!th of )(?P<name>{_PLAIN})\b(?:,?\s(?:of\s|de\s)?(?P<year>20\d\d))?{_END}",
    ),
    (
        _month,
        rf"(?:{_LED})(?<!\d of )(?<!\d de )(?<!th of )(?P<name>{MONTH})\b(?:,?\s(?:de\s)?(?P<year>20\d\d))?{_END}",
    ),
    (_of_month, r"\b(?:the|el|el d[ií]a|del)\s(?P<d>[0-3]?\d)(?:st|nd|rd|th)\b"),
    (_of_month, r"\b(?:el|el d[ií]a|del|hasta el|pasado el)\s(?P<d>[0-3]?\d)(?=[\s.,;!]|$)"),
    (_of_month, r"(?<!\d)(?P<d>[0-3]?\d)(?:-?го|\sчисла)\b"),
)
_WAYS = tuple((read, re.compile(pattern, _FLAGS)) for read, pattern in _TABLE)
