"""Several offers in one reply: rows of a table or a list, and which one is meant. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from crm.categories.schema import FieldSpec, FieldType
from quotes.extraction import cues
from quotes.extraction.amounts import CODES, SYMBOLS, Amount, find_amounts
from quotes.extraction.case import Evidence
from quotes.extraction.cue_patterns import cue
from quotes.extraction.reader import Reader

SUM_ROW = re.compile(
    r"\b(?:sub-?total\w*|total\w*|(?:sub)?totaal\w*|tax(?:es)?|vat|mwst|ust|tva|iva|btw|ндс|итого|summe|gesamt\w*|endbetrag|montant total|importe total|imponibile|discount|rabatt|deposit|shipping|versand|zwischensumme|netto|brutto)\b",
    re.I,
)
NAMED = r"(?:option|opt\.?|variante?|opción|opção|opzione|optie|вариант|paket|package|tier|plan|formule|angebot)"
LETTER = re.compile(
    rf"^\s*[-•*–·▪◦]?\s*(?:{NAMED}\s*)?(?:\(?[A-Da-d1-9]\)?\s?[).:–—-]+|[A-D1-9]\b(?=\s*[:(–—-]))?\s*[-–—:]?\s*",
    re.I,
)
LISTED = re.compile(rf"\s*(?:[-•*–·▪◦]|\(?[A-Da-d1-9][).:]|{NAMED})", re.I)
PRICED = re.compile(r"[:=–—-]\s*(?:from\s)?[$€£A-Z]{0,3}\s?\d")
ORDINARY = frozenset(
    {"with", "and", "the", "for", "from", "seats", "wifi", "included", "per", "von"}
)
ALONE = re.compile(r"\W*$|\s*(?:<|←|\()")
MOST_APART = 8
PARAGRAPH = re.compile(r"\n\s*\n")
MOST_WIDE = 220  # characters of a row
CELL = re.compile(r"\S(?:.*?\S)??(?=\s{2,}|$)")
ENDED = re.compile(r"[.,]\d\d\b|,-")


@dataclass(frozen=True, slots=True)
class Line:
    """One row or list line with a name and a price."""

    label: str
    amount: Amount
    start: int
    end: int
    words: str
    units: tuple[str, ...] = ()  # what the price is per


@dataclass(frozen=True, slots=True)
class Options:
    """The offers, and the one the vendor means; `chosen` None if they leave it open."""

    lines: tuple[Line, ...]
    chosen: Line | None
    listed: bool = True  # rows of a table or list; else told in prose


def find_options(reader: Reader) -> Options | None:
    """Two or more lines each ending in one price, none of them a sum or a tax."""
    best: list[Line] = []
    group: list[Line] = []
    for line in _lines(reader, _table_currency(reader)):
        between = reader.text[group[-1].end : line.start] if group else ""
        if between.count("\n") > 2 and (PARAGRAPH.search(between) or between.count("\n") > 4):
            group = []
        group.append(line)
        if len(group) > len(best):
            best = list(group)
    if len(best) < 2 or _is_invoice(reader, best) or not _alike(best):
        return None
    return Options(tuple(best), chosen_of(reader, best))


HEADED = re.compile(
    rf"(?:\b(?:price|total|rate|cost|fare|preis|prix|tarif|precio|prezzo|prijs|preço|цена|стоимость)\b[\s,(]{{1,3}}(?P<cur>{CODES}|[$€£])"
    rf"|\b(?P<code>{CODES})\b)\)?\s*$",
    re.IGNORECASE,
)


def _table_currency(reader: Reader) -> str | None:
    """The currency in a table's header, "Aircraft  Seats  Price GBP", over columns of numbers."""
    for line in reader.text[reader.offset :].splitlines():
        if len(line) > MOST_WIDE or len(CELL.findall(line)) < 2:
            continue
        match = HEADED.search(line.rstrip())
        if match and not re.search(r"\d", line):
            sign = (match["cur"] or match["code"]).lower()
            return SYMBOLS.get(sign, sign.upper())
    return None


