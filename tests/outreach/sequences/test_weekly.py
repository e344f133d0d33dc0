"""The desk's own week: usual until set, one at a time, on record, within the house's hours."""

from datetime import date, time
from decimal import Decimal

import pytest

from compliance.models import AuditEntry
from outreach.errors import EditConflict, UnplannableWeek
from outreach.models import WeeklyCadence
from outreach.sequences import weekly
from outreach.sequences.cadence import Cadence, Kind, Rhythm, Targets

pytestmark = pytest.mark.django_db

OURS = Cadence(
    Targets(30, 3),
    {"referral_network": Decimal("12.5"), "home_owner": Decimal(1)},
    {
        Kind.CONNECTION_REQUEST: Rhythm((5,), (time(9, 30),)),
        Kind.FOLLOW_UP: Rhythm((2,), (time(11),)),
    },
)


def test_until_somebody_sets_it_the_usual_week_holds() -> None:
    assert weekly.current() == weekly.Agreed(Cadence())
    assert not WeeklyCadence.objects.exists()


def test_what_is_set_is_read_back_whole() -> None:
    agreed = weekly.set_cadence(OURS, version=0, actor="sam")
    assert weekly.current() == agreed
    assert (agreed.cadence, agreed.version, agreed.updated_by) == (OURS, 1, "sam")


def test_a_change_is_on_record_with_what_was_before() -> None:
    weekly.set_cadence(OURS, version=0, actor="sam")
    weekly.set_cadence(Cadence(), version=1, actor="ada")
    entry = AuditEntry.objects.filter(action="cadence.set").order_by("pk").last()
    assert entry is not None
    assert (entry.actor, entry.data["version"]) == ("ada", 2)
    assert entry.data["before"] == weekly.as_data(OURS)
    assert entry.data["after"]["connection_requests"] == 40


@pytest.mark.parametrize("version", [0, 2])
def test_who_read_another_plan_overwrites_nothing(version: int) -> None:
    weekly.set_cadence(OURS, version=0, actor="sam")
    with pytest.raises(EditConflict, match="sam changed the plan") as conflict:
        weekly.set_cadence(Cadence(), version=version, actor="ada")
    assert (conflict.value.version, conflict.value.theirs["connection_requests"]) == (1, 30)
    assert weekly.current().cadence == OURS


def test_what_cannot_be_planned_is_not_stored() -> None:
    with pytest.raises(UnplannableWeek):
        weekly.set_cadence(Cadence(Targets(-1)), version=0, actor="sam")
    assert not WeeklyCadence.objects.exists()
    assert not AuditEntry.objects.filter(action="cadence.set").exists()


def test_thanksgiving_is_left_out_and_named() -> None:
    thanksgiving = date(2026, 11, 26)
    plan = weekly.plan_for(thanksgiving, Cadence())
    zone = weekly.desk_zone()
    assert thanksgiving not in {slot.at.astimezone(zone).date() for slot in plan.slots}
    assert plan.totals == {Kind.CONNECTION_REQUEST: 40, Kind.FOLLOW_UP: 80}
    assert "Thanksgiving" in weekly.closed_because(thanksgiving)
    assert weekly.closed_because(date(2026, 11, 25)) == ""


def test_an_hour_before_the_house_opens_waits_for_it() -> None:
    early = Rhythm((0,), (time(6),))
    plan = weekly.plan_for(date(2026, 9, 14), Cadence(rhythms=dict.fromkeys(Kind, early)))
    assert {f"{slot.at.astimezone(weekly.desk_zone()):%a %H:%M}" for slot in plan.slots} == {
        "Mon 09:00"
    }
