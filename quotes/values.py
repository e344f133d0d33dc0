"""The values of an answer as a person or a program gives them: checked, typed, with clear words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from babel.core import get_global
from django.utils import timezone

from outreach.models import Campaign
from outreach.reading.field_values import as_typed, parse_field
from outreach.reading.typed import clean_text, read_amount
from quotes.choices import PriceBasis, ReplyKind
from quotes.comparison.currency import to_cent
from quotes.comparison.facts import Extra, Option
from quotes.errors import InvalidQuoteError
from quotes.models import Quote, QuoteExtra, QuoteOption
from quotes.written import HIGHEST_PRICE, read_extras, read_options

AVAILABILITY = ("available", "conditional", "unavailable")
CURRENCIES = frozenset(get_global("all_currencies"))
LISTS = ("extras", "options")


@dataclass(frozen=True, slots=True)
class QuoteValues:
    """Everything a person may say about an answer; the same names as on the quote."""

    kind: str = ReplyKind.QUOTE
    price: Decimal | None = None
    price_high: Decimal | None = None
    currency: str = ""
    price_basis: str = ""
    includes_tax: bool | None = None
    availability: str = ""
    expiration_date: date | None = None
    deposit: str = ""
    terms: str = ""
    extras: tuple[Extra, ...] = ()
    options: tuple[Option, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """The values that live on the quote's own row."""
        return {name: getattr(self, name) for name in NAMES if name not in LISTS}

    def flat(self) -> dict[str, Any]:
        """Value by name, category fields beside the others, lists as words: for comparing."""
        flat = {name: getattr(self, name) for name in NAMES if name not in (*LISTS, "fields")}
        flat["expiration_date"] = str(self.expiration_date) if self.expiration_date else None
        flat["extras"] = [f"{e.label}|{e.amount}|{e.percent}" for e in self.extras]
        flat["options"] = [f"{o.label}|{o.price}" for o in self.options]
        return {**flat, **self.fields}


NAMES = tuple(one.name for one in fields(QuoteValues))


def values_of(quote: Quote) -> QuoteValues:
    """The values a quote has now."""
    columns = {name: getattr(quote, name) for name in NAMES if name not in LISTS}
    return QuoteValues(
        **columns,
        extras=tuple(Extra(e.label, e.amount, e.percent) for e in quote.extras.all()),
        options=tuple(Option(o.label, o.price) for o in quote.options.all()),
    )


def write_lists(quote: Quote, values: QuoteValues) -> None:
    """Replace the quote's extras and options; in the caller's transaction."""
    quote.extras.all().delete()
    quote.options.all().delete()
    QuoteExtra.objects.bulk_create(
        QuoteExtra(quote=quote, position=n, label=e.label, amount=e.amount, percent=e.percent)
        for n, e in enumerate(values.extras)
    )
    QuoteOption.objects.bulk_create(
        QuoteOption(quote=quote, position=n, label=o.label, price=o.price)
        for n, o in enumerate(values.options)
    )


def check_values(
    given: Mapping[str, Any], campaign: Campaign, *, known: QuoteValues | None = None
) -> QuoteValues:
    """Typed values out of what a form or a program gave; what is not given stays as `known`.

    Text is read as people write it ("$42.5k", "42 500,00"). Raises InvalidQuoteError with every
    problem at once, by value name; category fields as "fields.<name>".
    """
    reader = _Reader(campaign, known.fields if known else {})
    values: dict[str, Any] = {}
    for name, raw in given.items():
        if name not in NAMES:
            reader.problems[name] = f"“{name}” is no value of a quote."
            continue
        values[name] = reader.read(name, raw)
    base = known or QuoteValues()
    merged = QuoteValues(**{n: values.get(n, getattr(base, n)) for n in NAMES})
    if not merged.currency and reader.named_currency:
        merged = _with(merged, currency=reader.named_currency)
    reader.check_together(merged, expiry_is_new="expiration_date" in given)
    if reader.problems:
        raise InvalidQuoteError(reader.problems)
    return merged


def _with(values: QuoteValues, **changes: Any) -> QuoteValues:
    return QuoteValues(**{**{n: getattr(values, n) for n in NAMES}, **changes})


