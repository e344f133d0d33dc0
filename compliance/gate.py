"""The one question asked before anything leaves: may this be sent, now, to this address?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from compliance import suppression
from compliance.choices import AddressKind
from compliance.rules import addresses, content, suppressed


class Decision(StrEnum):
    ALLOWED = "allowed"
    REFUSED = "refused"
    NOT_BEFORE = "not_before"


@dataclass(frozen=True, slots=True)
class Outbound:
    """What is about to be sent, as a value: no person, no campaign, no row."""

    channel: str  # "email" | "sms" | "whatsapp" | "phone" | "web_form" | "social"
    to: str
    at: datetime
    subject: str = ""
    body: str = ""
    purpose: str = "inquiry"  # "inquiry" (a business request) | "marketing"
    other_addresses: tuple[tuple[str, str], ...] = ()  # (kind, address) of the same person


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, every reason in words; `time` only with NOT_BEFORE."""

    decision: Decision
    reasons: tuple[str, ...] = ()
    time: datetime | None = field(default=None)

    @property
    def allowed(self) -> bool:
        return self.decision is Decision.ALLOWED


def check(outbound: Outbound) -> Verdict:
    """Judge one outbound; see `check_many`."""
    return check_many([outbound])[0]


def check_many(outbounds: Sequence[Outbound]) -> list[Verdict]:
    """Judge a batch with one look at the suppression list; verdicts in the order asked.

    Every rule is asked and every refusal is reported, so that one look tells the whole story.
    What no rule understands (an unknown channel) is refused.
    """
    verdicts = []
    by_channel = {
        channel: suppression.find(
            [pair for o in outbounds if o.channel == channel for pair in _addresses_of(o)],
            channel=channel,
        )
        for channel in {outbound.channel for outbound in outbounds}
    }
    for outbound in outbounds:
        reasons = [
            *addresses.refusals(outbound.channel, outbound.to),
            *suppressed.refusals(_addresses_of(outbound), by_channel[outbound.channel]),
            *content.refusals(outbound.channel, outbound.subject, outbound.body),
        ]
        decision = Decision.REFUSED if reasons else Decision.ALLOWED
        verdicts.append(Verdict(decision, tuple(reasons)))
    return verdicts


def _addresses_of(outbound: Outbound) -> list[tuple[str, str]]:
    if outbound.channel == "email":
        kind = AddressKind.EMAIL
    elif outbound.channel in {"web_form", "social"}:
        return list(outbound.other_addresses)
    else:
        kind = AddressKind.PHONE
    return [(kind, outbound.to), *outbound.other_addresses]
