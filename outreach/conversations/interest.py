"""Tells who is interested from who only asks, scoffs or happens to sound so. Pure."""

from outreach.conversations.case import Intent
from outreach.conversations.listened import Choice, Listened
from outreach.conversations.plain import Plain
from outreach.conversations.scores import share_told
from outreach.conversations.scoring import Weighed, begins_to_ask
from outreach.conversations.tables import heard

WARM = 1.4
HOT_LIKENESS = 0.22  # from here on a lead or an anger that no cue heard is worth a person's look
HALF_SURE = 0.5  # below this the intent is not told for sure


def sounds_hot(choice: Choice, reply: Listened) -> bool:
    """Whether a reply resembles a lead or an anger, and nothing was told for sure.

    Who only asks is no lead by that, however like one the words are: only with a wish told, or a
    day to meet.
    """
    weighed, words, like = reply.weighed, reply.words, reply.like
    hot = like.get(Intent.INTERESTED, 0.0) + like.get(Intent.COMPLAINT, 0.0)
    if hot * share_told(words) < HOT_LIKENESS:
        return False
    keen = 0.0 if heard("sarcasm", words.text) else weighed.of(Intent.INTERESTED)
    if choice.intent is Intent.QUESTION:
        return keen >= WARM and (bool(weighed.meeting) or weighed.stated >= WARM)
    told = max(keen, weighed.of(Intent.COMPLAINT)) >= WARM
    return told or (choice.confidence < HALF_SURE and not is_filler(words.text))


def is_asked_about(weighed: Weighed) -> bool:
    """Whether all that sounds like interest stands in questions, and no price or meeting does."""
    return weighed.asked and weighed.stated < WARM and not weighed.meeting and not weighed.priced


def only_asks(reply: Listened) -> bool:
    """Whether one bare question is all they wrote after a greeting, no price or meeting in it."""
    if reply.case.channel != "sms" or reply.weighed.meeting or reply.weighed.priced:
        return False
    sentences = [one for one in reply.words.sentences() if not is_filler(one.words)]
    return len(sentences) == 1 and (sentences[0].asked or begins_to_ask(sentences[0]))


def says_yes(words: Plain) -> bool:
    """Whether a sentence that only says yes is followed by a question: "Possibly. What terms?" """
    sentences = words.sentences()
    said = [heard("affirms", one.words) is not None and not one.asked for one in sentences]
    return any(
        yes and any(rest.asked for rest in sentences[at + 1 :]) for at, yes in enumerate(said)
    )


def is_filler(words: str) -> bool:
    """Whether plain words say nothing at all: "hi", "ok then"."""
    return heard("filler", words.strip(" .,!\n")) is not None
