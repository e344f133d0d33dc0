"""Names and places in a draft: capitalised words that no record and no letter explains."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crm.places import airport_by_code, is_known_place, regions_of
from crm.places.airports import key
from outreach.drafting.marks import FactMark, Sources
from outreach.drafting.ordinary_words import ACRONYMS, OPENERS
from outreach.reading.calendar_words import MONTHS, WEEKDAYS

_WORD = re.compile(r"[^\W\d_][\w’']*(?:[-&.][^\W_][\w’']*)*")
_CODE = re.compile(r"\b(?=\w*[A-Z])(?=\w*\d)[A-Za-z0-9][\w+-]{1,15}")
_ENDINGS = ((r"s$", ""), (r"es$", ""), (r"(?:ing|ed)$", ""), (r"(?:ing|ed)$", "e"), (r"ly$", ""))
# A capital after these is grammar, not a name.
_SENTENCE_END = re.compile(r"(?:^|[.!?:;…\n•*]|[-–—]\s|[\"“(\[]|\n\s*[-*•]|\d\.)\s*$")


@dataclass(frozen=True, slots=True)
class Known:
    """Words of the sources (lower case) and the places they name, with the regions around them."""

    words: frozenset[str]
    places: frozenset[str]


def know(sources: Sources) -> Known:
    """The vocabulary a draft may use for names and places."""
    words: set[str] = set()
    for text in sources.texts:
        for match in _WORD.finditer(text):
            words |= _forms(match.group())
        words |= {m.group().lower() for m in _CODE.finditer(text)}
    places = {name for place in sources.places for name in regions_of(place)}
    places |= {airport.icao.lower() for airport in map(airport_by_code, sources.places) if airport}
    return Known(frozenset(words), frozenset(places))


def _forms(word: str) -> set[str]:
    lower = word.lower().replace("’", "'")
    bare = lower.removesuffix("'s")
    parts = re.split(r"[-&.]", bare)
    return {lower, bare, key(bare), *parts}


def _stems(word: str) -> set[str]:
    """An English word with its verb and plural endings taken off, as far as they might be."""
    stems = {re.sub(ending, put, word) for ending, put in _ENDINGS}
    return stems | {word}


def check_names(text: str, taken: Iterable[tuple[int, int]], known: Known) -> list[FactMark]:
    """Every run of capitalised words that is neither known nor ordinary, as place or name."""
    busy = list(taken)
    marks = []
    for run in _runs(text):
        strange = _strange(text, run, known)
        if not strange or _inside(busy, strange[0].start(), strange[-1].end()):
            continue
        start, end = strange[0].start(), strange[-1].end()
        words = text[start:end]
        kind = "place" if is_known_place(words) or _airport(words) else "name"
        reason = f"This {kind} is in no record of the request, the vendor or the sender."
        marks.append(FactMark(words, start, end, kind, reason))
    busy += [(mark.start, mark.end) for mark in marks]
    for match in _CODE.finditer(text):
        if match.group().lower() not in known.words and not _inside(busy, *match.span()):
            reason = "This designation is in no record."
            marks.append(FactMark(match.group(), *match.span(), "name", reason))
    return sorted(marks, key=lambda mark: mark.start)


def _inside(busy: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(start < b and a < end for a, b in busy)


def _airport(words: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]{3,4}", words)) and airport_by_code(words) is not None


def _runs(text: str) -> list[list[re.Match[str]]]:
    """Neighbouring capitalised words, parted by a single space."""
    runs: list[list[re.Match[str]]] = []
    for match in _WORD.finditer(text):
        if not match.group()[0].isupper():
            continue
        last = runs[-1][-1] if runs else None
        if last is not None and text[last.end() : match.start()] in {" ", "\u00a0", "/"}:
            runs[-1].append(match)
        else:
            runs.append([match])
    return runs


def _strange(text: str, run: list[re.Match[str]], known: Known) -> list[re.Match[str]]:
    """The words of a run nobody vouches for; ordinary words are excused where a sentence opens."""
    placed = _known_places(text, run, known)
    strange = [match for match in run if match not in placed and not _recorded(match, known)]
    if strange and _opens(text, run[0]):
        # "Best Regards," and "Perhaps" are no names; "I met Will" is one.
        if all(_ordinary(match) for match in strange):
            return []
        if strange[0] is run[0] and _ordinary(run[0]):
            return strange[1:]
    return strange


def _known_places(text: str, run: list[re.Match[str]], known: Known) -> list[re.Match[str]]:
    """The words of a run that together name a place of the records ("New Jersey")."""
    for length in range(len(run), 1, -1):
        for first in range(len(run) - length + 1):
            part = run[first : first + length]
            if key(text[part[0].start() : part[-1].end()]) in known.places:
                return part
    return []


def _recorded(match: re.Match[str], known: Known) -> bool:
    word = match.group()
    forms = _forms(word)
    if forms & known.words or forms & known.places or word in ACRONYMS or _calendar(forms):
        return True
    parts = [part for part in re.split(r"[-&.]", word.lower()) if part]
    return len(parts) > 1 and all(part in known.words or part in OPENERS for part in parts)


def _ordinary(match: re.Match[str]) -> bool:
    return any(_stems(form) & OPENERS for form in _forms(match.group()))


def _opens(text: str, match: re.Match[str]) -> bool:
    return bool(_SENTENCE_END.search(text, max(0, match.start() - 12), match.start()))


def _calendar(forms: set[str]) -> bool:
    """Months and weekdays: whether the date is right is the date check's business."""
    return any(form in MONTHS or form in WEEKDAYS for form in forms)
