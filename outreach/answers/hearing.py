"""Wakes the worker when an answer is wanted; what it misses, the next minute finds."""

from typing import Any

from compliance.waking import wake


def draft_soon(sender: object, **_signal: Any) -> None:
    """Hears `outreach.signals.answer_wanted`, after its commit."""
    wake("outreach.tasks.draft_answers")
