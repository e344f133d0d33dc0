"""Chooses one intent from what the cues weigh, where a reply says two things too. Pure."""

from dataclasses import dataclass, replace
from datetime import date

from compliance.optout import OptOutReading, Verdict
from outreach.conversations.case import MACHINES, Intent, ReplyCase
from outreach.conversations.likeness import Likelihoods
from outreach.conversations.own_text import OwnText
from outreach.conversations.persons import find_person, gives_own, points_elsewhere
from outreach.conversations.plain import Plain
from outreach.conversations.reproach import ENOUGH, HURT, reproaches
from outreach.conversations.scoring import CUSTOMER, VENDOR, Span, Weighed, begins_to_ask
from outreach.conversations.tables import heard, tongues
from outreach.conversations.third_person import addressee, denies_being
from outreach.conversations.tone import threat
from outreach.reading.found import Found
from outreach.reading.periods import find_starts

SOON = 14
BRIEF = 3  # "Are you kidding?" and "Really?" want no answer
CERTAIN = 3.0
PLAIN_YES = 3.6
WARM = 1.4
_TOLD_APART = frozenset({Intent.COMPLAINT, Intent.REFERRAL})  # beside a wish to stop
_MAY_BE_WARM = frozenset({Intent.QUESTION, Intent.DEFERRAL})
_MAY_BE_HOT = frozenset(
    {
        Intent.QUESTION, Intent.DEFERRAL, Intent.NOT_INTERESTED, Intent.WRONG_PERSON,
        Intent.UNKNOWN,
    }
)  # fmt: skip
UNSURE = 0.9
LIKENESS = 8.0  # what the likelihood of one may add to the weights of the cues
ONE_WORD = 0.5  # how much of a wish to stop is told by the likeness of its only word
ENOUGH_WORDS = 6  # in fewer there is little to go by
HOT_LIKENESS = 0.22  # from here on a lead or an anger that no cue heard is worth a person's look
HALF_SURE = 0.5  # below this the intent is not told for sure
MOCKED = 0.4  # what is left of the likeness to a lead in mockery
ALONE = 0.6  # what is less likely is not told by likeness alone
MAYBE_STOP = 0.2  # from this likeness on a doubtful wish to stop is the intent
LIKELY_STOP = 0.4  # and from this one where they also ask or decline
DOUBTFUL = 0.9  # below this nothing was said that could be told apart


@dataclass(frozen=True, slots=True)
class Choice:
    """`span` only where the words are others than the strongest cue of the intent.

    `warm`: read as something else, but a buyer's or seller's interest may stand behind it.
    """

    intent: Intent
    confidence: float
    span: Span | None = None
    warm: bool = False


def decide(
    weighed: Weighed,
    verdict: OptOutReading,
    words: Plain,
    own: OwnText,
    case: ReplyCase,
    like: Likelihoods,
) -> Choice:
    """The intent of a person's reply: what the cues weigh, and what it is `like`."""
    choice = _choose(weighed, verdict, words, own, case, like)
    if verdict.verdict is Verdict.AMBIGUOUS and _is_rather_a_stop(choice, weighed, like):
        return Choice(Intent.OPT_OUT, 0.5)
    if choice.intent in _MAY_BE_HOT and _sounds_hot(choice, weighed, words, like):
        return replace(choice, warm=True)
    return choice


def _is_rather_a_stop(choice: Choice, weighed: Weighed, like: Likelihoods) -> bool:
    """Whether what may be a wish to stop is likelier one than the little else that was told."""
    if choice.intent in _TOLD_APART or weighed.strong.get(Intent.INTERESTED, 0.0) >= CERTAIN:
        return False
    told = weighed.asked or weighed.strong.get(Intent.NOT_INTERESTED, 0.0) >= 2
    return like.get(Intent.OPT_OUT, 0.0) >= (LIKELY_STOP if told else MAYBE_STOP)


def _sounds_hot(choice: Choice, weighed: Weighed, words: Plain, like: Likelihoods) -> bool:
    """Whether a reply resembles a lead or an anger, and nothing was told for sure.

    Who only asks is no lead by that, however like one the words are: only with a wish told, or a
    day to meet.
    """
    share = min(1.0, len(words.text.split()) / ENOUGH_WORDS)
    hot = like.get(Intent.INTERESTED, 0.0) + like.get(Intent.COMPLAINT, 0.0)
    keen = 0.0 if heard("sarcasm", words.text) else weighed.of(Intent.INTERESTED)
    if choice.intent is Intent.QUESTION:
        told = bool(weighed.meeting) or weighed.stated >= WARM
        return hot * share >= HOT_LIKENESS and keen >= WARM and told
    told = max(keen, weighed.of(Intent.COMPLAINT)) >= WARM
    filler = heard("filler", words.text.strip(" .,!\n")) is not None
    unsure = choice.confidence < HALF_SURE and not filler
    return hot * share >= HOT_LIKENESS and (told or unsure)


