"""Fixtures of compliance: the rulebook read from the test's own database."""

from collections.abc import Iterator

import pytest

from compliance import rulebook


@pytest.fixture
def live_rules(db: None) -> Iterator[None]:
    """The rulebook is read anew in this test, and what it read is not left to the next."""
    rulebook.forget()
    yield
    rulebook.forget()
