"""Offers told side by side in prose: "A is 41k, B 38k; I'd take B". Pure.

Two or three prices of one size, each with a name of its own, are a choice where the vendor says
which to take or leaves it open in words ("or", "your call"); without such words they are not.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from quotes.extraction import cues
from quotes.extraction.bare_numbers import AS_TOTAL
from quotes.extraction.candidates import Candidate
from quotes.extraction.options import Line, Options, chosen_of
from quotes.extraction.reader import Reader

MOST_APART = 4  # times the smaller price
MOST_BETWEEN = 170  # characters from one price to the next
MOST = 4
# Where the words about one offer end and those about the next begin.
PARTED = re.compile(
    r"[,;\n]|\.\s|\s[–—-]\s|\b(?:or|and|but|while|vs|versus|oder|und|aber|ou|et|mais|o|u|y|pero|или|и|а|ma|e|of|en)\b",
    re.IGNORECASE,
)
LEFT_OPEN = re.compile(
    r"\b(?:your (?:call|choice|pick)|you(?:['’]re)? (?:choose|decide|pick)|up to you|whichever|either (?:way|one)|two (?:ways|options|choices|possibilities)|"
    r"je nachdem|sie haben die wahl|ganz wie sie|au choix|à vous de (?:voir|choisir)|como prefier\w+|a elegir|a scelta|на выбор|naar keuze)\b"
)
OR = re.compile(r"\W*(?:or|oder|ou|o|или|of)\b(?! more\b)", re.IGNORECASE)
NAME = re.compile(r"[^\W\d_]{3,}|[A-Z]{2,}\d*|\d+(?=\W?[^\W\d]{2})")
IDLE = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "would",
        "could",
        "is",
        "are",
        "was",
        "your",
        "our",
        "you",
        "this",
        "that",
        "it'd",
        "it's",
        "total",
        "price",
        "plus",
        "from",
        "für",
        "und",
        "mit",
        "bei",
        "wäre",
        "liegen",
        "wir",
        "des",
        "les",
        "une",
        "pour",
        "avec",
        "est",
        "para",
        "con",
        "por",
        "una",
        "son",
        "das",
        "der",
        "die",
    ]
)


def find_alternatives(reader: Reader, candidates: Sequence[Candidate]) -> Options | None:
    """The offers of a reply's prose and the one that is meant; None where there is one offer."""
    for group in _groups(reader, candidates):
        lines = _lines(reader, group)
        if not lines or _summed_up(group, candidates):
            continue
        chosen = chosen_of(reader, lines)
        if chosen or _left_open(reader, lines):
            return Options(tuple(lines), chosen, listed=False)
    return None


def _groups(reader: Reader, candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Runs of prices of one size that follow each other within a paragraph."""
    groups: list[list[Candidate]] = []
    prices = [c for c in candidates if c.amount.start >= reader.offset and _may_be_offer(c)]
    for candidate in prices:
        if groups and _beside(reader, groups[-1][-1], candidate):
            groups[-1].append(candidate)
        else:
            groups.append([candidate])
    return [group for group in groups if 1 < len(group) <= MOST and _alike(group)]


def _may_be_offer(candidate: Candidate) -> bool:
    if candidate.amount.high is not None or BESIDE.search(candidate.left):
        return False
    if candidate.right.lstrip().startswith("="):
        return False  # "$26 a head = $5,200"
    if cues.MINIMUM.search(candidate.left) or cues.SERVICE.match(candidate.left):
        return False
    return candidate.role == "price" or bool(AND_ITS.search(candidate.left))


# "waiting beyond 10 hours is charged at £80": no other offer
BESIDE = re.compile(
    r"\b(?:beyond|past|waiting|overtime|charged|billed|extra|additional|each (?:further|extra)|depos\w+|discount|save)\b"
)


# "add a second shooter and it's $3,100": what it all comes to then
AND_ITS = re.compile(
    r"\b(?:and (?:it|that|you|we)(?:['’](?:s|d be|re at)| is| would be| are at)|(?:would )?(?:brings?|takes?|gets?|push(?:es)?|knocks?) (?:it|that|you|us) (?:up |down )?to)\s[$€£]?$"
)


def _beside(reader: Reader, one: Candidate, other: Candidate) -> bool:
    gap = reader.text[one.amount.end : other.amount.start]
    values = sorted([one.amount.value, other.amount.value])
    if len(gap) > MOST_BETWEEN or "\n\n" in gap or values[1] > values[0] * MOST_APART:
        return False
    return not AS_TOTAL.search(other.left) and not cues.REVISED.search(gap.lower())


def _alike(group: Sequence[Candidate]) -> bool:
    """Different prices of one size per the same, none a multiple that another is made of."""
    values = [c.amount.value for c in group]
    units = {c.rate.units for c in group if c.rate.units}
    apart = max(values) <= min(values) * MOST_APART and len(set(values)) == len(values)
    first_unrated = bool(units) and not group[0].rate.units
    return apart and len(units) < 2 and not first_unrated


def _summed_up(group: Sequence[Candidate], candidates: Sequence[Candidate]) -> bool:
    """ "Straight rate $42, holiday rate $63, so you're at $3,402": they lead to one sum."""
    last = group[-1].amount
    after = [c for c in candidates if 0 < c.amount.start - last.end < MOST_BETWEEN]
    sums = [c for c in after if AS_TOTAL.search(c.left) and c.amount.value > last.value]
    made = {c.amount.value for c in group}
    times = [sum(not one.amount.value % value for value in made) for one in sums]
    return any(count in {0, len(made)} for count in times)


def _lines(reader: Reader, group: Sequence[Candidate]) -> list[Line]:
    """Each price with the words about it; [] where one of them has no name."""
    edges = [_begin(reader, group[0])]
    edges += [_between(reader, one, other) for one, other in pairwise(group)]
    edges.append(reader.clause_at(group[-1].amount.start).end)
    units = group[0].rate.units
    lines = []
    for candidate, start, end in zip(group, edges, edges[1:], strict=False):
        amount = candidate.amount
        label = _label(reader.text[start : amount.start]) or _label(reader.text[amount.end : end])
        if not label:
            return []
        lines.append(Line(label, amount, start, end, reader.lower[start:end], units))
    return lines


def _begin(reader: Reader, candidate: Candidate) -> int:
    return reader.clause_at(candidate.amount.start).start


def _between(reader: Reader, one: Candidate, other: Candidate) -> int:
    """Where the words about the second price begin."""
    start = max(one.amount.end, one.rate.end)
    parted = list(PARTED.finditer(reader.text, start, other.amount.start))
    for mark in parted:
        if _label(reader.text[mark.end() : other.amount.start]) or mark is parted[-1]:
            return mark.start()
    return start


def _label(words: str) -> str:
    names = [word for word in NAME.findall(words) if word.lower() not in IDLE]
    return " ".join(names)[:80]


def _left_open(reader: Reader, lines: Sequence[Line]) -> bool:
    """ "$78 each or $105 with candles": said to be a choice, whichever it will be."""
    near = reader.lower[max(0, lines[0].start - 120) : lines[-1].end + 120]
    joined = any(OR.match(reader.text, line.start) for line in lines[1:])
    return joined or bool(LEFT_OPEN.search(near))
