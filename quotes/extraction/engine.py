"""The rules engine: one reply in, everything it says out, each value with its words. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from quotes.extraction import cues, terms
from quotes.extraction.alternatives import find_alternatives
from quotes.extraction.amounts import find_amounts
from quotes.extraction.beside_price import find_beside, find_parts
from quotes.extraction.candidates import Candidate, weigh
from quotes.extraction.case import OptionRead, QuoteReading, ReplyCase
from quotes.extraction.currency import settle_currency
from quotes.extraction.expiry import find_expiry
from quotes.extraction.extras import read_extras
from quotes.extraction.fields.figures import read_asked
from quotes.extraction.fields.read import Ground, event_day, read_fields
from quotes.extraction.kinds import read_kind
from quotes.extraction.options import (
    Options,
    find_options,
    named_by,
    names_of_others,
    read_row,
    without_others,
)
from quotes.extraction.price import Price, choose
from quotes.extraction.reader import Reader, open_case
from quotes.extraction.sheet import Sheet, find_sheet
from quotes.extraction.short_prices import find_short_prices
from quotes.extraction.units import Rate, multiplier, quantities

ORDERED = frozenset({"quantity", "word_count"})  # the request's own number, said again, is it
CENT = Decimal("0.01")
SURE, LIKELY, UNSURE = 0.95, 0.8, 0.5


def read_quote(case: ReplyCase) -> QuoteReading:
    """Read one reply. Never raises for what the text says; never guesses what it does not."""
    reader = open_case(case)
    reading = QuoteReading(body=reader.reply.body)
    candidates = weigh(reader, find_amounts(reader.text)) or _in_thousands(reader, case)
    counts = quantities(case.constraints, reader.text)
    sheet = find_sheet(reader)
    options = None if sheet else find_options(reader) or find_alternatives(reader, candidates)
    price = _option_price(reader, options, candidates, case.constraints, counts)
    price = price or choose(candidates, counts, sheet)
    reading.kind = read_kind(reader, case.subject, case.sender, price, candidates)
    reading.confidence["kind"] = SURE if reading.kind in {"quote", "out_of_office"} else LIKELY
    available = terms.read_availability(reader, reading.kind, names_of_others(options))
    if available:
        reading.put("availability", available[0], available[1], LIKELY)
    if reading.kind == "quote" and price is not None:
        beside = find_beside(candidates, price, counts, options, sheet)
        parts = find_parts(candidates, price, counts)
        offer = Offer(reader, price, candidates, beside, parts, options, sheet)
        _read_offer(case, offer, reading)
    return reading


def _in_thousands(reader: Reader, case: ReplyCase) -> list[Candidate]:
    """ "Can do 19.5": read where nothing else is a price, and left for a person to confirm."""
    short = find_short_prices(reader, case.schema.slug if case.schema else "")
    return weigh(reader, short, short=True)


@dataclass(frozen=True, slots=True)
class Offer:
    """The pieces an offer is read from; `beside` come on top of the price, `parts` add up to it."""

    reader: Reader
    price: Price
    candidates: list[Candidate]
    beside: list[Candidate]
    parts: list[Candidate]
    options: Options | None
    sheet: Sheet | None

    @property
    def price_at(self) -> int:
        """Where the price stands in the reader's text."""
        return self.price.candidate.amount.start

    @property
    def price_end(self) -> int:
        """Where its amount ends."""
        return self.price.candidate.amount.end


# "Three tiers, per user per month:"
HEADED = re.compile(
    r"(?:\bper|\bpro|\bpar|\bpor|/)\s?(?:user|person|head|guest|seat|nutzer|benutzer|kopf|utilisateur|personne|usuario|persona)\b[^\n.]{0,25}:\s*$"
)


def _option_price(
    reader: Reader,
    options: Options | None,
    candidates: Sequence[Candidate],
    constraints: Mapping[str, Any],
    counts: Mapping[str, Decimal],
) -> Price | None:
    """The price of the option that is meant; the first listed when none is recommended."""
    if options is None:
        return None
    line = options.chosen or options.lines[0]
    amount, rate = line.amount, Rate(line.units, line.amount.end)
    score = 6.0 if options.chosen or options.listed else 4.5
    candidate = Candidate(amount, rate, line.words, "", score, "price")
    note = "" if options.chosen else "Several options are offered and none is recommended."
    wanted = str(constraints.get("price_wanted", "")).lower()
    basis = "per_month" if "month" in wanted else rate.basis or "total"
    value = amount.value * (multiplier(line.units, counts) or 1)
    head = reader.lower[max(0, options.lines[0].start - 60) : options.lines[0].start]
    if HEADED.search(head) and "person" in counts and not line.units:
        value *= counts["person"]
        basis = basis if basis == "per_month" else "per_person"
    for told in candidates:
        if line.units and not told.rate.units and told.amount.value == value:
            candidate, basis = told, "per_month" if basis == "per_month" else "total"
    return Price(value, amount.high, basis, candidate, options.chosen is not None, note)


