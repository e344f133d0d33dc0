"""Reads the category's own fields out of a reply, by the words and types of its schema. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from crm.categories.schema import FieldSpec, FieldType
from outreach.reading.dates import find_dates
from outreach.reading.number_words import number_words
from quotes.extraction import named_values
from quotes.extraction.amounts import find_amounts
from quotes.extraction.case import Evidence
from quotes.extraction.reader import Reader

Found = tuple[Any, Evidence]
COUNTS = number_words(("en", "de", "fr", "es", "ru"))
DIGITS = r"\d{1,3}(?:[,.\u00a0 ]\d{3})+|\d+(?:[.,]\d+)?"
COUNT = (
    r"(?:" + DIGITS + "|" + "|".join(sorted(map(re.escape, COUNTS), key=len, reverse=True)) + ")"
)
NEGATED = re.compile(
    r"(?:\b(?:no|not|without|excluding|excludes?|excl|ex|sans|pas de|pas d'|sin|ohne|kein\w*|без|нет|zonder|senza|non|isn't|aren't|n't|nicht|не|hors)\b[\s\w'/&,-]{0,22})$"
)
NEGATED_AFTER = re.compile(
    r"^[\s\w'/&(),-]{0,24}?\b(?:not|isn't|aren't|n't|extra|separate\w*|additional|excluded|nicht|pas|non compris\w*|en sus|no (?:está|incluid)\w*|aparte|не|отдельно|on request|billed|unavailable|upon request|is yours|zzgl|esclus\w*|exclusief)\b"
)
# Words that say by themselves that a thing is done.
DONE = re.compile(
    r"\b(?:installed|on board|delivered|placed|livr\w+|geliefert|frei haus|entregad\w+|set up|loaners?)\b"
)
POSITIVE = re.compile(
    r"\b(?:includ\w+|incl|free|complimentary|on board|yes|comes with|equipped|provided|covered|bring|inkl\w*|inbegriffen|enthalten|kostenlos|frei|gratis|compris\w*|inclus\w*|offert\w*|incluid\w*|включ\w*|входит|входят|есть|бесплатн\w*|compres\w*|inbegrepen|inclusief|we (?:do|handle|provide|supply)|in the price|part of|delivered|with|mit|avec|con|с)\b|✓|✔"
)


def read_fields(
    reader: Reader, specs: Sequence[FieldSpec], *, price_at: int = -1
) -> dict[str, Found]:
    """Every field the reply answers, with its words; `price_at` is where the price stands."""
    found: dict[str, Found] = {}
    for spec in specs:
        value = _read(reader, spec, price_at)
        if value is not None:
            found[spec.name] = value
    return found


def _read(reader: Reader, spec: FieldSpec, price_at: int) -> Found | None:
    special = named_values.READERS.get(spec.name)
    if special is not None:
        found = special(reader)
        if found or spec.name in named_values.ONLY:
            return found
    kind = spec.quote_type or spec.type
    if kind == FieldType.BOOLEAN:
        return read_boolean(reader, spec.words, price_at=price_at)
    if spec.name in {"year"}:
        return _year(reader)
    if kind in {FieldType.INTEGER, FieldType.DECIMAL}:
        return _count(reader, spec)
    if kind == FieldType.PERCENT:
        return _percent(reader, spec)
    if kind == FieldType.MONEY:
        return _money(reader, spec)
    if kind == FieldType.TIME:
        return _time(reader, spec)
    if kind == FieldType.DATE:
        return _date(reader, spec)
    if kind == FieldType.CHOICE or spec.value_words:
        return _choice(reader, spec)
    return _labelled(reader, spec)


def read_asked(
    reader: Reader, specs: Sequence[FieldSpec], constraints: Mapping[str, Any]
) -> dict[str, Found]:
    """Counts the client named and the vendor repeats: "Programs x 2000" for 2,000 pieces."""
    found: dict[str, Found] = {}
    for spec in specs:
        wanted = constraints.get(spec.name)
        if spec.type not in {FieldType.INTEGER, FieldType.DECIMAL} or not wanted:
            continue
        digits = re.escape(str(wanted))
        grouped = re.escape(f"{wanted:,}") if isinstance(wanted, int) else digits
        match = re.search(rf"(?<![\w.,$€£])(?:{digits}|{grouped})(?![\w.,]\d|\d)", reader.text)
        if match:
            found[spec.name] = wanted, reader.evidence(match.start(), match.end())
    return found


def _word_pattern(words: Sequence[str]) -> re.Pattern[str] | None:
    useful = sorted({w.lower() for w in words if len(w) > 1}, key=len, reverse=True)
    if not useful:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, useful))})(?!\w)")


def read_boolean(reader: Reader, words: Sequence[str], *, price_at: int = -1) -> Found | None:
    """True or false from what stands around a field's word; None when it is only mentioned."""
    pattern = _word_pattern(words)
    if pattern is None:
        return None
    fallback: Found | None = None
    for clause in reader.clauses:
        text = reader.words(clause)
        if text.rstrip().endswith("?"):
            continue
        for match in pattern.finditer(text):
            before, after = text[: match.start()], text[match.end() :]
            start, end = clause.start + match.start(), clause.start + match.end()
            if NEGATED.search(before[-40:]) or NEGATED_AFTER.search(after[:45]):
                return False, reader.evidence(start, end)
            if POSITIVE.search(before[-60:]) or POSITIVE.search(after[:40]):
                return True, reader.evidence(start, end)
            told = DONE.search(match.group()) or clause.start <= price_at < clause.end
            if told and fallback is None:
                fallback = (True, reader.evidence(start, end))
    return fallback


