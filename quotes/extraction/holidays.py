"""Holidays as deadlines: feasts that move with Easter, nth weekdays of a month, fixed days. Pure.

Only for what is said of a deadline ("good through Thanksgiving"): a holiday that a request names
is asked about, because families keep it on another day than the calendar.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache, partial

Day = tuple[date, int, int]
MON, THU, SUN = 0, 3, 6
LAST = -1

# Days before or after Easter Sunday.
BY_EASTER = {
    r"good friday|karfreitag|vendredi saint|viernes santo|venerdì santo|goede vrijdag": -2,
    r"easter monday|ostermontag|lundi de pâques|lunes de pascua|pasquetta|tweede paasdag": 1,
    r"easter(?: sunday)?|ostern|oster(?:sonntag|fest)|pâques|pascua|semana santa|pasqua|pasen|páscoa": 0,
    r"palm sunday|palmsonntag|domingo de ramos|dimanche des rameaux": -7,
    r"rosenmontag": -48,
    r"mardi gras|fat tuesday|fastnacht|faschingsdienstag|carnaval|carnevale|karneval|fasching": -47,
    r"ash wednesday|aschermittwoch": -46,
    r"(?:christi )?himmelfahrt|ascension(?: day)?|(?:l['’])?ascension|hemelvaart(?:sdag)?": 39,
    r"whit monday|pfingstmontag|lundi de pentecôte": 50,
    r"pentecost|whitsun|pfingsten|pfingstsonntag|pentecôte|pentecostés|pentecoste|pinksteren": 49,
    r"fronleichnam|corpus christi": 60,
}
# Month, weekday, which of them; the last one is LAST.
BY_WEEKDAY = {
    r"(?:mlk|martin luther king(?:,? jr\.?)?)(?: day)?": (1, MON, 3),
    r"presidents?['’]?s?['’]? day": (2, MON, 3),
    r"early may bank holiday": (5, MON, 1),
    r"mother['’]?s['’]? day|muttertag": (5, SUN, 2),
    r"memorial day|spring bank holiday|whit bank holiday": (5, MON, LAST),
    r"father['’]?s['’]? day": (6, SUN, 3),
    r"(?:late )?(?:summer|august) bank holiday": (8, MON, LAST),
    r"labou?r day": (9, MON, 1),
    r"columbus day|indigenous peoples?['’]? day|canadian thanksgiving": (10, MON, 2),
    r"thanksgiving(?: day)?|turkey day": (11, THU, 4),
}
BY_THANKSGIVING = {r"black friday": 1, r"cyber monday": 4}
FIXED = {
    r"new year['’]?s day|neujahr|jour de l['’]an|año nuevo|capodanno|ano novo": (1, 1),
    r"dreikönig(?:e|stag)?|heilige drei könige|epiphany|twelfth night|(?:día de )?reyes|epifania|épiphanie": (
        1,
        6,
    ),
    r"valentine['’]?s(?: day)?|valentinstag|saint-valentin|san valentín|san valentino": (2, 14),
    r"(?:st\.?|saint) patrick['’]?s(?: day)?|st\.? paddy['’]?s(?: day)?": (3, 17),
    r"tax day": (4, 15),
    r"may day|tag der arbeit|fête du travail|día del trabajo|майских праздников|puente de mayo|ponte del 1° maggio": (
        5,
        1,
    ),
    r"cinco de mayo": (5, 5),
    r"дня победы": (5, 9),
    r"festa della repubblica": (6, 2),
    r"juneteenth": (6, 19),
    r"midsummer|san juan|saint-jean": (6, 24),
    r"canada day": (7, 1),
    r"independence day|the fourth|4th of july": (7, 4),
    r"bastille day|fête nationale|quatorze juillet": (7, 14),
    r"assumption|assomption|mariä himmelfahrt|asunción|ferragosto": (8, 15),
    r"tag der (?:deutschen )?einheit": (10, 3),
    r"(?:día|puente) del pilar|día de la hispanidad": (10, 12),
    r"halloween": (10, 31),
    r"all saints['’]?(?: day)?|allerheiligen|(?:la )?toussaint|todos los santos|ognissanti": (
        11,
        1,
    ),
    r"veterans?['’]?s?['’]? day|armistice(?: day)?|remembrance day|martinstag|sankt martin": (
        11,
        11,
    ),
    r"nikolaus(?:tag)?|(?:la )?constitución": (12, 6),
    r"sinterklaas": (12, 5),
    r"(?:la )?inmaculada|immacolata": (12, 8),
    r"christmas eve|heilig(?:er ?)?abend|nochebuena|vigilia di natale|kerstavond|réveillon": (
        12,
        24,
    ),
    r"boxing day|(?:2\. |zweite[rn]? )weihnachtstag": (12, 26),
    r"(?:x-?mas|christmas)(?: day)?|weihnachten|(?:la )?noël|navidad(?:es)?|natale|natal|kerst(?:mis)?": (
        12,
        25,
    ),
    r"new year['’]?s eve|(?:the )?new year(?:['’]?s)?|silvester|jahreswechsel|(?:la )?saint-sylvestre|nochevieja|fin d['’]année|нового года|oud en nieuw": (
        12,
        31,
    ),
}
BANK_HOLIDAYS = ((5, MON, 1), (5, MON, LAST), (8, MON, LAST))
NOT_A_DAY = (
    r"(?!['’]?s?\s(?:party|parties|dinner|lunch|brunch|event|menu|turkey|tree|decorations|rates?|pricing|surcharge|"
    r"upcharge|rush|trip|season|style|buffet|feier|essen|markt|cena|repas)\b)"
)


def find_holidays(text: str, today: date) -> list[Day]:
    """Every holiday named in a text as (its next day, start, end), in no order."""
    found: list[Day] = []
    for pattern, day_in in _calendar() if _any().search(text) else ():
        for match in pattern.finditer(text):
            day = day_in(today.year)
            day = day if day >= today else day_in(today.year + 1)
            if not MEANWHILE.search(text, 0, match.start()):
                found.append((day, match.start(), match.end()))
    for match in BANK_HOLIDAY.finditer(text):
        found.append((_next_bank_holiday(today), match.start(), match.end()))
    return [one for one in found if not any(_within(one, other) for other in found)]


BANK_HOLIDAY = re.compile(
    r"(?<!spring )(?<!summer )(?<!august )(?<!may )(?<!whit )\bbank holiday\b", re.I
)


# "At Christmas that can change": no end of anything
MEANWHILE = re.compile(r"\b(?:at|over|during|around)\s(?:the\s)?$", re.I)


def _within(one: Day, other: Day) -> bool:
    """ "Easter" in "Easter Monday": the longer name is meant."""
    return other[1] <= one[1] and one[2] <= other[2] and other[2] - other[1] > one[2] - one[1]


def _next_bank_holiday(today: date) -> date:
    days = [_nth(*rule, year) for year in (today.year, today.year + 1) for rule in BANK_HOLIDAYS]
    return min(day for day in days if day >= today)


@lru_cache(maxsize=1)
def _calendar() -> list[tuple["re.Pattern[str]", Callable[[int], date]]]:
    rules: dict[str, Callable[[int], date]] = {}
    rules |= {names: partial(_by_easter, days) for names, days in BY_EASTER.items()}
    rules |= {names: partial(_nth, *rule) for names, rule in BY_WEEKDAY.items()}
    rules |= {names: partial(_by_thanksgiving, days) for names, days in BY_THANKSGIVING.items()}
    rules |= {names: partial(_fixed, *rule) for names, rule in FIXED.items()}
    return [(re.compile(rf"\b(?:{names})\b{NOT_A_DAY}", re.I), day) for names, day in rules.items()]


@lru_cache(maxsize=1)
def _any() -> "re.Pattern[str]":
    """Whether there is a holiday at all: most texts name none, and a year has many."""
    tables = (BY_EASTER, BY_WEEKDAY, BY_THANKSGIVING, FIXED)
    return re.compile("|".join(names for table in tables for names in table), re.I)


def _fixed(month: int, number: int, year: int) -> date:
    return date(year, month, number)


def _by_easter(days: int, year: int) -> date:
    return easter(year) + timedelta(days=days)


def _by_thanksgiving(days: int, year: int) -> date:
    return _nth(11, THU, 4, year) + timedelta(days=days)


def _nth(month: int, weekday: int, which: int, year: int) -> date:
    """The nth such weekday of a month; the last one for LAST."""
    if which == LAST:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def easter(year: int) -> date:
    """Easter Sunday of the western churches, by Butcher's rule."""
    a, b, c = year % 19, year // 100, year % 100
    moon = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (b % 4) + 2 * (c // 4) - moon - c % 4) % 7
    shift = (a + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)