def _read_offer(case: ReplyCase, offer: Offer, reading: QuoteReading) -> None:
    _put_price(case, offer, reading)
    _put_terms(offer, reading)
    reader = offer.reader
    expiry = find_expiry(
        reader,
        day_first=_day_first(reader, reading.currency),
        event=event_day(case.constraints),
    )
    if expiry:
        words = reader.evidence(expiry.start, expiry.end)
        reading.put("expiration_date", expiry.day, words, LIKELY if expiry.certain else UNSURE)
    _put_fields(case, offer, reading)


def _put_price(case: ReplyCase, offer: Offer, reading: QuoteReading) -> None:
    price, amount = offer.price, offer.price.candidate.amount
    words = offer.reader.evidence(amount.start, max(amount.end, price.candidate.rate.end))
    sure = SURE if price.certain else UNSURE
    reading.put("price", price.value.quantize(CENT), words, sure)
    reading.put("price_basis", price.basis, words, sure)
    if price.high is not None:
        reading.put("price_high", price.high.quantize(CENT), words, sure)
    currency, said = settle_currency(
        offer.reader, amount, offer.candidates, case.constraints, case.text + (case.html or "")
    )
    if currency:
        evidence = words if said else None
        reading.put("currency", currency, evidence, SURE if said else UNSURE)
    if price.note:
        reading.reasons.append(price.note)
    elif not price.certain:
        reading.reasons.append("Several amounts could be the price.")
    if not currency:
        reading.reasons.append("No currency is named.")


def _put_terms(offer: Offer, reading: QuoteReading) -> None:
    reader = offer.reader
    at = (offer.price_at, offer.price_end)
    tax = terms.read_summed_tax(reader, offer.candidates, offer.price.candidate)
    tax = tax or terms.read_tax(reader, at, offer.sheet)
    if tax:
        reading.put("includes_tax", tax[0], tax[1], LIKELY)
    deposit = terms.read_deposit(reader, offer.candidates)
    if deposit:
        reading.put("deposit", deposit[0], deposit[1], LIKELY)
    extras = read_extras(reader, offer.beside, reading.includes_tax, offer.sheet, offer.price_at)
    for extra, evidence in extras:
        if evidence.text.strip():
            reading.evidence[f"extras.{len(reading.extras)}"] = evidence
            reading.extras.append(extra)
    for index, line in enumerate(offer.options.lines if offer.options else ()):
        reading.options.append(OptionRead(line.label, line.amount.value.quantize(CENT)))
        span = reader.evidence(line.amount.start, line.amount.end)
        reading.evidence[f"options.{index}"] = span


def _day_first(reader: Reader, currency: str | None) -> bool:
    """ "5/8" is May 8 for Americans and 5 August for everybody else."""
    return reader.language != "en" or currency not in {"USD", None}


def _put_fields(case: ReplyCase, offer: Offer, reading: QuoteReading) -> None:
    if case.schema is None:
        return
    reader, options = offer.reader, offer.options
    extras = tuple(
        (span.start + reader.offset, span.end + reader.offset)
        for name, span in reading.evidence.items()
        if name.startswith("extras.")
        and span.source == "body"
        and not cues.TAX.search(reading.extras[int(name.split(".")[1])].label.lower())
    )
    parts = tuple(c.amount.start for c in offer.parts)
    ground = Ground(case.constraints, offer.price_at, extras, parts, offer.sheet)
    specs = case.schema.used_in("quote")
    if case.expected_fields:
        specs = [spec for spec in specs if spec.name in case.expected_fields]
    found = read_fields(without_others(reader, options), specs, ground)
    if options:
        meant = options.chosen or options.lines[0]
        found |= read_row(reader, meant, specs)
        found = {**named_by(meant, reader, specs), **found}
    asked = read_asked(reader, specs, case.constraints)
    found |= {n: v for n, v in asked.items() if n not in found or n in ORDERED}
    for name, (value, evidence) in found.items():
        if value in ("", None) or not evidence.text.strip():
            continue
        reading.fields[name] = value
        reading.evidence[name] = evidence
        reading.confidence[name] = LIKELY
