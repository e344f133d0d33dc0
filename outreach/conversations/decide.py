"""Chooses one intent from what the cues weigh, where a reply says two things too. Pure."""

from dataclasses import dataclass

from compliance.optout import OptOutReading, Verdict
from outreach.conversations.case import Intent, ReplyCase
from outreach.conversations.own_text import OwnText
from outreach.conversations.persons import EMAIL, PHONE
from outreach.conversations.plain import Plain
from outreach.conversations.scoring import Span, Weighed
from outreach.conversations.tables import tongues
from outreach.reading.periods import find_starts

SOON = 14
LEGAL = 3.0


@dataclass(frozen=True, slots=True)
class Choice:
    """`span` only where the words are others than the strongest cue of the intent."""

    intent: Intent
    confidence: float
    span: Span | None = None


def decide(
    weighed: Weighed, verdict: OptOutReading, words: Plain, own: OwnText, case: ReplyCase
) -> Choice:
    """The intent of a person's reply."""
    if not any(character.isalnum() for character in own.text):
        if verdict.verdict is Verdict.CLEAR:
            return Choice(Intent.OPT_OUT, 0.8)
        return Choice(Intent.UNKNOWN, 0.6)
    complaint = weighed.of(Intent.COMPLAINT)
    if verdict.verdict is Verdict.CLEAR:
        return Choice(Intent.COMPLAINT if complaint >= LEGAL else Intent.OPT_OUT, 0.95)
    ranked = _ranked(weighed, words, own, case)
    if not ranked:
        if verdict.verdict is Verdict.AMBIGUOUS:
            return Choice(Intent.OPT_OUT, 0.4)
        return Choice(Intent.UNKNOWN, 0.3)
    intent, score = ranked[0]
    runner_up = ranked[1][1] if len(ranked) > 1 else 0.0
    confidence = min(0.95, 0.35 + 0.1 * score + 0.08 * max(0.0, score - runner_up))
    return Choice(intent, round(confidence, 2))


def _ranked(
    weighed: Weighed, words: Plain, own: OwnText, case: ReplyCase
) -> list[tuple[Intent, float]]:
    """The intents with their weights after what one says about another is settled."""
    scores = dict(weighed.scores)

    def of(intent: Intent) -> float:
        return scores.get(intent, 0.0)

    reachable = bool(EMAIL.search(own.text) or PHONE.search(own.text))
    if of(Intent.REFERRAL) and reachable:
        scores[Intent.REFERRAL] += 2.0
    if weighed.meeting and not of(Intent.REFERRAL) >= 3:
        scores[Intent.INTERESTED] = max(of(Intent.INTERESTED), 2.5) + 0.5
    if of(Intent.COMPLAINT) >= LEGAL:
        scores[Intent.COMPLAINT] += 3.0
    if of(Intent.WRONG_PERSON) >= 3:
        scores[Intent.WRONG_PERSON] += 1.5
    if of(Intent.DEFERRAL):
        _settle_deferral(scores, weighed, words, own, case)
    interest, refusal = of(Intent.INTERESTED), of(Intent.NOT_INTERESTED)
    if of(Intent.QUESTION):
        # A question beside a plain yes or no is part of it; alone it is a question.
        strongest = max((scores[i] for i in scores if i is not Intent.QUESTION), default=0.0)
        if strongest >= 2:
            scores[Intent.QUESTION] = min(of(Intent.QUESTION), 1.9)
        elif interest <= 1.5 or refusal <= 1.5:
            scores[Intent.QUESTION] = max(of(Intent.QUESTION), 2.0)
    return sorted(scores.items(), key=lambda item: -item[1])


def _settle_deferral(
    scores: dict[Intent, float], weighed: Weighed, words: Plain, own: OwnText, case: ReplyCase
) -> None:
    """ "Call me tomorrow" is a yes; "call me in June" and "busy, try me Friday" are not."""
    busy = any(tongue.find("busy", words.text) for tongue in tongues())
    starts = find_starts(
        own.text, today=case.received_at.date(), day_first=case.language not in {"", "en"}
    )
    days = [(f.value - case.received_at.date()).days for f in starts]
    near = bool(days) and min(days) <= SOON
    if weighed.meeting and near and not busy:
        scores[Intent.DEFERRAL] = min(scores[Intent.DEFERRAL], 1.0)
    elif days and scores[Intent.DEFERRAL] >= 2:
        scores[Intent.DEFERRAL] += 2.0
    elif busy and scores[Intent.DEFERRAL] >= 2:
        scores[Intent.DEFERRAL] += 1.0
