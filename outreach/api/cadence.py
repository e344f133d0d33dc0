"""The week as programs ask for it: connection requests and follow-ups, by hour and segment."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from crm.shares import MOST_SHARE
from outreach.api.access import ApiKeyAuth
from outreach.choices import Voice
from outreach.sequences import weekly
from outreach.sequences.cadence import (
    MOST_FOLLOW_UPS,
    MOST_REQUESTS,
    MOST_TOTAL,
    Cadence,
    Kind,
)
from outreach.sequences.waiting import people_waiting, shortages

READ = ApiKeyAuth("cadence:read", "outreach.view_weeklycadence")
FIRST_DAY, LAST_DAY = date(2000, 1, 3), date(2100, 1, 1)
Share = Annotated[float, Field(ge=0, le=float(MOST_SHARE), allow_inf_nan=False)]
router = Router(tags=["Cadence"])


class WeekIn(Schema):
    """What differs from the desk's own plan; everything may be left out.

    `target_followups` is the whole week's number, in place of requests × follow-ups per person.
    `shares` are any numbers: they are brought to 100 %.
    """

    week_start: date | None = Field(
        None, ge=FIRST_DAY, le=LAST_DAY, description="Any day of the week; this week if left out."
    )
    target_connection_requests: int | None = Field(None, ge=0, le=MOST_REQUESTS)
    target_followups: int | None = Field(None, ge=0, le=MOST_TOTAL)
    followups_per_person: int | None = Field(None, ge=0, le=MOST_FOLLOW_UPS)
    shares: dict[Voice, Share] | None = None


class SlotOut(Schema):
    """So many of one kind to one segment; `at` carries the desk's offset from UTC."""

    at: datetime
    segment: str
    kind: Kind
    count: int


class WeekOut(Schema):
    """The plan. `totals` are what the slots hold, `left_over` what did not fit, `reasons` why.

    `people` are those in each segment whom no sequence has taken in yet: whom requests can go to.
    """

    week_start: date
    time_zone: str
    shares: dict[str, float]
    totals: dict[str, int]
    left_over: dict[str, int]
    reasons: list[str]
    people: dict[str, int]
    slots: list[SlotOut]


@router.post(
    "/outreach/cadence/weekly", response=WeekOut, auth=READ, operation_id="plan_weekly_cadence"
)
def plan_week(request: HttpRequest, payload: WeekIn | None = None) -> dict[str, Any]:
    """The week's plan from the desk's targets and shares, or from those given; stores nothing.

    Every time lies within the house's hours and on no holiday. Scope `cadence:read`.
    """
    asked = payload or WeekIn.model_validate({})
    plan = weekly.plan_for(asked.week_start or timezone.localdate(), _cadence(asked))
    people = people_waiting()
    short = shortages(plan, people)
    data = weekly.plan_as_data(plan)
    return {**data, "people": people, "reasons": [*data["reasons"], *short]}


def _cadence(asked: WeekIn) -> Cadence:
    shares = None
    if asked.shares is not None:
        shares = {voice.value: Decimal(str(share)) for voice, share in asked.shares.items()}
    return weekly.with_wishes(
        weekly.current().cadence,
        requests=asked.target_connection_requests,
        each=asked.followups_per_person,
        follow_ups=asked.target_followups,
        shares=shares,
    )
