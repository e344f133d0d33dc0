"""How often one person may hear from us, over all campaigns, channels and numbers. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = timedelta(hours=24)
TEXTS = frozenset({"sms", "phone"})
# Florida, Oklahoma, Maryland and Oregon count three; we never go beyond it anywhere.
MOST_TEXTS_A_DAY = 3


@dataclass(frozen=True, slots=True)
class Recent:
    """One thing already said to the person: when, on which channel, and whether to sell."""

    at: datetime
    channel: str
    marketing: bool


@dataclass(frozen=True, slots=True)
class Wait:
    """The first moment at which there is room again, and why not before."""

    until: datetime
    reason: str


def waits(
    at: datetime,
    channel: str,
    purpose: str,
    recent: Sequence[Recent],
    *,
    state_cap: int | None = None,
) -> list[Wait]:
    """What speaks against sending at this moment; empty when nothing does.

    One marketing message in 24 hours over all channels (house rule), and at most `state_cap`
    (never more than three) texts and calls in 24 hours whatever they are about, as a state may
    see one subject where we see two.
    """
    found = []
    within = sorted((one for one in recent if at - DAY < one.at <= at), key=lambda one: one.at)
    if purpose == "marketing":
        selling = [one.at for one in within if one.marketing]
        if selling:
            reason = f"They had a marketing message at {selling[-1]:%d %b %H:%M} UTC; one a day."
            found.append(Wait(selling[-1] + DAY, reason))
    cap = min(MOST_TEXTS_A_DAY, state_cap or MOST_TEXTS_A_DAY)
    texts = [one.at for one in within if one.channel in TEXTS]
    if channel in TEXTS and len(texts) >= cap:
        reason = f"They had {len(texts)} texts or calls in 24 hours; the law allows {cap}."
        found.append(Wait(texts[-cap] + DAY, reason))
    return found
