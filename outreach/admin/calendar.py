"""The calendar: a week of the desk, what is planned and what is really due; and the plan's form."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance.admin import asked
from compliance.typed import number_of
from outreach.actors import name_of
from outreach.admin import cadence_form, doors
from outreach.choices import Voice
from outreach.errors import EditConflict, UnplannableWeek
from outreach.sequences import weekly
from outreach.sequences.agenda import OTHER, Entry, What, load_agenda
from outreach.sequences.cadence import Kind, WeekPlan, monday_of
from outreach.sequences.state_hours import load_states, stricter
from outreach.sequences.waiting import people_waiting, shortages

VIEW = "outreach.view_weeklycadence"
CHANGE = "outreach.change_weeklycadence"
WEEK = timedelta(days=7)
FIRST_YEAR, LAST_YEAR = 2000, 2100
DAY_BEGINS, DAY_ENDS = 9, 18  # the hours that are always shown
LABELS = {**dict(Voice.choices), OTHER: "Other"}
SHORT = {Kind.CONNECTION_REQUEST: "requests", Kind.FOLLOW_UP: "follow-ups"}
WORDS = {What.DUE: "due", What.SENT: "sent", What.MOVES_ON: "move on"}


@dataclass(frozen=True, slots=True)
class Chip:
    """One coloured line in an hour: `what` names its look (planned, due, sent, moves_on)."""

    segment: str
    what: str
    count: int
    words: str
    held: int = 0

    @property
    def label(self) -> str:
        """The segment's name."""
        return LABELS.get(self.segment, self.segment)


@dataclass(slots=True)
class Hour:
    """What stands in one hour of one day; `row` is its line in the grid."""

    at: int
    row: int
    chips: list[Chip] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Day:
    """One column; `closed` names the holiday, `column` its place in the grid, `stricter` what
    states of the week's people allow less than the house."""

    day: date
    column: int
    closed: str
    stricter: list[str]
    today: bool
    hours: list[Hour]

    @property
    def busy(self) -> bool:
        """Whether anything stands in it."""
        return any(hour.chips for hour in self.hours)


@require_safe
def calendar_page(request: HttpRequest) -> HttpResponse:
    """One week, and beside it the numbers it is planned from."""
    doors.require(request, VIEW)
    asked.only(request, "week")
    week = request.GET.get("week", "")
    if week and _day(week) is None:
        asked.refuse(request, "week", week, "Ask for a day of it, such as 2026-03-09.")
    monday = _monday(week)
    agreed = weekly.current()
    return _page(request, monday, agreed, cadence_form.fields_of(agreed.cadence))


@doors.posts
def try_plan(request: HttpRequest) -> HttpResponse:
    """What the numbers typed so far come to; stores nothing."""
    doors.require(request, VIEW)
    monday = _monday(request.POST.get("week", ""))
    try:
        plan = weekly.plan_for(monday, cadence_form.read(request.POST))
    except UnplannableWeek as refusal:
        return doors.fragment(request, "admin/outreach/calendar/tried.html", problem=refusal)
    return doors.fragment(request, "admin/outreach/calendar/tried.html", tried=True, **_tried(plan))


@doors.posts
def set_plan(request: HttpRequest) -> HttpResponse:
    """Make the numbers typed the desk's plan."""
    person = doors.require(request, CHANGE)
    monday = _monday(request.POST.get("week", ""))
    version = number_of(request.POST.get("version", ""), 0)
    try:
        cadence = cadence_form.read(request.POST)
        weekly.set_cadence(cadence, version=version, actor=name_of(person))
    except (UnplannableWeek, EditConflict) as refusal:
        # What was typed is kept; it stands beside the plan that holds now.
        form = {**cadence_form.as_typed(request.POST), "problem": str(refusal)}
        return _page(request, monday, weekly.current(), form)
    notices.success(request, "The plan is set.")
    answer = redirect("admin:outreach_calendar")
    answer["Location"] += f"?week={monday.isoformat()}"
    return answer


