"""Refusals the rooms of quotes raise: each says what happened and what to do next."""

from outreach.errors import OutreachError


class QuoteError(OutreachError):
    """An expected refusal; its text is meant for a person."""


class ReviewConflictError(QuoteError):
    """Somebody else changed the quote since it was read."""

    def __init__(self, message: str, *, version: int) -> None:
        super().__init__(message)
        self.version = version


class InvalidQuoteError(QuoteError):
    """Values that make no quote; `problems` maps a value's name to what is wrong with it."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems
