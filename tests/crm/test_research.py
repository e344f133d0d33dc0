"""What research found, line by line: nothing lost by looking, and types kept by changing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.research import added, changed, lines_of

FOUND: dict[str, Any] = {
    "imported": {"net_worth": 12, "Boat": "Sea Ray", "keen": True},
    "notes": ["sails", "reads"],
    "insight": "They sold a firm.",
}
TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


def test_each_value_is_a_line_under_its_headings() -> None:
    assert [(line.heading, line.name, line.text) for line in lines_of(FOUND)] == [
        ("Imported", "Net worth", "12"),
        ("Imported", "Boat", "Sea Ray"),
        ("Imported", "Keen", "yes"),
        ("", "Notes 1", "sails"),
        ("", "Notes 2", "reads"),
        ("", "Insight", "They sold a firm."),
    ]


@given(st.dictionaries(st.text(max_size=5), TREES))
def test_what_nobody_touches_stays_as_it_is(found: dict[str, Any]) -> None:
    assert changed(found, [(line.path, line.text) for line in lines_of(found)]) == found


def test_a_change_keeps_the_type_where_it_can() -> None:
    told = changed(FOUND, [(("imported", "net_worth"), "14"), (("imported", "keen"), "no")])
    assert told["imported"] == {"net_worth": 14, "Boat": "Sea Ray", "keen": False}
    assert changed(FOUND, [(("imported", "net_worth"), "much")])["imported"]["net_worth"] == "much"
    assert FOUND["imported"]["net_worth"] == 12


def test_emptied_lines_go_and_the_others_keep_their_places() -> None:
    told = changed(FOUND, [(("notes", 0), ""), (("notes", 1), " "), (("insight",), "")])
    assert told == {"imported": FOUND["imported"], "notes": []}


def test_a_place_that_is_not_there_is_refused() -> None:
    with pytest.raises(LookupError):
        changed(FOUND, [(("imported", "plane"), "jet")])


def test_what_is_added_stands_under_a_source_of_its_own() -> None:
    once = added(FOUND, "Hobby", "golf")
    assert added(once, "Dog", "Rex")["by hand"] == {"Hobby": "golf", "Dog": "Rex"}
    assert added({"by hand": "x"}, "Dog", "Rex") == {"by hand": {"Dog": "Rex"}}
