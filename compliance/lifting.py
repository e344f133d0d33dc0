"""The two ways an address becomes reachable again: a new consent, or a person clearing a hold."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from compliance import audit, keyed_hash
from compliance.addresses import as_heard
from compliance.choices import (
    EXPRESS,
    AddressKind,
    ConsentChannel,
    SuppressionReason,
    SuppressionScope,
)
from compliance.models import Consent, Suppression
from compliance.rules.consented import same_seller
from compliance.suppression import entry_data


class LiftError(Exception):
    """Why a suppression stands, in words."""


@transaction.atomic
def lift(kind: str, address: str, *, consent: Consent, actor: str) -> list[Suppression]:
    """End what stops this address, as far as a newer consent reaches; returns the rows lifted.

    Nothing else lifts a suppression: no START or YES at a provider, no button. A row is never
    deleted. One for all channels goes on for the channels the consent does not name. LiftError
    says why it stands.
    """
    cleaned = as_heard(kind, address)
    _check(consent, cleaned)
    rows = list(
        Suppression.objects.select_for_update().filter(
            address__in=[cleaned, *keyed_hash.all_hashes(cleaned)], lifted_at=None
        )
    )
    reached = [
        row for row in rows if row.scope == SuppressionScope.ALL or row.scope in consent.channels
    ]
    if not reached:
        raise LiftError(f"{address} is not suppressed itself on the channels of this consent.")
    for row in reached:
        asked = last_asked(row)
        if consent.given_at <= asked:
            raise LiftError(
                f"The consent is of {consent.given_at:%d %b %Y %H:%M}; they asked us to stop "
                f"later, at {asked:%d %b %Y %H:%M}."
            )
    for row in reached:
        _end(row, consent=consent, actor=actor)
        if row.scope == SuppressionScope.ALL:
            _go_on_elsewhere(row, consent, actor=actor)
    return reached


def last_asked(row: Suppression) -> datetime:
    """When the person last said so: a consent must be newer than this."""
    return max(row.received_at, row.latest_at or row.received_at)


def _check(consent: Consent, address: str) -> None:
    now = timezone.now()
    if consent.address != address:
        raise LiftError("The consent is for another address.")
    if consent.kind not in EXPRESS:
        raise LiftError("Only what the person wrote or said themselves lifts a suppression.")
    if consent.revoked_at is not None or (consent.expires_at and consent.expires_at <= now):
        raise LiftError("The consent has ended.")
    if settings.SELLER_NAME and not same_seller(consent.seller, settings.SELLER_NAME):
        raise LiftError(f"The consent names {consent.seller or 'nobody'}, not us.")


def _end(row: Suppression, *, consent: Consent | None, actor: str, reason: str = "") -> None:
    row.lifted_at, row.lifted_by, row.lifted_by_consent = timezone.now(), actor[:150], consent
    row.save(update_fields=["lifted_at", "lifted_by", "lifted_by_consent"])
    data = {**entry_data(row), "consent": str(consent.pk) if consent else None}
    audit.append("suppression.lifted", row, actor=actor, reason=reason, data=data)


def _go_on_elsewhere(row: Suppression, consent: Consent, *, actor: str) -> None:
    for channel in sorted(set(ConsentChannel.values) - set(consent.channels)):
        rest, created = Suppression.objects.get_or_create(
            kind=row.kind, address=row.address, scope=channel, lifted_at=None,
            defaults={
                "reason": row.reason, "source": row.source, "words": row.words,
                "received_at": row.received_at, "latest_at": row.latest_at,
                "effective_at": row.effective_at, "imported_from": row.imported_from,
                "erased_at": row.erased_at,
            },
        )  # fmt: skip
        if created:
            audit.append("suppression.narrowed", rest, actor=actor, data=entry_data(rest))


def can_release(row: Suppression) -> bool:
    """A hold waits for a person's judgement; a whole domain entered by hand was nobody's wish."""
    by_hand = row.kind == AddressKind.DOMAIN and row.reason == SuppressionReason.MANUAL
    return row.stands and (row.reason == SuppressionReason.AMBIGUOUS or by_hand)


@transaction.atomic
def release(suppression: Suppression, *, actor: str, reason: str) -> None:
    """Clear a hold after a person has read the words; LiftError for anything a person asked for."""
    row = Suppression.objects.select_for_update().get(pk=suppression.pk)
    if not can_release(row):
        raise LiftError("They asked us to stop: only a new consent lifts that.")
    if not reason.strip():
        raise LiftError("Say why this was no wish to be left alone.")
    _end(row, consent=None, actor=actor, reason=reason.strip()[:300])
