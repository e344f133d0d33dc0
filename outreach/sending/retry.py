"""When a message that could not be handed over is tried again: growing waits, bounded tries."""

import random
from datetime import datetime, timedelta

MAX_ATTEMPTS = 6
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
MAILBOX_WAIT = timedelta(seconds=60)


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after `attempts` tries, with up to 20% jitter; None: no more."""
    if attempts >= MAX_ATTEMPTS:
        return None
    wait = min(FIRST_WAIT * 4 ** max(0, attempts - 1), LONGEST_WAIT)
    return now + wait * random.uniform(1.0, 1.2)
