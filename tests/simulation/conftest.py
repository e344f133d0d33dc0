"""A world to live in: the mail server, the text provider and the clock of one test."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.simulation.clock import TurnedClock
from tests.simulation.log import Log
from tests.simulation.providers import Letters, text_provider
from tests.simulation.worker import settings_of_the_month
from tests.simulation.world import World
from tests.smtp_sink import running_sink

# Each holds a change of the clocks and holidays: two autumns' Thanksgiving, a spring's gap.
STARTS = (
    datetime(2026, 10, 28, 13, tzinfo=UTC),
    datetime(2027, 2, 14, 13, tzinfo=UTC),
    datetime(2027, 11, 1, 13, tzinfo=UTC),
)
MakeWorld = Callable[..., World]


@pytest.fixture
def make_world(ella: User, sam: User, settings: Any) -> Iterator[MakeWorld]:
    """`make_world(seed, size=…, kills=…, pace=…)`: one a test, its clock at the seed's start."""
    clock, log = TurnedClock(datetime.now(UTC)), Log()
    letters = Letters(clock.now, log.arrivals.append)
    texts = text_provider(clock.now, log.arrivals.append)
    with running_sink(letters):
        api = texts.start()
        for name, value in settings_of_the_month(letters.port, api).items():
            setattr(settings, name, value)

        def make(seed: int, **options: Any) -> World:
            clock.start_at(STARTS[seed % len(STARTS)])
            made = World(seed, clock, log, letters.port, api, ella, sam, **options)
            letters.answer = lambda _to, _count: made.meanwhile() or "250 taken"
            return made

        clock.install()
        logging.disable(logging.WARNING)  # some thousand lines about requests
        try:
            yield make
        finally:
            logging.disable(logging.NOTSET)
            clock.remove()
            texts.stop()
