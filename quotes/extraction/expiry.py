"""Until when an offer holds: a date, a weekday, or a span from the day the mail came. Pure."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from outreach.reading.calendar_words import MONTH
from outreach.reading.dates import find_dates
from outreach.reading.number_words import number_words
from outreach.reading.tongues import OURS
from quotes.extraction import cues
from quotes.extraction.reader import Clause, Reader

NAMES = number_words(OURS)
COUNT = (
    r"(?P<n>\d{1,3}|"
    + "|".join(sorted(map(re.escape, NAMES), key=len, reverse=True))
    + r"|a|one|un|une|una|eine[nr]?|einer|quinze|quatorze|14-day)"
)
SPAN = re.compile(
    rf"(?<!\d[:.])\b{COUNT}(?:[\s-]{{1,2}}|(?<=\d))(?:(?P<business>business|working|calendar|full|volle|lavorativi|jours?\s+ouvr\w+|рабочих|календарных)\s)?(?:(?P<hour>hours?|hrs?|h|stunden|heures|horas|час\w*|ore|uur)|"
    r"(?P<day>days?|tagen?|tage|jours?|d[ií]as?|дн\w+|день|giorn[io]|gg\b|dagen|dag|dias?|werktagen?|arbeitstagen?)|(?P<fortnight>fortnights?)|(?P<week>weeks?|wochen?|semaines?|semanas?|недел\w+|settiman\w+|weken|week|wk)|(?P<month>months?|monaten?|monate|mois|mes(?:es)?|месяц\w*|mes[ei]|mês|maand(?:en)?|mesos|meses))\b"
    r"(?P<tail>\s(?:ouvr\w+|hábiles|laborables|lavorativi|úteis))?",
    re.IGNORECASE,
)
QUINZAINE = re.compile(r"\b(?:(?P<q>quinzaine)|huitaine)\b", re.IGNORECASE)
ONE_WEEK = re.compile(r"\bнеделю\b", re.IGNORECASE)
END_OF = re.compile(
    r"\b(?:(?P<m>monatsende|eom|end of the month|fin de mois|final(?:es)? de mes|fine mese|fim do mês|einde (?:van de )?maand)|(?P<y>jahresende|year[- ]?end|end of (?:the )?year|ende des jahres|fin de l['’]année|fin d['’]année|final de año|fin de año|fine anno|конца года)|"
    r"(?P<w>wochenende|end of (?:the )?week|eow)|end of (?:the |this )?|(?:this |the )?month[- ]?end|ende (?:der |des |dieser |dieses )?|einde? (?:van (?:de )?)?|fim de |final de |(?:la )?fin (?:de |du |de la |de l')?|final(?:es)? de |конца |fine )"
    r"(?P<what>next week|next month|week|month|nächster woche|woche|monats|semaine prochaine|la semaine|semaine|mois|mes|semana|недели|месяца|del mese)?",
    re.IGNORECASE,
)
DAY_ONLY = re.compile(
    r"\b(?:the|le|el|am|dem|den|zum|au|il|dia|día|giorno|op|до|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\s(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|\.)?\b(?![\d/.,:%]*\d|[\x22”″]|\s?(?:[ap]\.?m\b|h\b|uhr|uur))(?:\s(?:of (?:this|the) month|dieses monats|de este mes|du mois))?",
    re.IGNORECASE,
)
TODAY = re.compile(
    r"\b(?:close of business|cob|eod|end of (?:the )?day|tonight|tonite|2nite|today(?!['’]s)|heute|aujourd'hui|ce soir|hoy|сегодня)\b(?!\s*(?:on\s)?(?:mon|tue|wed|thu|fri|sat|sun|tomorrow))",
    re.IGNORECASE,
)
# "before end of day thurs", "noon CT on Monday": the hour hides the day from the date reader.
CLOCK = re.compile(
    r"\b(?:end of (?:the )?(?:business )?day|eod|cob|close of business|noon|midday|midnight|"
    r"\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?)\b(?:\s(?:CT|ET|PT|MT|EST|PST|CET|GMT|UTC)\b)?(?:,?\son)?",
    re.IGNORECASE,
)
# "til Thurs COB": too short to be a weekday everywhere, plain enough behind "until".
SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY_SHORT = re.compile(
    r"\b(?P<d>mon|tues?|weds?|thurs?|thur|fri|sat|sun)\b\.?(?!,?\s\d|,?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
THESE_DAYS = re.compile(r"\btoday['’]s\b", re.IGNORECASE)
ROUND_THE_CLOCK = re.compile(r"\b(?:24\s?/\s?7|24x7|24/24|7/7|7j/7)\b")
WEEKEND_OF = re.compile(r"\b(?:the )?week-?end of(?= )", re.IGNORECASE)
THROUGH = re.compile(r"\b(?:thru|through|throughout)\s$", re.IGNORECASE)
TOMORROW = re.compile(r"\b(?:tmrw|tmr|tmw|tomoz|2moro)\b", re.IGNORECASE)
DAY_MONTH = re.compile(r"(?<![\d.,/])(?P<day>[0-3]?\d)[./](?P<month>[01]?\d)\b(?![./,]?\d)\.?")
GERMAN_DAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
GERMAN_DAY = re.compile(
    rf"\b(?P<d>{'|'.join(GERMAN_DAYS)})(?:mittag|abend|morgen|nachmittag|vormittag|früh|nacht)\b",
    re.IGNORECASE,
)
RUSSIAN_DAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
RUSSIAN_DAY = re.compile(rf"\b(?P<d>{'|'.join(RUSSIAN_DAYS)})(?:а|у|ы|я|е)\b", re.IGNORECASE)
OTHERS = re.compile(
    r"\b(?:another|other) (?!week|day|month|hour|few|two|option|offer|\d)\w+\b|\b(?:autre|otr[oa]|altr[oa]|ander\w*|outr[oa]|друг\w+) "
    r"(?:client\w*|party|group|guest|charterer|famil(?:y|ies)|famille|familia|famiglia|familie|семь\w|team|firm|company|buyer|couple|family|customer|booking|cliente|kunde\w*|interessent\w*|klant|клиент\w*|заказчик\w*)\b"
    r"|\bsome(?:one|body) else\b|\bquelqu['’]un d['’]autre\b"
)
UNTIL = re.compile(
    r"\b(?:until|till?|'til|thru|through|by|before|to|bis|jusqu|hasta|fino|entro|avant|до|tot|até|voor|vóór|antes)",
    re.IGNORECASE,
)
DEADLINE = re.compile(
    r"\b(?:until|till?|'til|thru|through|(?<!came )(?<!stop )(?<!stopped )(?<!drop )by|before|no later than|bis(?: spätestens| einschließlich)?(?: zum)?|jusqu['’](?:à|au)|d['’]ici(?: au| à)?|"
    r"avant(?: le)?|hasta(?: el)?|antes del?|fino (?:al?|alle)|entro(?: il)?|tot(?: en met)?|vóór|uiterlijk|até(?: ao?)?|до|не позднее)\s",
)
# "Final numbers five days before the event" counts back from another day.
COUNTED_BACK = re.compile(
    r"\s(?:before|prior|ahead|in advance|beforehand|avant|vor\b|vorher|antes|prima|vóór|voor\b(?! (?:u|je|jou|jullie)\b)|до\b|previos)"
)
# What may stand between "until" and its day.
CLOSE = re.compile(
    r"\W*(?:(?:the|this|next|noon|midday|midnight|close of(?: business)?|end of(?: day)?|[\d:.]+ ?(?:[ap]\.?m\.?|h|uhr)?|am|on|le|el|il)\W+){0,3}",
    re.IGNORECASE,
)
NEAR = 40
KEPT = re.compile(r"teng\w*|tenemos|teniamo|halte\w*|gard\w+|guard\w+|bloc\w+|holds?|holding")
THE_DAY = re.compile(r"\s(?:(?:the|il|el|le|den|de|la)\s)?", re.IGNORECASE)
REACH = 110
SAME_DAY = 6  # hours: "in the next 2 hrs"


@dataclass(frozen=True, slots=True)
class Expiry:
    """The last day the offer holds, and the words that say so."""

    day: date
    start: int
    end: int
    certain: bool


def find_expiry(reader: Reader, *, day_first: bool, event: date | None = None) -> Expiry | None:
    """The offer's last day: what is called valid first, then a plain "let me know by".

    The day of the `event` itself is what the offer is for, not how long it holds.
    """
    for pattern, certain in ((cues.VALID, True), (cues.EXPIRY, True), (cues.ANSWER_BY, False)):
        for clause in reader.clauses:
            words = reader.words(clause)
            for match in pattern.finditer(words):
                found = _around(reader, clause, match, certain, day_first, event)
                if found and (
                    found.day != event or SPAN.search(reader.text, found.start, found.end)
                ):
                    return found
    return _bare_deadline(reader, day_first, event)


def _bare_deadline(reader: Reader, day_first: bool, event: date | None) -> Expiry | None:
    """ "If not booked by March 1", "te lo aguanto hasta mañana": an end that nothing else has.

    Only a time right behind the word, before the event, in a clause about nothing else that ends.
    """
    for clause in reader.clauses:
        words = reader.words(clause)
        if any(one.search(words) for one in (cues.NOT_EXPIRY, cues.OTHER_END, OTHERS)):
            continue
        for match in DEADLINE.finditer(words):
            start = clause.start + match.end()
            segment = reader.text[start : min(clause.end, start + NEAR)]
            found = _read(segment, reader.received, day_first, event)
            if found is None or not CLOSE.fullmatch(segment[: found[1]]):
                continue
            day, _at, stop = found
            if reader.received <= day < (event or reader.received + timedelta(days=100)):
                return Expiry(day, clause.start + match.start(), start + stop, certain=False)
    return None


def _around(
    reader: Reader,
    clause: Clause,
    match: "re.Match[str]",
    certain: bool,
    day_first: bool,
    event: date | None,
) -> Expiry | None:
    words = reader.words(clause)
    other = cues.NOT_EXPIRY.search(words)
    if (
        other
        and abs(other.start() - match.start()) < 45
        and "offer" not in match.group()
        and "quote" not in match.group()
    ):
        return None
    # An answer-by cue reaches over its own object ("let me know by …"): the date may be inside.
    start = clause.start + (match.end() if certain else match.start())
    end = min(clause.end, start + REACH)
    segment = reader.text[start:end]
    found = _read(segment, reader.received, day_first, event)
    if found is None and certain:
        start = max(clause.start, clause.start + match.start() - 45)
        segment = reader.text[start : clause.start + match.start()]
        found = _read(segment, reader.received, day_first, event, backwards=True)
        if found and not (SPAN.search(segment) or UNTIL.search(segment)):
            found = None  # "Der Kran ist am 18.6. für uns reserviert"
    # "Another family has a hold until tomorrow": it is theirs.
    theirs = certain and OTHERS.search(words, 0, match.end()) and "you" not in words
    if found is None or theirs or OTHERS.search(segment[: found[1]]):
        return None
    day, at, stop = found
    if KEPT.fullmatch(match.group()) and THE_DAY.fullmatch(segment[:at]) and at > 0:
        return None  # "tengo il 23": what is kept, not how long
    if not reader.received - timedelta(days=1) <= day <= reader.received + timedelta(days=400):
        return None
    low = clause.start + match.start() if certain else start
    return Expiry(
        day,
        min(low, start + at),
        max(start + stop, clause.start + match.end() if low > start else start + stop),
        certain,
    )


def _read(
    segment: str,
    received: date,
    day_first: bool,
    event: date | None = None,
    *,
    backwards: bool = False,
) -> tuple[date, int, int] | None:
    """The first readable time in a segment, as (day, start, end)."""
    found: list[tuple[date, int, int]] = []
    for match in SPAN.finditer(segment):
        day = _span_end(match, received)
        if day and not COUNTED_BACK.match(segment, match.end()):
            found.append((day, match.start(), match.end()))
    for match in QUINZAINE.finditer(segment):
        days = 15 if match["q"] else 8
        found.append((received + timedelta(days=days), match.start(), match.end()))
    for match in ONE_WEEK.finditer(segment):
        found.append((received + timedelta(days=7), match.start(), match.end()))
    for match in END_OF.finditer(segment):
        day = _period_end(match, segment, received)
        if day:
            found.append((day, match.start(), _named_end(match, segment)))
    segment = THESE_DAYS.sub(lambda match: " " * len(match.group()), segment)
    segment = ROUND_THE_CLOCK.sub(lambda match: " " * len(match.group()), segment)
    segment = WEEKEND_OF.sub(lambda match: " " * len(match.group()), segment)
    plain = CLOCK.sub(lambda match: "on".rjust(len(match.group())), segment)
    dates = find_dates(plain, today=received, day_first=day_first).dates
    for item in dates:
        if item.value.precision == "day" and item.value.first != event:
            found.append((item.value.last or item.value.first, item.start, item.end))
    for item in dates:
        # "thru May": through a month is to its last day.
        if item.value.precision == "month" and THROUGH.search(segment[: item.start]):
            end = _month_end(item.value.first.year, item.value.first.month)
            found.append((end, item.start, item.end))
    for match in TOMORROW.finditer(segment):
        found.append((received + timedelta(days=1), match.start(), match.end()))
    for names, pattern in ((RUSSIAN_DAYS, RUSSIAN_DAY), (GERMAN_DAYS, GERMAN_DAY)):
        for match in pattern.finditer(segment):
            ahead = (names.index(match["d"].lower()) - received.weekday()) % 7
            found.append((received + timedelta(days=ahead), match.start(), match.end()))
    for match in WEEKDAY_SHORT.finditer(segment):
        ahead = (SHORT.index(match["d"].lower()[:3]) - received.weekday()) % 7
        ahead += 7 if not ahead and segment[: match.start()].lower().endswith("next ") else 0
        found.append((received + timedelta(days=ahead), match.start(), match.end()))
    if not found:
        found += [
            (day, match.start(), match.end())
            for match in DAY_ONLY.finditer(segment)
            if not any(item.start < match.end() and match.start() < item.end for item in dates)
            and (day := _next_day(int(match["day"]), received))
        ]
    if not found:
        found += [
            (day, match.start(), match.end())
            for match in DAY_MONTH.finditer(segment)
            if (day := _this_year(match, received))
        ]
    if not found:
        at_once = TODAY.search(segment)
        if at_once:
            found.append((received, at_once.start(), at_once.end()))
    if not found:
        return None
    found = [_week_on(one, segment) for one in found]
    return max(found, key=lambda f: f[1]) if backwards else min(found, key=lambda f: f[1])


def _week_on(found: tuple[date, int, int], segment: str) -> tuple[date, int, int]:
    """ "until Friday week" is the Friday after the next one."""
    day, start, end = found
    week = re.match(r"\s(?:week|in a week)\b", segment[end:])
    named = re.match(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", segment[start:end].lower())
    if not week or not named:
        return found
    return day + timedelta(days=7), start, end + week.end()


def _span_end(match: "re.Match[str]", received: date) -> date | None:
    word = match["n"].lower()
    count = int(word) if word.isdigit() else int(NAMES.get(word, Decimal(1)))
    count = {"quinze": 15, "quatorze": 14}.get(word, count)
    if match["hour"]:
        return received + timedelta(days=-(-count // 24) if count > SAME_DAY else 0)
    if match["week"] or match["fortnight"]:
        count *= 2 if match["fortnight"] else 1
        return received + timedelta(weeks=count)
    if match["month"]:
        return _add_months(received, count)
    business = (
        match["business"]
        or match["tail"]
        or (match["day"] or "").lower().startswith(("werk", "arbeits"))
    )
    if (
        business
        and "calendar" not in str(match["business"]).lower()
        and "календар" not in str(match["business"]).lower()
    ):
        return _business_days(received, count)
    return received + timedelta(days=count)


def _business_days(start: date, count: int) -> date:
    day = start
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            count -= 1
    return day


def _add_months(day: date, months: int) -> date:
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _period_end(match: "re.Match[str]", segment: str, received: date) -> date | None:
    what = (match["what"] or "").lower()
    if match["y"]:
        return date(received.year, 12, 31)
    if match["m"]:
        return _month_end(received.year, received.month)
    if match["w"]:
        what = "week"
    if what in {"next month", "nächsten monats", "mois prochain", "próximo mes"}:
        following = _add_months(received.replace(day=1), 1)
        return _month_end(following.year, following.month)
    if "month" in match.group().lower() or what in {"monats", "mois", "mes", "месяца", "del mese"}:
        return _month_end(received.year, received.month)
    friday = received + timedelta(days=(4 - received.weekday()) % 7)
    if what in {"next week", "nächster woche", "semaine prochaine"}:
        return friday + timedelta(days=7)
    if what in {"week", "woche", "la semaine", "semaine", "semana", "недели"}:
        return friday
    named = find_dates("in " + segment[match.end() :].strip()[:20], today=received).dates
    if named and named[0].value.precision == "month":
        return _month_end(named[0].value.first.year, named[0].value.first.month)
    return None


def _named_end(match: "re.Match[str]", segment: str) -> int:
    """The end of "end of June" behind its month."""
    if match["what"] or match["m"] or match["y"] or match["w"]:
        return match.end()
    month = re.match(rf"\s?(?:{MONTH})\b", segment[match.end() :], re.IGNORECASE)
    return match.end() + (month.end() if month else 0)


def _this_year(match: "re.Match[str]", received: date) -> date | None:
    """ "до 5.06": day and month without a year, the next such day."""
    try:
        day = date(received.year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return day if day >= received else day.replace(year=received.year + 1, day=min(day.day, 28))


def _next_day(number: int, received: date) -> date | None:
    if not 1 <= number <= 31:
        return None
    for months in range(3):
        base = _add_months(received.replace(day=1), months)
        if number > calendar.monthrange(base.year, base.month)[1]:
            continue
        day = base.replace(day=number)
        if day >= received:
            return day
    return None
