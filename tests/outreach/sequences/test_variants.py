"""Variants: the same person always gets the same one, and shares come out as weighted."""

import uuid
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.sequences.steps import Step, Variant
from outreach.sequences.variants import arm, choose, fraction

A, B = Variant("a", 3), Variant("b", 1)


@given(st.text(), st.lists(st.integers(0, 9), min_size=1, max_size=5).filter(any))
def test_the_choice_is_the_same_every_time_and_has_weight(key: str, weights: list[int]) -> None:
    variants = [Variant(str(n), weight) for n, weight in enumerate(weights)]
    chosen = choose(variants, key)
    assert chosen == choose(variants, key)
    assert chosen.weight > 0


@given(st.text())
def test_a_fraction_lies_between_nought_and_one(key: str) -> None:
    assert 0 <= fraction(key) < 1


def test_shares_come_out_as_weighted() -> None:
    keys = [str(uuid.UUID(int=number)) for number in range(8000)]
    counts = Counter(choose([A, B], key).name for key in keys)
    assert 0.73 < counts["a"] / 8000 < 0.77


def test_a_person_stays_with_one_wording_through_the_sequence() -> None:
    steps = [Step(1, "email", variants=(A,)), Step(2, "email", variants=(A, B))]
    keys = [str(number) for number in range(200)]
    assert {arm(steps, key) for key in keys} == {"a", "b"}
    assert all(arm(steps, key) == choose((A, B), key).name for key in keys)


def test_no_weight_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="No variant"):
        choose([Variant("a", 0)], "x")
