"""A model's reading of a reply: taken only where the vendor's own words really say it."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from crm.categories.schema import FieldSpec
from outreach.ai.client import ask, configured
from outreach.ai.prompts import render
from outreach.reading.field_values import parse_field
from outreach.reading.typed import read_plain
from quotes.choices import PriceBasis
from quotes.comparison.currency import to_cent
from quotes.extraction.case import Evidence, ExtraRead, OptionRead, QuoteReading, ReplyCase
from quotes.own_words import OwnWords, own_words
from quotes.values import AVAILABILITY, CURRENCIES
from quotes.written import read_extras, read_options

SURE, DERIVED = 0.9, 0.7


class Said(BaseModel):
    """A value and the words it was read from."""

    value: str = Field(max_length=300)
    words: str = Field(max_length=500)


class SaidExtra(BaseModel):
    """Something on top; amount and percent as plain numbers."""

    label: str = Field(max_length=200)
    amount: str | None = Field(None, max_length=30)
    percent: str | None = Field(None, max_length=30)
    words: str = Field(max_length=500)


class SaidOption(BaseModel):
    """One of several offers."""

    label: str = Field(max_length=200)
    price: str = Field(max_length=30)
    words: str = Field(max_length=500)


class SaidField(Said):
    """A category field by its name."""

    name: str = Field(max_length=40)


class ModelQuote(BaseModel):
    """What the model answers with; null for what the reply does not say."""

    kind: Literal["quote", "question", "decline", "acknowledgement", "out_of_office", "unrelated"]
    price: Said | None = None
    price_high: Said | None = None
    currency: Said | None = None
    price_basis: Said | None = None
    includes_tax: Said | None = None
    availability: Said | None = None
    expiration_date: Said | None = None
    deposit: Said | None = None
    extras: list[SaidExtra] = Field(default_factory=list, max_length=20)
    options: list[SaidOption] = Field(default_factory=list, max_length=20)
    fields: list[SaidField] = Field(default_factory=list, max_length=60)


def read_with_model(
    case: ReplyCase, *, request: str, campaign_id: UUID | None, contact_id: UUID | None
) -> tuple[QuoteReading, str] | None:
    """The model's reading and the model's name; None without a model or a usable answer."""
    if not configured():
        return None
    own = own_words(case)
    specs = case.schema.used_in("quote") if case.schema else []
    prompt = render(
        "read_quote",
        received_on=case.received_at.date().isoformat(),
        fields=[spec.model_dump() for spec in specs],
        request=request,
        subject=case.subject,
        reply=own.text.strip(),
    )
    answer = ask("read_quote", prompt, ModelQuote, campaign_id=campaign_id, contact_id=contact_id)
    if answer is None:
        return None
    return check_answer(answer.value, own, specs), answer.model


def check_answer(said: ModelQuote, own: OwnWords, specs: list[FieldSpec]) -> QuoteReading:
    """Keep what is valid and stands in the vendor's own words; everything else is not used."""
    reading = QuoteReading(kind=said.kind, body=own.body)
    for name, read in _READERS.items():
        one: Said | None = getattr(said, name)
        if one is not None:
            _keep(reading, name, one, own.find(one.words), read)
    by_name = {spec.name: spec for spec in specs}
    for field in said.fields:
        spec = by_name.get(field.name)
        if spec is not None:
            read_field = _field_reader(spec)
            _keep(reading, field.name, field, own.find(field.words), read_field)
    for extra in said.extras:
        if own.find(extra.words):
            reading.extras += _extras(extra)
    for option in said.options:
        if own.find(option.words):
            reading.options += _options(option)
    return reading


def _keep(
    reading: QuoteReading, name: str, said: Said, evidence: Evidence | None, read: Any
) -> None:
    if evidence is None:
        return
    try:
        value = read(said.value)
    except ValueError:
        return
    if value is None:
        return
    sure = SURE
    if isinstance(value, Decimal) and not _stands_in(value, evidence.text):
        sure = DERIVED  # worked out by the model, not written by the vendor
    reading.put(name, value, evidence, sure)


def _stands_in(amount: Decimal, words: str) -> bool:
    digits = "".join(c for c in words if c.isdigit())
    return f"{amount:f}".split(".")[0] in digits


def _amount(text: str) -> Decimal | None:
    amount = read_plain(text)
    if amount is not None and amount < 0:
        raise ValueError("below zero")
    return to_cent(amount) if amount is not None else None


def _one_of(allowed: frozenset[str]) -> Any:
    def read(text: str) -> str:
        value = text.strip()
        if value not in allowed:
            raise ValueError("not one of the allowed words")
        return value

    return read


def _truth(text: str) -> bool:
    known = {"true": True, "false": False}
    if text.strip().lower() not in known:
        raise ValueError("neither true nor false")
    return known[text.strip().lower()]


def _deposit(text: str) -> str | None:
    return text.strip()[:120] or None


_READERS: dict[str, Any] = {
    "price": _amount,
    "price_high": _amount,
    "currency": _one_of(frozenset(CURRENCIES)),
    "price_basis": _one_of(frozenset(PriceBasis.values)),
    "includes_tax": _truth,
    "availability": _one_of(frozenset(AVAILABILITY)),
    "expiration_date": date.fromisoformat,
    "deposit": _deposit,
}


def _field_reader(spec: FieldSpec) -> Any:
    return lambda text: parse_field(spec, text, spec.answer_type)


def _extras(said: SaidExtra) -> list[ExtraRead]:
    try:
        made = read_extras([said.model_dump(include={"label", "amount", "percent"})])
    except ValueError:
        return []
    return [ExtraRead(one.label, one.amount, one.percent) for one in made]


def _options(said: SaidOption) -> list[OptionRead]:
    try:
        made = read_options([said.model_dump(include={"label", "price"})])
    except ValueError:
        return []
    return [OptionRead(one.label, one.price) for one in made]
