"""Consent records: write one, revoke it, and find what a person has allowed."""

import hashlib
import ipaddress
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from compliance import audit, hot_rows, keyed_hash
from compliance.addresses import as_heard, normalise
from compliance.choices import (
    SIGNED,
    AddressKind,
    AffirmativeAct,
    ConsentChannel,
    ConsentKind,
    ConsentPurpose,
)
from compliance.implied import months_after
from compliance.models import Consent

# 16 CFR 310.4(b)(1)(iii)(B): a relationship lasts 18 months after a purchase, 3 after an inquiry.
# What is for e-mail alone lasts as long as the recipient's country says: the gate looks at that.
PHONE_MONTHS = {ConsentKind.EXISTING_BUSINESS: 18, ConsentKind.INQUIRY: 3}
FOUND = (
    "address IN ({among}) AND given_at <= %s AND restricted_at IS NULL ORDER BY given_at DESC, id"
)


class ConsentError(Exception):
    """A record that would prove nothing, with what is missing."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was agreed to, as values; words as in `compliance.choices`, times aware."""

    address_kind: str
    address: str
    kind: str
    channels: tuple[str, ...]
    source: str
    given_at: datetime
    seller: str = ""
    text: str = ""
    person_name: str = ""
    purpose: str = ConsentPurpose.MARKETING
    automation_shown: bool = False
    not_condition_shown: bool = False
    concerns_role: bool = False
    affirmative_act: str = AffirmativeAct.NONE
    page_url: str = ""
    form: str = ""
    collected_by: str = ""
    ip: str | None = None
    user_agent: str = ""
    expires_at: datetime | None = None


@transaction.atomic
def record(given: Given, *, actor: str, evidence: File | None = None) -> Consent:
    """Write a consent down; the same one twice is the record that is there.

    ConsentError says what a record of this kind still needs; BadAddressError what is wrong with
    the address. `evidence` is stored beside it.
    """
    consent = Consent(**values(given), recorded_by=actor[:150])
    if evidence is not None:
        consent.evidence_name = str(evidence.name)[-255:]
        consent.evidence.save(consent.evidence_name, evidence, save=False)
    try:
        with transaction.atomic():
            consent.save()
    except IntegrityError:
        if evidence is not None:
            consent.evidence.delete(save=False)
        return _known(consent)
    audit.append("consent.recorded", consent, actor=actor, data=entry_data(consent))
    return consent