def _choose(
    weighed: Weighed,
    verdict: OptOutReading,
    words: Plain,
    own: OwnText,
    case: ReplyCase,
    like: Likelihoods,
) -> Choice:
    if not any(character.isalnum() for character in own.text):
        if verdict.verdict is Verdict.CLEAR:
            return Choice(Intent.OPT_OUT, 0.8)
        return Choice(Intent.UNKNOWN, 0.6)
    if verdict.verdict is Verdict.CLEAR:
        return Choice(Intent.COMPLAINT if threat(words) else Intent.OPT_OUT, 0.95)
    scores = _settled(weighed, words, own, case)
    by_cues = Scores(scores)
    if by_cues or max(like.values(), default=0.0) >= ALONE:
        share = min(1.0, len(words.text.split()) / ENOUGH_WORDS)
        _add_likeness(scores, _taken_at_its_word(like, weighed, words), share)
    if gives_own(own.text) and not points_elsewhere(own.text, writer=addressee(case.context)):
        scores.shrink(0.4, Intent.REFERRAL)
    if _asks_only(weighed) and not _says_yes(words):
        scores.shrink(0.5, Intent.INTERESTED)
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    filler = heard("filler", words.text.strip(" .,!\n")) is not None
    if not ranked or ranked[0][1] < DOUBTFUL or filler:
        if verdict.verdict is Verdict.AMBIGUOUS and not ranked and not filler:
            return Choice(Intent.OPT_OUT, 0.4)
        choice = _by_tone(words, case)
        said = len(words.text.split()) > 1 and not filler
        return replace(choice, warm=said and scores[Intent.INTERESTED] > 0)
    intent = ranked[0][0]
    if intent is Intent.INTERESTED and _only_asks(words, weighed, case):
        return Choice(Intent.QUESTION, 0.7)  # "What would you give me for it?" asks
    confidence = _confidence(intent, by_cues, like)
    keen = weighed.stated if intent is Intent.QUESTION else scores[Intent.INTERESTED]
    warm = intent in _MAY_BE_WARM and confidence < UNSURE and keen >= WARM
    return Choice(intent, confidence, warm=warm)


def _taken_at_its_word(like: Likelihoods, weighed: Weighed, words: Plain) -> Likelihoods:
    """What it is like, less the interest where they mock: "great, just what I needed"."""
    keen = weighed.strong.get(Intent.INTERESTED, 0.0) >= CERTAIN
    if keen or not heard("sarcasm", words.text) or Intent.INTERESTED not in like:
        return like
    return {**like, Intent.INTERESTED: MOCKED * like[Intent.INTERESTED]}


def _asks_only(weighed: Weighed) -> bool:
    """Whether all that sounds like interest stands in questions, and no price or meeting does."""
    return weighed.asked and weighed.stated < WARM and not weighed.meeting and not weighed.priced


def _only_asks(words: Plain, weighed: Weighed, case: ReplyCase) -> bool:
    """Whether one bare question is all they wrote after a greeting, no price or meeting in it."""
    sentences = [one for one in words.sentences() if not heard("filler", one.words.strip(" .,!\n"))]
    if case.channel != "sms" or len(sentences) != 1 or weighed.meeting or weighed.priced:
        return False
    return sentences[0].asked or begins_to_ask(sentences[0])


def _by_tone(words: Plain, case: ReplyCase) -> Choice:
    """Where no wish can be told, scorn is at least a no."""
    if heard("sour", words.text) or heard("hostile", words.text):
        dealing = CUSTOMER.search(case.context.lower())
        return Choice(Intent.COMPLAINT if dealing else Intent.NOT_INTERESTED, 0.4)
    return Choice(Intent.UNKNOWN, 0.3)


class Scores(dict[Intent, float]):
    """Weights by intent, zero where nothing was said."""

    def __missing__(self, intent: Intent) -> float:
        return 0.0

    def shrink(self, share: float, *intents: Intent) -> None:
        for intent in intents:
            if intent in self:
                self[intent] *= share


