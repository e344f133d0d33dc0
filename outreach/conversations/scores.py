"""How much speaks for each intent: what the cues weigh, and what the reply is like. Pure."""

from outreach.conversations.case import MACHINES, Intent
from outreach.conversations.likeness import Likelihoods
from outreach.conversations.listened import Listened
from outreach.conversations.plain import Plain
from outreach.conversations.tables import heard

CERTAIN = 3.0
LIKENESS = 8.0  # what the likelihood of one may add to the weights of the cues
ONE_WORD = 0.5  # how much of a wish to stop is told by the likeness of its only word
ENOUGH_WORDS = 6  # in fewer there is little to go by
MOCKED = 0.4  # what is left of the likeness to a lead in mockery
ALONE = 0.6  # what is less likely is not told by likeness alone


class Scores(dict[Intent, float]):
    """Weights by intent, zero where nothing was said."""

    def __missing__(self, intent: Intent) -> float:
        return 0.0

    def shrink(self, share: float, *intents: Intent) -> None:
        for intent in intents:
            if intent in self:
                self[intent] *= share


def with_likeness(by_cues: Scores, reply: Listened) -> Scores:
    """What it is like counts beside the cues; machines are told by others.

    A wish to stop may be one word long, and is told by the pieces of it.
    """
    scores = Scores(by_cues)
    if not by_cues and max(reply.like.values(), default=0.0) < ALONE:
        return scores
    share = share_told(reply.words)
    for intent, likelihood in _taken_at_its_word(reply).items():
        if intent not in MACHINES:
            told = max(share, ONE_WORD) if intent is Intent.OPT_OUT else share
            scores[intent] += LIKENESS * told * likelihood
    return scores


def share_told(words: Plain) -> float:
    """How much the likeness of so many words says, at most 1."""
    return min(1.0, len(words.text.split()) / ENOUGH_WORDS)


def _taken_at_its_word(reply: Listened) -> Likelihoods:
    """What it is like, less the interest where they mock: "great, just what I needed"."""
    like = reply.like
    keen = reply.weighed.strongly(Intent.INTERESTED) >= CERTAIN
    if keen or not heard("sarcasm", reply.words.text) or Intent.INTERESTED not in like:
        return like
    return {**like, Intent.INTERESTED: MOCKED * like[Intent.INTERESTED]}
