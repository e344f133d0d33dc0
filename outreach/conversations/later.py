"""When a person wants to hear from us again, or is back at their desk. Pure."""

import re
from datetime import date

from outreach.conversations.plain import Sentence, plain
from outreach.conversations.tables import tongues
from outreach.reading.found import Found
from outreach.reading.periods import find_starts

_BACK = re.compile(
    r"\b(?:back|return\w*|reopen\w*|available|resum\w*|start\w*|regres\w*|volver\w*|vuelv\w*|"
    r"retorn\w*|respond\w*|отвечу|ответим|reincorpor\w*|reanud\w*|reabr\w*|верн\w*|возвращ\w*|выйд\w*|выхож\w*|приступ\w*|"
    r"откро\w*|на связи|на месте|возобнов\w*)\b"
)
# Who names the day to write on goes before who says when they will look at it.
_TALK = re.compile(
    r"\b(?:write|call|text|ping|e-?mail|contact|reach|try|check|ask|remind|follow|circle|touch|get back|come back|"
    r"escrib\w+|llam\w+|busqu\w+|contact\w+|marqu\w+|напиш\w+|пишите|позвон\w+|звоните|вернит\w+|спрос\w+)\b"
)
_TILL = re.compile(r"\b(?:until|till|til|thru|through|hasta|до|по|al)\b")


def deferred_until(text: str, *, today: date, day_first: bool) -> Found[date] | None:
    """The day after which they asked to be written to; None where they named none.

    A day named with the request ("write in July") goes before one that only explains it.
    """
    starts = find_starts(text, today=today, day_first=day_first)
    if not starts:
        return None
    asking = [s for s in _spans(text) if any(t.find("returns", s.words) for t in tongues())]
    for sentence in sorted(asking, key=lambda s: not _TALK.search(s.words)):
        inside = [f for f in starts if sentence.start <= f.start < sentence.end]
        if inside:
            return _nearest(inside, sentence)
    return starts[-1]


def _nearest(starts: list[Found[date]], sentence: Sentence) -> Found[date]:
    """The first day after the request's own verb, else the last one before it."""
    found = [tongue.find("returns", sentence.words) for tongue in tongues()]
    verb = min(match.start() for match in found if match)
    folded = [f for f in starts if f.end - sentence.start > verb]
    return folded[0] if folded else starts[-1]


def back_on(text: str, *, today: date, day_first: bool) -> Found[date] | None:
    """The day an absent person is back: named as such, else the end of the absence."""
    starts = find_starts(text, today=today, day_first=day_first, ends=True)
    if not starts:
        return None
    for marker in (_BACK, _TILL):
        for start in starts:
            before = plain(text[max(0, start.start - 60) : start.start + 8]).text
            sentence = re.split(r"[.!?\n]\s", before)[-1]
            if marker.search(sentence):
                return start
    return starts[-1]


def _spans(text: str) -> list[Sentence]:
    """The sentences with offsets in the text itself."""
    folded = plain(text)
    spans = []
    for sentence in folded.sentences():
        start, end = folded.span(sentence.start, sentence.end)
        spans.append(Sentence(sentence.words, start, end, sentence.asked))
    return spans