def _lines(reader: Reader, currency: str | None = None) -> list[Line]:
    lines, at = [], 0
    for raw in reader.text.splitlines(keepends=True):
        start, at = at, at + len(raw)
        line = raw.rstrip()
        if not line.strip() or len(line) > MOST_WIDE or start < reader.offset:
            continue
        read = _line(line, start, currency)
        if read:
            lines.append(read)
    return lines


def _line(line: str, start: int, currency: str | None = None) -> Line | None:
    """A row or list line as an offer with a name; None for a sentence, a sum, a fee."""
    end = len(line) if currency and len(CELL.findall(line)) > 1 else -1
    amounts = [
        a
        for a in find_amounts(line)
        if a.value >= 20
        and (
            not a.bare
            or ENDED.search(line[a.start : a.end])
            or a.end == end
            or _said_short(line, a)
        )
    ]
    if not amounts or SUM_ROW.search(line[: amounts[0].start]):
        return None
    amount = amounts[-1]
    parted = re.search(r"\s{2,}", line.strip()) or LISTED.match(line) or PRICED.search(line)
    # "Half day (5h) 1.350€" on a line of its own.
    short = (
        line.lstrip()[:1].isalpha()
        and len(amounts) == 1
        and amount.start <= 45
        and ALONE.match(line, amount.end)
    )
    numbered = LETTER.match(line)
    named_from = numbered.end() if numbered else 0
    if not (parted or short) or re.search(r"[.!?]\s", line[named_from : amount.start]):
        return None
    label = _label(line[: amounts[0].start])
    words = line.lower()
    if not label or cues.DEPOSIT.search(words) or _comes_on_top(words, amounts[0].start):
        return None
    moved = Amount(
        amount.value, start + amount.start, start + amount.end, amount.currency or currency, amount.high,
        amount.sign,
    )  # fmt: skip
    return Line(label, moved, start, start + len(line), words)


def _said_short(line: str, amount: Amount) -> bool:
    """ "Learjet 60 - forty-four even, …", "CJ3: 31.5k": a price without its currency."""
    words = line[amount.start : amount.end]
    return amount.value >= 1000 and (words[:1].isalpha() or words[-1:] in "kK")


def _comes_on_top(words: str, at: int) -> bool:
    """A list line of fees is no choice; a name may hold a plus ("Business Plus")."""
    before, after = words[:at], words[at:]
    opened = cues.EXTRA_BEFORE.search(before)
    fee = (
        cues.SERVICE.match(before)
        or cues.EXTRA_THING.search(before)
        or (opened and opened.start() < 4)
    )
    return bool(fee or (cues.EXTRA_AFTER.search(after) and not cues.PRICE_LESS.search(after)))


def _label(words: str) -> str:
    text = LETTER.sub("", words, count=1).strip()
    text = text if re.search(r"[^\W\d]{2,}", text) else words.strip()
    cell = re.split(r"\s{2,}|\s[–—-]\s|[:=|]|,\s", text)[0].strip(" -–—:,\t*•")
    cell = re.split(r"\s*\(", cell)[0].strip()
    if len(cell) < 2:
        cell = re.split(r"\s{2,}|[:=|]", words.strip())[0].strip()  # "Option A, one color"
    return cell[:80] if re.search(r"[^\W\d]{2,}", cell) else ""


def _alike(lines: Sequence[Line]) -> bool:
    """A choice is between offers of one size, none of them simply called "price"."""
    values = [line.amount.value for line in lines]
    named = any(cues.PRICED.search(f"{line.label.lower()} ") for line in lines)
    return not named and max(values) <= min(values) * MOST_APART


def _is_invoice(reader: Reader, lines: Sequence[Line]) -> bool:
    """Lines that add up to a total in the text are parts of one offer, not a choice."""
    total = sum((line.amount.value for line in lines), Decimal(0))
    stated = {a.value for a in find_amounts(reader.text)}
    if total in stated:
        return True
    sums = [a for a in find_amounts(reader.text) if a.value > max(x.amount.value for x in lines)]
    near = [a for a in sums if cues.TOTAL.search(reader.lower[max(0, a.start - 40) : a.start])]
    return bool(near) and len(lines) > 1 and total <= near[-1].value * Decimal("1.35")


