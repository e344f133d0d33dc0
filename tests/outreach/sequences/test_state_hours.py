"""What the states of a week's people allow less than the house is said, day by day."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from compliance import rulebook
from compliance.models import CallingRuleVersion
from crm.models import Contact
from outreach.sequences.state_hours import load_states, stricter
from tests.outreach.sequences.test_agenda import NEW_YORK, TUESDAY, drip, due, enroll

pytestmark = pytest.mark.django_db
ROSA_PARKS = date(2026, 12, 1)


def test_a_states_holiday_closes_its_day_and_nobody_elses() -> None:
    assert stricter(ROSA_PARKS, ["FL", "AL"]) == ["AL: closed, Rosa Parks Day (US-AL)"]
    assert stricter(ROSA_PARKS + timedelta(days=1), ["FL", "AL"]) == []


def test_a_day_on_which_nothing_leaves_anyway_says_nothing_more() -> None:
    assert stricter(date(2026, 12, 25), ["AL"]) == []
    assert stricter(date(2026, 12, 6), ["AL", "TX"]) == [], "a Sunday"


def test_hours_that_end_earlier_than_the_houses_are_told_with_every_state_of_them(
    narrower_states: list[str],
) -> None:
    [words] = stricter(date(2026, 12, 2), narrower_states)
    assert words.startswith(", ".join(narrower_states) + ": ")
    assert words.endswith(" only")


def test_a_state_nobody_knows_has_no_hours_of_its_own() -> None:
    assert stricter(date(2026, 12, 2), ["ZZ"]) == []


def test_people_count_once_in_the_state_on_record() -> None:
    campaign = drip()
    messages = due(campaign, 2)
    enroll(campaign, 1, next_touch_at=TUESDAY + timedelta(days=2))
    enroll(campaign, 1, next_touch_at=TUESDAY + timedelta(days=9))
    enroll(campaign, 1, next_touch_at=TUESDAY, status="stopped")
    Contact.objects.update(state="FL")
    one, other = (message.enrollment.contact_id for message in messages if message.enrollment)
    Contact.objects.filter(pk=one).update(state="fl")
    assert load_states(TUESDAY.date(), NEW_YORK) == {"FL": 3}
    Contact.objects.filter(pk=other).update(country="MX")
    assert load_states(TUESDAY.date(), NEW_YORK) == {"FL": 2}


@pytest.fixture
def narrower_states() -> Iterator[list[str]]:
    """Two states whose law closes at the same hour before the house does."""
    states = ["AL", "FL"]
    CallingRuleVersion.objects.filter(jurisdiction__in=[f"US-{state}" for state in states]).update(
        closes="18:00"
    )
    rulebook.forget()
    yield states
    rulebook.forget()
