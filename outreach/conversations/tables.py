"""Reads the tables of `words/`: how people say what they want, by language, intent and weight."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from outreach.conversations.case import Intent

CODES = ("en", "es", "ru")
_HEAD = re.compile(r"\[(?P<macro>= )?(?P<name>[a-z_]+)(?: (?P<value>[a-z]+|\d(?:\.\d)?))?\]$")
_MACRO = re.compile(r"\{([a-z]+)\}")
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Cue:
    """One family of phrases; `weight` 3 decides alone, 2 is strong, 1 is a hint."""

    intent: Intent
    weight: float
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language's ways: cues, and the word lists that the other readers need.

    `lists`: "denied" turns an interest round; "asks" begins a question; "meets" asks for a call
    or visit; "returns" asks to be written to later; "busy" is why not now; "hostile", "sour" and
    "glad" are tones. `objections` in order of precedence.
    """

    code: str
    cues: tuple[Cue, ...]
    lists: dict[str, re.Pattern[str]]
    objections: tuple[tuple[str, re.Pattern[str]], ...]

    def find(self, name: str, words: str) -> re.Match[str] | None:
        """The first phrase of a list in plain words."""
        return self.lists.get(name, _NEVER).search(words)


@cache
def tongues() -> tuple[Tongue, ...]:
    """Every language, compiled once; about half a second, paid by the first reply."""
    return tuple(_load(code) for code in CODES)


def heard(name: str, words: str) -> re.Match[str] | None:
    """The first phrase of a list in any language; the earliest counts."""
    found = [match for tongue in tongues() if (match := tongue.find(name, words))]
    return min(found, key=lambda match: match.start(), default=None)


def _load(code: str) -> Tongue:
    text = (Path(__file__).parent / "words" / f"{code}.txt").read_text(encoding="utf-8")
    macros: dict[str, str] = {}
    found: list[Cue] = []
    lists: dict[str, re.Pattern[str]] = {}
    against: list[tuple[str, re.Pattern[str]]] = []
    for head, lines in _sections(text):
        name, value = head["name"], head["value"]
        if head["macro"]:
            macros[name] = f"(?:{'|'.join(lines)})"
        elif name == "objection":
            against.append((value, _compile(lines, macros)))
        elif value:
            found.append(Cue(Intent(name), float(value), _compile(lines, macros)))
        else:
            lists[name] = _compile(lines, macros)
    return Tongue(code, tuple(found), lists, tuple(against))


def _sections(text: str) -> list[tuple[re.Match[str], list[str]]]:
    sections: list[tuple[re.Match[str], list[str]]] = []
    for line in text.splitlines():
        head = _HEAD.match(line)
        if head:
            sections.append((head, []))
        elif line.strip() and not line.startswith("#") and sections:
            sections[-1][1].append(line)
    return sections


def _compile(lines: list[str], macros: dict[str, str]) -> re.Pattern[str]:
    ways = _MACRO.sub(lambda match: macros[match.group(1)], "|".join(lines))
    return re.compile(rf"(?<![\w@])(?:{ways})(?![\w@])")


def read_lists(path: Path) -> dict[str, re.Pattern[str]]:
    """Plain lists of patterns by heading, without borders of words added."""
    found = {}
    for head, lines in _sections(path.read_text(encoding="utf-8")):
        name = f"{head['name']} {head['value']}" if head["value"] else head["name"]
        found[name] = re.compile("|".join(lines), re.DOTALL)
    return found
