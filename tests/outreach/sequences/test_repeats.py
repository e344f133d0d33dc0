"""Whom another version would tell again what they were told: they stay on theirs."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from outreach import approvals
from outreach.models import Enrollment, Message, Sequence, SequenceVersion
from outreach.sequences.definition import parse
from outreach.sequences.enroll import enroll
from outreach.sequences.moving import Moved, move
from outreach.sequences.repeats import again
from outreach.sequences.versions import write_version
from tests.outreach.sequences.build import make_drip, make_people, make_version
from tests.outreach.sequences.clock import Clock, send_due, tick

TEXTS = {
    "A": "Hello, we look after houses that stand empty for half a year or more.",
    "B": "A neighbour of yours asked us last week what a roof costs these days.",
    "C": "This is my last letter: if it is of no use, I shall not write again.",
    "a": "Hello, we look after houses that stand empty for half a year and more.",
}


def steps(order: str) -> list[dict[str, Any]]:
    return [
        {"channel": "email", "subject": f"Letter {n}", "body": TEXTS[name]}
        | ({"after_days": 3} if n else {})
        for n, name in enumerate(order)
    ]


@pytest.mark.parametrize(
    ("told", "order", "behind", "step"),
    [
        ("A", "ABC", 1, None),
        ("A", "BAC", 1, 2),  # put in another order
        ("AB", "ACB", 2, 3),  # one put between
        ("A", "Ba", 1, 2),  # a word changed
        ("A", "ABA", 1, None),  # the version itself says it twice
        ("AB", "ABC", 2, None),
        ("", "ABC", 0, None),
        ("A", "CAB", 2, None),  # step 2 was skipped for them: it is never made
    ],
)
def test_a_step_says_again_what_was_told(
    told: str, order: str, behind: int, step: int | None
) -> None:
    found = again([TEXTS[name] for name in told], parse({"steps": steps(order)}).steps, "key",
                  behind=behind)  # fmt: skip
    assert (found and found.number) == step


@pytest.fixture
def written(clock: Clock, ella: User) -> Sequence:
    """Two people: one has had the first letter, the other nothing but its draft."""
    drip = make_drip(make_version(steps("ABC")))
    enroll(drip, [person.pk for person in make_people(2)], actor="sam")
    tick()
    first = Message.objects.order_by("pk")[0]
    approvals.approve(first.pk, version=first.version, approver=ella)
    send_due(clock.now)
    assert drip.sequence_version is not None
    return drip.sequence_version.sequence


def to(sequence: Sequence, order: str) -> tuple[Moved, SequenceVersion]:
    version = write_version(sequence, {"steps": steps(order)}, actor="sam")
    return move(Enrollment.objects.all(), version, actor="sam"), version


@pytest.mark.django_db
def test_whoever_would_be_told_again_stays_and_it_is_said(written: Sequence) -> None:
    moved, version = to(written, "BAC")

    assert (moved.moved, moved.stayed, moved.repeated) == (0, 0, {2: 2})
    assert moved.why_not == (
        "2 people stayed: step 2 of that version says what they were told already."
    )
    assert not Enrollment.objects.filter(version=version).exists()


@pytest.mark.django_db
def test_what_was_cancelled_was_not_told(written: Sequence) -> None:
    Message.objects.filter(status="ea_review").update(status="cancelled")

    moved, version = to(written, "BAC")

    assert (moved.moved, moved.repeated) == (1, {2: 1})
    assert Enrollment.objects.get(version=version).messages.get().status == "cancelled"


@pytest.mark.django_db
def test_what_they_were_told_by_a_version_before_their_present_one_counts(
    written: Sequence,
) -> None:
    moved, _version = to(written, "BC")
    assert moved.moved == 2

    moved, _version = to(written, "BA")

    assert (moved.moved, moved.repeated) == (0, {2: 2})
