"""Where: routes ("from X to Y", "X → Y") and locations ("in X", "near X") in a brief."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from crm.places import is_known_place, resolve_airport
from outreach.briefs.context import BriefText
from outreach.reading.calendar_words import MONTHS, WEEKDAYS
from outreach.reading.found import Found

_WORD = r"[^\W\d_][\w'’.-]*"
_FROM = re.compile(
    r"\b(?:from|leaving|departing|out of|de|desde|von|ab|aus|из|с|da|dal|van|between|entre)\s{1,2}"
    r"(?:the\s|la\s|el\s|le\s|der\s)?",
    re.IGNORECASE,
)
_TO = re.compile(
    r"(?:\b(?:to|into|towards|a|à|au|para|nach|bis|в|во|на|naar|per|vers|hasta|and|y|et|und|do)"
    r"\s{1,2}(?:the\s|la\s|el\s|le\s|o\s)?|\s?(?:→|->|>|–|—|-)\s?)",
    re.IGNORECASE,
)
# What stands before a location, by language; English words occur in briefs of every language.
_AT = {
    "en": "in|at|near|around|outside|throughout",
    "es": "en|cerca de",
    "fr": "à|au|aux|en|dans|près de|sur",
    "de": "in|bei|nahe|auf|im|um",
    "it": "a|in|vicino a|su",
    "pt": "em|no|na|perto de",
    "nl": "in|bij|op",
    "ru": "в|во|на|около|под",
}
_ARTICLE = r"(?:the\s(?:area of\s)?|la\s|el\s|le\s|der\s|den\s|downtown\s|central\s|midtown\s)?"
_LOOSE = re.compile(
    rf"\b(?:on|to|for|from|für|para|pour|nach|per)\s{{1,2}}{_ARTICLE}", re.IGNORECASE
)
_JOINERS = frozenset(
    {"de", "of", "the", "la", "le", "les", "del", "di", "upon", "sur", "am", "an", "da", "do",
     "dei", "du", "des", "and", "на", "san", "st", "st.", "saint"}
)  # fmt: skip
# Capitalised at the start of a phrase, but no place: names of people and times stay out.
_NO_PLACE = frozenset({*MONTHS, *WEEKDAYS, "i", "we", "my", "our", "spring", "summer", "autumn",
                       "fall", "winter", "easter", "christmas", "today", "tomorrow"})  # fmt: skip
# Three small letters are a word, not a code, but for these.
_SHORT_NAMES = frozenset({"nyc", "jfk", "lax", "рим"})
_TOKEN = re.compile(rf"{_WORD}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A possible place: the words as typed, where they stand, and whether we know them."""

    words: str
    start: int
    end: int
    known: bool

    def found(self) -> Found[str]:
        """The phrase as a value read from the text."""
        return Found(self.words, self.start, self.end)


def phrase_at(text: str, position: int) -> Phrase | None:
    """The place beginning here: the longest known one, else the run of capitalised words."""
    tokens = _tokens(text, position)
    if not tokens or text[tokens[0].start() : tokens[0].end()].lower() in _NO_PLACE:
        return None
    for count in range(len(tokens), 0, -1):
        end = tokens[count - 1].end()
        words = text[position:end].rstrip(".-'’")
        if _is_place(words):
            end = position + len(words)
            qualified = _qualified(text, position, end)
            return Phrase(text[position:qualified], position, qualified, True)
    run = _capitalised(text, tokens)
    if run:
        qualified = _qualified(text, position, position + len(run))
        return Phrase(text[position:qualified], position, qualified, False)
    return None


def _tokens(text: str, position: int) -> list[re.Match[str]]:
    tokens: list[re.Match[str]] = []
    at = position
    while len(tokens) < 5:
        match = _TOKEN.match(text, at)
        if not match or len(match.group()) > 40:
            break
        tokens.append(match)
        gap = re.compile(r"[ \t]{1,2}").match(text, match.end())
        if not gap:
            break
        at = gap.end()
    return tokens


def _is_place(words: str) -> bool:
    if words.islower() and len(words) < 4 and words not in _SHORT_NAMES:
        return False
    if words.lower() in _NO_PLACE:
        return False
    return is_known_place(words) or resolve_airport(words) is not None


def _capitalised(text: str, tokens: list[re.Match[str]]) -> str:
    kept: list[re.Match[str]] = []
    for token in tokens:
        word = token.group()
        proper = word[0].isupper() and word.lower().strip(".") not in _NO_PLACE
        if not proper and not (kept and word.lower() in _JOINERS):
            break
        kept.append(token)
        if word.endswith("."):
            break
    while kept and not kept[-1].group()[0].isupper():
        kept.pop()
    return text[kept[0].start() : kept[-1].end()].rstrip(".-'’") if kept else ""


