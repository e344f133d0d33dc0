"""One vendor's line of the comparison: all-in price, what is in it, how long it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from crm.categories.schema import FieldSpec, FieldType
from quotes.comparison.all_in import AllIn, all_in, as_said, is_tax
from quotes.comparison.counts import counts_of, in_words
from quotes.comparison.currency import Rates, money
from quotes.comparison.facts import Offer, OfferFacts
from quotes.comparison.revisions import FROM_EARLIER, said
from quotes.comparison.status import Status

PERIODS = {"per_month": "a month", "per_year": "a year"}
# Values of an offer that say how many people it takes, largest meaning first.
_CAPACITY = ("seats", "sleeps", "capacity_seated", "capacity", "guests", "passengers")


@dataclass(frozen=True, slots=True)
class Validity:
    """How long the offer holds; `days_left` is None where no date was given.

    A date from the `earlier` quote is shown, but decides nothing: the revision may not keep it.
    """

    words: str
    days_left: int | None = None
    left: str = ""
    earlier: bool = False

    @property
    def expired(self) -> bool:
        """Whether the last day is over."""
        return self.days_left is not None and self.days_left < 0

    @property
    def soon(self) -> bool:
        """Whether it ends within the next two days."""
        return self.days_left is not None and 0 <= self.days_left <= 2


@dataclass(frozen=True, slots=True)
class OnTop:
    """One line of what comes on top; `counted` when it is part of the all-in price.

    What only the `earlier` quote named is never counted.
    """

    label: str
    words: str
    counted: bool
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One category field of one offer; `earlier` when the revised quote did not repeat it."""

    name: str
    label: str
    text: str
    earlier: bool = False

    @property
    def words(self) -> str:
        """The text with its mark, for tables that show text only."""
        return f"{self.text} ({FROM_EARLIER})" if self.earlier else self.text


@dataclass(frozen=True, slots=True)
class Row:
    """`low` and `high` are all-in, in the comparison's currency; None where not comparable.

    `included_earlier` and `deposit_earlier` only the earlier quote said.
    `not_compared` says why, in words. `obstacles` say why the offer could not be taken as it is.
    """

    facts: OfferFacts
    status: Status
    total: AllIn | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    converted: bool = False
    not_compared: str = ""
    period: str = ""
    included: tuple[str, ...] = ()
    included_earlier: tuple[str, ...] = ()
    on_top: tuple[OnTop, ...] = ()
    cells: tuple[Cell, ...] = ()
    validity: Validity = Validity("")
    deposit: str = ""
    deposit_earlier: bool = False
    obstacles: tuple[str, ...] = ()
    best: bool = False
    share: int = 0

    @property
    def in_the_running(self) -> bool:
        """Whether the offer may be called the best deal."""
        return (
            self.high is not None
            and self.status.code == "quoted"
            and not self.validity.expired
            and not self.obstacles
        )


def build_row(
    facts: OfferFacts,
    status: Status,
    *,
    specs: Sequence[FieldSpec],
    constraints: Mapping[str, Any],
    rates: Rates,
    today: date,
    currency: str,
) -> Row:
    """The line of one vendor, before it is set against the others."""
    offer = facts.offer
    if offer is None:
        return Row(facts, status, cells=tuple(Cell(s.name, s.label, "") for s in specs))
    total = all_in(offer, counts_of(constraints, offer.fields))
    low, high, problem = _in_currency(total, offer.currency, rates, currency)
    return Row(
        facts,
        status,
        total=total,
        low=low,
        high=high,
        converted=low is not None and offer.currency != currency,
        not_compared=problem,
        period=PERIODS.get(offer.basis, ""),
        included=_included(offer, specs),
        included_earlier=_included_earlier(offer, specs),
        on_top=(*_on_top(offer, total, specs), *_on_top_earlier(offer, specs)),
        cells=tuple(_cell(s, offer) for s in specs),
        validity=_validity(offer, today),
        deposit=offer.deposit or offer.earlier.deposit,
        deposit_earlier=not offer.deposit and bool(offer.earlier.deposit),
        obstacles=_obstacles(offer, constraints),
    )


def _in_currency(
    total: AllIn | None, stated: str, rates: Rates, wanted: str
) -> tuple[Decimal | None, Decimal | None, str]:
    """The price from and to in the wanted currency, or why it cannot be compared."""
    if total is None:
        return None, None, "no price in it"
    if not stated:
        return None, None, "the currency is not stated"
    low = rates.convert(total.low, stated, wanted)
    problem = f"no exchange rate for {stated}" if low is None else ""
    return low, rates.convert(total.high, stated, wanted), problem


def _validity(offer: Offer, today: date) -> Validity:
    if offer.expires_on is None:
        then = offer.earlier.expires_on
        return Validity(_day(then), earlier=True) if then else Validity("no date given")
    days, on = (offer.expires_on - today).days, _day(offer.expires_on)
    if days < 0:
        return Validity(f"expired {on}", days)
    left = "last day" if days == 0 else f"{days} day{'s' * (days > 1)} left"
    return Validity(on, days, left)