def _number(text: str) -> Decimal | None:
    lowered = text.lower()
    if lowered in COUNTS:
        return Decimal(int(COUNTS[lowered]))
    compact = re.sub(r"[\u00a0 ]", "", text)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", compact):
        return Decimal(re.sub(r"[.,]", "", compact))
    try:
        return Decimal(compact.replace(",", "."))
    except ArithmeticError:
        return None


def _count(reader: Reader, spec: FieldSpec) -> Found | None:
    """A number directly before the field's word ("8 seats"), else directly after ("seats 8")."""
    words = sorted({w.lower() for w in spec.words if len(w) > 1}, key=len, reverse=True)
    if not words:
        return None
    names = "|".join(map(re.escape, words))
    gap = r"[\s-]{0,2}(?:\w+[\s-]){0,1}?"
    before = re.compile(
        rf"(?<![\w.,/$€£])(?P<n>{COUNT})(?![\d/%]){gap}(?:{names})(?!\w)", re.IGNORECASE
    )
    after = re.compile(
        rf"(?<!\w)(?:{names})(?:\s?(?:of|is|are|für|pour|para|для|max\.?|up to|ca\.?|about|approx\.?|[:=])){{0,2}}\s?(?P<n>{COUNT})(?![\w/%])(?!\s?[$€£₽])",
        re.IGNORECASE,
    )
    for pattern in (before, after):
        match = pattern.search(reader.text, reader.offset) or pattern.search(reader.text)
        if match:
            value = _number(match["n"])
            if value is None or not 0 < value < 10**7:
                continue
            typed: Any = int(value) if value == value.to_integral_value() else float(value)
            if spec.type == FieldType.INTEGER and not isinstance(typed, int):
                continue
            return _in_unit(typed, spec, match.group().lower()), reader.evidence(
                match.start(), match.end()
            )
    return None


def _in_unit(value: Any, spec: FieldSpec, words: str) -> Any:
    """Weeks said where days are asked, years where months are."""
    if spec.unit == "days" and re.search(r"week|woche|semain|seman|недел", words):
        return value * 7
    if spec.unit == "months" and re.search(r"year|jahr|\ban\b|año|год|лет", words):
        return value * 12
    return value


def _year(reader: Reader) -> Found | None:
    match = re.search(
        r"\b(?:built|year|yom|baujahr|bj\.?|année|año|refit|год\w*|model|mfg|construit\w*|г\.?)\W{0,3}(?:in |en )?((?:19|20)\d\d)\b"
        r"|\b((?:19|20)\d\d)\s(?:build|model|built|year|г\.|года)\b|[(,]\s?((?:19|20)\d\d)\s?[),.]",
        reader.lower,
    )
    if not match:
        return None
    index = next(i for i in (1, 2, 3) if match.group(i))
    return int(match.group(index)), reader.evidence(match.start(index), match.end(index))


def _percent(reader: Reader, spec: FieldSpec) -> Found | None:
    names = "|".join(re.escape(w.lower()) for w in spec.words if w)
    match = re.search(
        rf"(?:{names})\D{{0,15}}(\d{{1,3}}(?:[.,]\d+)?)\s?%|(\d{{1,3}}(?:[.,]\d+)?)\s?%\s(?:\w+\s){{0,2}}(?:{names})",
        reader.lower,
    )
    if not match:
        return None
    index = 1 if match.group(1) else 2
    value = float(match.group(index).replace(",", "."))
    return (int(value) if value.is_integer() else value), reader.evidence(
        match.start(index), match.end()
    )


