"""How a reply sounds: glad, neutral or angry, and whether a person must look at once. Pure."""

import re

from outreach.conversations.case import MACHINES, Intent
from outreach.conversations.plain import Plain
from outreach.conversations.tables import heard

POSITIVE_SIGNS = frozenset("👍👏🙏❤😊😀😃🙂🤝🎉🥰😍💯👌✅🔥💪")
NEGATIVE_SIGNS = frozenset("👎🖕😡🤬😠🙄😒💩😤🤮🤡😂🤣")
_SHOUTING = re.compile(r"\b[A-ZА-ЯЁ]{3,}\b")
_GLAD_REACTIONS = ("liked", "loved", "le gust", "понравилось")
_SAD_REACTIONS = ("disliked",)


def tone(
    intent: Intent, words: Plain, original: str, *, reaction: str = ""
) -> tuple[float, tuple[int, int] | None]:
    """(score from −1 to 1, where in the plain text it was heard).

    What is wanted counts more than the words: a polite refusal is neutral, an offer accepted is
    glad. VADER was tried for this and guesses; see the trap in DEPENDENCIES.
    """
    if intent in MACHINES:
        return 0.0, None
    if reaction:
        glad = reaction.startswith(_GLAD_REACTIONS)
        return (0.5 if glad else -0.5 if reaction.startswith(_SAD_REACTIONS) else 0.0), None
    hostile = first(words, "hostile") or (threat(words) if intent is not Intent.REFERRAL else None)
    sour = first(words, "sour") or (first(words, "laughs") if intent in _LAUGHED_AT else None)
    if intent is Intent.OPT_OUT and (len(words.text.split()) == 1 or _asks_kindly(words)):
        sour = None  # "QUIT" and "BASTA" are asked for by our own footers
    glad_words = first(words, "glad")
    signs = set(original)
    if intent is Intent.COMPLAINT:
        return -0.9 if hostile else -0.7, hostile or sour
    if intent is Intent.INTERESTED:
        return 0.7, glad_words
    if hostile:
        return -0.8, hostile
    if intent in {Intent.OPT_OUT, Intent.NOT_INTERESTED, Intent.WRONG_PERSON, Intent.REFERRAL} and (
        sour or signs & NEGATIVE_SIGNS or is_shouted(original)
    ):
        return -0.5, sour
    if intent is Intent.UNKNOWN:
        if signs & POSITIVE_SIGNS or glad_words:
            return 0.4, glad_words
        return (-0.4 if signs & NEGATIVE_SIGNS - set("😂🤣") or sour else 0.0), sour
    return 0.0, None


def _asks_kindly(words: Plain) -> bool:
    """Whether a wish to stop says please or thanks, and nothing worse than what it wants."""
    return bool(heard("kindly", words.text)) and not heard("bitter", words.text)


_LAUGHED_AT = frozenset({Intent.NOT_INTERESTED, Intent.OPT_OUT, Intent.COMPLAINT})


def label(score: float) -> str:
    """The three words of the labelled examples."""
    return "positive" if score >= 0.35 else "negative" if score <= -0.35 else "neutral"


def is_shouted(text: str) -> bool:
    """Several words in capitals with an exclamation mark, or three marks."""
    return "!!!" in text or (len(_SHOUTING.findall(text)) >= 4 and "!" in text)


def first(words: Plain, name: str) -> tuple[int, int] | None:
    """Where the first phrase of a list stands, over all languages."""
    match = heard(name, words.text)
    return match.span() if match else None


def threat(words: Plain) -> tuple[int, int] | None:
    """Where they threaten with law or police; who asks whether a lawyer is needed does not."""
    for sentence in words.sentences():
        match = None if sentence.asked else heard("legal", sentence.words)
        if match:
            return sentence.start + match.start(), sentence.start + match.end()
    return None
