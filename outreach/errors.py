"""Refusals the rooms of outreach raise: each says what happened and what to do next."""

from typing import Any


class OutreachError(Exception):
    """An expected refusal; its text is meant for a person."""


class NotAllowedNow(OutreachError):
    """The row's state does not permit the act (already sent, cancelled, held …)."""


class EditConflict(OutreachError):
    """Somebody else changed the content since it was read; carries both versions."""

    def __init__(self, message: str, *, theirs: dict[str, Any], version: int) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.version = version


class BudgetExceeded(OutreachError):
    """A limit of the campaign (contacts, follow-ups, negotiation rounds) is used up."""


class NothingToSend(OutreachError):
    """There is no vendor, address or text to work with."""


class UnplannableWeek(OutreachError):
    """Targets, shares or times from which no week can be planned."""
