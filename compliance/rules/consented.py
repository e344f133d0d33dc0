"""Marketing goes only to who agreed to it, as strictly as the channel and the country ask."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from compliance.choices import EXPRESS, ConsentKind, ConsentPurpose
from compliance.implied import Implied

NOTHING_IMPLIED = Implied()


@dataclass(frozen=True, slots=True)
class MailDemand:
    """What must be shown before marketing is mailed, and which law asks for it, in words.

    Without `consent` nothing but a way out is asked for (CAN-SPAM); else what the person said
    themselves (ePrivacy, 38-FZ art. 18), or what the law takes for it (CASL).
    """

    consent: bool
    reason: str = ""
    implied: Implied = NOTHING_IMPLIED

    @property
    def accepted(self) -> frozenset[str]:
        """The kinds of consent that will do."""
        return frozenset(EXPRESS) | self.implied.kinds


UNKNOWN = MailDemand(True, "It is not known which country's law protects this person.")

ACCEPTED = {
    # 47 CFR 64.1200(a)(2), (f)(9): prior express written consent, nothing less.
    "sms": frozenset({ConsentKind.WRITTEN}),
    "whatsapp": frozenset(EXPRESS),
}
NEEDED: dict[frozenset[str], str] = {
    frozenset({ConsentKind.WRITTEN}): "a written consent",
    frozenset(EXPRESS): "a consent in their own words",
}


class Agreement(Protocol):
    """What the rule looks at in a consent; the model has all of it."""

    address: str
    kind: str
    channels: list[str]
    purpose: str
    seller: str
    page_url: str
    concerns_role: bool
    automation_shown: bool
    not_condition_shown: bool
    given_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


def refusals(
    channel: str,
    purpose: str,
    consents: Sequence[Agreement],
    seller: str,
    at: datetime,
    *,
    to: str,
    mail: MailDemand = UNKNOWN,
) -> list[str]:
    """Reasons why this marketing has no permission; [] for other purposes and for calls by hand.

    `consents` are those found for the address `to` (normalised), `seller` our own name as consent
    texts have it, `mail` what the law of the recipient's country asks of a mail.
    """
    if purpose != ConsentPurpose.MARKETING:
        return []
    if channel == "email":
        return _mail(consents, seller, at, to, mail)
    accepted = ACCEPTED.get(channel)
    if accepted is None:
        return []
    return _missing(channel, accepted, consents, seller, at, to)


def _mail(
    consents: Sequence[Agreement], seller: str, at: datetime, to: str, demand: MailDemand
) -> list[str]:
    if not demand.consent:
        return []
    found = _missing("email", demand.accepted, consents, seller, at, to, demand.implied)
    return [f"{demand.reason} {reason}".strip() for reason in found]


def _missing(
    channel: str,
    accepted: frozenset[str],
    consents: Sequence[Agreement],
    seller: str,
    at: datetime,
    to: str,
    implied: Implied = NOTHING_IMPLIED,
) -> list[str]:
    if not seller.strip():
        return ["SELLER_NAME is not set: no consent can be shown to name us."]
    gaps = [
        _gap(consent, channel, accepted, seller, at, to)
        or _gap_of_what_is_implied(consent, implied, at)
        for consent in consents
    ]
    if "" in gaps:
        return []
    needed = NEEDED.get(accepted, "a permission")
    lead = f"Marketing by {channel} to {to} needs {needed} that names {seller} and this address."
    return [f"{lead} {gaps[0]}" if gaps else f"{lead} There is none."]


def _gap(
    consent: Agreement,
    channel: str,
    accepted: frozenset[str],
    seller: str,
    at: datetime,
    to: str,
) -> str:
    """Why this one does not do, in words; "" if it does."""
    which = f"The one of {consent.given_at:%d %b %Y}"
    if consent.address != to:
        return f"{which} is for another address."
    if consent.revoked_at is not None and consent.revoked_at <= at:
        return f"{which} was revoked on {consent.revoked_at:%d %b %Y}."
    if consent.expires_at is not None and consent.expires_at <= at:
        return f"{which} ended on {consent.expires_at:%d %b %Y}."
    if consent.given_at > at:
        return f"{which} was given later."
    if consent.kind not in accepted:
        return f"{which} is only “{ConsentKind(consent.kind).label.lower()}”."
    if channel not in consent.channels:
        return f"{which} is for {', '.join(consent.channels)} only."
    if consent.purpose != ConsentPurpose.MARKETING:
        return f"{which} is for information, not for marketing."
    # A page that publishes an address names nobody who may write to it.
    named = consent.kind != ConsentKind.PUBLICLY_LISTED
    if named and not same_seller(consent.seller, seller):
        return f"{which} names {consent.seller or 'nobody'}."
    if channel == "sms" and not (consent.automation_shown and consent.not_condition_shown):
        return (
            f"{which} does not show that its words authorise automated marketing "
            "and make it no condition of a purchase."
        )
    return ""


def _gap_of_what_is_implied(consent: Agreement, implied: Implied, at: datetime) -> str:
    """Why nothing follows (any more) from a relationship or a published address; "" if it does."""
    which = f"The one of {consent.given_at:%d %b %Y}"
    if consent.kind not in implied.kinds:
        return ""
    ends = implied.ends(consent.kind, consent.given_at)
    if ends is not None and ends <= at:
        kind = ConsentKind(consent.kind).label.lower()
        return f"{which} is an {kind}, which counted until {ends:%d %b %Y}."
    if consent.kind == ConsentKind.PUBLICLY_LISTED:
        if not consent.page_url:
            return f"{which} does not say where the address is published."
        if not consent.concerns_role:
            return f"{which} does not say that this concerns their work and no word refuses it."
    return ""


def same_seller(one: str, other: str) -> bool:
    """The same name but for case, spaces and punctuation; a part of a name is another name."""
    return _bare(one) == _bare(other) != ""


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()
