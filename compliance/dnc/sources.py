"""Whose list it is: the national registry's, a state's, or the desk's own."""

import re

from compliance.dnc.errors import DncRefused

NATIONAL, INTERNAL = "national", "internal"
STATE_PREFIX = "state:"
_SHAPE = re.compile(r"national|internal|state:[A-Z]{2}")
STATES = frozenset({
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID",
    "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO",
    "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA",
    "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "PR",
})  # fmt: skip


def read_source(text: str) -> str:
    """`national`, `internal` or `state:FL` as stored, from what was typed in any case."""
    word, _colon, state = text.strip().partition(":")
    source = f"{word.lower()}:{state.strip().upper()}" if state else word.lower()
    known_state = not source.startswith(STATE_PREFIX) or source[-2:] in STATES
    if _SHAPE.fullmatch(source) is None or not known_state:
        raise DncRefused(
            f"“{text}” is no list the desk knows: use national, internal, or a state as state:FL."
        )
    return source


def capital(words: str) -> str:
    """As they begin a sentence: “Our own do-not-call list”, “FL's do-not-call list”."""
    return words[0].upper() + words[1:]


def name_of(source: str) -> str:
    """How a sentence calls the list."""
    if source == NATIONAL:
        return "the national Do Not Call registry"
    if source == INTERNAL:
        return "our own do-not-call list"
    return f"{source.removeprefix(STATE_PREFIX)}'s do-not-call list"
