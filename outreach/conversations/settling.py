"""Settles what one thing said means for another, where a reply says two. Pure."""

from outreach.conversations.case import Intent
from outreach.conversations.deferring import settle_deferral
from outreach.conversations.interest import says_yes
from outreach.conversations.listened import Listened
from outreach.conversations.persons import find_person, points_elsewhere
from outreach.conversations.plain import Plain
from outreach.conversations.reproach import ENOUGH, HURT, reproaches
from outreach.conversations.scores import CERTAIN, Scores
from outreach.conversations.tables import heard
from outreach.conversations.third_person import addressee, denies_being

BRIEF = 3  # "Are you kidding?" and "Really?" want no answer


def settled(reply: Listened) -> Scores:
    """What the cues weigh after that; the order counts, each step reads what those before left."""
    scores = Scores(reply.weighed.scores)
    elsewhere = points_elsewhere(reply.own.text, writer=addressee(reply.case.context))
    if elsewhere:
        scores[Intent.REFERRAL] += 2.0 if scores[Intent.REFERRAL] else CERTAIN
    if denies_being(reply.words.text, reply.case.context):
        scores[Intent.WRONG_PERSON] += CERTAIN
    _settle_mockery(scores, reply)
    _settle_reproach(scores, reply.words)
    if heard("freed", reply.words.text):
        scores.shrink(0.4, Intent.NOT_INTERESTED)  # whom they had before is gone
    settle_deferral(scores, reply)
    if reply.by_customer:
        _settle_customer(scores, reply)
    _settle_meeting(scores, reply, elsewhere=elsewhere)
    if not elsewhere and not _names_somebody(reply):
        scores.shrink(0.6, Intent.REFERRAL)  # "our accountants do that" names nobody to go to
    _settle_certain(scores)
    _settle_price(scores, reply)
    if says_yes(reply.words):
        scores[Intent.INTERESTED] = max(scores[Intent.INTERESTED], 2.2)
    _settle_question(scores, reply.words)
    return scores


def _settle_mockery(scores: Scores, reply: Listened) -> None:
    """Praise that mocks is a no; who is plainly keen and not sour may joke."""
    said = reply.words.text
    keen = reply.weighed.strongly(Intent.INTERESTED) >= CERTAIN and not heard("sour", said)
    if heard("sarcasm", said) and not keen:
        scores.shrink(0.4, Intent.INTERESTED)
        scores[Intent.NOT_INTERESTED] += 1.0


def _settle_reproach(scores: Scores, words: Plain) -> None:
    """Who reproaches us is angry, whatever they say no to; keen people plead, and are let be."""
    signs = reproaches(words)
    if len(signs) >= ENOUGH and (signs & HURT or scores[Intent.INTERESTED] < CERTAIN):
        scores[Intent.COMPLAINT] += CERTAIN + 0.5 * (len(signs) - ENOUGH)


def _settle_customer(scores: Scores, reply: Listened) -> None:
    """Who deals with us already and says no to something complains; cold leads decline."""
    weighed, said = reply.weighed, reply.words.text
    if scores[Intent.COMPLAINT] or heard("sour", said) or heard("hostile", said):
        scores[Intent.COMPLAINT] += 1.5
    if weighed.asked and weighed.strongly(Intent.INTERESTED) < CERTAIN:
        scores.shrink(0.5, Intent.INTERESTED)
    if weighed.strongly(Intent.NOT_INTERESTED) < 2.5:
        scores[Intent.COMPLAINT] += 0.6 * scores.pop(Intent.NOT_INTERESTED, 0.0)


def _settle_meeting(scores: Scores, reply: Listened, *, elsewhere: bool) -> None:
    """Who wants to meet is interested, and brings a colleague along rather than refer us."""
    if not reply.weighed.meeting:
        return
    if not elsewhere:
        scores.shrink(0.5, Intent.REFERRAL)
    # A customer who asks about a date asks about theirs.
    asks_about_own = reply.by_customer and reply.weighed.asked
    if not asks_about_own and scores[Intent.REFERRAL] < CERTAIN:
        scores[Intent.INTERESTED] = max(scores[Intent.INTERESTED], 2.5) + 0.5


def _names_somebody(reply: Listened) -> bool:
    return find_person(reply.own.text, 0, not_these=addressee(reply.case.context)) is not None


def _settle_certain(scores: Scores) -> None:
    """What is certain takes from what is said in passing: "no, but ask my brother" refers us."""
    if scores[Intent.REFERRAL] >= CERTAIN:
        scores.shrink(
            0.6, Intent.NOT_INTERESTED, Intent.DEFERRAL, Intent.WRONG_PERSON, Intent.INTERESTED
        )
    if scores[Intent.COMPLAINT] >= CERTAIN:
        scores[Intent.COMPLAINT] += 2.0
        scores.shrink(0.7, Intent.WRONG_PERSON, Intent.NOT_INTERESTED)
    if scores[Intent.WRONG_PERSON] >= CERTAIN:
        scores[Intent.WRONG_PERSON] += 1.5
        scores.shrink(0.7, Intent.NOT_INTERESTED)


def _settle_price(scores: Scores, reply: Listened) -> None:
    """Who names a price deals, whatever else they say no to."""
    if not reply.weighed.priced:
        return
    if reply.by_vendor:
        scores.shrink(0.5, Intent.NOT_INTERESTED)  # an offer, whatever else it says no to
    if heard("bargains", reply.words.text):
        scores[Intent.INTERESTED] += CERTAIN  # "not unless you are at 600k" names a price
        scores.shrink(0.5, Intent.NOT_INTERESTED)


def _settle_question(scores: Scores, words: Plain) -> None:
    """A question beside a plain yes or no is part of it; alone it is a question.

    Who begins by asking means to ask: what follows tells why.
    """
    if not scores[Intent.QUESTION]:
        return
    head = words.sentences()[0]
    if head.asked and len(head.words.split()) > BRIEF and not heard("sour", head.words):
        scores[Intent.QUESTION] = max(scores[Intent.QUESTION], CERTAIN)
    strongest = max((scores[i] for i in scores if i is not Intent.QUESTION), default=0.0)
    if strongest >= (CERTAIN if scores[Intent.QUESTION] >= CERTAIN else 2):
        scores[Intent.QUESTION] = min(scores[Intent.QUESTION], 1.9)
    else:
        scores[Intent.QUESTION] = max(scores[Intent.QUESTION], 2.0)
