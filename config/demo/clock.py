"""The demo's clock: turned forward, every process of the demo lives later.

A drip of three weeks can't be watched in real time. The clock's lead over the real one stands in
a file that the demo's processes share; it only ever grows, as time does. Outside the demo there is
no such clock.
"""

import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

STEP = timedelta(hours=3)
STEP_SECONDS = 0.08
MOST_AHEAD = timedelta(days=366)
_seen: tuple[float, dict[str, float]] | None = None


class TooFarError(Exception):
    """The demo's clock would leave the year it is good for."""


def _file() -> Path:
    return Path(settings.VAR_DIR) / "demo" / "clock.json"


def install() -> None:
    """Let this process live by the demo's clock. Django's own code asks the same function."""
    timezone.now = now


def now() -> datetime:
    """The demo's time, aware, in UTC."""
    return datetime.now(UTC) + ahead()


def ahead() -> timedelta:
    """How far the demo is ahead of the real time."""
    return timedelta(seconds=_state()["ahead"])


def playing() -> bool:
    """Whether the clock is running fast at this moment."""
    return now().timestamp() < _state()["play_until"]


def turn(by: timedelta) -> timedelta:
    """Turn the clock forward; returns how far ahead it is now. TooFarError beyond a year."""
    if by <= timedelta():
        raise ValueError("Time only goes forward.")
    state = _state()
    if state["ahead"] + by.total_seconds() > MOST_AHEAD.total_seconds():
        raise TooFarError(
            "The demo can be a year ahead at most; `manage.py demo --reset` starts over."
        )
    state["ahead"] += by.total_seconds()
    _write(state)
    return ahead()


def play(days: int) -> None:
    """Run fast until so many days have passed; `keep_playing` in the town does the turning."""
    if not 0 < days <= 60:
        raise ValueError("Play between 1 and 60 days.")
    _write({**_state(), "play_until": now().timestamp() + days * 86400})


def halt() -> None:
    """Stop running fast; the time reached stays."""
    _write({**_state(), "play_until": 0.0})


def keep_playing(
    wake: Callable[[], object],
    *,
    running: Callable[[], bool],
    ready: Callable[[], bool] = lambda: True,
    step: Callable[[], timedelta] = lambda: STEP,
) -> None:
    """While `running`, turn the clock by `step` whenever it is told to play and all are `ready`.

    `wake` is called after each step, so that the worker looks at what is due by then.
    """
    while running():
        if playing() and ready():
            try:
                turn(step())
                wake()
            except TooFarError:
                halt()
        time.sleep(STEP_SECONDS)


def start_over() -> None:
    """Back to the real time, for an empty database."""
    _file().unlink(missing_ok=True)


def _state() -> dict[str, float]:
    """What the file says, read again only when it changed."""
    global _seen
    try:
        changed = os.stat(_file()).st_mtime_ns
    except FileNotFoundError:
        return {"ahead": 0.0, "play_until": 0.0}
    if _seen is None or _seen[0] != changed:
        _seen = (changed, json.loads(_file().read_text()))
    return dict(_seen[1])


def _write(state: dict[str, float]) -> None:
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(state))
    fresh.replace(file)  # in one step: no process reads half a file
