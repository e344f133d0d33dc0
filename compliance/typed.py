"""What somebody typed or an address says, read as what it should be: nothing breaks on the rest."""

from typing import TypeVar
from uuid import UUID

N = TypeVar("N", int, None)
DIGITS = 9  # fit every column that holds a whole number


def key_of(text: str | None) -> UUID | None:
    """The key of a row; None for what is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def number_of(text: str, otherwise: N, *, digits: int = DIGITS) -> int | N:
    """A whole number of so many plain digits; `otherwise` for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else otherwise