def _money(reader: Reader, spec: FieldSpec) -> Found | None:
    pattern = _word_pattern(spec.words)
    for clause in reader.clauses:
        words = reader.words(clause)
        match = pattern.search(words) if pattern else None
        if not match:
            continue
        after = words[match.end() : match.end() + 40]
        free = re.search(
            r"\b(?:free|no charge|waived|gratis|kostenlos|offert\w*|gratuit\w*|бесплатн\w*|included)\b",
            after,
        )
        if free:
            start = clause.start + match.start()
            return 0, reader.evidence(start, clause.start + match.end() + free.end())
        amounts = [a for a in find_amounts(reader.text[clause.start : clause.end]) if not a.bare]
        near = [
            a for a in amounts if abs(a.start - match.end()) < 40 or abs(match.start() - a.end) < 30
        ]
        if near:
            value = near[0].value
            plain: Any = int(value) if value == value.to_integral_value() else float(value)
            return plain, reader.evidence(clause.start + near[0].start, clause.start + near[0].end)
    return None


TIME = re.compile(
    r"\b(?P<h>[0-2]?\d)(?:[:.h](?P<m>[0-5]\d))?\s?(?P<ap>[ap]\.?m\.?|h\b|uhr|heures|ч\b)?", re.I
)


def _time(reader: Reader, spec: FieldSpec) -> Found | None:
    pattern = _word_pattern(
        [
            *spec.words,
            "check-in",
            "check in",
            "arrivée",
            "anreise",
            "llegada",
            "entrada",
            "заезд",
            "arrivo",
            "aankomst",
        ]
    )
    for clause in reader.clauses:
        words = reader.words(clause)
        cue = re.search(
            r"\b(?:check-?in|check in|arrivée|arrival|anreise|llegada|entrada|заезд\w*|arrivo|aankomst)\b",
            words,
        )
        if not cue or pattern is None:
            continue
        for match in TIME.finditer(words, cue.end(), min(len(words), cue.end() + 40)):
            if not (match["m"] or match["ap"]):
                continue
            hour = int(match["h"])
            if (match["ap"] or "").lower().startswith("p") and hour < 12:
                hour += 12
            if hour < 24:
                value = f"{hour:02d}:{match['m'] or '00'}"
                return value, reader.evidence(
                    clause.start + match.start(), clause.start + match.end()
                )
    return None


def _date(reader: Reader, spec: FieldSpec) -> Found | None:
    """A date beside the field's word; "the 9th" is the nearest such day to come."""
    pattern = _word_pattern(spec.words)
    today = reader.received
    day_first = reader.language != "en"
    for clause in reader.clauses:
        words = reader.words(clause)
        match = pattern.search(words) if pattern else None
        if not match:
            continue
        segment = reader.text[
            clause.start + match.start() : min(clause.end, clause.start + match.end() + 40)
        ]
        dates = find_dates(segment, today=today - timedelta(days=1), day_first=day_first).dates
        if dates:
            start = clause.start + match.start()
            return dates[0].value.iso(), reader.evidence(
                start + dates[0].start, start + dates[0].end
            )
    return None


def _choice(reader: Reader, spec: FieldSpec) -> Found | None:
    best: tuple[int, str, int, int] | None = None
    for value, words in spec.value_words.items():
        pattern = _word_pattern([*words, value.replace("_", " ")])
        match = pattern.search(reader.lower) if pattern else None
        if match and (best is None or match.start() < best[0]):
            best = (match.start(), value, match.start(), match.end())
    return (best[1], reader.evidence(best[2], best[3])) if best else None


def _labelled(reader: Reader, spec: FieldSpec) -> Found | None:
    """ "Label: value" on a line; running prose is not guessed at."""
    words = sorted({spec.label.lower(), *(w.lower() for w in spec.words)}, key=len, reverse=True)
    names = "|".join(map(re.escape, words))
    match = re.search(rf"(?m)^\W{{0,4}}(?:{names})\s?[:=]\s?(?P<v>[^\n;]{{2,90}})", reader.lower)
    if not match:
        return None
    start, end = match.span("v")
    value = re.split(r"\s{3,}|\.\s|,\s(?=\w+:)", reader.text[start:end])[0].rstrip(" .,")
    return value.strip(), reader.evidence(start, start + len(value))
