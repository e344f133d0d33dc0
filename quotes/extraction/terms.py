"""Tax, deposit, availability and what comes on top. Pure."""

import re
from collections.abc import Sequence
from decimal import Decimal

from quotes.extraction import cues
from quotes.extraction.case import Evidence, ExtraRead
from quotes.extraction.price import Candidate
from quotes.extraction.reader import Clause, Reader

PERCENT = re.compile(
    r"(?P<n>\d{1,3}(?:[.,]\d{1,3})?)\s?(?:%|percent|prozent|pour cent|por ciento|процент\w*)", re.I
)
HALF = re.compile(r"\b(?:half|50/50|die hälfte|la moitié|la mitad|половин\w+)\b", re.I)
LABEL_EDGE = re.compile(r"^[\s,;:.()•*–—-]+|[\s,;:.()•*–—-]+$")


def read_tax(reader: Reader, price_at: int) -> tuple[bool, Evidence] | None:
    """Whether the price includes tax, with the words; "not included" beats "all in".

    A tax line above the total the price was read from is in that total.
    """
    out = cues.TAX_OUT.search(reader.lower)
    included = cues.TAX_IN.search(reader.lower)
    if included and out and included.start() < out.start() and "fet" in included.group():
        out = None
    if out and _above_total(reader, out.start(), price_at):
        return True, reader.evidence(out.start(), out.end())
    if out and not re.search(r"\bno (?:sales )?tax\b", out.group()):
        return False, reader.evidence(out.start(), out.end())
    if included:
        return True, reader.evidence(included.start(), included.end())
    return None


def _above_total(reader: Reader, tax_at: int, price_at: int) -> bool:
    """A line with a tax amount, and below it the line with the total we took."""
    if tax_at >= price_at or "\n" not in reader.text[tax_at:price_at]:
        return False
    line = reader.lower[tax_at : reader.lower.find("\n", tax_at)]
    total = reader.lower[reader.lower.rfind("\n", 0, price_at) + 1 : price_at]
    return bool(re.search(r"\d[.,]\d\d\b|\d{3}", line)) and bool(cues.TOTAL.search(total))


def read_deposit(reader: Reader, candidates: Sequence[Candidate]) -> tuple[str, Evidence] | None:
    """The part due to book, as written: an amount or a percentage; no damage deposits."""
    percents = list(PERCENT.finditer(reader.text))
    for clause in reader.clauses:
        words = reader.words(clause)
        for match in cues.DEPOSIT.finditer(words):
            if cues.SECURITY_DEPOSIT.search(words[max(0, match.start() - 12) : match.end() + 25]):
                continue
            found = _beside(
                reader,
                clause,
                clause.start + match.start(),
                clause.start + match.end(),
                percents,
                candidates,
            )
            if found:
                start, end = found
                evidence = reader.evidence(start, end)
                return re.sub(r"\s+%", "%", evidence.text.strip()), evidence
    return None


def _beside(
    reader: Reader,
    clause: Clause,
    start: int,
    end: int,
    percents: Sequence["re.Match[str]"],
    candidates: Sequence[Candidate],
) -> tuple[int, int] | None:
    """The nearest percentage or amount within reach of a deposit word, in its clause."""
    spans = [
        (m.start(), m.end())
        for m in percents
        if clause.start <= m.start() < clause.end
        and not cues.TAX.search(reader.lower[m.end() : m.end() + 14])
    ]
    spans += [
        (c.amount.start, c.amount.end)
        for c in candidates
        if c.role == "deposit" and clause.start <= c.amount.start < clause.end
    ]
    near = [(min(abs(s - end), abs(start - e)), s, e) for s, e in spans]
    near = [item for item in near if item[0] <= 40]
    if near:
        _distance, first, last = min(near)
        return first, last
    half = HALF.search(reader.text, max(clause.start, start - 25), min(clause.end, end + 25))
    return (half.start(), half.end()) if half else None


def read_availability(reader: Reader, kind: str) -> tuple[str, Evidence] | None:
    """available, conditional or unavailable, with the words; None if nothing is said."""
    if kind == "decline":
        match = cues.UNAVAILABLE.search(reader.lower)
        return ("unavailable", reader.evidence(match.start(), match.end())) if match else None
    if kind not in {"quote", "question"}:
        return None
    conditional = cues.CONDITIONAL.search(reader.lower)
    if conditional and kind == "quote":
        return "conditional", reader.evidence(conditional.start(), conditional.end())
    for clause in reader.clauses:
        words = reader.words(clause)
        match = cues.AVAILABLE.search(words)
        if (
            match
            and not cues.NOT_AVAILABLE_YET.search(words)
            and not _negated(words, match.start())
        ):
            start = clause.start + match.start()
            return "available", reader.evidence(start, clause.start + match.end())
    return None


def _negated(words: str, at: int) -> bool:
    return bool(
        re.search(
            r"\b(?:not|isn't|aren't|no longer|nicht|pas|no|не|kein\w*)\s(?:\w+\s)?$", words[:at]
        )
    )


