"""The refusal every room of the do-not-call lists speaks."""


class DncRefused(Exception):
    """A file, a list or a number cannot be taken; the text says what is wrong and what to do."""


class AlreadyImported(DncRefused):
    """The very same file of the very same date is in already: an import run again ends here."""
