"""Families of everyday expressions that add up to an intent, where no phrase decides alone. Pure.

The tables of `words/hints/` are written to be read: {a|b} stands for either, * ends a stem, ~ is
up to three words between, # an amount, ^ the head of a sentence.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from pathlib import Path

from outreach.conversations.case import Intent
from outreach.conversations.plain import plain

_TOKEN = re.compile(r"[^\s@]+@[^\s@]+|[$€£]?\d[\d.,]*\w*|[^\W_]+")
_PART = re.compile(r"[{}|~]|\*?[^\s{}|~]+")
_HEAD = re.compile(r"\[(?P<name>[a-z_]+) (?P<weight>\d(?:\.\d)?)\]$")
_KINDS = {"*@*": r"\S+@\S+ ", "#": r"[$€£₽]?\d\S* "}
_SHORTEST_STEM = 2
_LONG = 7


@dataclass(frozen=True, slots=True)
class Hint:
    """One family; `pattern` runs over words each followed by one blank."""

    intent: Intent
    weight: float
    pattern: re.Pattern[str]
    first: bool = False  # only at the head of a sentence


@dataclass(frozen=True, slots=True)
class Heard:
    """A hint met at [start, end) of the words."""

    hint: Hint
    start: int
    end: int


@dataclass(slots=True)
class Lexicon:
    """The families of one language by the words they may begin with."""

    exact: dict[str, list[Hint]] = field(default_factory=dict)
    stems: dict[str, list[Hint]] = field(default_factory=dict)
    longest: int = 0
    known: set[str] = field(default_factory=set)
    near: dict[str, str] = field(default_factory=dict)

    def find(self, words: str) -> Iterator[Heard]:
        """Every family met, at each word; of one family only the first."""
        tokens = list(_TOKEN.finditer(words))
        spelled = [self._meant(token.group()) for token in tokens]
        line = "".join(f"{word} " for word in spelled)
        starts = list(accumulate((len(word) + 1 for word in spelled), initial=0))
        met: set[int] = set()
        for index, token in enumerate(tokens):
            for hint in self._beginning(spelled[index]):
                if id(hint) in met or (hint.first and index > 0):
                    continue
                match = hint.pattern.match(line, starts[index])
                if match and match.end() > starts[index]:
                    met.add(id(hint))
                    last = bisect_right(starts, match.end() - 1) - 1
                    yield Heard(hint, token.start(), tokens[last].end())

    def _meant(self, word: str) -> str:
        """A long word with one slip, as the tables spell it: "intrested", "lisening"."""
        if len(word) < _LONG or word in self.known or not word.isalpha():
            return word
        slips = {word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))}
        meant = {self.near[slip] for slip in slips if slip in self.near}
        return max(sorted(meant), key=len, default=word)

    def _beginning(self, word: str) -> Iterator[Hint]:
        yield from self.exact.get(word, ())
        if word[0].isdigit() or word[0] in "$€£₽":
            yield from self.exact.get("#", ())
        for length in range(_SHORTEST_STEM, min(len(word), self.longest) + 1):
            yield from self.stems.get(word[:length], ())


@cache
def lexicon(code: str) -> Lexicon:
    """The table of a language, compiled once."""
    path = Path(__file__).parent / "words" / "hints" / f"{code}.txt"
    found = Lexicon()
    head = None
    for line in path.read_text(encoding="utf-8").splitlines():
        head = _HEAD.match(line) or head
        if head and line.strip() and not line.startswith(("[", "#")):
            _add(found, Intent(head["name"]), float(head["weight"]), plain(line).text)
    _index_slips(found)
    return found


def _index_slips(found: Lexicon) -> None:
    """Every long word of the table under itself and under itself less one letter."""
    for word in sorted(found.known):
        if len(word) >= _LONG:
            for slip in (word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))):
                found.near.setdefault(slip, word)


def _add(found: Lexicon, intent: Intent, weight: float, line: str) -> None:
    heading = line.startswith("^")
    parts = _PART.findall(line.lstrip("^").replace("-", " "))
    pattern, firsts, rest = _alternatives(parts)
    if rest:
        raise ValueError(f"The brackets of a family do not close: {line}")
    hint = Hint(intent, weight, re.compile(pattern), heading)
    found.known.update(part for part in parts if part.isalpha())
    for first in firsts:
        if first.endswith("*"):
            found.stems.setdefault(first[:-1], []).append(hint)
            found.longest = max(found.longest, len(first) - 1)
        else:
            found.exact.setdefault(first, []).append(hint)


def _alternatives(parts: list[str]) -> tuple[str, set[str], list[str]]:
    """(pattern, words it may begin with, what follows the closing bracket)."""
    ways: list[str] = []
    firsts: set[str] = set()
    pattern, begins, open_start = "", set[str](), True
    while parts:
        part, parts = parts[0], parts[1:]
        if part in "|}":
            ways.append(pattern)
            firsts |= begins | ({""} if open_start else set())
            pattern, begins, open_start = "", set(), True
            if part == "}":
                return f"(?:{'|'.join(ways)})", firsts, parts
            continue
        if part == "{":
            inner, starts, parts = _alternatives(parts)
        elif part == "~":
            inner, starts = r"(?:\S+ ){0,3}?", {""}
        else:
            inner, starts = _word(part), {part}
        pattern += inner
        if open_start:
            begins |= starts - {""}
            open_start = "" in starts
    ways.append(pattern)
    return f"(?:{'|'.join(ways)})", firsts | begins, []


def _word(part: str) -> str:
    if part in _KINDS:
        return _KINDS[part]
    return re.escape(part).replace(r"\*", r"\S*") + " "