def read_extras(
    reader: Reader, candidates: Sequence[Candidate], includes_tax: bool | None
) -> list[tuple[ExtraRead, Evidence]]:
    """What comes on top of the price: amounts, percentages, and things named without a figure."""
    found: list[tuple[ExtraRead, Evidence]] = []
    for candidate in candidates:
        if candidate.role == "extra":
            found.append(_amount_extra(reader, candidate))
    taken = [(e.start, e.end) for _x, e in found]
    for match in PERCENT.finditer(reader.text):
        extra = _percent_extra(reader, match)
        if extra and not (includes_tax and cues.TAX.search(extra[0].label.lower())):
            found.append(extra)
            taken.append((extra[1].start, extra[1].end))
    if includes_tax is False and not any(cues.TAX.search(x.label.lower()) for x, _e in found):
        tax = cues.TAX.search(reader.lower)
        if tax:
            evidence = reader.evidence(tax.start(), tax.end())
            found.append((ExtraRead(evidence.text.strip()), evidence))
    found += _named_extras(reader, found)
    return found


def _amount_extra(reader: Reader, candidate: Candidate) -> tuple[ExtraRead, Evidence]:
    clause = reader.clause_at(candidate.amount.start)
    start, end = candidate.amount.start, candidate.amount.end
    left = reader.text[max(clause.start, start - 50) : start]
    right = reader.text[max(end, candidate.rate.end) : min(clause.end, end + 50)]
    label = _label(right) or _label(left, before=True)
    return ExtraRead(label or "Extra", candidate.amount.value), reader.evidence(start, end)


STOP_WORDS = re.compile(
    r"^(?:and|plus|und|et|y|и|a|an|the|there'?s?(?: an?)?|is|are|we|for|of|at|with|zzgl\.?|más|extra|additional(?:ly)?|flat|per|on top|separate(?:ly)?)\b\s*",
    re.I,
)


def _label(words: str, *, before: bool = False) -> str:
    """A few words that name the extra: up to the next mark, without filler."""
    pieces = re.split(r"[,;:.()\n•|]|\s(?:and|und|et|y|и)\s", words)
    piece = (pieces[-1] if before else pieces[0]).strip()
    if before and not piece and len(pieces) > 1:
        piece = pieces[-2].strip()
    previous = None
    while previous != piece:
        previous, piece = piece, STOP_WORDS.sub("", piece).strip()
    piece = re.sub(
        r"\s(?:is|are|at|for|of|a|an|extra|costs?|kostet|coûte|cuesta)$", "", piece, flags=re.I
    )
    words_kept = piece.split()[:8]
    return " ".join(words_kept)[:120] if len(piece) > 2 else ""


def _percent_extra(reader: Reader, match: "re.Match[str]") -> tuple[ExtraRead, Evidence] | None:
    clause = reader.clause_at(match.start())
    left = reader.lower[max(clause.start, match.start() - 40) : match.start()]
    right = reader.lower[match.end() : min(clause.end, match.end() + 40)]
    beside = f"{left[-22:]} {right[:26]}"
    number = Decimal(match["n"].replace(",", "."))
    if cues.DEPOSIT.search(beside) or re.search(
        r"\b(?:payment|pay|zahlung|paiement|pago|discount|off|rabatt|remise|descuento|скидк\w+|balance|refund\w*|cancel\w*|optional\w*|humidity|charge)\b",
        beside,
    ):
        return None
    is_tax = bool(cues.TAX.search(beside))
    named = re.search(
        r"\b(?:gratuity|tip|service charge|service|apa|trinkgeld|pourboire|propina|чаевые|surcharge|fuel|markup|admin\w*|commission|fee)\b",
        beside,
    )
    if not (is_tax or named):
        return None
    clause_words = reader.words(clause)
    if re.search(
        r"\b(?:includ\w+|inkl\w*|incl|compris\w*|incluid\w*|включ\w+)\b", clause_words
    ) and not (
        cues.EXTRA.search(clause_words)
        or re.search(r"\bnot?\b|\bnicht\b|\bпас\b|\bне\b", clause_words)
    ):
        return None
    word = (cues.TAX.search(beside) or named).group() if (is_tax or named) else ""  # type: ignore[union-attr]
    at = reader.lower.find(word, max(clause.start, match.start() - 40))
    name = reader.text[at : at + len(word)] if at >= 0 else word
    name = name[:1].upper() + name[1:]
    label = f"{name} {match['n']}%"
    return ExtraRead(label, None, number), reader.evidence(match.start(), match.end())


NAMED = re.compile(
    r"(?P<what>[\w' -]{3,40}?)\s(?:is|are|ist|sind|est|sont|es|son)?\s?(?:extra|separate|not included|billed (?:separately|at cost)|on top|at cost|nicht (?:enthalten|inbegriffen)|en sus|non compris(?:e|es)?|no incluid[oa]s?|aparte|is yours|optaggio|не включен[аоы]?|оплачивается отдельно)\b",
    re.I,
)


def _named_extras(
    reader: Reader, found: Sequence[tuple[ExtraRead, Evidence]]
) -> list[tuple[ExtraRead, Evidence]]:
    """ "De-icing is extra", "bar not included" … without a figure."""
    known = " ".join(extra.label.lower() for extra, _e in found)
    more = []
    for match in NAMED.finditer(reader.text):
        clause = reader.clause_at(match.start())
        if any(clause.start <= e.start + reader.offset < clause.end for _x, e in found):
            continue
        label = LABEL_EDGE.sub("", match["what"]).strip()
        label = re.split(r"\b(?:and|but|,|if it comes to that)\b", label)[-1].strip()
        if (
            len(label) < 3
            or label.lower() in known
            or label.lower() in {"that", "which", "this", "it", "what"}
        ):
            continue
        more.append(
            (
                ExtraRead(label[:1].upper() + label[1:]),
                reader.evidence(match.start("what"), match.end()),
            )
        )
    return more[:6]
