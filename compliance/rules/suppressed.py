"""Nothing is sent to a person who asked us to stop, on any of their addresses."""

from collections.abc import Mapping, Sequence

from compliance import suppression
from compliance.choices import SuppressionReason
from compliance.models import Suppression


def refusals(
    person: Sequence[tuple[str, str]], found: Mapping[str, Suppression], *, to: str
) -> list[str]:
    """Reasons from the suppression list for any of the person's (kind, address) pairs.

    `to` is the address written to: that mail bounces at another one says nothing about it.
    """
    return [
        f"{address} is suppressed since {row.received_at:%d %b %Y}: "
        f"{row.get_reason_display().lower()} ({row.source})."
        for address, row in standing(person, found, to=to)
    ]


def standing(
    person: Sequence[tuple[str, str]], found: Mapping[str, Suppression], *, to: str
) -> list[tuple[str, Suppression]]:
    """Each of the person's addresses that keeps mail from going to `to`, with what stops it."""
    rows = []
    for kind, address in person:
        row = found.get(suppression.normalise(kind, address))
        elsewhere = address != to
        if row is not None and not (elsewhere and row.reason == SuppressionReason.HARD_BOUNCE):
            rows.append((address, row))
    return rows
