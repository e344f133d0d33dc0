"""Nothing is sent to a person who asked us to stop, on any of their addresses."""

from collections.abc import Mapping, Sequence

from compliance import suppression
from compliance.models import Suppression


def refusals(person: Sequence[tuple[str, str]], found: Mapping[str, Suppression]) -> list[str]:
    """Reasons from the suppression list for any of the person's (kind, address) pairs."""
    reasons = []
    for kind, address in person:
        row = found.get(suppression.normalise(kind, address))
        if row is not None:
            reasons.append(
                f"{address} is suppressed since {row.received_at:%d %b %Y}: "
                f"{row.get_reason_display().lower()} ({row.source})."
            )
    return reasons
