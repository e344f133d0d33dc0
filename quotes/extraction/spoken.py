"""Amounts written out in words: "douze mille quatre cents", "zwölftausendvierhundert". Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from outreach.reading.number_words import number_words
from outreach.reading.tongues import OURS

# What the shared table leaves out because no brief counts so far.
MORE = {
    "dreissig": 30, "eins": 1,
    "veintiuno": 21, "veintiún": 21, "veintidós": 22, "veintitrés": 23, "veinticuatro": 24,
    "veinticinco": 25, "veintiséis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29,
    "tredici": 13, "quattordici": 14, "quindici": 15, "sedici": 16, "diciassette": 17,
    "diciotto": 18, "diciannove": 19, "sessanta": 60, "settanta": 70, "ottanta": 80, "novanta": 90,
    "treze": 13, "dezesseis": 16, "dezasseis": 16, "dezessete": 17, "dezassete": 17, "dezoito": 18,
    "dezenove": 19, "dezanove": 19, "sessenta": 60, "setenta": 70, "oitenta": 80, "noventa": 90,
    "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17, "achttien": 18,
    "negentien": 19, "zestig": 60, "zeventig": 70, "tachtig": 80, "negentig": 90,
    "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17,
    "восемнадцать": 18, "девятнадцать": 19, "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80,
    "девяносто": 90, "двести": 200, "триста": 300, "четыреста": 400, "пятьсот": 500,
    "шестьсот": 600, "семьсот": 700, "восемьсот": 800, "девятьсот": 900,
    "doscientos": 200, "doscientas": 200, "trescientos": 300, "cuatrocientos": 400,
    "quinientos": 500, "seiscientos": 600, "setecientos": 700, "ochocientos": 800,
    "novecientos": 900, "duzentos": 200, "trezentos": 300, "quatrocentos": 400, "quinhentos": 500,
    "seiscentos": 600, "setecentos": 700, "oitocentos": 800, "novecentos": 900,
}  # fmt: skip
# Italian tens lose their last letter before one and eight; only inside a compound.
ELIDED = {
    "vent": 20, "trent": 30, "quarant": 40, "cinquant": 50, "sessant": 60, "settant": 70,
    "ottant": 80, "novant": 90,
}  # fmt: skip
HUNDRED = frozenset(
    ["hundred", "hundert", "cent", "cents", "cien", "ciento", "cento", "centos", "honderd", "сто"]
)  # they multiply what stands before them
THOUSAND = frozenset(
    ["thousand", "grand", "tausend", "mille", "mil", "mila", "duizend", "тысяча", "тысячи", "тысяч"]
)
MILLION = frozenset(
    [
        "million",
        "millions",
        "millionen",
        "millón",
        "millones",
        "milione",
        "milioni",
        "milhão",
        "milhões",
        "miljoen",
        "миллион",
        "миллиона",
        "миллионов",
    ]
)
JOINED = frozenset(["and", "und", "et", "y", "e", "en", "и"])
TOKEN = re.compile(r"[^\W\d_]+")
BETWEEN = re.compile(r"[\s\u00a0]{0,2}|\s?-\s?")
# "fourteen cents a word": no hundreds
OF_MONEY = re.compile(r"\bcents?\b(?=\s?(?:a|an|per|each|apiece|/|pro)\b)", re.IGNORECASE)
CENTURIES = frozenset({20})  # "twenty twenty-six" is a year
LONGEST = 60  # a compound longer than that is no number


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number in words at [start, end); `round` where it says hundred, thousand or more."""

    value: int
    start: int
    end: int
    round: bool
    short: bool = False  # "thirty-eight five": told the way people tell prices


@lru_cache(maxsize=1)
def _table() -> dict[str, int]:
    return {**number_words(OURS), **MORE, **ELIDED}


def find_spoken(text: str) -> list[Spoken]:
    """Every run of number words; the caller says which of them are money."""
    found: list[Spoken] = []
    text = OF_MONEY.sub(lambda match: " " * len(match.group()), text)
    run: list[tuple[list[str], int, int]] = []
    for parts, start, end, joins in _tokens(text):
        if run and not BETWEEN.fullmatch(text, run[-1][2], start):
            found += _read(run)
            run = []
        if joins:
            if run:
                run.append(([], start, end))
        elif parts:
            run.append((parts, start, end))
        elif run:
            found += _read(run)
            run = []
    return found + _read(run)


def _tokens(text: str) -> Iterator[tuple[list[str], int, int, bool]]:
    """(number words in the token, start, end, whether it only joins two of them)."""
    for match in TOKEN.finditer(text):
        word = match.group().lower()
        parts = _parts(word)
        yield parts, match.start(), match.end(), not parts and word in JOINED


def _known(word: str) -> bool:
    return word in _table() or word in HUNDRED or word in THOUSAND or word in MILLION


@lru_cache(maxsize=4096)
def _parts(word: str) -> list[str]:
    """A word as the numbers it is written together from: "dreihundertfünfzig"; [] for none."""
    if _known(word) and word not in ELIDED:
        return [word]
    if not 8 <= len(word) <= LONGEST or not re.search(
        r"hundert|tausend|honderd|duizend|cento|mila|mille|zig|ßig|tig|anta|enti", word
    ):
        return []
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 13), end):
            piece, before = word[start:end], best[start]
            if before is None or not (_known(piece) or (piece in JOINED and before)):
                continue
            if best[end] is None or len(before) + 1 < len(best[end] or []):
                best[end] = [*before, piece]
    return [part for part in best[-1] or [] if part not in JOINED]


def _read(run: list[tuple[list[str], int, int]]) -> list[Spoken]:
    while run and not run[-1][0]:
        run.pop()
    words = [word for parts, _start, _end in run for word in parts]
    if not words:
        return []
    scales = HUNDRED | THOUSAND | MILLION
    is_round = any(word in scales or _table().get(word, 0) >= 100 for word in words)
    joined = len(words) < len(run)  # "twenty and five" is no shorthand
    short = None if is_round or joined else _shorthand([_table().get(word, 0) for word in words])
    value = short or _value(words)
    return [Spoken(value, run[0][1], run[-1][2], is_round, bool(short))] if value else []


def _shorthand(numbers: list[int]) -> int | None:
    """ "thirty-eight five" is 38,500, "two forty" 240, "forty-one two fifty" 41,250."""
    groups: list[int] = []
    for number in numbers:
        if groups and number < 10 and groups[-1] >= 20 and groups[-1] % 10 == 0:
            groups[-1] += number
        else:
            groups.append(number)
    if len(groups) == 2 and 0 < groups[1] < 10 <= 10 * groups[0]:
        return groups[0] * 1000 + groups[1] * 100
    if len(groups) == 2 and groups[1] >= 10 and groups[0] not in CENTURIES:
        return groups[0] * 100 + groups[1]
    if len(groups) == 3 and 0 < groups[1] < 10 <= groups[2]:
        return groups[0] * 1000 + groups[1] * 100 + groups[2]
    return None


def _value(words: list[str]) -> int:
    total = current = 0
    for word in words:
        if word in MILLION:
            total, current = (total + max(current, 1)) * 10**6, 0
        elif word in THOUSAND:
            total, current = total + max(current, 1) * 1000, 0
        elif word in HUNDRED:
            low = current % 100
            current = current + 100 if not low else current - low + low * 100
        elif word.startswith("vingt") and current % 100 == 4:
            current += 76  # "quatre-vingts"
        else:
            current += _table().get(word, 0)
    return total + current
