"""Refusals the rooms of crm raise: each says what happened and what to do next."""

from typing import Any


class CrmError(Exception):
    """An expected refusal; its text is meant for a person."""


class BadAddressError(CrmError):
    """An address that cannot be one, with the reason."""


class NoAddressError(CrmError):
    """A vendor nobody could write to or call."""


class SharedNumberError(CrmError):
    """A tax id or registration number that another company has: in which field, and which."""

    def __init__(self, words: str, *, column: str, value: str) -> None:
        super().__init__(words)
        self.column, self.value = column, value


class NotPossibleError(CrmError):
    """The row's state does not permit the act (archived, name taken …)."""


class EditConflictError(CrmError):
    """Somebody else wrote a version since this one was read; carries theirs."""

    def __init__(self, message: str, *, theirs: Any, version: int) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.version = version