class _Reader:
    """Reads one value at a time and collects what is wrong with them."""

    def __init__(self, campaign: Campaign, known_fields: Mapping[str, Any]) -> None:
        self.campaign = campaign
        self.known_fields = known_fields
        self.problems: dict[str, str] = {}
        self.named_currency = ""

    def read(self, name: str, raw: Any) -> Any:
        try:
            return getattr(self, f"_{name}")(raw)
        except ValueError as error:
            self.problems[name] = str(error)
            return None if name in ("price", "price_high", "expiration_date") else ""

    def check_together(self, values: QuoteValues, *, expiry_is_new: bool) -> None:
        if values.kind == ReplyKind.QUOTE and "price" not in self.problems:
            if values.price is None:
                self.problems["price"] = (
                    "Fill in the price: a quote without one cannot be compared."
                )
            elif not values.currency and "currency" not in self.problems:
                self.problems["currency"] = "Say which currency the price is in, such as USD."
        low, high = values.price, values.price_high
        if low is not None and high is not None and high < low:
            self.problems["price_high"] = "The upper end is below the price: swap the two."
        if expiry_is_new and values.expiration_date:
            self._check_expiry(values.expiration_date)

    def _check_expiry(self, day: date) -> None:
        today = timezone.localdate()
        earliest = timezone.localdate(self.campaign.created_at) - timedelta(days=1)
        if day < earliest:
            self.problems["expiration_date"] = (
                f"{day} is before this request was made: check the year."
            )
        elif day > today + timedelta(days=3 * 366):
            self.problems["expiration_date"] = f"{day} is years away: check the year."

    def _kind(self, raw: Any) -> str:
        return _choice(raw, list(ReplyKind.values), "kind of answer")

    def _price(self, raw: Any) -> Decimal | None:
        return self._amount(raw)

    def _price_high(self, raw: Any) -> Decimal | None:
        return self._amount(raw)

    def _amount(self, raw: Any) -> Decimal | None:
        amount, currency = read_amount(raw)
        self.named_currency = self.named_currency or currency
        if amount is not None and amount < 0:
            raise ValueError("A price is never below zero.")
        if amount is not None and amount > HIGHEST_PRICE:
            raise ValueError("That price is too large to be one: check the zeros.")
        return to_cent(amount) if amount is not None else None

    def _currency(self, raw: Any) -> str:
        code = str(raw or "").strip().upper()
        if code and code not in CURRENCIES:
            raise ValueError(f"“{raw}” is no currency: use its three letters, such as USD or EUR.")
        return code

    def _price_basis(self, raw: Any) -> str:
        return _choice(raw, ["", *PriceBasis.values], "price basis")

    def _includes_tax(self, raw: Any) -> bool | None:
        known = {"": None, "none": None, "true": True, "yes": True, "false": False, "no": False}
        text = "" if raw is None else str(raw).strip().lower()
        if text not in known:
            raise ValueError("Say yes, no, or leave it open whether tax is included.")
        return known[text]

    def _availability(self, raw: Any) -> str:
        return _choice(raw, ["", *AVAILABILITY], "availability")

    def _expiration_date(self, raw: Any) -> date | None:
        if isinstance(raw, date):
            return raw
        text = str(raw or "").strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise ValueError(
                f"“{text}” is no date: write it as year-month-day, such as 2026-12-31."
            ) from None

    def _deposit(self, raw: Any) -> str:
        return clean_text(raw, 120, "deposit")

    def _terms(self, raw: Any) -> str:
        return clean_text(raw, 5000, "terms")

    def _extras(self, raw: str | Sequence[Any]) -> tuple[Extra, ...]:
        return read_extras(raw)

    def _options(self, raw: str | Sequence[Any]) -> tuple[Option, ...]:
        return read_options(raw)

    def _fields(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        request = self.campaign.request
        schema = request.category.schema if request and request.category else None
        specs = {spec.name: spec for spec in (schema.used_in("quote") if schema else [])}
        values = {}
        for name, one in raw.items():
            if name not in specs:
                self.problems[f"fields.{name}"] = f"“{name}” is no field of this category."
                continue
            if one == as_typed(self.known_fields.get(name)) != "":
                values[name] = self.known_fields[name]  # read by machine and left as it was
                continue
            try:
                value = parse_field(specs[name], one, specs[name].answer_type)
            except ValueError as error:
                self.problems[f"fields.{name}"] = str(error)
                continue
            if value is not None:
                values[name] = value
        return values


def _choice(raw: Any, allowed: Sequence[str], what: str) -> str:
    text = str(raw or "").strip().lower()
    if text not in allowed:
        named = ", ".join(one for one in allowed if one)
        raise ValueError(f"“{raw}” is no {what}: choose one of {named}.")
    return text
