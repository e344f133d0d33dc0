"""The preview: every touch with date, local time and words, before anything is made or sent."""

from typing import Any

import pytest

from outreach.errors import NothingToSend
from outreach.models import Campaign, Enrollment, Message
from outreach.sequences.enroll import enroll
from outreach.sequences.preview import PreviewTouch, preview_enrollment, preview_person
from outreach.sequences.stop import remove
from tests.outreach.sequences.build import TWO_MAILS, make_drip, make_people, make_version
from tests.outreach.sequences.clock import Clock, tick

pytestmark = pytest.mark.django_db
VARIANTS = [
    {"name": "a", "weight": 3, "subject": "One", "body": "One for {{ greeting }}"},
    {"name": "b", "weight": 1, "subject": "Two", "body": "Two for {{ greeting }}"},
]


def whens(seen: list[PreviewTouch]) -> list[str]:
    return [f"{one.local:%a %d %b %H:%M}" if one.local else one.state for one in seen]


def look(drip: Campaign, clock: Clock, zone: str, **changes: Any) -> list[PreviewTouch]:
    version = drip.sequence_version
    assert version is not None
    person = make_people(1, zone=zone)[0]
    return preview_person(person.pk, version, drip, now=clock.now, **changes)


def test_nothing_is_written_by_looking(clock: Clock) -> None:
    seen = look(make_drip(), clock, "America/New_York")
    assert whens(seen) == ["Tue 01 Dec 09:00", "Fri 04 Dec 09:00"]
    assert seen[0].wordings[0].body == "Hello Pat"
    assert not Enrollment.objects.exists()
    assert not Message.objects.exists()


def test_times_are_on_the_persons_own_clock(clock: Clock) -> None:
    seen = look(make_drip(), clock, "Pacific/Honolulu")
    assert whens(seen)[0] == "Tue 01 Dec 09:00"
    assert seen[0].at is not None
    assert seen[0].at.hour == 19


def test_before_enrollment_every_variant_is_shown_after_it_the_persons_own(clock: Clock) -> None:
    drip = make_drip(make_version([{"channel": "email", "variants": VARIANTS}]))
    seen = look(drip, clock, "America/New_York")
    assert [(w.variant, w.weight, w.body) for w in seen[0].wordings] == [
        ("a", 3, "One for Pat"), ("b", 1, "Two for Pat"),
    ]  # fmt: skip
    enroll(drip, [p.pk for p in make_people(1)], actor="sam")
    row = Enrollment.objects.get()
    (touch,) = preview_enrollment(row, now=clock.now)
    assert [w.variant for w in touch.wordings] == [row.variant]


def test_what_is_left_out_is_shown_with_its_reason(clock: Clock) -> None:
    steps = [*TWO_MAILS, {"channel": "sms", "after_days": 2, "body": "Hi"}]
    seen = look(make_drip(make_version(steps)), clock, "America/New_York")
    assert (seen[2].state, seen[2].at) == ("left out", None)
    assert seen[2].reasons == ("There is no address for sms.",)


def test_what_was_made_is_shown_with_what_is_to_come(clock: Clock) -> None:
    drip = make_drip()
    enroll(drip, [p.pk for p in make_people(1)], actor="sam")
    tick()
    row = Enrollment.objects.select_related("campaign__mailbox", "version").get()
    seen = preview_enrollment(row, now=clock.now)
    assert [(one.step, one.state) for one in seen] == [(1, "ea_review"), (2, "planned")]
    assert whens(seen) == ["Tue 01 Dec 09:00", "Fri 04 Dec 09:00"]


def test_nothing_is_to_come_for_who_is_out(clock: Clock) -> None:
    drip = make_drip()
    enroll(drip, [p.pk for p in make_people(1)], actor="sam")
    tick()
    remove(Enrollment.objects.all(), actor="ella")
    row = Enrollment.objects.select_related("campaign__mailbox", "version").get()
    assert [one.state for one in preview_enrollment(row, now=clock.now)] == ["cancelled"]


def test_somebody_who_does_not_exist_is_said_so(clock: Clock) -> None:
    drip = make_drip()
    assert drip.sequence_version is not None
    with pytest.raises(NothingToSend, match="no such contact"):
        preview_person(drip.pk, drip.sequence_version, drip, now=clock.now)
