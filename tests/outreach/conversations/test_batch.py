"""Many replies at once are read as each would be alone, in order."""

from datetime import UTC, datetime

import pytest

from outreach.conversations.batch import classify_many
from outreach.conversations.case import Intent, ReplyCase

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
TEXTS = ["Yes, send the contract", "stop", "No thanks", "Who is this?"]
WANTED = [Intent.INTERESTED, Intent.OPT_OUT, Intent.NOT_INTERESTED, Intent.QUESTION]


@pytest.mark.parametrize("workers", [1, 2])
def test_the_order_of_the_cases_is_kept(workers: int) -> None:
    cases = [ReplyCase(text=text, received_at=NOW) for text in TEXTS]
    assert [reading.intent for reading in classify_many(cases, workers=workers)] == WANTED
