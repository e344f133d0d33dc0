"""Which letters the bytes of a list are: UTF-8 and UTF-16 by rule, older code pages by likeness."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from crm.imports.problems import BadFileError

CHUNK = 1024 * 1024
SAMPLE = 64 * 1024
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CYRILLIC = ("cp1251", "koi8_r", "cp866")
LATIN = ("cp1252", "cp1250", "latin_1")
HIGH_RUN = re.compile(rb"[\x80-\xff]+")
UTF8_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to decode; `lines` is how many line breaks the file has, for the progress bar."""

    name: str
    lines: int
    damaged: bool = False  # UTF-8 with some bytes that are none: those rows are reported


def find_encoding(path: Path) -> Encoding:
    """The file's encoding, after one pass over all of it in portions."""
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, name in MARKS:
        if head.startswith(mark):
            return _checked(path, name)
    if name := _utf16_without_mark(head):
        return _checked(path, name)
    lines, odd = _survey(path)
    if odd is None:
        return Encoding("utf-8", lines)
    letters, bad = len(UTF8_LETTER.findall(odd)), len(HIGH_RUN.findall(UTF8_LETTER.sub(b"", odd)))
    if letters > 10 * bad:
        return Encoding("utf-8", lines, damaged=True)
    return Encoding(guess_code_page(odd), lines)


def guess_code_page(sample: bytes) -> str:
    """The code page that makes words of the sample's high bytes. Pure.

    In Cyrillic whole words are high bytes; in Latin text an accented letter stands alone.
    """
    runs = [len(run) for run in HIGH_RUN.findall(sample)]
    if sum(runs) < 2.5 * len(runs):
        return max(LATIN, key=lambda name: _letters(sample, name))
    name = max(CYRILLIC, key=lambda one: _small(sample, one))
    if _small(sample, name) > sum(runs) / 2:
        return name
    best = from_bytes(sample).best()  # Greek, Hebrew, Chinese, …
    return best.encoding if best else name


def _letters(sample: bytes, name: str) -> int:
    """How many high bytes are letters; in the wrong Latin page they are signs."""
    text = sample.decode(name, "replace")
    return sum(letter.isalpha() for letter in text if letter > "\x7f") - 2 * text.count("\ufffd")


def _small(sample: bytes, name: str) -> int:
    """The Cyrillic pages share their bytes: in the right one most letters are small."""
    text = sample.decode(name, "replace")
    return sum("а" <= letter <= "я" for letter in text) - text.count("\ufffd")


def _utf16_without_mark(head: bytes) -> str:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half and odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if half and even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


def _survey(path: Path) -> tuple[int, bytes | None]:
    """Line breaks, and, where it is not UTF-8, a sample of the lines with other letters."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines, sound, odd, rest = 0, True, bytearray(), b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            lines += chunk.count(b"\n") or chunk.count(b"\r")
            if sound:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    sound = False
            if len(odd) < SAMPLE and not chunk.isascii():
                whole = (rest + chunk).splitlines(keepends=True)
                for line in whole:
                    if len(odd) < SAMPLE and not line.isascii():
                        odd += line[:2000]
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        sound = False
    return lines, None if sound else bytes(odd)


def _checked(path: Path, name: str) -> Encoding:
    decoder = codecs.getincrementaldecoder(name)()
    lines = 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                lines += decoder.decode(chunk).count("\n")
            decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        if name == "utf-8-sig":
            return Encoding(name, lines, damaged=True)
        raise BadFileError(f"The file says it is {name} and is cut off. Save it anew.") from error
    return Encoding(name, lines)
