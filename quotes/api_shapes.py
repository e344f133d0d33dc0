"""What programs send and get: quotes, and the comparison as data."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from outreach.api.shapes import Line, Text
from quotes.models import Quote
from quotes.review import shown_name

Amount = Annotated[Decimal, Field(ge=0, le=Decimal("999999999999.99"), allow_inf_nan=False)]
Percent = Annotated[Decimal, Field(ge=0, le=1000, allow_inf_nan=False)]
Label = Annotated[Line, Field(min_length=1, max_length=200)]


class ExtraShape(Schema):
    """What comes on top: an amount, a percentage, or neither where none was given."""

    label: Label
    amount: Amount | None = None
    percent: Percent | None = None


class OptionShape(Schema):
    """One of several offers in the same answer."""

    label: Label
    price: Amount


class QuoteOut(Schema):
    """An answer as it was read or logged; `evidence` holds the words each value was read from."""

    id: UUID
    enrollment_id: UUID
    vendor: str
    message_id: UUID | None
    status: str
    kind: str
    entry_method: str
    logged_by: str | None
    price: Decimal | None
    price_high: Decimal | None
    currency: str
    price_basis: str
    includes_tax: bool | None
    availability: str
    expiration_date: str | None
    deposit: str
    terms: str
    extras: list[ExtraShape]
    options: list[OptionShape]
    fields: dict[str, Any]
    evidence: dict[str, Any]
    confidence: dict[str, Any]
    review_reasons: list[str]
    supersedes: UUID | None
    is_finalist: bool
    version: int
    created_at: str

    @staticmethod
    def resolve_vendor(quote: Quote) -> str:
        return str(quote.enrollment.company or quote.enrollment.contact)

    @staticmethod
    def resolve_logged_by(quote: Quote) -> str | None:
        return shown_name(quote.logged_by) if quote.logged_by else None

    @staticmethod
    def resolve_expiration_date(quote: Quote) -> str | None:
        return quote.expiration_date.isoformat() if quote.expiration_date else None

    @staticmethod
    def resolve_extras(quote: Quote) -> Sequence[Any]:
        return list(quote.extras.all())

    @staticmethod
    def resolve_options(quote: Quote) -> Sequence[Any]:
        return list(quote.options.all())

    @staticmethod
    def resolve_supersedes(quote: Quote) -> UUID | None:
        return quote.supersedes_id

    @staticmethod
    def resolve_created_at(quote: Quote) -> str:
        return quote.created_at.isoformat()


class QuotePage(Schema):
    """One page of quotes."""

    items: list[QuoteOut]
    next_cursor: str | None


class QuoteIn(Schema):
    """A quote typed in by hand; `fields` by the category's quote fields."""

    enrollment_id: UUID | None = Field(None, description="The vendor's thread in this campaign.")
    vendor_id: UUID | None = Field(None, description="The vendor's company; instead of the thread.")
    kind: Literal["quote", "decline", "question", "acknowledgement"] = "quote"
    price: Amount | None = None
    price_high: Amount | None = None
    currency: Annotated[Line, Field(max_length=3)] = ""
    price_basis: Annotated[Line, Field(max_length=12)] = ""
    includes_tax: bool | None = None
    availability: Annotated[Line, Field(max_length=20)] = ""
    expiration_date: Annotated[Line, Field(max_length=10)] | None = None
    deposit: Annotated[Line, Field(max_length=120)] = ""
    terms: Annotated[Text, Field(max_length=5000)] = ""
    extras: Annotated[list[ExtraShape], Field(max_length=40)] = []
    options: Annotated[list[OptionShape], Field(max_length=40)] = []
    fields: dict[str, str | int | float | bool | None] = {}


class OnTopShape(Schema):
    """One line of what comes on top; `counted` when it is part of the all-in price.

    `earlier` when only the vendor's earlier quote said so; that is never counted.
    """

    label: str
    words: str
    counted: bool
    earlier: bool


class EarlierShape(Schema):
    """What a revised quote did not repeat, as the vendor said it before."""

    fields: dict[str, Any]
    included: list[str]
    deposit: str
    expires_on: str | None


class ComparisonRow(Schema):
    """One vendor; `all_in` and `all_in_high` in the comparison's currency, null if not compared."""

    enrollment_id: UUID
    vendor: str
    status: str
    status_words: str
    quote_id: UUID | None
    all_in: Decimal | None
    all_in_high: Decimal | None
    price: Decimal | None
    currency: str
    converted: bool
    not_compared: str
    included: list[str]
    on_top: list[OnTopShape]
    unknown_extras: list[str]
    fields: dict[str, Any]
    expires_on: str | None
    days_left: int | None
    obstacles: list[str]
    is_finalist: bool
    logged_by: str
    to_check: bool
    best: bool
    earlier: EarlierShape


class BestShape(Schema):
    """The best deal with its reason and what could still change it."""

    enrollment_id: UUID
    vendor: str
    reason: str
    caveats: list[str]


class ComparisonOut(Schema):
    """The comparison table as the page shows it."""

    currency: str
    columns: list[str]
    rows: list[ComparisonRow]
    best: BestShape | None
    notes: list[str]


class ViewQuery(Schema):
    """What to show and in which order."""

    show: Literal["all", "quoted", "waiting", "to_check", "finalists", "closed"] = "all"
    sort: Literal[
        "price", "-price", "vendor", "-vendor", "status", "-status", "validity", "-validity"
    ] = "price"
