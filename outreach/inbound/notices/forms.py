"""Reads the tables of forms and phrases that stand beside this file, compiled once. Pure."""

import re
from functools import cache
from pathlib import Path

TABLES = Path(__file__).with_name("tables")
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u200b": ""})


def plain(text: str) -> str:
    """Single spaces, straight quotes, no soft line ends: what the tables are written for."""
    return " ".join(text.translate(_STRAIGHT).split())


def says(form: str, text: str) -> str:
    """The words of `text` (as `plain` gives it) that have this form; "" when it has not."""
    found = forms()[form].search(text)
    return found.group().strip() if found else ""


@cache
def forms() -> dict[str, re.Pattern[str]]:
    """Every form by its name."""
    return {name: _either(lines) for name, lines in _sections("forms.txt").items()}


@cache
def phrases() -> list[tuple[str, re.Pattern[str]]]:
    """(cause, what servers say for it), in the order in which they are to be asked."""
    return [(cause, _either(lines)) for cause, lines in _sections("phrases.txt").items()]


def _either(lines: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE)


def _sections(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (TABLES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and re.fullmatch(r"\[[a-z_ ]+\]", line):
            lines = found.setdefault(line[1:-1], [])
        elif line.strip() and not line.startswith("#"):
            lines.append(line)
    return found
