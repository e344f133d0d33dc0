"""What is known of each vendor before anything is compared: the thread and the standing offer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

Outbound = Literal["", "draft", "queued", "sent", "bounced", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class Extra:
    """Something that comes on top: an amount, a percentage, or neither where none was given."""

    label: str
    amount: Decimal | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One of several offers in the same reply, in the offer's currency."""

    label: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class Thread:
    """Where the conversation stands: `outbound` is the furthest any of our messages got.

    `reply_kind` is the kind of the newest answer: "" before the first one, "unread" until it is
    read. `draft_waiting` is true while a further message waits for approval. `stopped` says why
    nothing more may be sent, such as an opt-out.
    """

    channel: str = "email"
    outbound: Outbound = ""
    sent_at: datetime | None = None
    follow_ups: int = 0
    draft_waiting: bool = False
    reply_kind: str = ""
    replied_at: datetime | None = None
    detail: str = ""
    notes: str = ""
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a vendor said before and the revised offer does not repeat.

    `fields` holds (value, currency it was said in) by name; `extras` are in `currency`.
    """

    fields: Mapping[str, tuple[Any, str]] = field(default_factory=dict)
    includes_tax: bool | None = None
    expires_on: date | None = None
    deposit: str = ""
    extras: tuple[Extra, ...] = ()
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """The offer that stands, or one that still waits to be checked (`to_check`).

    `price` is the total for the request before `extras`; for a basis of month or year it is the
    total per month or per year. `previous` is what the same vendor asked before, `earlier`
    what they said then and do not say again.
    """

    quote_id: UUID
    price: Decimal | None
    currency: str
    version: int = 1
    price_high: Decimal | None = None
    basis: str = ""
    includes_tax: bool | None = None
    availability: str = ""
    expires_on: date | None = None
    deposit: str = ""
    terms: str = ""
    extras: tuple[Extra, ...] = ()
    options: tuple[Option, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    to_check: bool = False
    review_reasons: tuple[str, ...] = ()
    finalist: bool = False
    logged_by: str = ""
    previous: tuple[Decimal, str] | None = None
    earlier: Earlier = Earlier()


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """One vendor of the campaign; `offer` is None until one was made.

    `to_check` is the reading a person still has to look at: of this offer, or of a later answer.
    """

    enrollment_id: UUID
    vendor: str
    contact: str = ""
    thread: Thread = Thread()
    offer: Offer | None = None
    to_check: UUID | None = None
