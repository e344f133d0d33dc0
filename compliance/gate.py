"""The one question asked before anything leaves: may this be sent, now, to this address?

A value in, a value out. Callers pass what they know of the person (all addresses, places, what
was said lately); the gate looks up what compliance keeps: suppressions and the rules in force.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from compliance import rulebook, suppression
from compliance.choices import AddressKind
from compliance.models import Suppression
from compliance.rules import addresses, calling_window, content, frequency, suppressed
from compliance.rules.calling_window import WindowAnswer
from compliance.rules.frequency import Recent, Wait
from compliance.zones import Place, Whereabouts, locate

# What rings or buzzes obeys the hours of the law; mail waits to be read.
TIMED = frozenset({"sms", "phone"})
MOST_TURNS = 60


class Decision(StrEnum):
    ALLOWED = "allowed"
    REFUSED = "refused"
    NOT_BEFORE = "not_before"


@dataclass(frozen=True, slots=True)
class Outbound:
    """What is about to be sent, as a value: no person, no campaign, no row.

    `other_addresses` are (kind, address) pairs of the same person, `places` what is known of
    where they are, `recent` what they had from us in the last 24 hours at least.
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, every reason in words.

    `time` comes only with NOT_BEFORE: the next moment that every rule about time allows.
    `deadline` is when the lawful window closes, for providers that may hold a text back.
    """

    decision: Decision
    reasons: tuple[str, ...] = ()
    time: datetime | None = field(default=None)
    deadline: datetime | None = field(default=None)

    @property
    def allowed(self) -> bool:
        return self.decision is Decision.ALLOWED


def check(outbound: Outbound) -> Verdict:
    """Judge one outbound; see `check_many`."""
    return check_many([outbound])[0]


def check_many(outbounds: Sequence[Outbound]) -> list[Verdict]:
    """Judge a batch with one look at each list; verdicts in the order asked.

    Every rule is asked and every refusal is reported, so that one look tells the whole story.
    What no rule understands (an unknown channel, an unknown place) is refused.
    """
    by_channel = {
        channel: suppression.find(
            [pair for o in outbounds if o.channel == channel for pair in _addresses_of(o)],
            channel=channel,
        )
        for channel in {outbound.channel for outbound in outbounds}
    }
    return [_judge(outbound, by_channel[outbound.channel]) for outbound in outbounds]


def whereabouts(outbound: Outbound) -> Whereabouts:
    """Every zone and jurisdiction that the person's numbers and places may mean."""
    phones = dict.fromkeys(
        address for kind, address in _addresses_of(outbound) if kind == AddressKind.PHONE
    )
    return locate(tuple(phones), outbound.places)


def _judge(outbound: Outbound, suppressions: Mapping[str, Suppression]) -> Verdict:
    refusals = [
        *addresses.refusals(outbound.channel, outbound.to),
        *suppressed.refusals(_addresses_of(outbound), suppressions),
        *content.refusals(outbound.channel, outbound.subject, outbound.body),
    ]
    timing = _timing(outbound)
    if timing.decision is Decision.REFUSED or refusals:
        return Verdict(Decision.REFUSED, (*refusals, *timing.reasons))
    return timing


def _timing(outbound: Outbound) -> Verdict:
    """The rules about time together: the first moment that none of them objects to."""
    hours = _Hours(outbound) if outbound.channel in TIMED else None
    moment, reasons = outbound.at, dict[str, None]()
    for _turn in range(MOST_TURNS):
        waits = frequency.waits(
            moment, outbound.channel, outbound.purpose, outbound.recent,
            state_cap=hours.cap if hours else None,
        )  # fmt: skip
        answer = hours.judge(moment) if hours else WindowAnswer(allowed=True)
        if not answer.allowed:
            if answer.not_before is None:
                return Verdict(Decision.REFUSED, answer.reasons)
            waits.append(Wait(answer.not_before, " ".join(answer.reasons)))
        if not waits:
            if moment == outbound.at:
                return Verdict(Decision.ALLOWED, deadline=answer.closes_at)
            return Verdict(Decision.NOT_BEFORE, tuple(reasons), moment, answer.closes_at)
        if moment == outbound.at:
            reasons.update(dict.fromkeys(wait.reason for wait in waits))
        moment = max(wait.until for wait in waits)
    return Verdict(Decision.REFUSED, ("No moment is allowed by all rules together.",))


class _Hours:
    """The calling hours that bind one outbound, looked up once."""

    def __init__(self, outbound: Outbound) -> None:
        self.book = rulebook.current(outbound.at)
        self.where = whereabouts(outbound)
        self.cap = calling_window.max_per_24h(self.where, self.book)

    def judge(self, moment: datetime) -> WindowAnswer:
        return calling_window.judge(moment, self.where, self.book)


def _addresses_of(outbound: Outbound) -> list[tuple[str, str]]:
    if outbound.channel == "email":
        own: Iterable[tuple[str, str]] = [(AddressKind.EMAIL, outbound.to)]
    elif outbound.channel in {"web_form", "social"}:
        own = []
    else:
        own = [(AddressKind.PHONE, outbound.to)]
    return list(dict.fromkeys((*own, *outbound.other_addresses)))


__all__ = [
    "Decision", "Outbound", "Place", "Recent", "Verdict", "check", "check_many",
    "whereabouts",
]  # fmt: skip