def _add_likeness(scores: Scores, like: Likelihoods, share: float) -> None:
    """What it is like counts beside the cues; machines are told by others.

    A wish to stop may be one word long, and is told by the pieces of it.
    """
    for intent, likelihood in like.items():
        if intent not in MACHINES:
            told = max(share, ONE_WORD) if intent is Intent.OPT_OUT else share
            scores[intent] += LIKENESS * told * likelihood


def _confidence(intent: Intent, by_cues: Scores, like: Likelihoods) -> float:
    """The mean of what the cues say, by weight and distance, and of the likelihood."""
    others = max((by_cues[other] for other in by_cues if other is not intent), default=0.0)
    score = by_cues[intent]
    sure = min(0.95, max(0.3, 0.35 + 0.1 * score + 0.08 * max(0.0, score - others)))
    if not like:
        return round(sure, 2)
    return round((sure + min(0.95, like.get(intent, 0.0))) / 2, 2)


def _settled(weighed: Weighed, words: Plain, own: OwnText, case: ReplyCase) -> Scores:
    """The weights after what one says about another is settled."""
    scores = Scores(weighed.scores)
    elsewhere = points_elsewhere(own.text, writer=addressee(case.context))
    if elsewhere:
        scores[Intent.REFERRAL] += 2.0 if scores[Intent.REFERRAL] else CERTAIN
    if denies_being(words.text, case.context):
        scores[Intent.WRONG_PERSON] += CERTAIN
    keen = weighed.strong.get(Intent.INTERESTED, 0.0) >= CERTAIN and not heard("sour", words.text)
    if heard("sarcasm", words.text) and not keen:
        scores.shrink(0.4, Intent.INTERESTED)
        scores[Intent.NOT_INTERESTED] += 1.0
    _settle_reproach(scores, words)
    if heard("freed", words.text):
        scores.shrink(0.4, Intent.NOT_INTERESTED)  # whom they had before is gone
    _settle_deferral(scores, weighed, words, own, case)
    if weighed.meeting and not elsewhere:
        scores.shrink(0.5, Intent.REFERRAL)  # who brings a colleague along wants to meet
    dealing = CUSTOMER.search(case.context.lower())
    if dealing:
        _settle_customer(scores, weighed, words)
    # A customer who asks about a date asks about theirs.
    asks_about_own = dealing and weighed.asked
    if weighed.meeting and not asks_about_own and scores[Intent.REFERRAL] < CERTAIN:
        scores[Intent.INTERESTED] = max(scores[Intent.INTERESTED], 2.5) + 0.5
    if not elsewhere and not find_person(own.text, 0, not_these=addressee(case.context)):
        scores.shrink(0.6, Intent.REFERRAL)  # "our accountants do that" names nobody to go to
    if scores[Intent.REFERRAL] >= CERTAIN:
        scores.shrink(0.6, Intent.NOT_INTERESTED, Intent.DEFERRAL, Intent.WRONG_PERSON)
        scores.shrink(0.6, Intent.INTERESTED)
    if scores[Intent.COMPLAINT] >= CERTAIN:
        scores[Intent.COMPLAINT] += 2.0
        scores.shrink(0.7, Intent.WRONG_PERSON, Intent.NOT_INTERESTED)
    if scores[Intent.WRONG_PERSON] >= CERTAIN:
        scores[Intent.WRONG_PERSON] += 1.5
        scores.shrink(0.7, Intent.NOT_INTERESTED)
    if weighed.priced and VENDOR.search(case.context.lower()):
        scores.shrink(0.5, Intent.NOT_INTERESTED)  # an offer, whatever else it says no to
    if weighed.priced and heard("bargains", words.text):
        scores[Intent.INTERESTED] += CERTAIN  # "not unless you are at 600k" names a price
        scores.shrink(0.5, Intent.NOT_INTERESTED)
    if _says_yes(words):
        scores[Intent.INTERESTED] = max(scores[Intent.INTERESTED], 2.2)
    _settle_question(scores, words)
    return scores


def _says_yes(words: Plain) -> bool:
    """Whether a sentence that only says yes is followed by a question: "Possibly. What terms?" """
    sentences = words.sentences()
    said = [heard("affirms", one.words) is not None and not one.asked for one in sentences]
    return any(
        yes and any(rest.asked for rest in sentences[at + 1 :]) for at, yes in enumerate(said)
    )


