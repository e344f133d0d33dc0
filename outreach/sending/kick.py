"""Wakes the dispatcher right after an approval; what it misses, the next tick finds."""

from compliance.waking import wake


def kick() -> None:
    """Queue one dispatch."""
    wake("outreach.tasks.dispatch_due")
