"""The pages of the law: staff make versions, everybody reads them, nothing is overwritten."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from compliance.admin.legal_rule import history, in_force
from compliance.models import (
    AuditEntry,
    BlackoutDay,
    CallingRuleVersion,
    HolidayRuleVersion,
)
from compliance.rule_versions import add_blackout, revise_rule

pytestmark = pytest.mark.usefixtures("live_rules")
ClientOf = Callable[[User], Client]
LIST = reverse("admin:compliance_callingruleversion_changelist")
ADD = reverse("admin:compliance_callingruleversion_add")
HOLIDAYS = reverse("admin:compliance_holidayruleversion_changelist")
BLACKOUTS = reverse("admin:compliance_blackoutday_changelist")
ADD_BLACKOUT = reverse("admin:compliance_blackoutday_add")


def florida() -> CallingRuleVersion:
    return CallingRuleVersion.objects.get(jurisdiction="US-FL", superseded=False)


def page_of(rule: CallingRuleVersion) -> str:
    return reverse("admin:compliance_callingruleversion_change", args=[rule.pk])


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "jurisdiction": "US-FL",
        "weekdays": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        "opens": "08:00",
        "closes": "20:00",
        "max_per_24h": "3",
        "texts_covered": "yes",
        "citation": florida().citation,
        "source": florida().source,
        "confidence": "verified-primary",
        "effective_from": f"{timezone.localdate():%Y-%m-%d}",
        "why": "HB 1",
        **changes,
    }


def test_an_edit_becomes_a_new_version_and_the_old_one_stays(
    sam: User, client_of: ClientOf
) -> None:
    old = florida()
    assert client_of(sam).post(page_of(old), typed(opens="09:00")).status_code == 302
    old.refresh_from_db()
    new = florida()
    assert (old.opens, old.effective_to, old.superseded) == (time(8), timezone.localdate(), True)
    assert (new.opens, new.version, new.changed_by, new.why) == (time(9), 2, "sam", "HB 1")
    assert AuditEntry.objects.get(action="rule.revised").actor == "sam"


def test_saving_without_a_change_makes_no_version(sam: User, client_of: ClientOf) -> None:
    answer = client_of(sam).post(page_of(florida()), typed())
    assert "Nothing was changed" in answer.content.decode()
    assert florida().version == 1


def test_an_edit_must_say_why(sam: User, client_of: ClientOf) -> None:
    client_of(sam).post(page_of(florida()), typed(opens="09:00", why=""))
    assert florida().version == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"opens": "20:00", "closes": "09:00"}, "The window is inverted"),
        ({"effective_from": ""}, "This field is required"),
        ({"effective_to": "2001-01-01"}, "before it begins"),
        ({"weekdays": []}, "This field is required"),
    ],
)
def test_what_cannot_be_is_refused_on_the_form(
    sam: User, client_of: ClientOf, changes: dict[str, Any], said: str
) -> None:
    answer = client_of(sam).post(page_of(florida()), typed(**changes))
    assert said in answer.content.decode()
    assert florida().version == 1


def test_a_second_house_rule_is_refused_on_the_form(sam: User, client_of: ClientOf) -> None:
    answer = client_of(sam).post(ADD, typed(jurisdiction="house"))
    assert "edit that one" in answer.content.decode()


def test_a_new_rule_can_be_added(sam: User, client_of: ClientOf) -> None:
    assert client_of(sam).post(ADD, typed(jurisdiction="CA", citation="CRTC")).status_code == 302
    assert CallingRuleVersion.objects.get(jurisdiction="CA").changed_by == "sam"


def test_saving_over_somebody_elses_edit_shows_theirs(sam: User, client_of: ClientOf) -> None:
    old = florida()
    values = {"opens": time(10), "effective_from": date(2026, 12, 1)}
    revise_rule(old, values, actor="ella", why="x")
    answer = client_of(sam).post(page_of(old), typed(opens="09:00"), follow=True)
    assert "ella made version 2 in the meantime" in answer.content.decode()
    assert (florida().version, florida().opens) == (2, time(10))


def test_the_page_tells_what_changed(ann: User, client_of: ClientOf) -> None:
    values = {"opens": time(10), "max_per_24h": None, "effective_from": date(2026, 12, 1)}
    after = revise_rule(florida(), values, actor="ella", why="HB 1 of 2026")
    text = client_of(ann).get(page_of(after)).content.decode()
    assert re.search(r"opens: <del>08:00</del> → <ins>10:00</ins>", text)
    assert "most in 24 hours: <del>3</del> → <ins>nothing</ins>" in text
    assert "HB 1 of 2026" in text


def test_an_old_version_is_read_and_leads_to_the_newest(sam: User, client_of: ClientOf) -> None:
    old = florida()
    values = {"opens": time(10), "effective_from": date(2026, 12, 1)}
    after = revise_rule(old, values, actor="ella", why="x")
    text = client_of(sam).get(page_of(old)).content.decode()
    assert "This is version 1" in text
    assert page_of(after) in text
    assert 'name="_save"' not in text


def test_the_list_shows_law_in_force_with_citation_and_dates(
    ann: User, client_of: ClientOf
) -> None:
    values = {"citation": "HB 77", "effective_from": timezone.localdate() + timedelta(days=40)}
    revise_rule(florida(), values, actor="ella", why="x")
    browser = client_of(ann)
    assert "HB 77" not in browser.get(LIST).content.decode()
    assert "Fla. Stat. 501.616" in browser.get(LIST).content.decode()
    assert "HB 77" in browser.get(LIST, {"state": "coming"}).content.decode()


def test_the_list_asks_the_same_questions_however_long(admin_client: Client) -> None:
    admin_client.get(LIST)  # what is cached once for all
    with CaptureQueriesContext(connection) as some:
        admin_client.get(LIST, {"q": "US-FL"})
    with CaptureQueriesContext(connection) as all_of_them:
        admin_client.get(LIST)
    assert len(all_of_them) == len(some)


@pytest.mark.parametrize("who", ["ann", "ella"])
def test_who_is_not_staff_reads_only(
    who: str, request: pytest.FixtureRequest, client_of: ClientOf
) -> None:
    browser = client_of(request.getfixturevalue(who))
    assert browser.get(page_of(florida())).status_code == 200
    assert browser.post(page_of(florida()), typed(opens="09:00")).status_code == 403
    assert browser.post(ADD, typed(jurisdiction="CA")).status_code == 403
    assert browser.get(HOLIDAYS).status_code == 200
    assert browser.post(ADD_BLACKOUT, {}).status_code == 403


def test_not_even_an_administrator_deletes_a_rule(admin_client: Client) -> None:
    gone = reverse("admin:compliance_callingruleversion_delete", args=[florida().pk])
    assert admin_client.post(gone, {"post": "yes"}).status_code == 403


def test_a_holiday_that_cannot_be_read_is_refused_with_the_forms_there_are(
    sam: User, client_of: ClientOf
) -> None:
    row = HolidayRuleVersion.objects.get(jurisdiction="US", name="Christmas")
    page = reverse("admin:compliance_holidayruleversion_change", args=[row.pk])
    answer = client_of(sam).post(
        page,
        {
            "jurisdiction": "US",
            "name": "Christmas",
            "rule": "25 December",
            "citation": "x",
            "confidence": "knowledge",
            "effective_from": "2026-12-01",
            "why": "y",
        },
    )
    assert "is not a holiday rule. Write it as one of" in answer.content.decode()


def test_the_holidays_show_when_they_are_kept_next(ann: User, client_of: ClientOf) -> None:
    year = timezone.localdate().year
    text = client_of(ann).get(HOLIDAYS, {"q": "Thanksgiving"}).content.decode()
    assert re.search(rf"Thu 2\d Nov ({year}|{year + 1})", text)


def test_staff_bar_a_day_and_lift_it_before_it_comes(sam: User, client_of: ClientOf) -> None:
    browser, day = client_of(sam), timezone.localdate() + timedelta(days=2)
    form = {"jurisdiction": "US-LA", "day": f"{day:%Y-%m-%d}", "reason": "Hurricane proclaimed"}
    assert browser.post(ADD_BLACKOUT, form).status_code == 302
    assert "already exists" in browser.post(ADD_BLACKOUT, form).content.decode()
    row = BlackoutDay.objects.get()
    assert row.changed_by == "sam"
    gone = reverse("admin:compliance_blackoutday_delete", args=[row.pk])
    assert browser.post(gone, {"post": "yes"}).status_code == 302
    assert not BlackoutDay.objects.exists()


def test_a_day_that_has_begun_stays(admin_client: Client) -> None:
    row = add_blackout(
        BlackoutDay(jurisdiction="", day=timezone.localdate(), reason="mourning"), actor="sam"
    )
    gone = reverse("admin:compliance_blackoutday_delete", args=[row.pk])
    assert admin_client.post(gone, {"post": "yes"}).status_code == 403
    assert "Everywhere" in admin_client.get(BLACKOUTS).content.decode()


def test_a_version_replaced_before_it_began_says_so() -> None:
    values = {"opens": time(10), "effective_from": date(2026, 12, 1)}
    never = revise_rule(florida(), values, actor="sam", why="x")
    revise_rule(never, {"opens": time(9)}, actor="sam", why="y")
    never.refresh_from_db()
    assert in_force(never) == "never: replaced before it began"


def test_the_end_a_later_version_gave_is_no_edit_of_the_earlier() -> None:
    values = {"opens": time(10), "effective_from": date(2026, 12, 1)}
    revise_rule(florida(), values, actor="sam", why="x")
    versions = list(CallingRuleVersion.objects.filter(jurisdiction="US-FL").order_by("-version"))
    fields = [change["field"] for change in history(versions)[0]["changes"]]
    assert sorted(fields) == ["effective from", "opens"]
