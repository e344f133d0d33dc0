"""Until when an offer holds: a date, a weekday, or a span from the day the mail came. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from quotes.extraction import cues
from quotes.extraction.deadlines import read_deadline
from quotes.extraction.lasting import SPAN
from quotes.extraction.reader import Clause, Reader

OTHERS = re.compile(
    r"\bsome(?:one|body) (?:has|holds|put|got)\b|"
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
    r"av(?:an)?t(?: le)?|hasta(?: el)?|antes del?|fino (?:al?|alle)|entro(?: il)?|tot(?: en met)?|vóór|uiterlijk|até(?: ao?)?|до|не позднее)\s",
)
# What may stand between "until" and its day.
CLOSE = re.compile(
    r"\W*(?:(?:the|this|next|noon|midday|midnight|close of(?: business)?|end of(?: day)?|[\d:.]+ ?(?:[ap]\.?m\.?|h|uhr)?|am|on|le|el|il)\W+){0,3}",
    re.IGNORECASE,
)
NEAR = 40
CLOSE_BY = 45
BEHIND = 45  # "until Friday" before the word that says what ends
KEPT = re.compile(r"teng\w*|tenemos|teniamo|halte\w*|gard\w+|guard\w+|bloc\w+|holds?|holding")
HELD = re.compile(r"hold(?:ing|s)?|held|reserv\w+")
# "My schedule closes on the 11th, please commit before then."
THEN = re.compile(r"\b(?:before|by) (?:then|that)$|bis dahin|d['’]ici là|entro allora")
THE_DAY = re.compile(r"\s(?:(?:the|il|el|le|den|de|la)\s)?", re.IGNORECASE)
REACH = 110


@dataclass(frozen=True, slots=True)
class Expiry:
    """The last day the offer holds, and the words that say so."""

    day: date
    start: int
    end: int
    certain: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """How days in a reply are counted: from when it came, how dates are written, without `event`.

    The day of the event itself is what the offer is for, not how long it holds.
    """

    received: date
    day_first: bool
    event: date | None

    def read(self, segment: str, *, backwards: bool = False) -> tuple[date, int, int] | None:
        """The day a stretch of text tells, with where in it."""
        return read_deadline(
            segment, self.received, self.day_first, self.event, backwards=backwards
        )

    def near(self, day: date) -> bool:
        """Whether an offer made in this mail may end on that day."""
        return self.received - timedelta(days=1) <= day <= self.received + timedelta(days=400)


def find_expiry(reader: Reader, *, day_first: bool, event: date | None = None) -> Expiry | None:
    """The offer's last day: what is called valid first, then a plain "let me know by"."""
    days = Calendar(reader.received, day_first, event)
    for pattern, certain in ((cues.VALID, True), (cues.EXPIRY, True), (cues.ANSWER_BY, False)):
        for clause in reader.clauses:
            for match in pattern.finditer(reader.words(clause)):
                found = _around(reader, clause, match, days, certain=certain)
                if found and (
                    found.day != event or SPAN.search(reader.text, found.start, found.end)
                ):
                    return found
    return _before_rise(reader, days) or _bare_deadline(reader, days)


# "Prices go up April 1", "la lista sube el 1 de julio"
RISE = re.compile(
    r"\b(?:prices?|rates?|pricing|list|fares?|it|preise?|tarife?s?|prix|precios?|tarifas?|lista|prezzi|prijzen|цены)\b[^.\n]{0,15}"
    r"\b(?:go(?:es|ing)? up|rises?|increases?|jumps?|steigen|steigt|augmente\w*|suben?|aumenta\w*|stijgen|вырастут|повысятся)\b"
)


def _before_rise(reader: Reader, days: Calendar) -> Expiry | None:
    """The day before prices go up, where nothing else says how long they hold."""
    for clause in reader.clauses:
        match = RISE.search(reader.words(clause))
        start = clause.start + match.end() if match else clause.end
        found = days.read(reader.text[start : min(clause.end, start + NEAR)])
        if match and found and reader.received < found[0]:
            first = clause.start + match.start()
            return Expiry(found[0] - timedelta(days=1), first, start + found[2], certain=False)
    return None


def _bare_deadline(reader: Reader, days: Calendar) -> Expiry | None:
    """ "If not booked by March 1", "te lo aguanto hasta mañana": an end that nothing else has.

    Only a time right behind the word, before the event, in a clause about nothing else that ends.
    """
    last = days.event or reader.received + timedelta(days=100)
    for clause in reader.clauses:
        words = reader.words(clause)
        if any(one.search(words) for one in (cues.NOT_EXPIRY, cues.OTHER_END, OTHERS)):
            continue
        for match in DEADLINE.finditer(words):
            start = clause.start + match.end()
            segment = reader.text[start : min(clause.end, start + NEAR)]
            found = days.read(segment)
            if found is None or not CLOSE.fullmatch(segment[: found[1]]):
                continue
            day, _at, stop = found
            if reader.received <= day < last:
                return Expiry(day, clause.start + match.start(), start + stop, certain=False)
    return None


def _around(
    reader: Reader, clause: Clause, match: "re.Match[str]", days: Calendar, *, certain: bool
) -> Expiry | None:
    words = reader.words(clause)
    if _about_another(words, match):
        return None
    # An answer-by cue reaches over its own object ("let me know by …"): the date may be inside.
    start = clause.start + (match.end() if certain else match.start())
    segment = reader.text[start : min(clause.end, start + REACH)]
    found = days.read(segment)
    if found is None and certain:
        start = max(clause.start, clause.start + match.start() - BEHIND)
        segment = reader.text[start : clause.start + match.start()]
        found = days.read(segment, backwards=True)
        if found and not (SPAN.search(segment) or UNTIL.search(segment)):
            found = None  # "Der Kran ist am 18.6. für uns reserviert"
    if found is None and certain:
        # "A 48-hour hold": the words themselves say how long.
        start, segment = clause.start + match.start(), match.group()
        found = days.read(segment)
    if found is None and THEN.search(match.group()):
        start, segment = clause.start, reader.text[clause.start : clause.start + match.start()]
        found = days.read(segment, backwards=True)
    # "Another family has a hold until tomorrow": it is theirs.
    theirs = certain and OTHERS.search(words, 0, match.end()) and "you" not in words
    if found is None or theirs or OTHERS.search(segment[: found[1]]):
        return None
    day, at, stop = found
    if KEPT.fullmatch(match.group()) and THE_DAY.fullmatch(segment[:at]) and at > 0:
        return None  # "tengo il 23": what is kept, not how long
    if HELD.fullmatch(match.group()) and not (
        UNTIL.search(segment[:at]) or SPAN.match(segment, at)
    ):
        return None  # "holding a slot on the May 11 consolidation"
    if not days.near(day):
        return None
    low = clause.start + match.start() if certain else start
    behind = clause.start + match.end() if low > start else start + stop
    return Expiry(day, min(low, start + at), max(start + stop, behind), certain)


def _about_another(words: str, match: "re.Match[str]") -> bool:
    """Whether something else than the offer ends there: a warranty, an invoice."""
    other = cues.NOT_EXPIRY.search(words)
    named = "offer" in match.group() or "quote" in match.group()
    return bool(other and abs(other.start() - match.start()) < CLOSE_BY and not named)
