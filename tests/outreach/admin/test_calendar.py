"""The calendar page: what is planned beside what is due, and the plan's form."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from crm.models import Contact
from outreach.models import WeeklyCadence
from outreach.sequences import weekly
from outreach.sequences.cadence import Cadence
from tests.outreach.sequences.test_agenda import TUESDAY, drip, due

ClientOf = Callable[[User], Client]
PAGE, TRY, SET = "/admin/calendar/", "/admin/calendar/try/", "/admin/calendar/plan/"
WEEK = {"week": "2026-09-15"}
FORM = {
    **WEEK,
    "version": "0",
    "connection_requests": "35",
    "follow_ups_per_person": "3",
    "share_referral_network": "50",
    "share_thought_leadership": "50",
    "share_stealth_founder": "25",
    "days_connection_request": ["0", "4"],
    "times_connection_request": "09:00, 14:00",
    "days_follow_up": ["2"],
    "times_follow_up": "11:00",
}


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_plan_and_reality_stand_in_the_same_hour(ann: User, client_of: ClientOf) -> None:
    due(drip("home_owner"), 7)
    page = client_of(ann).get(PAGE, WEEK)
    tuesday = page.context["days"][1]
    nine = next(hour for hour in tuesday.hours if hour.at == 9)
    assert [(chip.what, chip.segment) for chip in nine.chips] == [
        ("planned", "referral_network"),
        ("planned", "thought_leadership"),
        ("due", "home_owner"),
    ]
    assert nine.chips[-1].count == 7
    assert "<b>7</b>" in text_of(page)


def test_what_should_have_left_is_called_overdue(ann: User, client_of: ClientOf) -> None:
    due(drip(), due_at=TUESDAY.replace(year=2025))
    assert "overdue" in text_of(client_of(ann).get(PAGE, {"week": "2025-09-15"}))


def test_the_legend_names_the_segments_that_are_shown(ann: User, client_of: ClientOf) -> None:
    due(drip("home_owner"))
    shown = [label for _name, label in client_of(ann).get(PAGE, WEEK).context["legend"]]
    assert shown == ["Referral network", "Thought leadership", "Stealth founder", "Home owner"]


def test_a_holiday_is_named_over_its_day(ann: User, client_of: ClientOf) -> None:
    page = text_of(client_of(ann).get(PAGE, {"week": "2026-11-26"}))
    assert "Thanksgiving" in page
    assert "the other times take them over" in page


def test_weeks_lead_to_one_another(ann: User, client_of: ClientOf) -> None:
    page = text_of(client_of(ann).get(PAGE, WEEK))
    assert "?week=2026-09-07" in page
    assert "?week=2026-09-21" in page


@pytest.mark.parametrize("week", ["", "soon", "9999-12-31", "0001-01-01", "2026-13-01"])
def test_a_week_that_is_none_shows_this_week(week: str, ann: User, client_of: ClientOf) -> None:
    page = client_of(ann).get(PAGE, {"week": week})
    assert page.context["monday"] == page.context["this_week"]


def test_a_state_that_allows_less_says_so_over_its_day(ann: User, client_of: ClientOf) -> None:
    due(drip("home_owner"), 3, due_at=TUESDAY.replace(month=12, day=1))
    Contact.objects.update(state="AL", country="US")
    page = text_of(client_of(ann).get(PAGE, {"week": "2026-12-01"}))
    assert "3 in AL" in page
    assert "<small>AL: closed, Rosa Parks Day (US-AL)</small>" in page
    assert page.count("Rosa Parks") == 1


def test_an_empty_week_says_what_to_do(sam: User, client_of: ClientOf) -> None:
    page = text_of(client_of(sam).get(PAGE, WEEK))
    assert "Nothing is due in this week" in page
    assert "Nobody has set the week’s plan yet" in page
    assert "Set the plan below" in page


def test_the_page_takes_the_same_queries_however_full(
    ann: User, client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    browser = client_of(ann)
    browser.get(PAGE, WEEK)
    for voice in ("referral_network", "home_owner", ""):
        due(drip(voice), 10)
    # Session and person, their permissions twice, the badges, the cadence, the agenda's three,
    # the states of its people, whom each voice could still go to.
    with django_assert_max_num_queries(14):
        browser.get(PAGE, WEEK)


def test_percentages_follow_what_is_typed_and_nothing_is_stored(
    sam: User, client_of: ClientOf
) -> None:
    shown = text_of(client_of(sam).post(TRY, FORM))
    for words in ("Referral network <b>40", "Stealth founder <b>20", "<b>35</b> connection"):
        assert words in shown
    assert "<b>105</b> follow-ups" in shown
    assert not WeeklyCadence.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("share_stealth_founder", "-3", "The share of stealth founder is -3"),
        ("share_stealth_founder", "lots", "“lots” is not a number"),
        ("connection_requests", "-1", "“-1” is not a number of connection requests"),
        ("connection_requests", "500", "choose 0 to 200"),
        ("connection_requests", "9" * 5000, "is not a number of connection requests"),
        ("times_follow_up", "noon", "write it as 09:00"),
        ("days_follow_up", [], "at least one day and one time for follow-ups"),
    ],
)
def test_what_cannot_be_planned_is_said_and_kept_as_typed(
    field: str, value: Any, says: str, sam: User, client_of: ClientOf
) -> None:
    browser = client_of(sam)
    form = {**FORM, field: value}
    assert says in text_of(browser.post(TRY, form))
    refused = text_of(browser.post(SET, form))
    assert says in refused
    assert 'name="follow_ups_per_person" min="0" max="10" required value="3"' in refused
    assert not WeeklyCadence.objects.exists()


def test_staff_set_the_plan(sam: User, client_of: ClientOf) -> None:
    answer = client_of(sam).post(SET, FORM, follow=True)
    assert answer.redirect_chain == [("/admin/calendar/?week=2026-09-14", 302)]
    agreed = weekly.current()
    assert (agreed.updated_by, agreed.cadence.targets.connection_requests) == ("sam", 35)
    assert "Set by sam" in text_of(answer)


def test_the_second_of_two_editors_sees_the_first_s_plan(sam: User, client_of: ClientOf) -> None:
    weekly.set_cadence(Cadence(), version=0, actor="ada")
    answer = text_of(client_of(sam).post(SET, FORM))
    assert "ada changed the plan meanwhile" in answer
    assert weekly.current().updated_by == "ada"


def test_others_read_and_change_nothing(ella: User, ann: User, client_of: ClientOf) -> None:
    for person in (ella, ann):
        browser = client_of(person)
        page = text_of(browser.get(PAGE, WEEK))
        assert "Set the plan" not in page
        assert "47.6 %" in page
        assert browser.post(SET, FORM).status_code == 403
    assert not WeeklyCadence.objects.exists()


def test_only_a_post_acts(sam: User, client_of: ClientOf) -> None:
    assert client_of(sam).get(SET).status_code == 405


def test_the_sidebar_leads_to_it(ann: User, client_of: ClientOf) -> None:
    assert 'href="/admin/calendar/"' in text_of(client_of(ann).get("/admin/"))
