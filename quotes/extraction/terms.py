"""Tax, deposit and availability. Pure."""

import re
from collections.abc import Sequence

from quotes.extraction import cues
from quotes.extraction.ability import ABLE, NOT_THE_JOB, OFFER_ITSELF, POLITE
from quotes.extraction.beside_price import is_tax
from quotes.extraction.candidates import Candidate
from quotes.extraction.case import Evidence
from quotes.extraction.reader import Clause, Reader
from quotes.extraction.sheet import Sheet

PERCENT = re.compile(
    r"(?P<n>\d{1,3}(?:[.,]\d{1,3})?)\s?(?:%|percent|pct\b|prozent|pour cent|por ciento|процент\w*)",
    re.I,
)
HALF = re.compile(
    r"\b(?:(?:five|ten|fifteen|twenty|twenty-five|thirty|forty|fifty|sixty) percent|half|50/50|1/2|1/3|(?:one|a|two) (?:thirds?|quarter)|(?:third|quarter)(?= (?:up ?front|down|now|deposit|in advance))|die hälfte|(?:ein|zwei) drittel|la moitié|(?:un|deux) tiers|"
    r"la mitad|un tercio|половин\w+|треть|la metà|un terzo|metade|um terço|de helft|een derde)\b",
    re.I,
)
# "Setup is free" says nothing about dates.
FREE_THING = re.compile(
    r"\b(?:pick[- ]?up|collection|entry|refills|alterations|engraving|re-?sizing|gift ?wrap\w*|consultation|quote|estimate|children|kids|at the shop|set-?up|onboarding|delivery|shipping|parking|tasting|wi-?fi|travel|installation|assembly|proofs?|cancellation|feel|"
    r"drinks|breakfast|catering|lieferung|versand|montage|parkplätze|livraison|envío|entrega|доставка)\b[^.\n]{0,12}$"
)


def read_tax(
    reader: Reader, price: tuple[int, int], sheet: Sheet | None
) -> tuple[bool, Evidence] | None:
    """Whether the price includes tax, with the words nearest to the price.

    A sheet of rows knows better: the tax row above its total is in that total.
    """
    if sheet is not None and sheet.taxed is not None:
        row = next((row for row in sheet.rows if row.kind == "tax"), sheet.total)
        return sheet.taxed, reader.evidence(row.start, row.end)
    # A tax on the guests' stay says nothing about the price.
    lower = reader.lower
    for other in (cues.STAY_TAX, cues.NO_TAX):
        lower = other.sub(lambda match: " " * len(match.group()), lower)
    start, end = price
    clause = reader.clause_at(start)
    added = _added_up(lower, clause, start)
    if added is not None and not cues.TAX_OUT.match(lower, end):
        return True, reader.evidence(added, end)
    best: tuple[int, bool, int, int] | None = None
    for pattern, value in ((cues.TAX_OUT, False), (cues.TAX_IN, True)):
        for match in pattern.finditer(lower):
            # Behind the price "plus VAT" outweighs "all in": it is all in but for the tax.
            distance = match.start() - end if match.start() >= start else start - match.start()
            distance -= 60 if not value and start <= match.start() < clause.end else 0
            distance -= 100 if 0 <= match.start() - end <= 2 else 0  # "12 900 € TTC"
            # "… linens and china all in": a tax that is named says more.
            distance += 120 if value and GENERAL.match(match.group()) else 0
            if best is None or distance < best[0]:
                best = distance, value, match.start(), match.end()
    if best is None:
        bare = cues.TAX_RATE.search(lower)
        return (False, reader.evidence(bare.start(), bare.end())) if bare else None
    return best[1], reader.evidence(best[2], best[3])


def read_summed_tax(
    reader: Reader, candidates: Sequence[Candidate], price: Candidate
) -> tuple[bool, Evidence] | None:
    """ "net 10,830, 20% VAT 2,166, total 12,996": the price is another amount and its tax."""
    values = {c.amount.value for c in candidates if c.amount.start < price.amount.start}
    for candidate in candidates:
        if not is_tax(candidate) or candidate.amount.start >= price.amount.start:
            continue
        if price.amount.value - candidate.amount.value in values - {candidate.amount.value}:
            return True, reader.evidence(candidate.amount.start, candidate.amount.end)
    return None


def _added_up(lower: str, clause: Clause, price_at: int) -> int | None:
    """ "550 + 20% gratuity and 9% tax = $709.50": where the tax stands that the sum holds."""
    if not re.search(r"=\s?$", lower[clause.start : price_at]):
        return None
    taxed = cues.TAX.search(lower, max(clause.start, price_at - 70), price_at)
    joined = taxed and re.search(r"\+|%|\bplus\b", lower[clause.start : taxed.end()])
    return taxed.start() if taxed and joined else None


