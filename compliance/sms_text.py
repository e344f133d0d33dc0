"""Counts the segments a text message is billed and capped by, and says what made it longer. Pure.

GSM 03.38: 160 septets alone, 153 each when joined; one character outside it makes all of the text
UCS-2: 70 units alone, 67 each. The header that joins segments takes the difference (6 bytes).
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")
MOST_CHARACTERS = 1600  # what the provider takes as one message

REPLACEMENTS = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "´": "'", "`": "'",
    "“": '"', "”": '"', "„": '"', "″": '"', "«": '"', "»": '"', "‹": "'", "›": "'",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "•": "-", "·": "-",
    "…": "...", "×": "x", "÷": "/", "№": "No.", "©": "(c)", "®": "(R)", "™": "(TM)", "°": " deg",
    "¼": "1/4", "½": "1/2", "¾": "3/4", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L",
    "đ": "d", "Đ": "D", "þ": "th", "Þ": "Th", "ð": "d", "¢": "c", "¹": "1", "²": "2", "³": "3",
    "\t": " ", "\u2028": "\n", "\u2029": "\n",
}  # fmt: skip


class Encoding(StrEnum):
    GSM7 = "GSM-7"
    UCS2 = "UCS-2"


@dataclass(frozen=True, slots=True)
class Forced:
    """A character that forces UCS-2, and what may stand for it: None where nothing can."""

    character: str
    replacement: str | None

    @property
    def name(self) -> str:
        return unicodedata.name(self.character, f"U+{ord(self.character):04X}").capitalize()


@dataclass(frozen=True, slots=True)
class TextCount:
    """`units`: septets of GSM-7, 16-bit units of UCS-2; `left`: what the last segment still takes.

    `plain`: the same text in GSM-7 when replacing the forced characters can do it, else None.
    """

    encoding: Encoding
    segments: int
    units: int
    left: int
    forced: tuple[Forced, ...] = ()
    plain: str | None = None

    @property
    def segments_when_plain(self) -> int:
        return self.segments if self.plain is None else count_text(self.plain).segments


def count_text(text: str) -> TextCount:
    """How a text is cut into segments. An empty text has none."""
    outside = list(dict.fromkeys(c for c in text if c not in BASIC and c not in EXTENSION))
    if not outside:
        costs = [2 if character in EXTENSION else 1 for character in text]
        return TextCount(Encoding.GSM7, *_cut(costs, alone=160, joined=153))
    costs = [2 if ord(character) > 0xFFFF else 1 for character in text]
    forced = tuple(Forced(character, _replacement(character)) for character in outside)
    replaceable = all(found.replacement is not None for found in forced)
    plain = as_gsm7(text) if replaceable else None
    return TextCount(Encoding.UCS2, *_cut(costs, alone=70, joined=67), forced, plain)


def _cut(costs: list[int], *, alone: int, joined: int) -> tuple[int, int, int]:
    """(segments, units, units left); a character of two units is never cut in two."""
    units = sum(costs)
    if units <= alone:
        return (1 if units else 0), units, alone - units
    segments, used = 1, 0
    for cost in costs:
        if used + cost > joined:
            segments, used = segments + 1, 0
        used += cost
    return segments, units, joined - used


def as_gsm7(text: str) -> str:
    """The text with every character replaced that can be; others stay as they are."""
    return "".join(
        character
        if character in BASIC or character in EXTENSION
        else (character if (found := _replacement(character)) is None else found)
        for character in text
    )


def _replacement(character: str) -> str | None:
    if character in REPLACEMENTS:
        return REPLACEMENTS[character]
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category in {"Cf", "Mn", "Me", "So", "Sk"} or "\ufe00" <= character <= "\ufe0f":
        return ""  # emoji, their joiners and marks: the sentence stands without them
    base = unicodedata.normalize("NFKD", character)
    stripped = "".join(part for part in base if unicodedata.category(part) != "Mn")
    if stripped and all(part in BASIC for part in stripped):
        return stripped
    return None
