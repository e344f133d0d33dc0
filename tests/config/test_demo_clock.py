"""The demo's clock goes forward for every process at once, and exists in the demo only."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from config.demo import clock
from outreach.models import Message

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def demo(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.DEMO, settings.VAR_DIR = True, tmp_path
    monkeypatch.setattr(clock, "_seen", None)
    monkeypatch.setattr(timezone, "now", clock.now)
    yield
    clock.start_over()


def real() -> datetime:
    return datetime.now(UTC)


def test_it_begins_at_the_real_time(demo: None) -> None:
    assert abs(timezone.now() - real()) < timedelta(seconds=1)


def test_turning_it_moves_what_django_calls_now(demo: None) -> None:
    clock.turn(timedelta(days=3))
    assert timedelta(days=2, hours=23) < timezone.now() - real() < timedelta(days=3, hours=1)
    assert clock.ahead() == timedelta(days=3)


def test_another_process_sees_it(demo: None, settings: Any) -> None:
    clock.turn(timedelta(days=10))
    script = f"""
from django.conf import settings
settings.configure(VAR_DIR={str(settings.VAR_DIR)!r}, USE_TZ=True)
from config.demo import clock
print(clock.ahead().days)
"""
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "10"


@pytest.mark.parametrize("by", [timedelta(), timedelta(hours=-1)])
def test_time_does_not_go_back(demo: None, by: timedelta) -> None:
    with pytest.raises(ValueError, match="forward"):
        clock.turn(by)


def test_a_year_is_the_limit(demo: None) -> None:
    with pytest.raises(clock.TooFarError, match="starts over"):
        clock.turn(timedelta(days=400))


def test_playing_turns_in_steps_and_ends_by_itself(
    demo: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "STEP_SECONDS", 0)
    woken: list[timedelta] = []
    rounds = iter(range(40))
    clock.play(2)
    clock.keep_playing(
        lambda: woken.append(clock.ahead()), running=lambda: next(rounds, None) is not None
    )
    assert len(woken) == 16  # two days in steps of three hours
    assert not clock.playing()


def test_the_home_page_turns_it(
    demo: None, ella: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(ella)
    assert b"Play three weeks" in client.get("/admin/").content
    client.post("/admin/demo/clock/", {"turn": "day"})
    assert clock.ahead() == timedelta(days=1)
    assert b"1 day ahead" in client.get("/admin/").content


def test_the_home_page_shows_what_was_said_and_heard_last(
    demo: None, ella: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(ella)
    assert b"What happens in town" not in client.get("/admin/").content
    now = timezone.now()
    said = {"direction": "outbound", "status": "delivered", "to_address": "+13055550111"}
    Message.objects.create(**said, channel="sms", body="Hello", sent_at=now - timedelta(hours=2))
    Message.objects.create(
        direction="inbound", channel="email", received_at=now, from_address="otto@x.example",
        body="No.\n\n> Hello", own_ranges=[[0, 3]],
    )  # fmt: skip
    page = client.get("/admin/")
    assert [(talk.who, talk.words) for talk in page.context["demo_talk"]] == [
        ("otto@x.example", "No."), ("+13055550111", "Hello")
    ]  # fmt: skip
    assert b"What happens in town" in page.content


def test_a_page_whose_buttons_are_out_of_date_loads_anew(
    demo: None, ella: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(ella)
    assert "HX-Refresh" not in client.get("/admin/?playing=0")
    assert client.get("/admin/?playing=1")["HX-Refresh"] == "true"
    clock.play(1)
    assert client.get("/admin/?playing=0")["HX-Refresh"] == "true"
    assert "HX-Refresh" not in client.get("/admin/?playing=1")


def test_opening_the_address_turns_nothing(
    demo: None, ella: User, client_of: Callable[[User], Client]
) -> None:
    assert client_of(ella).get("/admin/demo/clock/").status_code == 405


@pytest.mark.django_db
def test_outside_the_demo_there_is_no_clock(
    ella: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(ella)
    assert client.post("/admin/demo/clock/", {"turn": "day"}).status_code == 404
    assert b"Play three weeks" not in client.get("/admin/").content
