"""Where the states of a week's people are stricter than the house: said beside the week's plan.

The plan knows no people, only numbers. Each text and call still keeps to its person's own hours.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from compliance import rulebook
from compliance.rules import calling_window
from compliance.rules.calling_window import FEDERAL, Rulebook
from outreach.choices import CANCELLABLE, UNDER_WAY, Direction
from outreach.models import Enrollment, Message
from outreach.sequences.cadence import monday_of
from outreach.sequences.planning import Calendar

HOUSE = frozenset({FEDERAL})


def load_states(day: date, zone: ZoneInfo) -> Counter[str]:
    """How many people with a touch in the week of `day` are in which US state ("FL"); one query.

    Who has no state on record is left out: their touches are judged by ZIP code and number.
    """
    calendar, monday = Calendar(zone), monday_of(day)
    begins = calendar.moment(monday, time())
    ends = calendar.moment(monday + timedelta(days=7), time())
    due = Message.objects.filter(
        direction=Direction.OUTBOUND, status__in=sorted(CANCELLABLE), due_at__gte=begins,
        due_at__lt=ends,
    )  # fmt: skip
    rows = (
        Enrollment.objects.filter(
            Q(next_touch_at__gte=begins, next_touch_at__lt=ends)
            | Q(pk__in=due.order_by().values("enrollment")),
            status__in=sorted(UNDER_WAY),
            contact__country__in=["", "US"],
        )
        .exclude(contact__state="")
        .order_by()
        .values_list("contact__state")
        .annotate(people=Count("contact", distinct=True))
    )
    found: Counter[str] = Counter()
    for state, people in rows:
        found[state.upper()] += people
    return found


def stricter(day: date, states: Iterable[str]) -> list[str]:
    """What those states take away from this day's hours, in words; [] where they take nothing."""
    noon = Calendar(ZoneInfo("UTC")).moment(day, time(12))
    return list(_in_words(_narrowed(day, states, rulebook.current(noon))))


def _narrowed(day: date, states: Iterable[str], book: Rulebook) -> Mapping[str, list[str]]:
    """States by what they say of the day; pure."""
    house = calling_window.hours_on(day, HOUSE, book)
    found: dict[str, list[str]] = defaultdict(list)
    if house is None:
        return found  # nothing leaves on this day anyway
    for state in sorted(states):
        where = HOUSE | {f"US-{state}"}
        hours = calling_window.hours_on(day, where, book)
        if hours is None:
            reason = calling_window.barred_by(day, where, book) or f"no {day:%A}s"
            found[f"closed, {reason}"].append(state)
        elif hours != house:
            found[f"{hours[0]:%H:%M} to {hours[1]:%H:%M} only"].append(state)
    return found


def _in_words(narrowed: Mapping[str, list[str]]) -> Iterable[str]:
    for words, states in narrowed.items():
        yield f"{', '.join(states)}: {words}"