def read_deposit(reader: Reader, candidates: Sequence[Candidate]) -> tuple[str, Evidence] | None:
    """The part due to book, as written: an amount or a percentage; no damage deposits."""
    percents = list(PERCENT.finditer(reader.text))
    for clause in reader.clauses:
        words = reader.words(clause)
        for match in cues.DEPOSIT.finditer(words):
            before = re.split(r",\s", words[max(0, match.start() - 20) : match.start()])[-1]
            after = re.split(r",\s", words[match.end() : match.end() + 25])[0]
            if cues.SECURITY_DEPOSIT.search(f"{before}{match.group()}{after}"):
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
        if c.role == "deposit"
        and clause.start <= c.amount.start < clause.end
        and not cues.SECURITY_DEPOSIT.search(c.right[:30])
    ]
    near = [(min(abs(s - end), abs(start - e)), s, e) for s, e in spans]
    near = [item for item in near if item[0] <= 40]
    if near:
        _distance, first, last = min(near)
        return first, last
    half = HALF.search(reader.text, max(clause.start, start - 25), min(clause.end, end + 25))
    return (half.start(), half.end()) if half else None


def read_availability(
    reader: Reader, kind: str, others: frozenset[str] = frozenset()
) -> tuple[str, Evidence] | None:
    """available, conditional or unavailable, with the words; None if nothing is said.

    `others` are the words that only options which are not meant are called by.
    """
    if kind == "decline":
        match = cues.UNAVAILABLE.search(reader.lower) or cues.REGRET.search(reader.lower)
        return ("unavailable", reader.evidence(match.start(), match.end())) if match else None
    if kind not in {"quote", "question"}:
        return None
    conditional = _conditional(reader, others) if kind == "quote" else None
    if conditional:
        return "conditional", reader.evidence(conditional.start(), conditional.end())
    for clause in reader.clauses:
        match = _can(reader.words(clause), asking=kind == "question")
        if match:
            start = clause.start + match.start()
            return "available", reader.evidence(start, clause.start + match.end())
    return None


def _can(words: str, *, asking: bool) -> "re.Match[str] | None":
    """Where a clause says that it can be done: by a set phrase, or by its parts."""
    for pattern in (cues.AVAILABLE, ABLE):
        match = pattern.search(words)
        if (
            match
            and not ASKED.match(words, match.end())
            and not cues.NOT_AVAILABLE_YET.search(words)
            and not _negated(words, match.start())
            and not ("fre" in match.group() and FREE_THING.search(words[: match.start()]))
            and not (pattern is ABLE and NOT_THE_JOB.search(words[: match.start()]))
            and not OFFER_ITSELF.search(words[: match.start()])
            and not (asking and POLITE.match(match.group()))
        ):
            return match
    return None


GENERAL = re.compile(r"all[- ]?in|todo|tutto|tout compris")
ASKED = re.compile(r"[^.!?:]*\?")
SEPARATE = re.compile(
    r"\b(?:quoted|billed|priced|charged) (?:separately|extra|on top)\b|\boptional\w*\b|\bgesondert\b|\bà part\b|\baparte\b|\bотдельно\b"
)
WAS_HELD = re.compile(r"\b(?:had|was|were)\s(?:\w+\s){0,3}$")
AFTERWARDS = re.compile(
    r"\W*(?:after (?:that|this|which|then)|thereafter|danach|anschließend|ensuite|après|después|dopo|daarna|depois|после)\b"
)


def _conditional(reader: Reader, others: frozenset[str]) -> "re.Match[str] | None":
    """What makes the offer itself conditional; "afterwards subject to availability" does not.

    Nor does what is said of another option, by the words only that one is called by.
    """
    for match in cues.CONDITIONAL.finditer(reader.lower):
        before = set(re.findall(r"\w+", reader.lower[max(0, match.start() - 30) : match.start()]))
        if SEPARATE.search(reader.words(reader.clause_at(match.start()))):
            continue  # "the drone is subject to permit and quoted separately"
        if WAS_HELD.search(reader.lower, max(0, match.start() - 30), match.start()):
            continue  # "I had this date on hold for another client and just released it"
        after = AFTERWARDS.match(reader.words(reader.clause_at(match.start())))
        if not after and not before & others and not _of_the_price(reader, match):
            return match
    return None


def _of_the_price(reader: Reader, match: "re.Match[str]") -> bool:
    """ "Vorbehalten bleiben Papierpreisänderungen": the figures may change, not the day."""
    if not match.group().startswith("vorbehalt"):
        return False
    around = reader.lower[max(0, match.start() - 30) : match.end() + 35]
    return bool(re.search(r"preis|änderung|irrt|druckfehler", around))


def _negated(words: str, at: int) -> bool:
    return bool(
        re.search(
            r"\b(?:not|isn't|aren't|no longer|nicht|pas|no|не|kein\w*)\s(?:\w+\s)?$", words[:at]
        )
    )
