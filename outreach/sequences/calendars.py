"""A person's calendar for planning: their clock, and the hours the law leaves to each channel."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from compliance.timing import TIMED, hours
from outreach.sequences.people import Person
from outreach.sequences.planning import FARTHEST, Calendar
from outreach.sequences.steps import Step

# Touches are drafted this long before they leave, so that people can read them in time.
AHEAD = timedelta(hours=24)


def calendar_for(person: Person, *, zone: str = "") -> Calendar:
    """The person's clock (or that of `zone`, an IANA name) with the gate's hours.

    Mail may go at any hour; what rings or buzzes keeps to the calling hours in force everywhere
    the person may be. A channel without any lawful hour is put beyond the planner's horizon.
    """

    def not_before(channel: str, moment: datetime) -> datetime:
        if channel not in TIMED:
            return moment
        answer = hours(moment, person.where)
        if answer.allowed:
            return moment
        return answer.not_before or moment + 2 * FARTHEST

    return Calendar(ZoneInfo(zone or person.zone), not_before)


def act_at(step: Step, at: datetime, *, wanted_until: datetime | None = None) -> datetime:
    """When the desk must look at a touch that leaves `at`: a day ahead, so that it can be read.

    What leaves before `wanted_until` somebody wants to read at once. What depends on facts (was
    it opened?) is drafted when its time has come.
    """
    if step.condition.waits_for_facts:
        return at
    ahead = AHEAD if wanted_until is None or at > wanted_until else FARTHEST
    return at - ahead