def chosen_of(reader: Reader, lines: Sequence[Line]) -> Line | None:
    """The line called recommended, or the one whose own name a recommendation says."""
    marked = [line for line in lines if cues.RECOMMENDED.search(line.words)]
    if len(marked) == 1:
        return marked[0]
    for pattern in (cues.RECOMMENDED, cues.CHOSEN):
        for match in pattern.finditer(reader.lower):
            meant = _meant(reader, match, lines)
            if meant:
                return meant
    if len(lines) == 2:
        for match in cues.NOT_CHOSEN.finditer(reader.lower):
            refused = _refused(reader, match, lines)
            if refused:
                return lines[1] if refused is lines[0] else lines[0]
    return None


def _refused(reader: Reader, match: "re.Match[str]", lines: Sequence[Line]) -> Line | None:
    """ "Team would be $4,400, you don't need it": the one it is said of, there or by its name."""
    clause = reader.clause_at(match.start())
    inside = [line for line in lines if clause.start < line.end and line.start < clause.end]
    if inside:
        return inside[-1] if match.start() > inside[-1].amount.start else None
    return _meant(reader, match, lines)


def _meant(reader: Reader, match: "re.Match[str]", lines: Sequence[Line]) -> Line | None:
    """The line that a recommendation speaks of, by its label, its own words or its place."""
    clause = reader.clause_at(match.start())
    inside = [line for line in lines if line.start <= clause.start < line.end]
    last = reader.text[clause.start : clause.end].rstrip()[-1:]
    if last == "?" or (last == ":" and clause.end <= lines[0].start):
        return None  # "For 60 people I propose two menus:"
    if any(match.start() < line.end for line in inside):
        return None
    start = max([clause.start, *(line.end for line in lines if line.end <= match.start())])
    said = reader.lower[start : clause.end]
    whole = [line for line in lines if line.label.lower() in said]
    if whole:
        return max(whole, key=lambda line: len(line.label))
    spoken = _stems(reader.text[start : clause.end])
    scores = [(len(spoken & _own_words(reader, line, lines)), line) for line in lines]
    best = max(score for score, _line in scores)
    if best:
        # "I'd hold the Latitude, the Lear is taken": what is said first is meant.
        named = [line for score, line in scores if score == best]
        return min(named, key=lambda line: _said_at(reader, line, lines, match.end()))
    places = [place for place, words in enumerate(PLACES) if words.search(said)]
    return lines[places[0]] if places and places[0] < len(lines) else None


PLACES = (
    cue(
        r"\b(?:the (?:first|former)|ersteres?|die erste|das erste|la première|le premier|la primera|el primero|la prima|il primo|перв\w+|(?:het|de) eerste)\b"
    ),
    cue(
        r"\b(?:the (?:second|latter)|letzteres?|die zweite|das zweite|la (?:seconde|deuxième)|le (?:second|deuxième)|la segunda|el segundo|la seconda|il secondo|втор\w+|(?:het|de) tweede)\b"
    ),
    cue(r"\b(?:the (?:third|last)|die dritte|la troisième|la tercera|la terza|треть\w+)\b"),
)
# "I'd go with two" of "one photographer" and "a second shooter".
ALSO = {"second": "two", "2nd": "two", "zweite": "zwei", "segundo": "dos", "deuxième": "deux"}


def _said_at(reader: Reader, line: Line, lines: Sequence[Line], start: int) -> int:
    found = [reader.text.find(word, start) for word in _own_words(reader, line, lines)]
    return min((at for at in found if at >= 0), default=len(reader.text))


def _own_words(reader: Reader, line: Line, lines: Sequence[Line]) -> set[str]:
    """The words of a line that no other has, as written: "the F" is a colour, "a" an article."""
    others = {word for other in lines if other is not line for word in _words(reader, other)}
    return _words(reader, line) - others


