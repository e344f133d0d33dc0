"""A clock at Tuesday, 1 December 2026, 8 in the morning in New York."""

from collections.abc import Iterator

import pytest

from compliance.rules import consented, do_not_call
from tests.outreach.sequences.clock import Clock


@pytest.fixture
def texts_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody signed for texts, and the do-not-call lists are fresh whatever the clock says."""
    monkeypatch.setattr(consented, "refusals", lambda *_args, **_options: [])
    monkeypatch.setattr(do_not_call, "refusals", lambda *_args, **_options: [])


@pytest.fixture
def clock() -> Iterator[Clock]:
    turned = Clock()
    yield turned
    turned.stop()
