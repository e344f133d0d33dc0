"""Whose turn it is: who of us gets the next hot conversation, and when they may be rung. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Wall-clock hours in `zone` in which nobody is rung; they may run over midnight."""

    start: time
    end: time
    zone: str

    def until(self, now: datetime) -> datetime | None:
        """When the quiet hours that hold at `now` are over; None where none hold."""
        here = now.astimezone(ZoneInfo(self.zone))
        over_midnight = self.start > self.end
        clock = here.time().replace(tzinfo=None)
        if over_midnight:
            holds = clock >= self.start or clock < self.end
        else:
            holds = self.start <= clock < self.end
        if not holds:
            return None
        day = here.date() + timedelta(days=over_midnight and clock >= self.start)
        return datetime.combine(day, self.end, tzinfo=here.tzinfo).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class OnDuty:
    """One of us who takes conversations; `last_given_at` None for who never had one."""

    user_id: int
    last_given_at: datetime | None = None
    quiet: QuietHours | None = None

    def quiet_until(self, now: datetime) -> datetime | None:
        return self.quiet.until(now) if self.quiet else None


def next_in_turn(
    people: Sequence[OnDuty],
    now: datetime,
    *,
    first: int | None = None,
    not_these: Collection[int] = (),
) -> OnDuty | None:
    """Who gets it: `first` where they are on duty and awake, else who waited longest for one.

    Somebody awake goes before somebody in quiet hours; of those, who wakes first. None where
    everybody is in `not_these`.
    """
    left = [person for person in people if person.user_id not in not_these]
    if not left:
        return None
    awake = [person for person in left if person.quiet_until(now) is None]
    wanted = next((person for person in awake if person.user_id == first), None)
    if wanted is not None:
        return wanted
    if awake:
        return min(awake, key=lambda person: (person.last_given_at or LONG_AGO, person.user_id))
    return min(left, key=lambda person: (person.quiet_until(now), person.user_id))
