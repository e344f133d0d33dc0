"""Reads full-list files of do-not-call registries as a stream: flat or XML, zipped or not.

Shapes: the flat list has `561,5550123` or `5615550123` a line; the XML list
`<list val='561'> <ac val='561'> <ph val='5550123'/> … </ac></list>` with leading zeros left out.
Change lists are refused: their field order is not documented, and a full list is always right.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import IO

from compliance.dnc.errors import DncRefused
from compliance.dnc.names import check_named, codes_in
from compliance.dnc.xml_list import CUT_OFF, XmlList

CHUNK = 1 << 18
LONGEST_LINE = 200
LINES_PER_AREA = 10_000_000
# Possessive: a chunk fits or it does not, there is nothing to go back for.
_FLAT = re.compile(rb"(?:(?:[2-9]\d\d,?\d{7})?[ \t]*+\r?\n)*+")
_FLAT_LINE = re.compile(rb"([2-9]\d\d),?\d{7}")
_MARK = b"\xef\xbb\xbf"
SHAPES = "a full list has one number a line, as 561,5550123 or 5615550123, or is the XML full list"


@dataclass(frozen=True, slots=True)
class Batch:
    """Some numbers of one area code, each ten digits as an integer, in the file's order."""

    area_code: str
    numbers: list[int]


def read_batches(file: IO[bytes], name: str) -> Iterator[Batch]:
    """Every number of the file, batch by batch; holds about a megabyte however long the file is.

    `name` is the file's name: area codes in it (`dnc_561.zip`) are the only ones the file may
    hold. Raises DncRefused with the line and what to do; what was yielded before is then void.
    """
    with _opened(file, name) as (stream, inner_name):
        chunks = _chunks(stream)
        first = next(chunks, b"").removeprefix(_MARK)
        named = [codes for codes in map(codes_in, {name, inner_name}) if codes]
        shape = XmlList(named) if first.lstrip().startswith(b"<") else _FlatList(named)
        found = False
        for numbers in _numbers(shape, first, chunks):
            for batch in _by_area(numbers):
                found = True
                yield batch
        if not found:
            raise DncRefused("The file holds no number: download the full list again.")


def _by_area(numbers: list[int]) -> Iterator[Batch]:
    if not numbers:
        return
    lowest = min(numbers) // LINES_PER_AREA
    if lowest == max(numbers) // LINES_PER_AREA:  # the usual case: lists are sorted by area code
        yield Batch(str(lowest), numbers)
        return
    for code, group in groupby(numbers, lambda number: number // LINES_PER_AREA):
        yield Batch(str(code), list(group))


@contextmanager
def _opened(file: IO[bytes], name: str) -> Iterator[tuple[IO[bytes], str]]:
    """The list itself and its name: the one member of a zip, or the file as it is."""
    if file.read(2) != b"PK":
        file.seek(0)
        yield file, name
        return
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            member = _only_member(archive)
            with archive.open(member) as stream:
                yield stream, member.filename
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise DncRefused(f"The zip cannot be read to its end ({error}): {CUT_OFF}.") from error
    except NotImplementedError as error:
        raise DncRefused(f"The zip uses {error}: unpack it and import the list itself.") from error


def _only_member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [
        member
        for member in archive.infolist()
        if not member.is_dir() and not member.filename.startswith("__MACOSX/")
    ]
    if len(members) != 1:
        raise DncRefused(
            f"The zip holds {len(members)} files, a list comes as one: "
            "unpack it and import the full lists one by one."
        )
    if members[0].flag_bits & 1:
        raise DncRefused("The zip wants a password: unpack it and import the list itself.")
    return members[0]


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


class _FlatList:
    """The flat shape, fed in pieces; whole lines come out as numbers."""

    def __init__(self, named: list[frozenset[str]]) -> None:
        self._named = named
        self._rest = b""
        self._lines_before = 0

    def feed(self, chunk: bytes) -> list[int]:
        whole, newline, self._rest = (self._rest + chunk).rpartition(b"\n")
        numbers = self._take(whole + newline)
        if len(self._rest) > LONGEST_LINE:
            raise DncRefused(f"Line {self._lines_before + 1} has no end: {SHAPES}.")
        return numbers

    def close(self) -> list[int]:
        last, self._rest = self._rest.strip(), b""
        if re.fullmatch(rb"[\d,]{1,10}", last) and _FLAT_LINE.fullmatch(last) is None:
            line = self._lines_before + 1
            raise DncRefused(f"Line {line} ends in the middle of a number: {CUT_OFF}.")
        return self._take(last + b"\n")

    def _take(self, lines: bytes) -> list[int]:
        if _FLAT.fullmatch(lines) is None:
            self._explain(lines)
        numbers = [int(word) for word in lines.replace(b",", b"").split()]
        if self._named:
            codes = {str(code) for code in {number // LINES_PER_AREA for number in numbers}}
            if not all(codes <= named for named in self._named):
                self._explain(lines)
        self._lines_before += lines.count(b"\n")
        return numbers

    def _explain(self, lines: bytes) -> None:
        """Find the first line that does not fit and refuse it in words."""
        for line, content in enumerate(lines.split(b"\n"), self._lines_before + 1):
            words = content.strip()
            fits = _FLAT_LINE.fullmatch(words)
            if words and fits is None:
                raise DncRefused(_misfit(line, words))
            if fits:
                check_named(fits[1].decode(), self._named, line)
        raise DncRefused(f"After line {self._lines_before} comes what is no list: {SHAPES}.")


def _numbers(
    shape: XmlList | _FlatList, first: bytes, chunks: Iterator[bytes]
) -> Iterator[list[int]]:
    yield shape.feed(first)
    for chunk in chunks:
        yield shape.feed(chunk)
    yield shape.close()


def _misfit(line: int, words: bytes) -> str:
    shown = words[:40].decode("ascii", "replace")
    fields = words.count(b",") + 1
    if fields > 2:
        return (
            f"Line {line}, “{shown}”, has {fields} fields: this looks like a change list. "
            "Download the full list instead; change lists are not imported."
        )
    return f"Line {line}, “{shown}”, is no number: {SHAPES}."