def _day(on: date) -> str:
    return f"{on.day} {on:%b %Y}"


def _obstacles(offer: Offer, constraints: Mapping[str, Any]) -> tuple[str, ...]:
    found = []
    if offer.availability == "unavailable":
        found.append("not available")
    people = counts_of(constraints, {}).get("person")
    room, mark = next((n for name in _CAPACITY if (n := _number(offer, name))[0]), (None, ""))
    if people and room and room < people:
        found.append(f"takes {room} of {in_words('person', people)}{mark}")
    least, mark = _number(offer, "minimum_guests")
    if people and least and least > people:
        found.append(f"only from {in_words('person', least)}{mark}")
    asked = _whole(constraints.get("quantity"))
    given, mark = _number(offer, "quantity")
    if asked and given and given < asked:
        found.append(f"{given:,} of {asked:,}{mark}")
    return tuple(found)


def _number(offer: Offer, name: str) -> tuple[int | None, str]:
    """A whole number of the offer, else of the earlier quote with its mark."""
    if name in offer.earlier.fields:
        return _whole(offer.earlier.fields[name][0]), f" ({FROM_EARLIER})"
    return _whole(offer.fields.get(name)), ""


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _included(offer: Offer, specs: Sequence[FieldSpec]) -> tuple[str, ...]:
    found = [_thing(spec) for spec in inclusions(specs) if offer.fields.get(spec.name) is True]
    if offer.includes_tax:
        found.append("tax")
    return tuple(found)


def _included_earlier(offer: Offer, specs: Sequence[FieldSpec]) -> tuple[str, ...]:
    then = offer.earlier.fields
    found = [_thing(s) for s in inclusions(specs) if then.get(s.name, (None, ""))[0] is True]
    return (*found, "tax") if offer.earlier.includes_tax else tuple(found)


def _on_top(offer: Offer, total: AllIn | None, specs: Sequence[FieldSpec]) -> tuple[OnTop, ...]:
    lines = []
    if total is not None:
        for part in total.parts:
            amount = money(part.amount, offer.currency)
            words = f"{amount} ({part.how})" if part.how else amount
            lines.append(OnTop(part.label, words, counted=True))
        lines += [OnTop(text, "not counted", counted=False) for text in total.unknown]
        lines += [OnTop(text, "may come on top", counted=False) for text in total.conditional]
    named = " ".join(extra.label.lower() for extra in offer.extras)
    for spec in inclusions(specs):
        thing = _thing(spec)
        if offer.fields.get(spec.name) is False and thing.split()[0].lower() not in named:
            lines.append(OnTop(thing, "not included", counted=False))
    return tuple(lines)


def _on_top_earlier(offer: Offer, specs: Sequence[FieldSpec]) -> tuple[OnTop, ...]:
    """What the earlier quote put on top; nobody knows whether the revised price covers it."""
    then = offer.earlier
    inside = " ".join(_included(offer, specs)).lower()
    lines = [
        OnTop(as_said(extra, then.currency), "not counted", counted=False, earlier=True)
        for extra in then.extras
        if extra.label.lower() not in inside and not (offer.includes_tax and is_tax(extra.label))
    ]
    named = " ".join(extra.label.lower() for extra in (*offer.extras, *then.extras))
    for spec in inclusions(specs):
        thing = _thing(spec)
        excluded = then.fields.get(spec.name, (None, ""))[0] is False
        if excluded and thing.split()[0].lower() not in named:
            lines.append(OnTop(thing, "not included", counted=False, earlier=True))
    if then.includes_tax is False:
        lines.append(OnTop("tax", "not included", counted=False, earlier=True))
    return tuple(lines)


def inclusions(specs: Sequence[FieldSpec]) -> list[FieldSpec]:
    """The fields that say what is in the price: listed together, not each in its column."""
    return [s for s in specs if s.type == FieldType.BOOLEAN and s.name.endswith("_included")]


def _thing(spec: FieldSpec) -> str:
    label = spec.label.removesuffix("included").removesuffix("Included").strip()
    return label.lower() if label[:1].isupper() and not label.isupper() else label


def _cell(spec: FieldSpec, offer: Offer) -> Cell:
    if spec.name in offer.earlier.fields:
        # A revised price seldom repeats the rest; marked, because it may have changed as well.
        value, currency = offer.earlier.fields[spec.name]
        return Cell(spec.name, spec.label, _written(spec, value, currency), earlier=True)
    value = offer.fields.get(spec.name)
    text = _written(spec, value, offer.currency) if said(value) else ""
    return Cell(spec.name, spec.label, text)


def _written(spec: FieldSpec, value: Any, currency: str) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if spec.type == FieldType.MONEY:
        return money(Decimal(str(value)), currency)
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if spec.type == FieldType.PERCENT:
        return f"{value}%"
    return f"{value} {spec.unit}".strip()
