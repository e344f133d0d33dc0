"""Bitmaps give back exactly the numbers that were put in."""

from hypothesis import given
from hypothesis import strategies as st

from compliance.dnc import blocks

Numbers = st.sets(st.integers(5610000000, 5610099999), min_size=1, max_size=60)


def in_blocks(numbers: set[int]) -> dict[int, bytes]:
    gathered = blocks.Blocks()
    gathered.add(numbers)
    return gathered.take()


@given(Numbers, Numbers)
def test_a_block_holds_what_was_added_and_nothing_else(inside: set[int], outside: set[int]) -> None:
    bits = in_blocks(inside)
    for number in inside | outside:
        block = bits.get(blocks.block_of(number), bytes(blocks.SIZE))
        assert blocks.holds(block, number) == (number in inside)
    assert sum(map(blocks.count, bits.values())) == len(inside)


@given(st.sets(st.integers(0, 9999)), st.sets(st.integers(0, 9999)))
def test_merging_keeps_the_lines_of_both(one: set[int], other: set[int]) -> None:
    first, second = (in_blocks(lines).get(0, bytes(blocks.SIZE)) for lines in (one, other))
    assert blocks.count(blocks.merge(first, second)) == len(one | other)


def test_taking_begins_anew() -> None:
    gathered = blocks.Blocks()
    gathered.add([5610000000])
    assert len(gathered) == 1
    gathered.take()
    assert len(gathered) == 0