def _stems(text: str) -> set[str]:
    """The words of a text, "tacos" as "taco" and "second" as "two"."""
    words = (ALSO.get(word, word) for word in re.findall(r"[\w+]+", text))
    return {word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words}


def _words(reader: Reader, line: Line) -> set[str]:
    before = reader.text[line.start : line.amount.start]
    written = _stems(f"{before} {reader.text[line.amount.end : line.end]}")
    known = {word for word in written if len(word) > 2 or not word.islower()}
    return known | {word.lower() for word in known if len(word) > 2} - ORDINARY


def names_of_others(options: Options | None) -> frozenset[str]:
    """The words that only the options which are not meant are called by, in lower case."""
    if options is None:
        return frozenset()
    meant = options.chosen or options.lines[0]
    own = set(re.findall(r"\w+", meant.label.lower()))
    other = {w for line in options.lines for w in re.findall(r"[^\W\d]\w{2,}", line.label.lower())}
    return frozenset(other - own)


def without_others(reader: Reader, options: Options | None) -> Reader:
    """The reply with the options that are not meant blanked, offsets kept."""
    if options is None:
        return reader
    meant = options.chosen or options.lines[0]
    text, lower = list(reader.text), list(reader.lower)
    for line in options.lines:
        if line is not meant:
            blank = " " * (line.end - line.start)
            text[line.start : line.end] = lower[line.start : line.end] = blank
    return replace(reader, text="".join(text), lower="".join(lower))


YES = re.compile(r"^(?:yes|y|included|incl|ja|oui|s[ií]|да|x)\b|^[✓✔]", re.I)
NO = re.compile(r"^(?:no|n|–|—|-|nein|non|нет|✗)$", re.I)


def read_row(
    reader: Reader, line: Line, specs: Sequence[FieldSpec]
) -> dict[str, tuple[Any, Evidence]]:
    """A table row's cells by the words of its header line, which stands above the rows."""
    found: dict[str, tuple[Any, Evidence]] = {}
    cells = [
        (m.start(), line.start + m.start(), m.group())
        for m in CELL.finditer(reader.text[line.start : line.end])
    ]
    for column, name in _header(reader, line, specs):
        near = min(cells, key=lambda cell: abs(cell[0] - column))
        for spec in specs:
            value = _cell(spec, near[2]) if _names(spec, name) else None
            if value is not None and spec.name not in found:
                found[spec.name] = value, reader.evidence(near[1], near[1] + len(near[2]))
    return found


def named_by(
    line: Line, reader: Reader, specs: Sequence[FieldSpec]
) -> dict[str, tuple[Any, Evidence]]:
    """A choice between models is called by them: its name is the model."""
    at = reader.text.find(line.label, line.start, line.end)
    if at < 0 or not any(spec.name == "model" for spec in specs):
        return {}
    return {"model": (line.label, reader.evidence(at, at + len(line.label)))}


def _header(reader: Reader, line: Line, specs: Sequence[FieldSpec]) -> list[tuple[int, str]]:
    for candidate in reversed(reader.text[: line.start].splitlines()[-8:]):
        cells = [(m.start(), m.group().lower()) for m in CELL.finditer(candidate)]
        named = any(_names(spec, name) for spec in specs for _column, name in cells)
        if len(cells) >= 2 and named and not find_amounts(candidate):
            return cells
    return []


def _names(spec: FieldSpec, header: str) -> bool:
    words = {spec.label.lower(), *spec.reply_words}
    return header in words or any(word in words for word in header.split() if len(word) > 2)


def _cell(spec: FieldSpec, text: str) -> Any:
    kind = spec.answer_type
    if kind == FieldType.BOOLEAN:
        return True if YES.match(text) else False if NO.match(text) else None
    if kind in {FieldType.TEXT, FieldType.DURATION}:
        return text if re.search(r"\w", text) else None
    match = re.match(r"\d+(?:[.,]\d+)?", text)
    if kind not in {FieldType.INTEGER, FieldType.DECIMAL} or not match:
        return None
    number = float(match.group().replace(",", "."))
    return int(number) if number.is_integer() else number
