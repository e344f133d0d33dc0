"""Words and patterns to be looked for: checked when they are written, safe on any text."""

import re
from collections.abc import Callable, Sequence

import re2

LONGEST_PATTERN = 300
LONGEST_TEXT = 20_000  # characters looked at; research may quote whole pages
SHOWN = 80  # characters of what was found

Find = Callable[[str], str]


class BadPatternError(ValueError):
    """A pattern that cannot be used, with what to do about it."""


def keywords(words: Sequence[str]) -> Find:
    """Finds the first of the words as it stands in a text; whole words, in any case.

    An asterisk at a word's end stands for any ending: `foreclos*`.
    """
    parts = [
        re.escape(word.rstrip("*").strip()).replace(r"\ ", r"\s+")
        + (r"\w*" if word.endswith("*") else r"(?!\w)")
        for word in sorted(words, key=len, reverse=True)
    ]
    search = re.compile(r"(?<!\w)(?:" + "|".join(parts) + ")", re.IGNORECASE).search

    def find(text: str) -> str:
        found = search(text, 0, LONGEST_TEXT)
        return found.group()[:SHOWN] if found else ""

    return find


def pattern(text: str) -> Find:
    """Finds a regular expression, in any case; raises BadPatternError for what is none.

    RE2 reads in time that grows with the text alone, whatever the pattern: no pattern can hang.
    Looking ahead and back, and references to groups, are what it does without.
    """
    if len(text) > LONGEST_PATTERN:
        raise BadPatternError(f"it is longer than {LONGEST_PATTERN} characters; use keywords")
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    try:
        compiled = re2.compile(text, options)
    except re2.error as error:
        said = error.args[0] if error.args else ""
        words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        raise BadPatternError(
            f"{words}; write it without looking ahead, looking back or references to groups"
        ) from None
    if compiled.search(""):
        raise BadPatternError("it fits an empty text, and so everything")

    def find(value: str) -> str:
        found = compiled.search(value[:LONGEST_TEXT])
        return found.group()[:SHOWN] if found else ""

    return find
