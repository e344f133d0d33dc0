"""What research found about somebody: shown as lines, and changed line by line. Pure."""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

BY_HAND = "by hand"  # the source of what somebody adds on a page
MOST_LINES = 200  # more than that nobody edits line by line
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: where it stands, under which headings, and what it says."""

    path: Path
    heading: str
    name: str
    text: str


def lines_of(found: Any) -> list[Line]:
    """Every value that is no collection, in its order, under the keys that lead to it."""
    return [_line(path, value) for path, value in _leaves(found, ())]


def changed(found: dict[str, Any], texts: Sequence[tuple[Path, str]]) -> dict[str, Any]:
    """The findings with these texts in their places; an emptied one is gone.

    What reads as it did keeps its value and type. Raises LookupError for a place that is not there.
    """
    told = copy.deepcopy(found)
    emptied: list[Path] = []
    for path, text in texts:
        before = _at(told, path)
        if isinstance(before, dict | list):
            raise LookupError(f"{path} is no line.")
        if text == _text(before):
            continue
        if not text.strip():
            emptied.append(path)
        else:
            _at(told, path[:-1])[path[-1]] = _typed(text, before)
    for path in reversed(emptied):  # the last of a list first, so that the others keep their places
        del _at(told, path[:-1])[path[-1]]
    return told


def added(found: dict[str, Any], name: str, text: str) -> dict[str, Any]:
    """The findings with one more, under BY_HAND."""
    own = found.get(BY_HAND)
    return {**found, BY_HAND: {**(own if isinstance(own, dict) else {}), name: text}}


def _leaves(found: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(found, dict):
        for key, value in found.items():
            yield from _leaves(value, (*path, str(key)))
    elif isinstance(found, list):
        for number, value in enumerate(found):
            yield from _leaves(value, (*path, number))
    else:
        yield path, found


def _line(path: Path, value: Any) -> Line:
    words = [_words(step) for step in path]
    name = words.pop() if words else ""
    if words and isinstance(path[-1], int):  # the parts of a list stand under the list's name
        name = f"{words.pop()} {name}"
    return Line(path, " › ".join(words), name, _text(value))


def _words(step: str | int) -> str:
    if isinstance(step, int):
        return str(step + 1)
    return step.replace("_", " ").strip().capitalize() if step.islower() else step


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _typed(text: str, before: Any) -> Any:
    if isinstance(before, bool):
        return {"yes": True, "no": False}.get(text.strip().lower(), text)
    if isinstance(before, int | float):
        try:
            return type(before)(text)
        except ValueError:
            return text
    return text


def _at(found: Any, path: Path) -> Any:
    for step in path:
        try:
            found = found[step]
        except (TypeError, KeyError, IndexError) as error:
            raise LookupError(f"There is nothing at {path}.") from error
    return found
