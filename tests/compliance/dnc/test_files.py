"""Reading full lists: every shape the registry writes, and a clear refusal of everything else."""

import io
import tracemalloc
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.dnc.errors import DncRefused
from compliance.dnc.files import Batch, read_batches
from compliance.dnc.names import codes_in
from tests.compliance.dnc.lists import flat, xml, zipped

NUMBERS = [5610000123, 5615550123, 5615550124]


def read(content: bytes, name: str = "list.txt") -> list[int]:
    batches = read_batches(io.BytesIO(content), name)
    return [number for batch in batches for number in batch.numbers]


def refusal(content: bytes, name: str = "list.txt") -> str:
    with pytest.raises(DncRefused) as refused:
        read(content, name)
    return str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        flat(NUMBERS),
        flat(NUMBERS, comma=False),
        flat(NUMBERS, end="\r\n"),
        flat(NUMBERS).rstrip(b"\n"),
        b"\xef\xbb\xbf" + flat(NUMBERS) + b"\n\n",
        xml(NUMBERS),
        b"<list val='561'>"
        + b"".join(b"<ph val='%d'/>" % (n % 10**7) for n in NUMBERS)
        + b"</list>",
        zipped(flat(NUMBERS)),
        zipped(xml(NUMBERS), "561.xml"),
    ],
)
def test_every_shape_gives_the_same_numbers(content: bytes) -> None:
    assert read(content) == NUMBERS


def test_leading_zeros_left_out_by_the_xml_shape_are_put_back() -> None:
    assert read(b"<list val='423'><ac val='423'><ph val='7'/></ac></list>") == [4230000007]


def test_batches_hold_one_area_code_each() -> None:
    batches = list(read_batches(io.BytesIO(flat([3055550100, 5615550100, 5615550101])), "fl.txt"))
    assert batches == [Batch("305", [3055550100]), Batch("561", [5615550100, 5615550101])]


def test_a_state_s_xml_list_holds_several_area_codes() -> None:
    content = (
        b"<list type='full' level='state' val='FL'><ac val='305'><ph val='1'/></ac>"
        b"<ac val='561'><ph val='2'/></ac></list>"
    )
    assert read(content) == [3050000001, 5610000002]


@given(st.lists(st.integers(2_000_000_000, 9_999_999_999), min_size=1, max_size=50))
def test_what_was_written_is_read_back(numbers: list[int]) -> None:
    assert read(flat(numbers)) == numbers
    assert read(zipped(flat(numbers, comma=False, end="\r\n"), "all.txt")) == numbers


@given(st.binary(max_size=300))
def test_no_rubbish_gets_further_than_a_refusal(content: bytes) -> None:
    with suppress(DncRefused):
        assert all(2_000_000_000 <= number <= 9_999_999_999 for number in read(content))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no number"),
        (b"\n\n", "no number"),
        (b"phone\n5615550123\n", "Line 1, “phone”"),
        (b"561,5550123\n561,555012x\n", "Line 2"),
        (b"561,5550123\n161,5550123\n", "Line 2"),
        (b"561,5550123\n(561) 555-0124\n", "Line 2"),
        (b"561,5550123\n561,555", "Line 2 ends in the middle of a number"),
        (b"561,5550123,2026-11-18,A\n", "change list"),
        (b"561,5550123\n" * 100_000 + b"561,555\xe9124\n", "Line 100001, “561,555"),
        (b"<list val='561'>" + b"<ph val='5550123'/>" * 9 + b"<ph val='\xff'/></list>", "broken"),
        (b"5" * 1000, "Line 1 has no end"),
        ("561,5550123\n".encode("utf-16"), "Line 1"),
        (b"<html><body>Log in</body></html>", "<html> has no place"),
        (b"<list val='561'><ac val='561'><ph val='5550123'/>", "cut off"),
        (b"<list val='561'/>", "no number"),
        (b"<list val='561' type='change'><ph val='1'/></list>", "change lists are not imported"),
        (b"<list val='561'><add><ph val='1'/></add></list>", "<add> has no place"),
        (b"<list val='561'><ph val='1' action='D'/></list>", "from a change list"),
        (b"<list val='561'><ph val='555-0123'/></list>", "is no number"),
        (b"<list><ph val='5550123'/></list>", "without area code"),
        (b"<list val='561'><ac val='305'><ph val='1'/></ac></list>", "305 stands in a list of 561"),
        (b"<list val='561'>5550123</list>", "text between the tags"),
        (b"<list val='561'><ph val='" + b"1" * 3_000_000, "a tag without end"),
    ],
)  # fmt: skip
def test_what_is_no_full_list_is_refused_with_its_line(content: bytes, words: str) -> None:
    assert words in refusal(content)


def test_entities_are_never_expanded() -> None:
    bomb = b"<!DOCTYPE list [<!ENTITY a '1'>]><list val='561'><ph val='&a;'/></list>"
    assert "document type" in refusal(bomb)
    assert "broken" in refusal(b"<list val='561'><ph val='&a;'/></list>")


@pytest.mark.parametrize("name", ["305.txt", "dnc_305.zip", "2026-11-18_305.xml"])
def test_an_area_code_the_name_does_not_tell_is_refused(name: str) -> None:
    for content in (flat(NUMBERS), xml(NUMBERS), zipped(flat(NUMBERS), "inside.txt")):
        assert "named for 305" in refusal(content, name)


def test_the_name_inside_the_zip_counts_too() -> None:
    assert "named for 305" in refusal(zipped(flat(NUMBERS), "305.txt"), "download.zip")


def test_the_line_of_a_stray_area_code_is_told() -> None:
    assert refusal(flat([5615550123, 5615550124, 3055550123]), "561.txt").startswith("Line 3")


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("561.txt", {"561"}),
        ("2026-11-18_561_4F2B77AA.zip", {"561"}),
        ("305-561.txt", {"305", "561"}),
        ("florida.txt", set()),
        ("20261118.txt", set()),
        ("/srv/305/561.txt", {"561"}),
    ],
)
def test_area_codes_in_a_name(name: str, codes: set[str]) -> None:
    assert codes_in(name) == codes


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_zip_cut_off_anywhere_is_refused(share: float) -> None:
    whole = zipped(flat(range(5610000000, 5610050000)))
    assert "cut off" in refusal(whole[: int(len(whole) * share)])


def test_a_zip_damaged_in_the_middle_is_refused() -> None:
    whole = bytearray(zipped(flat(range(5610000000, 5610050000))))
    whole[len(whole) // 2] ^= 0xFF
    refusal(bytes(whole))


def test_a_zip_of_several_lists_is_refused() -> None:
    target = io.BytesIO(zipped(flat(NUMBERS)))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("305.txt", "305,5550123\n")
    assert "holds 2 files" in refusal(target.getvalue())


def test_memory_stays_flat_however_long_the_list() -> None:
    content = zipped(flat(range(5612000000, 5612000000 + 400_000)))
    tracemalloc.start()
    for _batch in read_batches(io.BytesIO(content), "561.zip"):
        pass
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6_000_000  # 400,000 integers alone would take 14 MB
