"""What the gate is asked and what it answers: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from compliance.choices import AddressKind, LineType
from compliance.rules.frequency import Recent
from compliance.zones import Place, Whereabouts, locate


class Decision(StrEnum):
    ALLOWED = "allowed"
    REFUSED = "refused"
    NOT_BEFORE = "not_before"


@dataclass(frozen=True, slots=True)
class Outbound:
    """What is about to be sent, as a value: no person, no campaign, no row.

    `other_addresses` are (kind, address) pairs of the same person, `places` what is known of
    where they are, `recent` what they had from us in the last 24 hours at least, `to_company`
    whether the address is known to be a company's.
    """

    channel: str  # "email" | "sms" | "whatsapp" | "phone" | "web_form" | "social"
    to: str
    at: datetime
    subject: str = ""
    body: str = ""
    purpose: str = "inquiry"  # "inquiry" (a business request) | "marketing" | "answer"
    other_addresses: tuple[tuple[str, str], ...] = ()
    places: tuple[Place, ...] = ()
    recent: tuple[Recent, ...] = ()
    to_company: bool = False
    # Of marketing mail: its headers, the link this recipient has to find, its HTML if it has any.
    headers: tuple[tuple[str, str], ...] = ()
    unsubscribe_url: str = ""
    body_html: str = ""
    first_text: bool = False  # nothing was ever texted to this number
    line_type: str = LineType.UNKNOWN  # of the number, as far as somebody said
    worded: bool = True  # False while nothing is written yet: the words are judged later

    @property
    def address_kind(self) -> str:
        """The kind of `to` where it is one that lists know; "" for forms and profiles."""
        if self.channel == "email":
            return AddressKind.EMAIL
        return "" if self.channel in {"web_form", "social"} else AddressKind.PHONE

    @property
    def addresses(self) -> tuple[tuple[str, str], ...]:
        """Every (kind, address) of the person, the one written to first."""
        own = ((self.address_kind, self.to),) if self.address_kind else ()
        return tuple(dict.fromkeys((*own, *self.other_addresses)))

    @property
    def whereabouts(self) -> Whereabouts:
        """Every zone and jurisdiction that the person's numbers and places may mean."""
        phones = tuple(address for kind, address in self.addresses if kind == AddressKind.PHONE)
        return locate(phones, self.places)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, every reason in words.

    `time` comes only with NOT_BEFORE: the next moment that every rule about time allows.
    `deadline` is when the lawful window closes, for providers that may hold a text back.
    `grounds` are what an allowed decision stood on, where the caller asked for them. `curable`
    comes with REFUSED where nothing speaks against the person: a do-not-call list of ours is
    missing or too old, and once it is imported the answer is another.
    """

    decision: Decision
    reasons: tuple[str, ...] = ()
    time: datetime | None = field(default=None)
    deadline: datetime | None = field(default=None)
    grounds: Mapping[str, str] = field(default_factory=dict)
    curable: bool = False

    @property
    def allowed(self) -> bool:
        return self.decision is Decision.ALLOWED
