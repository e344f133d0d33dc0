"""The XML shape of a full list, fed in pieces to expat: no tree, no document type, no entities."""

import re
import xml.parsers.expat
from typing import NoReturn

from compliance.dnc.errors import DncRefused
from compliance.dnc.names import check_named

CUT_OFF = "download it again, it is probably cut off"
AS_DOWNLOADED = "import the XML full list exactly as it was downloaded"
LARGEST_TAG = 1 << 20
PARENTS = {"list": ("",), "ac": ("list",), "ph": ("ac", "list")}
_CODE = re.compile(r"[2-9]\d\d")
_PHONE = re.compile(r"\d{1,7}", re.ASCII).fullmatch


class XmlList:
    """Fed in pieces; the numbers of each piece come out, leading zeros put back."""

    def __init__(self, named: list[frozenset[str]]) -> None:
        self._named = named
        self._path: list[str] = []
        self._listed = ""  # the area code of the whole list, where it has one
        self._base = 0  # the area code under way, as the ten digits of its number 0000000
        self._numbers: list[int] = []
        self._fed = 0
        self._parser = xml.parsers.expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._document_type

    def feed(self, chunk: bytes) -> list[int]:
        self._parse(chunk, last=False)
        self._fed += len(chunk)
        if self._fed - self._parser.CurrentByteIndex > LARGEST_TAG:
            raise DncRefused(f"Line {self._line} has a tag without end: {AS_DOWNLOADED}.")
        return self._taken()

    def close(self) -> list[int]:
        self._parse(b"", last=True)
        return self._taken()

    def _parse(self, chunk: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(chunk, last)
        except xml.parsers.expat.ExpatError as error:
            raise DncRefused(f"The XML is broken at {error}: {CUT_OFF}.") from error

    def _taken(self) -> list[int]:
        taken, self._numbers = self._numbers, []
        return taken

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber

    def _start(self, tag: str, values: dict[str, str]) -> None:
        if (self._path[-1] if self._path else "") not in PARENTS.get(tag, ()):
            raise DncRefused(
                f"Line {self._line}: <{tag}> has no place in a full list (change lists are not "
                f"imported): {AS_DOWNLOADED}."
            )
        self._path.append(tag)
        if tag != "ph":
            self._area(tag, values)
        elif self._base and len(values) == 1 and _PHONE(values.get("val", "")):
            self._numbers.append(self._base + int(values["val"]))
        else:
            self._no_phone(values)

    def _area(self, tag: str, values: dict[str, str]) -> None:
        kind = values.get("type", "full")
        if not kind.lower().startswith("f"):
            raise DncRefused(
                f"Line {self._line}: the list is of type “{kind}”: download the full list instead; "
                "change lists are not imported."
            )
        code = values.get("val", "")
        if _CODE.fullmatch(code) is None:
            if tag == "ac":
                raise DncRefused(f"Line {self._line}: “{code}” is no area code: {AS_DOWNLOADED}.")
            return  # the list of a state or of the whole nation names its area codes further in
        if tag == "list":
            self._listed = code
        elif self._listed not in ("", code):
            raise DncRefused(
                f"Line {self._line}: area code {code} stands in a list of {self._listed}: "
                f"{AS_DOWNLOADED}."
            )
        check_named(code, self._named, self._line)
        self._base = int(code) * 10_000_000

    def _no_phone(self, values: dict[str, str]) -> NoReturn:
        line, others = self._line, sorted(set(values) - {"val"})
        if others:
            raise DncRefused(
                f"Line {line}: a number with {', '.join(others)} is from a change list: "
                "download the full list instead."
            )
        phone = values.get("val", "")
        if _PHONE(phone) is None:
            raise DncRefused(f"Line {line}: “{phone[:40]}” is no number: {AS_DOWNLOADED}.")
        raise DncRefused(f"Line {line}: a number without area code: {AS_DOWNLOADED}.")

    def _end(self, _tag: str) -> None:
        self._path.pop()

    def _text(self, text: str) -> None:
        if text.strip():
            raise DncRefused(f"Line {self._line}: text between the tags: {AS_DOWNLOADED}.")

    def _document_type(self, *_declaration: object) -> None:
        raise DncRefused(
            f"Line {self._line}: the XML declares a document type, which a list never does: "
            f"{AS_DOWNLOADED}."
        )