_QUALIFIER = re.compile(r",\s?(?P<q>[A-Z]{2}\b|[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)")


def _qualified(text: str, start: int, end: int) -> int:
    """Where the place ends with its state or country: "Portland, OR", "Split, Croatia"."""
    match = _QUALIFIER.match(text, end)
    if not match:
        return end
    both = text[start : match.end("q")]
    first = text[start : match.start() + len(match.group().split()[0]) + 1]
    for words in (both, first):
        resolved = resolve_airport(words)
        known = is_known_place(words.partition(",")[2].strip(" .,")) or len(match["q"]) == 2
        if known and (resolved is None or resolved.code or resolved.choices):
            return start + len(words.rstrip(" .,"))
    return end


def find_route(brief: BriefText) -> tuple[Phrase | None, Phrase | None]:
    """Where from and where to; either may be missing."""
    starts = list(_after(_FROM, brief))
    origin = _named(starts)
    if origin is None:
        joined = _joined(brief)
        if joined:
            return joined
    origin = origin or _best(starts)
    since = origin.end if origin else 0
    ends = list(_after(_TO, brief))
    later = [phrase for phrase in ends if phrase.start >= since]
    destination = _known(later) or _known(ends) or _best(later)
    if origin and destination and origin.start == destination.start:
        destination = None
    return origin, destination


def find_location(brief: BriefText) -> Phrase | None:
    """The one place a brief is about: a known one after a preposition, any known one, any name."""
    near = list(_after(_at(brief.language), brief))
    loose = list(_after(_LOOSE, brief))
    known = [p for p in (*near, *loose) if p.known and not re.fullmatch(r"[A-Z]{3,4}", p.words)]
    return _named(known) or _anywhere(brief) or _known(known) or _guess(brief, near)


def _guess(brief: BriefText, phrases: list[Phrase]) -> Phrase | None:
    # German writes every noun with a capital: an unknown one is as likely a thing as a town.
    return None if brief.language == "de" else next(iter(phrases), None)


def _anywhere(brief: BriefText) -> Phrase | None:
    """The first known place that is written like a name, wherever it stands."""
    for match in _TOKEN.finditer(brief.text):
        if not match.group()[0].isupper() or re.fullmatch(r"[A-Z]{2,4}", match.group()):
            continue
        phrase = phrase_at(brief.text, match.start())
        if phrase and phrase.known and brief.free(phrase.start, phrase.end):
            return phrase
    return None


@cache
def _at(language: str) -> re.Pattern[str]:
    words = "|".join(dict.fromkeys([_AT["en"], _AT.get(language, _AT["en"])]))
    return re.compile(rf"\b(?:{words})\s{{1,2}}{_ARTICLE}", re.IGNORECASE)


def _known(phrases: list[Phrase]) -> Phrase | None:
    return _named(phrases) or next((p for p in phrases if p.known), None)


def _named(phrases: list[Phrase]) -> Phrase | None:
    """The first known place written with a capital: "nice" is a word, "Nice" a town."""
    return next((p for p in phrases if p.known and not p.words.islower()), None)


def _best(phrases: list[Phrase]) -> Phrase | None:
    return _known(phrases) or next(iter(phrases), None)


def _after(preposition: re.Pattern[str], brief: BriefText) -> Iterator[Phrase]:
    for match in preposition.finditer(brief.text):
        phrase = phrase_at(brief.text, match.end())
        if phrase and brief.free(phrase.start, phrase.end):
            yield phrase


_BETWEEN = re.compile(r"\s?(?:→|->|>|–|—|-|/)\s?|\s(?:to|a|à|nach|в|naar|per)\s", re.IGNORECASE)


def _joined(brief: BriefText) -> tuple[Phrase, Phrase] | None:
    """ "Teterboro to Aspen", "TEB-ASE", "Nice → London" without a word before the first place."""
    pairs = []
    for match in _BETWEEN.finditer(brief.text):
        destination = phrase_at(brief.text, match.end())
        if destination and destination.known:
            origin = _ending_at(brief.text, match.start())
            if origin:
                pairs.append((origin, destination))
    named = [pair for pair in pairs if not any(phrase.words.islower() for phrase in pair)]
    return next(iter(named or pairs), None)


def _ending_at(text: str, end: int) -> Phrase | None:
    window = text[max(0, end - 40) : end]
    tokens = list(_TOKEN.finditer(window))
    for token in tokens[-4:]:
        words = window[token.start() :]
        if _is_place(words):
            start = end - len(words)
            return Phrase(words, start, end, True)
    return None
