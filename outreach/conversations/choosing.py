"""Chooses one intent from what the cues weigh and what the reply is like. Pure."""

from dataclasses import replace

from compliance.optout import Verdict
from outreach.conversations.case import Intent
from outreach.conversations.interest import (
    WARM,
    is_asked_about,
    is_filler,
    only_asks,
    says_yes,
    sounds_hot,
)
from outreach.conversations.likeness import Likelihoods
from outreach.conversations.listened import Choice, Listened
from outreach.conversations.persons import gives_own, points_elsewhere
from outreach.conversations.scores import CERTAIN, Scores, with_likeness
from outreach.conversations.settling import settled
from outreach.conversations.tables import heard
from outreach.conversations.third_person import addressee
from outreach.conversations.tone import threat

_TOLD_APART = frozenset({Intent.COMPLAINT, Intent.REFERRAL})  # beside a wish to stop
_MAY_BE_WARM = frozenset({Intent.QUESTION, Intent.DEFERRAL})
_MAY_BE_HOT = frozenset(
    {
        Intent.QUESTION, Intent.DEFERRAL, Intent.NOT_INTERESTED, Intent.WRONG_PERSON,
        Intent.UNKNOWN,
    }
)  # fmt: skip
UNSURE = 0.9
MAYBE_STOP = 0.2  # from this likeness on a doubtful wish to stop is the intent
LIKELY_STOP = 0.4  # and from this one where they also ask or decline
DOUBTFUL = 0.9  # below this nothing was said that could be told apart


def choose(reply: Listened) -> Choice:
    """The intent of a person's reply."""
    choice = _choose(reply)
    if reply.verdict.verdict is Verdict.AMBIGUOUS and _is_rather_a_stop(choice, reply):
        return Choice(Intent.OPT_OUT, 0.5)
    if choice.intent in _MAY_BE_HOT and sounds_hot(choice, reply):
        return replace(choice, warm=True)
    return choice


def _is_rather_a_stop(choice: Choice, reply: Listened) -> bool:
    """Whether what may be a wish to stop is likelier one than the little else that was told."""
    weighed = reply.weighed
    if choice.intent in _TOLD_APART or weighed.strongly(Intent.INTERESTED) >= CERTAIN:
        return False
    told = weighed.asked or weighed.strongly(Intent.NOT_INTERESTED) >= 2
    return reply.like.get(Intent.OPT_OUT, 0.0) >= (LIKELY_STOP if told else MAYBE_STOP)


def _choose(reply: Listened) -> Choice:
    clear = reply.verdict.verdict is Verdict.CLEAR
    if not any(character.isalnum() for character in reply.own.text):
        return Choice(Intent.OPT_OUT, 0.8) if clear else Choice(Intent.UNKNOWN, 0.6)
    if clear:
        return Choice(Intent.COMPLAINT if threat(reply.words) else Intent.OPT_OUT, 0.95)
    by_cues = settled(reply)
    scores = with_likeness(by_cues, reply)
    if _gives_only_own(reply):
        scores.shrink(0.4, Intent.REFERRAL)
    if is_asked_about(reply.weighed) and not says_yes(reply.words):
        scores.shrink(0.5, Intent.INTERESTED)
    if is_filler(reply.words.text) or max(scores.values(), default=0.0) < DOUBTFUL:
        return _untold(scores, reply)
    return _told(scores, by_cues, reply)


def _gives_only_own(reply: Listened) -> bool:
    """Whether the addresses they give are all their own."""
    said = reply.own.text
    return gives_own(said) and not points_elsewhere(said, writer=addressee(reply.case.context))


def _told(scores: Scores, by_cues: Scores, reply: Listened) -> Choice:
    """What the most speaks for; the first heard of two alike."""
    intent = max(scores, key=lambda one: scores[one])
    if intent is Intent.INTERESTED and only_asks(reply):
        return Choice(Intent.QUESTION, 0.7)  # "What would you give me for it?" asks
    confidence = _confidence(intent, by_cues, reply.like)
    keen = reply.weighed.stated if intent is Intent.QUESTION else scores[Intent.INTERESTED]
    warm = intent in _MAY_BE_WARM and confidence < UNSURE and keen >= WARM
    return Choice(intent, confidence, warm=warm)


def _untold(scores: Scores, reply: Listened) -> Choice:
    """Where no wish can be told: a doubtful one to stop still is one, and scorn at least a no."""
    filler = is_filler(reply.words.text)
    if reply.verdict.verdict is Verdict.AMBIGUOUS and not scores and not filler:
        return Choice(Intent.OPT_OUT, 0.4)
    said = len(reply.words.text.split()) > 1 and not filler
    warm = said and scores[Intent.INTERESTED] > 0
    if heard("sour", reply.words.text) or heard("hostile", reply.words.text):
        scorn = Intent.COMPLAINT if reply.by_customer else Intent.NOT_INTERESTED
        return Choice(scorn, 0.4, warm=warm)
    return Choice(Intent.UNKNOWN, 0.3, warm=warm)


def _confidence(intent: Intent, by_cues: Scores, like: Likelihoods) -> float:
    """The mean of what the cues say, by weight and distance, and of the likelihood."""
    others = max((by_cues[other] for other in by_cues if other is not intent), default=0.0)
    score = by_cues[intent]
    sure = min(0.95, max(0.3, 0.35 + 0.1 * score + 0.08 * max(0.0, score - others)))
    if not like:
        return round(sure, 2)
    return round((sure + min(0.95, like.get(intent, 0.0))) / 2, 2)