def _settle_reproach(scores: Scores, words: Plain) -> None:
    """Who reproaches us is angry, whatever they say no to; keen people plead, and are let be."""
    signs = reproaches(words)
    if len(signs) >= ENOUGH and (signs & HURT or scores[Intent.INTERESTED] < CERTAIN):
        scores[Intent.COMPLAINT] += CERTAIN + 0.5 * (len(signs) - ENOUGH)


def _settle_customer(scores: Scores, weighed: Weighed, words: Plain) -> None:
    """Who deals with us already and says no to something complains; cold leads decline."""
    refused = weighed.strong.get(Intent.NOT_INTERESTED, 0.0) >= 2.5
    if scores[Intent.COMPLAINT] or heard("sour", words.text) or heard("hostile", words.text):
        scores[Intent.COMPLAINT] += 1.5
    if weighed.asked and weighed.strong.get(Intent.INTERESTED, 0.0) < CERTAIN:
        scores.shrink(0.5, Intent.INTERESTED)
    if not refused:
        scores[Intent.COMPLAINT] += 0.6 * scores.pop(Intent.NOT_INTERESTED, 0.0)


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


def _writes(words: Plain) -> bool:
    """Whether they ask, in a sentence that is no question, to be written to."""
    return any(
        tongue.find("writes", sentence.words) and not sentence.asked
        for sentence in words.sentences()
        for tongue in tongues()
    )


def _settle_deferral(
    scores: Scores, weighed: Weighed, words: Plain, own: OwnText, case: ReplyCase
) -> None:
    """ "Call me tomorrow" is a yes; "call me in June" and "busy, try me Friday" are not."""
    today = case.received_at.date()
    day_first = case.language not in {"", "en"}
    starts = find_starts(own.text, today=today, day_first=day_first)
    days = [(f.value - today).days for f in starts]
    busy = bool(heard("busy", words.text))
    far = any(day > SOON for day in days)
    eager = weighed.strong.get(Intent.INTERESTED, 0.0) >= CERTAIN
    if far and _writes(words):
        scores[Intent.DEFERRAL] += 1.5
    if weighed.asked and not heard("writes", words.text):
        scores.shrink(0.5, Intent.DEFERRAL)  # "would it matter that her lease runs through May?"
    if days and not weighed.meeting and not far and not eager and _writes(words):
        scores[Intent.DEFERRAL] += 2.0  # "at work, text me tonight"
    if not scores[Intent.DEFERRAL]:
        return
    yes = weighed.strong.get(Intent.INTERESTED, 0.0)
    later = weighed.strong.get(Intent.DEFERRAL, 0.0)
    distant = any((f.value - today).days > SOON and _is_for_talk(f, words, weighed) for f in starts)
    floor = CERTAIN if weighed.meeting and not distant else PLAIN_YES
    if yes >= floor and yes > later:
        scores[Intent.DEFERRAL] = min(scores[Intent.DEFERRAL], 1.0)  # "sell in spring, call me now"
        return
    if weighed.meeting and days and not far and not busy:
        scores[Intent.DEFERRAL] = min(scores[Intent.DEFERRAL], 1.0)
    elif eager and not busy and (not far or scores[Intent.DEFERRAL] < CERTAIN):
        scores.shrink(0.5, Intent.DEFERRAL)
    elif scores[Intent.DEFERRAL] >= 2:
        scores[Intent.DEFERRAL] += 2.0 if days else 1.0 if busy else 0.0
    if VENDOR.search(case.context.lower()) and not heard("writes", words.text):
        scores.shrink(0.3, Intent.DEFERRAL)  # "in the shop until the 10th" answers no to a request
    if weighed.strong.get(Intent.NOT_INTERESTED, 0.0) >= CERTAIN > later and not _writes(words):
        scores.shrink(0.5, Intent.DEFERRAL)  # "sold it back in the fall" asks for no word then
    if scores[Intent.DEFERRAL] >= CERTAIN:
        scores.shrink(0.6, Intent.NOT_INTERESTED)
        if far or busy:
            scores.shrink(0.6, Intent.INTERESTED)


def _is_for_talk(day: Found[date], words: Plain, weighed: Weighed) -> bool:
    """Whether a day stands in the sentence that asks for a talk."""
    if weighed.meeting is None:
        return False
    at = next((s for s in words.sentences() if s.start <= weighed.meeting[0] < s.end), None)
    if at is None:
        return True
    start, end = words.span(at.start, at.end)
    return start <= day.start < end
