"""The public page: looking changes nothing, posting ends it, in any form, by anybody, at once."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from compliance.models import AuditEntry, Suppression
from compliance.unsubscribe import make_token, page_url
from compliance.unsubscribe.words import LANGUAGES, masked, words_for

pytestmark = pytest.mark.django_db
PRIYA = "priya@hudsonair.example"
PAGE = f"/u/{make_token('email', PRIYA)}"


@pytest.fixture
def stranger() -> Client:
    """A browser without cookies that is asked for its token like any other."""
    return Client(enforce_csrf_checks=True)


def test_looking_changes_nothing_and_touches_no_table(stranger: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        for _ in range(3):
            assert stranger.get(PAGE).status_code == 200
        assert stranger.head(PAGE).status_code == 200
    assert len(queries) == 0
    assert not Suppression.objects.exists()


def test_the_button_ends_it(stranger: Client) -> None:
    answer = stranger.post(PAGE)
    assert answer.status_code == 200
    row = Suppression.objects.get()
    assert (row.address, row.scope, row.reason) == (PRIYA, "all", "unsubscribed")
    assert row.source == "unsubscribe page"
    assert row.latency_ms < 5000


MULTIPART = (
    b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
        (MULTIPART, "multipart/form-data; boundary=x"),
    ],
)
def test_one_click_is_heard_in_both_forms(stranger: Client, body: bytes, kind: str) -> None:
    answer = stranger.post(PAGE, body, content_type=kind)
    assert answer.status_code == 200
    assert Suppression.objects.get().source == "one-click unsubscribe"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe", "text/plain"),
        (b"{}", "application/json"),
        (b"broken", "multipart/form-data; boundary=x"),
        (b"broken", "multipart/form-data"),
        (b"", ""),
    ],
)
def test_a_post_nobody_can_read_ends_it_all_the_same(
    stranger: Client, body: bytes, kind: str
) -> None:
    assert stranger.generic("POST", PAGE, body, content_type=kind).status_code == 200
    assert Suppression.objects.count() == 1


def test_twice_is_once(stranger: Client) -> None:
    for _ in range(5):
        assert stranger.post(PAGE).status_code == 200
    assert Suppression.objects.count() == 1
    assert AuditEntry.objects.filter(action__startswith="suppression.").count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_not_ours_is_told_kindly_and_does_nothing(
    stranger: Client, method: str
) -> None:
    answer = getattr(stranger, method)(PAGE[:-3] + "abc")
    assert answer.status_code == 404
    assert b"This link is incomplete" in answer.content
    assert not Suppression.objects.exists()


def test_other_methods_are_refused(stranger: Client) -> None:
    assert stranger.put(PAGE).status_code == 405
    assert stranger.delete(PAGE).status_code == 405


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("ru", "ru"),
        ("fr-CH, ru;q=0.5, en;q=0.1", "ru"),
        ("fr", "en"),
        ("", "en"),
        ("*;q=broken,,,", "en"),
    ],
)
def test_it_speaks_the_readers_language(stranger: Client, asked: str, language: str) -> None:
    answer = stranger.get(PAGE, headers={"Accept-Language": asked})
    words = LANGUAGES[language]
    assert f'<html lang="{language}">' in answer.content.decode()
    assert words.button in answer.content.decode()
    assert words_for(asked) is words
    done = stranger.post(PAGE, headers={"Accept-Language": asked}).content.decode()
    assert words.done_title in done


def test_the_address_is_shown_only_to_who_knows_it(stranger: Client) -> None:
    shown = stranger.get(PAGE).content.decode()
    assert PRIYA not in shown
    assert masked(PRIYA) == "p•••@hudsonair.example" in shown
    assert masked("+12015550118") == "+1 ••• 18"


def test_the_page_is_kept_by_nobody_and_leaks_to_nobody(stranger: Client) -> None:
    answer = stranger.get(PAGE)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert not answer.cookies


def test_it_fits_a_phone_and_a_dark_room(stranger: Client) -> None:
    shown = stranger.get(PAGE).content.decode()
    assert "width=device-width" in shown
    assert "prefers-color-scheme: dark" in shown


def test_a_lock_out_at_the_log_in_does_not_reach_it(stranger: Client, settings: Any) -> None:
    settings.AXES_ENABLED = True
    for _ in range(7):
        stranger.post("/admin/login/", {"username": "x", "password": "y"})
    assert stranger.get(PAGE).status_code == 200
    assert stranger.post(PAGE).status_code == 200
    assert Suppression.objects.count() == 1


def test_a_second_factor_does_not_reach_it(stranger: Client, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    assert stranger.post(PAGE).status_code == 200


def test_the_link_in_a_mail_leads_here(settings: Any) -> None:
    settings.PUBLIC_URL = "https://desk.example.com/"
    assert page_url("email", " Priya@HudsonAir.example") == f"https://desk.example.com{PAGE}"
