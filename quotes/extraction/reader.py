"""A reply's own words, laid out for reading: subject and body as one text with true offsets."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from outreach.inbound.reply_text import ReplyText
from outreach.reading.calendar_words import MONTH
from outreach.reading.tongues import detect_language
from quotes.extraction.case import Evidence, ReplyCase
from quotes.extraction.passed_on import own_reply

BREAK = re.compile(
    r"[.!?…](?=\s+[\W\d]*[A-ZÄÖÜÉÈÀÁÍÓÚÑА-ЯЁ¿¡]|\s*$)|[\r\n]+|;|\s[–—]\s|\s-\s"
    # Those who write without capitals: "… delivered. vases are ours? thx".
    r"|[?!](?=\s)|(?<=%)\.(?=\s)|(?<=\d[.,]\d{3})\.(?=\s+\d)|(?<=[a-zäöüßéèàñа-яё]{3})\.(?=\s+(?:[a-zäöüéèàñа-яё]{2}|\d))",
    re.MULTILINE,
)
ABBREVIATION = re.compile(
    r"(?:\b(?:zus|approx|aprox|incl|excl|gesetzl|évent|event|suppl|monatl|jährl|stdl|einschl|ausschl|bspw|ggfs|resp|inkl|exkl|zzgl|mwst|ust|ca|nr|núm|art|pos|max|máx|min|mín|"
    r"st|dr|dra|mr|mrs|ms|sr|sra|prof|vs|est|p|s|evtl|ggf|gem|vorauss|env|pers|pls|tel|ext|ref|reg|sq|"
    r"std|hr|hrs|руб|грн|коп|чел|inc|cad|abt|gg|mq|тыс|млн|шт|кв|мин|ориент|вкл|искл|г|ул|д|т|e\.g|i\.e|bzw|usw|z\.b|jan|feb|mar|apr|jun|jul|aug|sep|sept|"
    r"oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|u\.s|p\.p|a\.m|p\.m)|(?<!\d\s)(?<!/)\b[^\W\d])$",
    re.IGNORECASE,
)
ENDING = ("mwst", "ust", "руб", "грн", "чел", "шт")
# "bis 20. April": the dot of a day ends no sentence.
DAY_DOT = re.compile(r"\b\d{1,2}\.$")
DAY_MONTH_DOT = re.compile(r"(?<![\d.])[0-3]?\d\.[01]?\d\.$")
MONTH_NEXT = re.compile(rf"\s?(?:{MONTH})\b", re.IGNORECASE)
GAP = "\n\n"
# "Aeris Plus", "Business Plus": a name, not what comes on top.
PLUS_NAME = re.compile(r"\b([A-ZÄÖÜ][\w-]{2,} )Plus\b")
LEADER = re.compile(r"[.·_]{4,}|(?<=\s)\.{3}(?=\s[$€£])|(?:\. ){3,}\.?")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the text between sentence marks or line ends."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reader:
    """`text` is subject, a gap, and the body with everything not the sender's own blanked."""

    text: str
    lower: str
    offset: int
    reply: ReplyText
    subject: str
    clauses: tuple[Clause, ...]
    language: str
    received: date

    def evidence(self, start: int, end: int) -> Evidence:
        """The words at these offsets of `text`, as they stand in their source."""
        if start < self.offset:
            end = min(end, len(self.subject))
            return Evidence(self.subject[start:end], start, end, "subject")
        start, end = start - self.offset, end - self.offset
        return Evidence(self.reply.body[start:end], start, end, "body")

    def clause_at(self, position: int) -> Clause:
        """The clause a position stands in."""
        index = bisect_right(self.clauses, position, key=lambda clause: clause.start) - 1
        if index >= 0 and position < self.clauses[index].end:
            return self.clauses[index]
        return Clause(position, position)

    def words(self, clause: Clause) -> str:
        return self.lower[clause.start : clause.end]


def open_case(case: ReplyCase) -> Reader:
    """Lay out one reply; its subject counts only where it is not ours repeated."""
    reply = own_reply(case)
    subject = "" if _is_ours(case.subject) else case.subject
    # Leader dots ("Total ........ $900") part columns as spaces do, and end no sentence.
    own = LEADER.sub(lambda match: " " * len(match.group()), reply.own_text)
    text = subject + GAP + own
    language = detect_language(reply.own_text) if reply.own_text.strip() else "en"
    return Reader(
        text=text,
        lower=PLUS_NAME.sub(r"\1+lus", text).lower()
        if len(text.lower()) == len(text)
        else _lower(text),
        offset=len(subject) + len(GAP),
        reply=reply,
        subject=subject,
        clauses=tuple(_split(text)),
        language=language,
        received=case.received_at.date(),
    )


def _is_ours(subject: str) -> bool:
    """A "Re:" without a price of its own only repeats what we wrote."""
    answered = re.match(r"\s*(?:re|aw|sv|antw|rv|tr|odp|отв|vs)\s*:", subject, re.IGNORECASE)
    return bool(answered) and not re.search(r"[$€£₽]\s?\d|\d\s?[$€£₽]", subject)


def _lower(text: str) -> str:
    """Lower case with the same length: a few letters grow when lowered."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _split(text: str) -> list[Clause]:
    clauses, at = [], 0
    for match in BREAK.finditer(text):
        short = match.group() == "." and ABBREVIATION.search(
            text[max(at, match.start() - 8) : match.start()]
        )
        if short and not _ends_after_all(text, match.start()):
            continue
        if match.group() == "." and _is_day(text, at, match):
            continue
        if "\n" in match.group() and _wrapped(text, at, match):
            continue
        if text[at : match.start()].strip():
            clauses.append(Clause(at, match.end()))
        at = match.end()
    if text[at:].strip():
        clauses.append(Clause(at, len(text)))
    return clauses


def _ends_after_all(text: str, dot: int) -> bool:
    """ "… inkl. MwSt. Bitte …", "600 руб. При …": before a capital such a dot ends the sentence."""
    following = text[dot + 1 : dot + 4].lstrip()[:1]
    return following.isupper() and text[max(0, dot - 4) : dot].lower().endswith(ENDING)


def _is_day(text: str, start: int, match: "re.Match[str]") -> bool:
    if DAY_MONTH_DOT.search(text[max(start, match.start() - 6) : match.end()]):
        return True
    day = DAY_DOT.search(text[max(start, match.start() - 3) : match.end()])
    return bool(day and MONTH_NEXT.match(text, match.end()))


def _wrapped(text: str, start: int, match: "re.Match[str]") -> bool:
    """A line broken by a mail program at some seventy characters, not by the writer."""
    if match.group().count("\n") > 1:
        return False
    line_start = text.rfind("\n", 0, match.start()) + 1
    following = text[match.end() : match.end() + 1]
    return match.start() - line_start >= 50 and (following.islower() or following.isdigit())
