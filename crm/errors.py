"""Refusals the rooms of crm raise: each says what happened and what to do next."""


class CrmError(Exception):
    """An expected refusal; its text is meant for a person."""


class BadAddressError(CrmError):
    """An address that cannot be one, with the reason."""


class NoAddressError(CrmError):
    """A vendor nobody could write to or call."""
