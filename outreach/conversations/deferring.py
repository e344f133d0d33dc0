"""Tells "not now" from "now": what the days and hours in a reply say for a word later. Pure."""

from dataclasses import dataclass
from datetime import date

from outreach.conversations.case import Intent
from outreach.conversations.listened import Listened
from outreach.conversations.plain import Plain
from outreach.conversations.scores import CERTAIN, Scores
from outreach.conversations.scoring import Weighed
from outreach.conversations.tables import heard, tongues
from outreach.reading.found import Found
from outreach.reading.periods import find_starts

SOON = 14
PLAIN_YES = 3.6


@dataclass(frozen=True, slots=True)
class _Times:
    """The days a reply names, counted from the day it came, and whether they are busy."""

    named: list[tuple[int, Found[date]]]
    busy: bool

    @property
    def far(self) -> bool:
        return any(days > SOON for days, _ in self.named)


def settle_deferral(scores: Scores, reply: Listened) -> None:
    """ "Call me tomorrow" is a yes; "call me in June" and "busy, try me Friday" are not."""
    times = _times(reply)
    _hear_later(scores, reply, times)
    if not scores[Intent.DEFERRAL]:
        return
    if _is_yes_now(reply, times):
        scores[Intent.DEFERRAL] = min(scores[Intent.DEFERRAL], 1.0)  # "sell in spring, call me now"
        return
    _weigh_time(scores, reply, times)
    _weigh_no(scores, reply)
    if scores[Intent.DEFERRAL] >= CERTAIN:
        scores.shrink(0.6, Intent.NOT_INTERESTED)
        if times.far or times.busy:
            scores.shrink(0.6, Intent.INTERESTED)


def _times(reply: Listened) -> _Times:
    today = reply.case.received_at.date()
    day_first = reply.case.language not in {"", "en"}
    starts = find_starts(reply.own.text, today=today, day_first=day_first)
    named = [((start.value - today).days, start) for start in starts]
    return _Times(named, busy=heard("busy", reply.words.text) is not None)


def _hear_later(scores: Scores, reply: Listened, times: _Times) -> None:
    """Whether they ask for a word on a day they name; a day in a question is asked about."""
    if times.far and _writes(reply.words):
        scores[Intent.DEFERRAL] += 1.5
    if reply.weighed.asked and not heard("writes", reply.words.text):
        scores.shrink(0.5, Intent.DEFERRAL)  # "would it matter that her lease runs through May?"
    soon = times.named and not times.far
    if soon and not reply.weighed.meeting and not _is_eager(reply) and _writes(reply.words):
        scores[Intent.DEFERRAL] += 2.0  # "at work, text me tonight"


def _is_yes_now(reply: Listened, times: _Times) -> bool:
    """Whether the yes is plainer than the wish to wait; less is needed where they want to meet."""
    weighed = reply.weighed
    distant = any(
        days > SOON and _is_for_talk(day, reply.words, weighed) for days, day in times.named
    )
    floor = CERTAIN if weighed.meeting and not distant else PLAIN_YES
    yes = weighed.strongly(Intent.INTERESTED)
    return yes >= floor and yes > weighed.strongly(Intent.DEFERRAL)


def _weigh_time(scores: Scores, reply: Listened, times: _Times) -> None:
    """A day soon to meet, or an eager word, is no wish to wait; a day or being busy makes it one."""
    if reply.weighed.meeting and times.named and not times.far and not times.busy:
        scores[Intent.DEFERRAL] = min(scores[Intent.DEFERRAL], 1.0)
    elif (
        _is_eager(reply) and not times.busy and (not times.far or scores[Intent.DEFERRAL] < CERTAIN)
    ):
        scores.shrink(0.5, Intent.DEFERRAL)
    elif scores[Intent.DEFERRAL] >= 2:
        scores[Intent.DEFERRAL] += 2.0 if times.named else 1.0 if times.busy else 0.0


def _weigh_no(scores: Scores, reply: Listened) -> None:
    """A day beside a no is told as its reason, where they ask for no word then."""
    weighed = reply.weighed
    if reply.by_vendor and not heard("writes", reply.words.text):
        scores.shrink(0.3, Intent.DEFERRAL)  # "in the shop until the 10th" answers no to a request
    refused = weighed.strongly(Intent.NOT_INTERESTED)
    if refused >= CERTAIN > weighed.strongly(Intent.DEFERRAL) and not _writes(reply.words):
        scores.shrink(0.5, Intent.DEFERRAL)  # "sold it back in the fall" asks for no word then


def _is_eager(reply: Listened) -> bool:
    return reply.weighed.strongly(Intent.INTERESTED) >= CERTAIN


def _writes(words: Plain) -> bool:
    """Whether they ask, in a sentence that is no question, to be written to."""
    return any(
        tongue.find("writes", sentence.words) and not sentence.asked
        for sentence in words.sentences()
        for tongue in tongues()
    )


def _is_for_talk(day: Found[date], words: Plain, weighed: Weighed) -> bool:
    """Whether a day stands in the sentence that asks for a talk."""
    if weighed.meeting is None:
        return False
    at = next((s for s in words.sentences() if s.start <= weighed.meeting[0] < s.end), None)
    if at is None:
        return True
    start, end = words.span(at.start, at.end)
    return start <= day.start < end
