"""The do-not-call pages: ages in colour, uploads, decisions, our own list, and who may."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from compliance import tasks
from compliance.dnc import load
from compliance.dnc.internal import add_internal
from compliance.models import DncFile, DncVersion, InternalDncNumber
from tests.compliance.dnc.lists import SAN, bring_in, flat

pytestmark = pytest.mark.django_db
PAGE, LIVE = reverse("admin:compliance_dnc"), reverse("admin:compliance_dnc_live")
HUNDRED = range(5615550100, 5615550200)


@pytest.fixture(autouse=True)
def _ours(settings: Any) -> None:
    settings.DNC_SAN = SAN


@pytest.fixture
def browser(sam: User, client_of: Any) -> Client:
    return client_of(sam)


def seen(browser: Client, where: str = PAGE) -> str:
    answer = browser.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def dated(days: int) -> dict[str, Any]:
    today = timezone.now().date()
    return {"list_date": today - timedelta(days=days), "today": today + timedelta(days=1)}


def upload(browser: Client, *files: SimpleUploadedFile, **changes: str) -> str:
    values = {"source": "national", "list_date": "2026-01-05", "san": SAN, **changes}
    answer = browser.post(PAGE, {**values, "files": list(files)}, follow=True)
    return answer.content.decode()


def test_an_empty_desk_says_what_to_do(browser: Client) -> None:
    text = seen(browser)
    assert "No do-not-call list is in force" in text
    assert "telemarketing.donotcall.gov" in text


def test_the_missing_account_number_is_told(browser: Client, settings: Any) -> None:
    settings.DNC_SAN = ""
    assert "DNC_SAN" in seen(browser)


@pytest.mark.parametrize(
    ("days", "mark"), [(3, "is-good"), (23, "is-needs_attention"), (30, "is-failed")]
)
def test_age_is_shown_in_colour(browser: Client, days: int, mark: str) -> None:
    bring_in(flat(HUNDRED), **dated(days))
    assert f'<span class="at-tag {mark}">{days} days' in seen(browser)


def test_area_codes_downloaded_on_one_day_are_one_line(browser: Client) -> None:
    codes = (201, 202, 203, 205, 206, 207, 208)
    for code in codes:
        bring_in(flat([code * 10**7 + 5550100]), f"{code}.txt", **dated(3))
    bring_in(flat(HUNDRED), **dated(23))
    text = seen(browser)
    assert text.count("<td>The national Do Not Call registry</td>") == 2 + 8  # two lines, 8 files
    assert f"<summary>{len(codes)} area codes</summary>" in text
    assert "201 202 203" in text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("561", "Area code 561: the lists have nothing against it"),
        ("212", "was never imported for area code 212"),
        ("(561) 555-0100", "+15615550100 is on the national Do Not Call registry"),
        ("+15615559999", "+15615559999 is on no list in force."),
        ("flowers", "“flowers” is neither an area code"),
        ("", "What do the lists say of"),
    ],
)
def test_an_area_code_or_a_number_is_looked_up(browser: Client, typed: str, told: str) -> None:
    bring_in(flat(HUNDRED), **dated(3))
    assert told in browser.get(PAGE, {"ask": typed}).content.decode()


def test_files_are_queued_and_worked_off_with_progress(browser: Client) -> None:
    text = upload(
        browser,
        SimpleUploadedFile("561.txt", flat(HUNDRED)),
        SimpleUploadedFile("305.txt", flat([3055550123])),
    )
    assert "2 files queued" in text
    assert seen(browser, LIVE).count("<progress") == 2
    assert "every 1s" in seen(browser, LIVE)
    for file in DncFile.objects.all():
        tasks.load_dnc(file.pk)
    text = seen(browser, LIVE)
    assert "every 1s" not in text
    assert DncVersion.objects.filter(status="active", activated_by="sam").count() == 2


def test_progress_shows_how_far_a_file_is(browser: Client) -> None:
    file = load.hand_in(
        "561.txt", source="national", list_date=date(2026, 1, 1), actor="sam", san=SAN, size=900
    )
    DncFile.objects.filter(pk=file.pk).update(status="loading", position=300, numbers=12345)
    text = seen(browser, LIVE)
    assert '<progress max="900" value="300"' in text
    assert "12,345 numbers" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"san": "wrong"}, "not our subscription account number"),
        ({"list_date": ""}, "Say on which day"),
        ({"source": "moon"}, "no list the desk knows"),
    ],
)
def test_a_wrong_upload_says_why(browser: Client, changes: dict[str, str], words: str) -> None:
    text = upload(browser, SimpleUploadedFile("561.txt", flat(HUNDRED)), **changes)
    assert words in text
    assert not DncFile.objects.filter(status="queued").exists()


def test_no_file_is_told(browser: Client) -> None:
    assert "Choose at least one file" in upload(browser)


@pytest.mark.parametrize(("act", "numbers"), [("confirm", 50), ("discard", 100)])
def test_a_list_that_waits_is_decided_on_the_page(browser: Client, act: str, numbers: int) -> None:
    bring_in(flat(HUNDRED))
    waiting = bring_in(flat(HUNDRED[:50]), list_date=date(2026, 11, 25)).versions.get()
    assert "waits for a decision" in seen(browser)
    where = reverse("admin:compliance_dnc_decide", args=[waiting.pk])
    browser.post(where, {"act": act})
    assert DncVersion.objects.get(status="active").numbers == numbers
    again = browser.post(where, {"act": act}, follow=True)
    assert "waits for no decision" in again.content.decode()


def test_others_look_but_do_not_import(ella: User, client_of: Any) -> None:
    waiting = None
    bring_in(flat(HUNDRED))
    waiting = bring_in(flat(HUNDRED[:50]), list_date=date(2026, 11, 25)).versions.get()
    browser = client_of(ella)
    assert 'id="import"' not in seen(browser)
    assert "Put it in force" not in seen(browser)
    assert browser.post(PAGE, {}).status_code == 403
    where = reverse("admin:compliance_dnc_decide", args=[waiting.pk])
    assert browser.post(where, {"act": "confirm"}).status_code == 403
    assert browser.get(reverse("admin:compliance_internaldncnumber_add")).status_code == 403


def test_the_page_asks_the_same_questions_however_many_lists(browser: Client) -> None:
    bring_in(flat([5615550123]))
    seen(browser)
    with CaptureQueriesContext(connection) as few:
        seen(browser)
    bring_in(flat([code * 10_000_000 + 5550123 for code in range(300, 330)]), "many.txt")
    with CaptureQueriesContext(connection) as many:
        seen(browser)
    assert len(many) == len(few)


def test_a_request_is_entered_by_hand(browser: Client, sam: User) -> None:
    add = reverse("admin:compliance_internaldncnumber_add")
    browser.post(add, {"number": "(561) 555-0123", "reason": "Asked on the phone"})
    row = InternalDncNumber.objects.get()
    assert (str(row), row.added_by) == ("+15615550123", "sam")
    found = seen(browser, reverse("admin:compliance_internaldncnumber_changelist") + "?q=555-0123")
    assert "+15615550123" in found


def test_a_number_that_stands_already_is_no_second_entry(browser: Client) -> None:
    add_internal("+15615550123", actor="ella", reason="Asked by e-mail")
    add = reverse("admin:compliance_internaldncnumber_add")
    browser.post(add, {"number": "5615550123", "reason": "Again"})
    assert InternalDncNumber.objects.get().reason == "Asked by e-mail"


def test_a_slip_in_the_number_is_told(browser: Client) -> None:
    add = reverse("admin:compliance_internaldncnumber_add")
    answer = browser.post(add, {"number": "561-FLOWERS", "reason": "x"})
    assert "is no phone number" in answer.content.decode()


def test_only_an_administrator_lifts_an_entry(browser: Client, client_of: Any) -> None:
    row = add_internal("+15615550123", actor="sam", reason="Asked on the phone")
    where = reverse("admin:compliance_internaldncnumber_lift", args=[row.pk])
    assert browser.post(where, {"reason": "slip"}).status_code == 403
    boss = client_of(User.objects.create_superuser("boss"))
    boss.post(where, {"reason": ""})
    row.refresh_from_db()
    assert row.lifted_at is None
    boss.post(where, {"reason": "A slip of the finger"})
    row.refresh_from_db()
    assert (row.lifted_by, row.lift_reason) == ("boss", "A slip of the finger")


@pytest.mark.parametrize("model", ["dncversion", "dncfile"])
@pytest.mark.parametrize("page", ["add", "change", "delete"])
def test_nobody_rewrites_the_record(client_of: Any, model: str, page: str) -> None:
    file = bring_in(flat(HUNDRED))
    boss = client_of(User.objects.create_superuser("boss"))
    key = file.pk if model == "dncfile" else file.versions.get().pk
    where = reverse(f"admin:compliance_{model}_{page}", args=[] if page == "add" else [key])
    assert boss.post(where, {"post": "yes"}).status_code == 403
    assert seen(boss, reverse(f"admin:compliance_{model}_changelist"))


def test_the_empty_list_says_how_a_number_gets_there(
    browser: Client, ella: User, client_of: Any
) -> None:
    where = reverse("admin:compliance_internaldncnumber_changelist")
    assert "a whole file on the page" in seen(browser, where)
    assert "Tell Staff" in seen(client_of(ella), where)
