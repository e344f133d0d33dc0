"""Programs ask the gate, and record that somebody wants to hear nothing more."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from compliance import suppression
from compliance.models import AuditEntry, Suppression
from crm.models import Contact, ContactPoint
from outreach.models import Message
from tests.api.conftest import Program
from tests.factories import make_approved

CHECK, STOP = "/api/compliance/check", "/api/compliance/optout"
NIGHT = "2026-12-01T22:00:00-05:00"
NAMES = {"timezone": "zone"}


def ask(program: Program, **body: Any) -> dict[str, Any]:
    answer = program.post(CHECK, body)
    assert answer.status_code == 200, answer.content
    return answer.json()  # type: ignore[no-any-return,attr-defined]


def test_a_text_at_night_is_told_when_it_may_go(program: Program) -> None:
    found = ask(program, channel="sms", to="+13055551234", purpose="inquiry", at=NIGHT)
    assert (found["decision"], found["allowed"]) == ("not_before", False)
    assert found["not_before"] == "2026-12-02T14:00:00Z"
    assert found["jurisdictions"] == ["US", "US-FL"]
    assert found["local_times"] == {"America/New_York": "2026-12-01T22:00:00-05:00"}
    assert not AuditEntry.objects.exclude(action__startswith="api_key").exists()


def test_a_marketing_text_without_consent_says_everything_it_lacks(program: Program) -> None:
    found = ask(
        program, channel="sms", to="+13055551234", at="2026-12-01T12:00:00-05:00",
        body="Harbor Homes LLC: for sale? Reply STOP to opt out",
    )  # fmt: skip
    words = " ".join(found["reasons"])
    assert found["decision"] == "refused"
    assert "needs a written consent" in words
    assert "305" in words
    assert found["segments"] == 1


def test_a_place_that_is_said_counts(program: Program) -> None:
    cold = {"channel": "email", "to": "a@b.example"}
    assert ask(program, **cold, place={"country": "US"})["allowed"]
    assert not ask(program, **cold, place={"country": "RU"})["allowed"]
    assert not ask(program, **cold)["allowed"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"place": {"timezone": "America/Nowhere"}}, "not a time zone; one looks like"),
        ({"place": {"state": "ZZ"}}, "not the postal code of a US state"),
        ({"place": {"country": "XX"}}, "No calling hours are known for XX"),
        ({"to": "1-800-FLOWERS"}, "has letters in it; write the number in digits"),
        ({"to": "+18005551234"}, "is a toll-free number, which has no place"),
        ({"to": "+442071234567"}, "No calling hours are known for GB"),
        ({"to": "+79161234567"}, "point to 16 time zones"),
    ],
)
def test_who_cannot_be_placed_is_refused_in_words(
    asked: dict[str, Any], words: str, program: Program
) -> None:
    body = {"channel": "sms", "to": "+13055551234", "purpose": "inquiry", **asked}
    found = ask(program, **body)
    assert found["decision"] == "refused"
    assert words in " ".join(found["reasons"])


def test_a_holiday_of_one_of_two_states_puts_the_text_off(program: Program) -> None:
    found = ask(
        program, channel="sms", to="+13055551234", purpose="inquiry",
        place={"state": "AL", "country": "US"}, at="2026-06-01T12:00:00-04:00",
    )  # fmt: skip
    assert found["not_before"] == "2026-06-02T14:00:00Z", "nine in Chicago"
    assert "Jefferson Davis' Birthday (US-AL) is a holiday" in found["reasons"][0]


@pytest.mark.parametrize(
    ("at", "local", "next_morning"),
    [
        ("2026-03-08T02:30:00-05:00", "2026-03-08T03:30:00-04:00", "2026-03-09T13:00:00Z"),
        ("2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-04:00", "2026-11-02T14:00:00Z"),
        ("2026-11-01T01:30:00-05:00", "2026-11-01T01:30:00-05:00", "2026-11-02T14:00:00Z"),
    ],
)
def test_an_hour_that_is_skipped_or_told_twice_is_told_apart(
    at: str, local: str, next_morning: str, program: Program
) -> None:
    found = ask(program, channel="sms", to="+13055551234", purpose="inquiry", at=at)
    assert found["local_times"] == {"America/New_York": local}
    assert found["not_before"] == next_morning


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-11-01T01:30:00"]
)
def test_a_moment_no_clock_shows_is_refused_at_the_door(at: str, program: Program) -> None:
    body = {"channel": "sms", "to": "+13055551234", "at": at}
    assert program.post(CHECK, body).status_code == 422
    wish = {"address": "a@b.example", "received_at": at}
    assert program.post(STOP, wish).status_code == 422
    assert not Suppression.objects.exists()


def test_the_command_and_the_api_say_the_same(
    program: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    for asked in ({"state": "FL", "county": "Bay"}, {"timezone": "America/Nowhere"}):
        told = ask(program, channel="sms", to="+13055551234", at=NIGHT, place=asked)
        options = [f"--{NAMES.get(name, name)}={value}" for name, value in asked.items()]
        with pytest.raises(CommandError, match="exited with code 1"):
            call_command("compliance", "check", "+13055551234", "--json", f"--at={NIGHT}", *options)
        said = json.loads(capsys.readouterr().out)
        for moment in ("at", "not_before"):
            said[moment], told[moment] = (_utc(one[moment]) for one in (said, told))
        assert {**said, "deadline": None} == {**told, "deadline": None}


def _utc(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def test_a_county_says_which_of_a_states_clocks_counts(program: Program) -> None:
    mail = {"channel": "email", "to": "luis@home.example"}
    florida = {"state": "FL", "country": "US"}
    both = {"America/Chicago", "America/New_York"}
    assert set(ask(program, **mail, place=florida)["local_times"]) == both
    for county in ("Bay", "bay county"):
        found = ask(program, **mail, place={**florida, "county": county})
        assert set(found["local_times"]) == {"America/Chicago"}
    luis = Contact.objects.create(name="Luis", county="Bay", **florida)
    ContactPoint.objects.create(contact=luis, kind="email", value=mail["to"])
    assert set(ask(program, **mail)["local_times"]) == {"America/Chicago"}


def test_what_we_hold_of_the_person_counts(program: Program, ella: User) -> None:
    message = make_approved(1, ella).messages.get()
    suppression.suppress(
        "email", message.to_address, reason="opt_out", source="test",
        received_at=message.created_at,
    )  # fmt: skip
    assert message.enrollment is not None
    ContactPoint.objects.create(
        contact=message.enrollment.contact, kind="phone", value="+13055551234"
    )
    found = ask(program, channel="phone", to="+13055551234", purpose="inquiry")
    assert "suppressed" in " ".join(found["reasons"])


@pytest.mark.parametrize(
    "body",
    [
        {"channel": "pigeon", "to": "a@b.example"},
        {"channel": "sms", "to": ""},
        {"channel": "sms", "to": "+13055551234", "at": "2026-12-01T12:00:00"},
        {"channel": "sms", "to": "+13055551234", "place": {"state": "Florida"}},
    ],
)
def test_a_question_that_makes_no_sense_is_refused(program: Program, body: Any) -> None:
    assert program.post(CHECK, body).status_code == 422


def test_a_wish_to_stop_reaches_every_address_and_what_waits(program: Program, ella: User) -> None:
    message = make_approved(1, ella).messages.get()
    assert message.enrollment is not None
    ContactPoint.objects.create(
        contact=message.enrollment.contact, kind="phone", value="+13055551234"
    )
    answer = program.post(
        STOP, {"address": "+1 305 555 1234", "words": "no more", "source": "fair"}
    )
    assert answer.status_code == 200, answer.content
    found = answer.json()  # type: ignore[attr-defined]
    assert found["cancelled"] == 1
    assert set(Suppression.objects.values_list("address", flat=True)) == {
        "+13055551234", message.to_address,
    }  # fmt: skip
    assert Message.objects.get(pk=message.pk).status == "cancelled"


@pytest.mark.parametrize("address", ["nobody", "a@b", "+1305CALLNOW", "@@@"])
def test_an_address_that_is_none_is_told(program: Program, address: str) -> None:
    answer = program.post(STOP, {"address": address})
    assert answer.status_code == 422
    assert Suppression.objects.count() == 0


def test_reading_alone_does_not_let_a_key_write(boss: User, program_with: Any) -> None:
    reader = program_with(boss, "compliance:read")
    assert reader.post(STOP, {"address": "a@b.example"}).status_code == 403
    assert reader.post(CHECK, {"channel": "email", "to": "a@b.example"}).status_code == 200


@pytest.mark.django_db
def test_the_command_says_why_and_exits_accordingly(capsys: Any) -> None:
    with pytest.raises(CommandError, match="code 1"):
        call_command("compliance", "check", "+18005551234", "--purpose", "inquiry")
    assert "toll-free" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_command_answers_programs_in_json(capsys: Any) -> None:
    call_command("compliance", "check", "a@b.example", "--purpose", "inquiry", "--json")
    assert '"allowed": true' in capsys.readouterr().out


@pytest.mark.django_db
def test_the_command_refuses_a_time_it_cannot_read() -> None:
    with pytest.raises(CommandError, match="is no time"):
        call_command("compliance", "check", "a@b.example", "--at", "noonish")


def test_a_landline_is_refused_texts_and_what_a_number_is_stands_in_words(
    program: Program,
) -> None:
    contact = Contact.objects.create(name="Pat")
    ContactPoint.objects.create(
        contact=contact, kind="phone", value="+13055551234", line_type="landline"
    )
    found = ask(program, channel="sms", to="(305) 555-1234", purpose="inquiry")
    assert found["decision"] == "refused"
    assert "is a landline" in found["reasons"][0]
    assert found["line"] == "Landline: No text goes to it; calls may."
    other = ask(program, channel="sms", to="+13055559999", purpose="inquiry")
    assert other["line"].startswith("Not known: Texts may go")
    assert ask(program, channel="email", to="a@b.example", purpose="inquiry")["line"] == ""
