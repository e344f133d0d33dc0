"""A text in the form the cue tables are written in, with the way back to where it stood. Pure."""

import re
import unicodedata
from dataclasses import dataclass

QUOTES = frozenset("’‘`´ʼ′'")
# A Spanish question begins where its mark stands, whatever comes before it.
_TERMINATOR = re.compile(r"[.!?…;。！？]+[\"')»”]*(?=\s|$)|\n|(?<=, )(?=¿)")
_PIECE = re.compile(r".{1,500}(?:\s|$)|.{1,500}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in plain form: [start, end) in `Plain.text`; `asked` by its question mark."""

    words: str
    start: int
    end: int
    asked: bool


@dataclass(frozen=True, slots=True)
class Plain:
    """`text`: small letters without accents and apostrophes, single blanks; `at` maps back."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where [start, end) of the plain text stands in the original."""
        if start >= end or end > len(self.at):
            return (0, 0)
        return self.at[start], self.at[end - 1] + 1

    def sentences(self) -> list[Sentence]:
        """The sentences, short lines counting as sentences of their own."""
        found: list[Sentence] = []
        start = 0
        for mark in _TERMINATOR.finditer(self.text):
            self._add(found, start, mark.end(), mark.group())
            start = mark.end()
        self._add(found, start, len(self.text), "")
        return found

    def _add(self, found: list[Sentence], start: int, end: int, mark: str) -> None:
        """What never ends is cut into pieces, so that no pattern has long to look."""
        for piece in _PIECE.finditer(self.text, start, end):
            words = piece.group()
            if words.strip():
                asked = "?" in mark or "？" in mark or "¿" in words
                found.append(Sentence(words, piece.start(), piece.end(), asked))


def plain(text: str) -> Plain:
    """Fold a text for matching; wrapped lines of a mail are joined."""
    kept: list[str] = []
    at: list[int] = []
    for index, character in enumerate(text):
        if character in QUOTES:
            continue
        for letter in _fold(character):
            if letter.isspace():
                letter = "\n" if character == "\n" and _ends_here(text, index) else " "
                if not kept or kept[-1] == "\n" or kept[-1] == letter == " ":
                    continue
                if kept[-1] == " ":
                    kept[-1] = letter
                    continue
            kept.append(letter)
            at.append(index)
    return Plain("".join(kept), tuple(at))


def _fold(character: str) -> str:
    if character in "ёЁ":
        return "е"
    lowered = unicodedata.normalize("NFKC", character).lower()
    if "\u00c0" <= character <= "\u024f":
        return unicodedata.normalize("NFD", lowered)[:1]
    # Invisible marks hide words from every table; the emoji joiner goes with them.
    if unicodedata.category(character) in {"Cf", "Mn"}:
        return ""
    return lowered


def _ends_here(text: str, index: int) -> bool:
    """Whether a line break ends a thought: the line is short, or a new line starts afresh."""
    start = text.rfind("\n", 0, index) + 1
    following = text[index + 1 : index + 3]
    short = index - start < 50
    return short or not following.strip() or following[0] in "-*•\n\r"