def values(given: Given) -> dict[str, Any]:
    """The columns of a record, checked and normalised. Pure but for the present moment."""
    problem = _problem(given)
    if problem:
        raise ConsentError(problem)
    rings = set(given.channels) - {ConsentChannel.EMAIL}
    months = PHONE_MONTHS.get(ConsentKind(given.kind)) if rings else None
    limit = months_after(given.given_at, months) if months else None
    ends = [end for end in (given.expires_at, limit) if end]
    columns = {
        **asdict(given),
        "address": normalise(given.address_kind, given.address),
        "channels": sorted(set(given.channels)),
        "seller": " ".join(given.seller.split()),
        "source": given.source.strip()[:120],
        "text_hash": hashlib.sha256(given.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "ip": given.ip or None,
        "expires_at": min(ends) if ends else None,
    }
    too_long = [
        field.name for field in Consent._meta.concrete_fields
        if getattr(field, "max_length", None)
        and len(str(columns.get(field.name) or "")) > (field.max_length or 0)
    ]  # fmt: skip
    if too_long:
        raise ConsentError(f"“{too_long[0]}” is too long.")
    return columns


def _problem(given: Given) -> str:
    if given.address_kind not in {AddressKind.EMAIL, AddressKind.PHONE}:
        return "A consent is for one e-mail address or one phone number."
    if given.kind not in ConsentKind.values:
        return f"“{given.kind}” is no kind of consent; use one of: {', '.join(ConsentKind.values)}."
    if given.purpose not in ConsentPurpose.values:
        return f"“{given.purpose}” is no purpose; use {' or '.join(ConsentPurpose.values)}."
    if given.affirmative_act not in AffirmativeAct.values:
        return f"“{given.affirmative_act}” is not something a person did."
    if not given.channels or not set(given.channels) <= set(ConsentChannel.values):
        return f"Name the channels agreed to, of these: {', '.join(ConsentChannel.values)}."
    if not given.source.strip():
        return "Say where the consent was given."
    if timezone.is_naive(given.given_at) or given.given_at > timezone.now():
        return "The moment it was given has no time zone or is in the future."
    if given.page_url and not given.page_url.lower().startswith(("https://", "http://")):
        return "The page's address begins with https:// or http://."
    if given.ip and not _is_ip(given.ip):
        return f"“{given.ip[:60]}” is not an IP address."
    if given.kind == ConsentKind.PUBLICLY_LISTED and not given.page_url:
        return "Say on which page the address is published: without it nothing is proven."
    if given.kind == ConsentKind.WRITTEN:
        return _written_problem(given)
    return ""


def _written_problem(given: Given) -> str:
    if not given.text.strip():
        return "A written consent needs the words that were shown, exactly."
    if not given.seller.strip():
        return "A written consent names the seller it is given to."
    if given.affirmative_act not in SIGNED:
        return "A written consent needs an act of the person: a tick, a signature, a reply."
    return ""


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _known(consent: Consent) -> Consent:
    return Consent.objects.get(
        address_kind=consent.address_kind,
        address=consent.address,
        seller=consent.seller,
        given_at=consent.given_at,
        text_hash=consent.text_hash,
    )


def entry_data(consent: Consent) -> dict[str, Any]:
    """What the ledger keeps: the proof's fingerprint, not the person."""
    return {
        "address": keyed_hash.hashed(consent.address),
        "kind": consent.kind,
        "channels": consent.channels,
        "seller": consent.seller,
        "text_hash": consent.text_hash,
        "given_at": consent.given_at.isoformat(),
    }


def revoke(consent: Consent, *, actor: str, reason: str = "", at: datetime | None = None) -> bool:
    """End one consent; False if it had ended already."""
    return revoke_many(Consent.objects.filter(pk=consent.pk), actor=actor, reason=reason, at=at) > 0


def revoke_all(
    addresses: Iterable[tuple[str, str]],
    *,
    actor: str,
    reason: str,
    channels: Iterable[str] | None = None,
    at: datetime | None = None,
) -> int:
    """End every consent given for these (kind, address) pairs; returns how many.

    With `channels`, those that cover one of them: a consent is never narrowed, it ends.
    """
    wanted = {as_heard(kind, address) for kind, address in addresses}
    rows = Consent.objects.filter(address__in=wanted, revoked_at=None)
    if channels is not None:
        ended = set(channels)
        ids = [row.pk for row in rows if ended & set(row.channels)]
        rows = Consent.objects.filter(pk__in=ids)
    return revoke_many(rows, actor=actor, reason=reason, at=at)


@transaction.atomic
def revoke_many(rows: Any, *, actor: str, reason: str, at: datetime | None = None) -> int:
    """End every consent of a queryset that has not ended; writes each to the ledger."""
    standing = list(rows.filter(revoked_at=None).select_for_update())
    changes = {
        "revoked_at": at or timezone.now(),
        "revoked_by": actor[:150],
        "revoke_reason": reason[:300],
    }
    ids = [consent.pk for consent in standing]
    changed = Consent.objects.filter(pk__in=ids, revoked_at=None).update(**changes) if ids else 0
    audit.append_many(
        [audit.Act("consent.revoked", consent, reason[:300]) for consent in standing], actor=actor
    )
    return changed


def find(
    addresses: Iterable[tuple[str, str]], at: datetime | None = None
) -> dict[str, list[Consent]]:
    """What was given by `at` for each (kind, address), by normalised address, newest first.

    Revoked and expired records are among them, so that a refusal can say so; those of erased
    people are not. One query however many.
    """
    wanted = sorted({as_heard(kind, address) for kind, address in addresses})
    rows = hot_rows.where(Consent, FOUND, among=wanted, also=[at or timezone.now()])
    found: dict[str, list[Consent]] = {}
    for row in rows:
        found.setdefault(row.address, []).append(row)
    return found
