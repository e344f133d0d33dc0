"""Reads whether somebody asks us to stop: clear, ambiguous, or not at all. Pure.

The order follows the facts on opt-outs: an exact stop word wins, then clear phrases, then what
only looks like one, then any trigger left makes it ambiguous, which holds sends for a person.
The caller passes only the sender's own words: a quoted footer of ours says nothing.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from compliance.optout_words import CLEAR, EXACT, HINTS, SAFE, SHORT_AMBIGUOUS, TRIGGERS

KEYBOARD = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,.")
REVERSE_KEYBOARD = {value: key for key, value in KEYBOARD.items()}
SHORT_WORDS = 3
MOST_TEXT = 20_000
SENT_FROM = re.compile(r"(?im)^\s*(?:sent from my|отправлено с|enviado desde mi|von meinem)\b.*$")
NOT_WORDS = re.compile(r"[^\w\s'’-]|[_]")
SPACED_LETTERS = re.compile(r"\b(?:\w ){2,}\w\b")


class Verdict(StrEnum):
    CLEAR = "clear"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class OptOutReading:
    """The verdict and the normalised words it rests on; empty words for NONE."""

    verdict: Verdict
    words: str = ""


def read_optout(text: str, subject: str = "") -> OptOutReading:
    """Judge one message by the sender's own words.

    The subject counts only when the sender wrote it (a "Re:" repeats ours) or the text is empty.
    """
    body = normalise(text[:MOST_TEXT])
    own_subject = "" if re.match(r"\s*(?:re|aw|sv|rv|fwd?|tr|отв)\s*:", subject, re.I) else subject
    heading = normalise(own_subject[:500])
    for candidate in filter(None, (body, heading)):
        reading = _judge(candidate, question=text.strip().endswith("?") and candidate == body)
        if reading.verdict is not Verdict.NONE:
            return reading
    return OptOutReading(Verdict.NONE)


def normalise(text: str) -> str:
    """Casefolded, without punctuation, emoji and mobile signatures; spaced letters joined."""
    folded = unicodedata.normalize("NFKC", SENT_FROM.sub(" ", text)).casefold()
    folded = folded.replace("ё", "е").replace("’", "'")
    words = " ".join(NOT_WORDS.sub(" ", folded).split())
    return SPACED_LETTERS.sub(lambda match: match.group(0).replace(" ", ""), words)


def _judge(words: str, *, question: bool) -> OptOutReading:
    count = len(words.split())
    if not question and count <= SHORT_WORDS:
        for spelling in (words, words.translate(KEYBOARD), words.translate(REVERSE_KEYBOARD)):
            if spelling in EXACT:
                return OptOutReading(Verdict.CLEAR, words)
    rest = words
    for safe in SAFE:
        rest = safe.sub(" ", rest)
    if not question:
        for clear in CLEAR:
            match = clear.search(rest)
            if match:
                return OptOutReading(Verdict.CLEAR, match.group(0).strip())
    if count <= SHORT_WORDS + 3 and words in SHORT_AMBIGUOUS:
        return OptOutReading(Verdict.AMBIGUOUS, words)
    for pattern in (*HINTS, *(TRIGGERS if count <= 12 else ())):
        match = pattern.search(rest)
        if match:
            return OptOutReading(Verdict.AMBIGUOUS, match.group(0).strip())
    return OptOutReading(Verdict.NONE)
