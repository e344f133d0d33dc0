"""How long something lasts, and when a named stretch of time ends: "14 days", "end of June". Pure."""

import calendar
import re
from datetime import date, timedelta
from decimal import Decimal

from outreach.reading.calendar_words import MONTH, MONTHS
from outreach.reading.number_words import number_words
from outreach.reading.tongues import OURS

Day = tuple[date, int, int]
SAME_DAY = 6  # hours: "in the next 2 hrs"

NAMES = number_words(OURS)
COUNT = (
    r"(?P<n>\d{1,3}|"
    + "|".join(sorted(map(re.escape, NAMES), key=len, reverse=True))
    + r"|двое|трое|a|one|un|une|una|eine[nr]?|einer|quinze|quatorze|14-day)"
)
SPAN = re.compile(
    rf"(?<!\d[:.])\b{COUNT}(?:\)?[\s-]{{1,2}}|(?<=\d))(?:(?P<business>business|working|calendar|full|volle|lavorativi|jours?\s+ouvr\w+|рабочих|календарных)\s)?(?:(?P<hour>hours?|hrs?|h|stunden|heures|horas|час\w*|ore|uur)|"
    r"(?P<day>days?|tagen?|tage|jours?|d[ií]as?|дн\w+|день|сут(?:ок|ки)|giorn[io]|gg\b|dagen|dag|dias?|werktagen?|arbeitstagen?)|(?P<fortnight>fortnights?)|(?P<week>weeks?|wochen?|semaines?|semanas?|недел\w+|settiman\w+|weken|week|wk)|(?P<month>months?|monaten?|monate|mois|mes(?:es)?|месяц\w*|mes[ei]|mês|maand(?:en)?|mesos|meses))\b"
    r"(?P<tail>\s(?:ouvr\w+|hábiles|laborables|lavorativi|úteis))?",
    re.IGNORECASE,
)
QUINZAINE = re.compile(r"\b(?:(?P<q>quinzaine)|huitaine)\b", re.IGNORECASE)
ONE_WEEK = re.compile(r"\bнеделю\b", re.IGNORECASE)
# "Final numbers five days before the event" counts back from another day.
COUNTED_BACK = re.compile(
    r"\s(?:before|prior|ahead|in advance|beforehand|avant|vor\b|vorher|antes|prima|vóór|voor\b(?! (?:u|je|jou|jullie)\b)|до\b|previos)"
)
MONTHLY = r"month|monats?|mois|mese?s?|mês|maand|месяца"
WEEKLY = r"week|woche|semaine|semana|settimana|недели"
YEARLY = r"year|jahres|année|an|año|anno|ano|jaar|года"
NEXT = r"next|following|nächste[nrs]?|kommende[nrs]?|folgende[nrs]?|volgende|prossim[oa]|próxim[oa]|следующ\w{2,3}"
ENDED = r"(?:the )?(?:end|close)(?: of)?|ende|einde?|(?:la )?fin|fine|finale?s?|fim|кон(?:ец|ца|цу)"
OF = r"(?:\s?(?:of|der|des|diese[rs]|de la|de l['’]|de|du|del|della|di|do|da|van de|van|this|the|la|le|deze|этого|этой)\b['’]?)*"
# "end of next week", "Ende Juni", "fin de la semaine prochaine", "month end"
END_OF = re.compile(
    rf"\b(?:(?P<m>monatsende|eom|(?:this |the )?month(?:[- ]?|['’]s )end)|(?P<y>jahresende|year[- ]?end|eoy)|(?P<w>wochenende|eow)"
    rf"|(?:{ENDED}){OF}\s?(?P<next>(?:{NEXT})\s)?(?:(?P<week>{WEEKLY})|(?P<month>{MONTHLY})|(?P<year>{YEARLY})|(?P<name>{MONTH}))"
    rf"(?P<after>\s(?:prochaine?|que viene|{NEXT}))?)\b(?!\s?\d)",
    re.IGNORECASE,
)
# "mid-June", "Mitte nächster Woche"
MIDDLE = re.compile(
    rf"\b(?:mid[- ]|(?:the )?middle of (?:the )?|mitte (?:der |des )?|mi-|mediados de |metà |meados de |half |середин[ыу] )"
    rf"(?P<next>(?:{NEXT})\s)?(?:(?P<week>{WEEKLY})|(?P<month>{MONTHLY})|(?P<name>{MONTH}))\b",
    re.IGNORECASE,
)
# "through the weekend" is to its Sunday, "by the weekend" until it begins.
WEEKEND = re.compile(
    r"\b(?P<to>by|before|until|till?|'til|bis zum|avant|antes del?|до)?\s?(?P<next>next )?(?:(?:the|dem|le|el|il|het) )?(?<!this )"
    r"(?:week-?end|выходных)\b(?! (?:of|de|du|der)\b)",
    re.IGNORECASE,
)
# "through May", "any time this month", "through quarter end"
WHOLE = re.compile(
    rf"\b(?:thru|through|throughout|all of)\s(?P<name>{MONTH})\b(?!\s?\d)"
    r"|\b(?P<quarter>(?:end of (?:the |this )?)?quarter(?:[- ]?end)?|quartalsende|fin de trimestre)\b"
    r"|\b(?P<week>this week|diese woche|cette semaine|esta semana|questa settimana|deze week)\b(?!['’]s)"
    r"|(?<!\bof )(?<!\bde )\b(?:this|diesen|ce|este|questo|deze)\s(?:month|monat|mois|mes|mese|maand)\b(?!['’]s)",
    re.IGNORECASE,
)