def _page(
    request: HttpRequest, monday: date, agreed: weekly.Agreed, form: dict[str, Any]
) -> HttpResponse:
    plan = weekly.plan_for(monday, agreed.cadence)
    agenda = load_agenda(monday, weekly.desk_zone())
    hours = _hours(plan, agenda)
    shown = {slot.segment for slot in plan.slots} | {entry.segment for entry in agenda}
    states = load_states(monday, weekly.desk_zone())
    days = _days(monday, hours, plan, agenda, states)
    return doors.page(
        request, "admin/outreach/calendar/page.html", "Calendar",
        monday=monday, sunday=monday + timedelta(days=6),
        this_week=monday_of(timezone.localdate()), before=monday - WEEK, after=monday + WEEK,
        zone=weekly.desk_zone().key, hours=[(at, n + 2) for n, at in enumerate(hours)],
        days=days, stricter=any(day.stricter for day in days), states=sorted(states.items()),
        nothing_due=not agenda,
        legend=[(segment, label) for segment, label in LABELS.items() if segment in shown],
        held=sum(entry.held for entry in agenda), agreed=agreed, plan=plan,
        short=shortages(plan, people_waiting()),
        may_change=request.user.has_perm(CHANGE),  # type: ignore[union-attr]
        **_tried(plan), **form,
    )  # fmt: skip


def _monday(text: str) -> date:
    """The Monday of the week asked for; this week where the words are no day we plan for."""
    return monday_of(_day(text) or timezone.localdate())


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _hours(plan: WeekPlan, agenda: Iterable[Entry]) -> list[int]:
    """The rows: the working day, longer where something stands outside it."""
    zone = weekly.desk_zone()
    used = {slot.at.astimezone(zone).hour for slot in plan.slots}
    used |= {entry.hour.hour for entry in agenda} | {DAY_BEGINS, DAY_ENDS - 1}
    return list(range(min(used), max(used) + 1))


def _days(
    monday: date,
    hours: list[int],
    plan: WeekPlan,
    agenda: Iterable[Entry],
    states: Iterable[str],
) -> list[Day]:
    chips = _chips(plan, agenda)
    today = timezone.localdate()
    return [
        Day(
            day, number + 2, weekly.closed_because(day), stricter(day, states), day == today,
            [Hour(at, n + 2, chips.get((day, at), [])) for n, at in enumerate(hours)],
        )
        for number in range(7)
        for day in [monday + timedelta(days=number)]
    ]  # fmt: skip


def _chips(plan: WeekPlan, agenda: Iterable[Entry]) -> dict[tuple[date, int], list[Chip]]:
    """By day and hour: what is planned first, then what is real."""
    found: dict[tuple[date, int], list[Chip]] = defaultdict(list)
    zone = weekly.desk_zone()
    for slot in plan.slots:
        local = slot.at.astimezone(zone)
        words = SHORT[slot.kind] if not local.minute else f"{SHORT[slot.kind]} at {local:%H:%M}"
        found[_place(local)].append(Chip(slot.segment, "planned", slot.count, words))
    now = timezone.now()
    sums: dict[tuple[datetime, What, str], list[int]] = defaultdict(lambda: [0, 0])
    for entry in agenda:
        both = sums[entry.hour, entry.what, entry.segment]
        both[0], both[1] = both[0] + entry.count, both[1] + entry.held
    for (hour, what, segment), (count, held) in sums.items():
        late = what is What.DUE and hour + timedelta(hours=1) <= now
        words = "overdue" if late else WORDS[what]
        found[_place(hour)].append(Chip(segment, what, count, words, held))
    return found


def _place(local: datetime) -> tuple[date, int]:
    return local.date(), local.hour


def _tried(plan: WeekPlan) -> dict[str, Any]:
    """The plan's numbers in words, for the line under the form."""
    return {
        "percentages": [(name, LABELS[name], share) for name, share in plan.shares.items()],
        "totals": [(kind.words, total) for kind, total in plan.totals.items()],
        "reasons": plan.reasons,
    }
