"""A value read from a text, with the words it was read from."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """`value` as read from `text[start:end]`; `note` says what was assumed, in words."""

    value: T
    start: int
    end: int
    note: str = ""

    def overlaps(self, other: "Found[Any]") -> bool:
        """Whether both were read from some of the same characters."""
        return self.start < other.end and other.start < self.end
