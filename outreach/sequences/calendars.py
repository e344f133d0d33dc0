"""A person's calendar for planning: their zone, and the hours the law leaves to each channel."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from outreach.sequences.planning import Calendar
from outreach.sequences.steps import Step

# Touches are drafted this long before they leave, so that people can read them in time.
AHEAD = timedelta(hours=24)
Gate = Callable[[str, datetime], datetime]


def calendar_for(zone: str, not_before: Gate | None = None) -> Calendar:
    """The calendar of somebody in this zone (an IANA name)."""
    clock = ZoneInfo(zone)
    return Calendar(clock, not_before) if not_before else Calendar(clock)


def act_at(step: Step, at: datetime) -> datetime:
    """When the desk must look at a touch that leaves `at`: a day ahead, so that it can be read.

    What depends on facts (was it opened?) is drafted when its time has come.
    """
    return at if step.condition.waits_for_facts else at - AHEAD
