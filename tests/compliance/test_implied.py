"""What implies a consent, and the day on which it no longer does."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.implied import Implied, months_after, strictest

MONTHS = st.none() | st.integers(1, 120)
ANY = st.builds(Implied, MONTHS, MONTHS, st.booleans())
NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)


def test_months_end_on_a_day_that_exists() -> None:
    assert months_after(datetime(2026, 11, 30, tzinfo=UTC), 3) == datetime(2027, 2, 28, tzinfo=UTC)


def test_nothing_is_implied_unless_a_law_says_so() -> None:
    assert Implied().kinds == frozenset()
    assert Implied().words == "nothing"
    assert strictest([]) == Implied()


@pytest.mark.parametrize(
    ("kind", "ends"),
    [
        ("existing_business", datetime(2028, 3, 2, 17, tzinfo=UTC)),
        ("inquiry", datetime(2026, 9, 2, 17, tzinfo=UTC)),
        ("publicly_listed", None),
        ("written", None),
    ],
)
def test_each_kind_ends_on_its_own_day(kind: str, ends: datetime | None) -> None:
    assert Implied(24, 6, published_address=True).ends(kind, NOON) == ends


@given(st.lists(ANY, min_size=1, max_size=4))
def test_several_laws_together_allow_only_what_each_of_them_does(several: list[Implied]) -> None:
    together = strictest(several)
    for one in several:
        assert together.kinds <= one.kinds
        for kind in together.kinds:
            ends, own = together.ends(kind, NOON), one.ends(kind, NOON)
            assert own is None or (ends is not None and ends <= own)