def find_lengths(text: str, received: date) -> list[Day]:
    """Every length of time as the day it ends on, counted from the day the mail came."""
    found = [
        (_span_end(match, received), match.start(), match.end())
        for match in SPAN.finditer(text)
        if not COUNTED_BACK.match(text, match.end())
    ]
    for match in QUINZAINE.finditer(text):
        found.append((received + timedelta(days=15 if match["q"] else 8), *match.span()))
    for match in ONE_WEEK.finditer(text):
        found.append((received + timedelta(days=7), *match.span()))
    return found


def find_ends(text: str, received: date) -> list[Day]:
    """Every named stretch's last day: of a week its Friday, of a month or year the last."""
    found = [(_end_of(match, received), *match.span()) for match in END_OF.finditer(text)]
    found += [(_middle_of(match, received), *match.span()) for match in MIDDLE.finditer(text)]
    for match in WEEKEND.finditer(text):
        saturday = _friday(received, 7 if match["next"] else 0) + timedelta(days=1)
        day = saturday if match["to"] else saturday + timedelta(days=1)
        found.append((day, match.start() + len(match["to"] or ""), match.end()))
    found += [(_whole_of(match, received), *match.span()) for match in WHOLE.finditer(text)]
    return found


def _whole_of(match: "re.Match[str]", received: date) -> date:
    if match["week"]:
        return _friday(received, 0)
    if match["quarter"]:
        return month_end(received.replace(day=1, month=(received.month + 2) // 3 * 3))
    return month_end(
        _coming(MONTHS[match["name"].lower()], received) if match["name"] else received
    )


def _end_of(match: "re.Match[str]", received: date) -> date:
    later = bool(match["next"] or match["after"])
    if match["week"] or match["w"]:
        return _friday(received, 7 * later)
    if match["year"] or match["y"]:
        return date(received.year + later, 12, 31)
    if match["name"]:
        return month_end(_coming(MONTHS[match["name"].lower()], received))
    return month_end(add_months(received.replace(day=1), 1) if later else received)


def _middle_of(match: "re.Match[str]", received: date) -> date:
    later = bool(match["next"])
    if match["week"]:
        return _friday(received, 7 * later) - timedelta(days=2)
    if match["name"]:
        return _coming(MONTHS[match["name"].lower()], received).replace(day=15)
    first = received.replace(day=1)
    return (add_months(first, 1) if later else first).replace(day=15)


def _friday(received: date, later: int) -> date:
    return received + timedelta(days=(4 - received.weekday()) % 7 + later)


def _coming(month: int, received: date) -> date:
    return date(received.year + (month < received.month), month, 1)


def number_of(word: str) -> int:
    """The count a word of `COUNT` tells."""
    word = word.lower()
    if word.isdigit():
        return int(word)
    return {"quinze": 15, "quatorze": 14, "двое": 2, "трое": 3}.get(word) or int(
        NAMES.get(word, Decimal(1))
    )


def _span_end(match: "re.Match[str]", received: date) -> date:
    count = number_of(match["n"])
    if match["hour"]:
        return received + timedelta(days=-(-count // 24) if count > SAME_DAY else 0)
    if match["week"] or match["fortnight"]:
        return received + timedelta(weeks=count * (2 if match["fortnight"] else 1))
    if match["month"]:
        return add_months(received, count)
    return _working_day(received, count) if _working(match) else received + timedelta(days=count)


def _working(match: "re.Match[str]") -> bool:
    """Whether the days are those on which people work."""
    kind = str(match["business"] or "").lower()
    if kind.startswith(("calendar", "календар")):
        return False
    return bool(kind or match["tail"]) or str(match["day"]).lower().startswith(("werk", "arbeits"))


def _working_day(start: date, count: int) -> date:
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
