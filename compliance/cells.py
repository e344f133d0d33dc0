"""One cell of an imported row as a value: a word of ours, a moment, a yes or no."""

from datetime import UTC, datetime

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

YES = frozenset({"yes", "true", "1", "y"})
NO = frozenset({"no", "false", "0", "n", ""})


class BadRowError(Exception):
    """A row that cannot be taken in, with the reason."""


def word(cells: dict[str, str], column: str, choices: type[TextChoices], default: str) -> str:
    """One of the choices' values, or the default for an empty cell."""
    text = cells.get(column, "").strip().lower() or str(default)
    if text not in choices.values:
        allowed = ", ".join(choices.values)
        raise BadRowError(f"“{text[:40]}” is no {column}; use one of: {allowed}.")
    return text


def moment(text: str, now: datetime) -> datetime:
    """A moment not in the future; without a zone it is UTC, a day is its start, empty is now."""
    if not text:
        return now
    try:
        found = parse_datetime(text)
        day = None if found else parse_date(text)
    except ValueError:
        found = day = None
    if found is None and day is not None:
        found = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if found is None:
        raise BadRowError(f"“{text[:40]}” is no moment; write it like 2026-11-20T15:04:00Z.")
    if timezone.is_naive(found):
        found = found.replace(tzinfo=UTC)
    if found > now:
        raise BadRowError(f"“{text[:40]}” is in the future.")
    return found


def yes(cells: dict[str, str], column: str) -> bool:
    """Yes or no; empty is no."""
    text = cells.get(column, "").strip().lower()
    if text not in YES | NO:
        raise BadRowError(f"“{text[:40]}” in {column} is neither yes nor no.")
    return text in YES
