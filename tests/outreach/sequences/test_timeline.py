"""The drawn axis: days as they fall, shares that make a hundred."""

from typing import Any

import pytest

from outreach.sequences.catalogue import load_catalogue
from outreach.sequences.definition import parse
from outreach.sequences.steps import Step
from outreach.sequences.timeline import arms_of, draw, span_words


def steps_of(*steps: dict[str, Any]) -> tuple[Step, ...]:
    full = [{"channel": "email", "subject": "Hello", "body": "Hello", **step} for step in steps]
    return parse({"steps": full}).steps


def test_business_days_pass_over_the_weekend_on_the_axis() -> None:
    timeline = draw(steps_of({}, {"after_business_days": 5}))

    assert [mark.day for mark in timeline.marks] == [0, 7]
    assert timeline.marks[1].weekday == "Monday"


def test_a_step_that_only_goes_on_some_weekdays_is_drawn_on_one_of_them() -> None:
    timeline = draw(steps_of({}, {"after_days": 1, "weekdays": ["thu"]}))

    assert timeline.marks[1].day == 3
    assert timeline.marks[1].only_on == "Thu"


def test_marks_lie_in_the_order_of_their_days_within_the_axis() -> None:
    for shipped in load_catalogue().values():
        marks = draw(shipped.definition.steps).marks
        places = [mark.place for mark in marks]
        assert len(marks) == len(shipped.definition.steps)
        assert places == sorted(set(places)), shipped.slug
        assert all(0 < place < 100 for place in places)


def test_a_year_long_sequence_has_few_enough_ticks_to_read() -> None:
    timeline = draw(steps_of({}, {"after_days": 365}))

    assert len(timeline.ticks) <= 13


def test_the_shares_of_variants_follow_their_weights() -> None:
    variants = [
        {"name": name, "weight": weight, "subject": "Hello", "body": "Hello"}
        for name, weight in (("a", 3), ("b", 1), ("c", 0))
    ]
    [step] = parse({"steps": [{"channel": "email", "variants": variants}]}).steps

    assert [arm.share for arm in arms_of(step)] == [75, 25, 0]


@pytest.mark.parametrize(("count", "words"), [(1, "1 touch in 1 day"), (2, "2 touches in 4 days")])
def test_the_span_is_told_in_words(count: int, words: str) -> None:
    steps = [{}, {"after_days": 3}][:count]

    assert span_words(draw(steps_of(*steps))) == words
