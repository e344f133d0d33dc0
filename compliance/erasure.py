"""What compliance does with the addresses of a person who asks to be erased.

The list must go on stopping us, so each address stays as a keyed hash; a consent is evidence and
stays, ended and out of sight (GDPR Art. 17(3)(b) and (e)); everything else goes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from compliance import audit, consent, keyed_hash
from compliance.addresses import as_heard
from compliance.choices import AddressKind, SuppressionReason, SuppressionScope
from compliance.dnc.numbers import is_e164
from compliance.models import Consent, InternalDncNumber, Suppression
from compliance.suppression import entry_data

WHY = "Erased at the person's request."


@dataclass(frozen=True, slots=True)
class Erased:
    """How many addresses are known by their hash alone now, and how many consents are put away."""

    addresses: int
    consents: int


@transaction.atomic
def erase_addresses(
    addresses: Iterable[tuple[str, str]],
    *,
    actor: str,
    source: str = "erasure request",
    received_at: datetime | None = None,
) -> Erased:
    """Replace each (kind, address) by its hash, suppressed for ever on every channel.

    Idempotent. The entries' words go, their reason, scope and times stay.
    """
    at = received_at or timezone.now()
    pairs = sorted({(str(kind), as_heard(kind, address)) for kind, address in addresses})
    for kind, address in pairs:
        for row in Suppression.objects.select_for_update().filter(kind=kind, address=address):
            _hash(row, actor=actor)
        _stand(kind, keyed_hash.hashed(address), source=source, at=at, actor=actor)
    _forget_calls([address for kind, address in pairs if kind == AddressKind.PHONE], actor=actor)
    put_away = _restrict([address for _kind, address in pairs], actor=actor)
    return Erased(len(pairs), put_away)


def _hash(row: Suppression, *, actor: str) -> None:
    """An entry keeps everything but the address and the words."""
    before = row.address
    row.address, row.words, row.erased_at = keyed_hash.hashed(before), "", timezone.now()
    fields = ["address", "words", "erased_at"]
    twin = Suppression.objects.filter(
        kind=row.kind, address=row.address, scope=row.scope, lifted_at=None
    ).first()
    if row.stands and twin is not None:
        # Erased before, and entered anew since: one of the two stands for both from now on.
        row.lifted_at, row.lifted_by = row.erased_at, "erasure"
        fields += ["lifted_at", "lifted_by"]
        latest = max(row.received_at, row.latest_at or row.received_at)
        twin.latest_at = max(twin.latest_at or twin.received_at, latest)
        twin.save(update_fields=["latest_at"])
    row.save(update_fields=fields)
    audit.append("suppression.erased", row, actor=actor, data=entry_data(row))


def _stand(kind: str, hashed: str, *, source: str, at: datetime, actor: str) -> None:
    row, created = Suppression.objects.get_or_create(
        kind=kind, address=hashed, scope=SuppressionScope.ALL, lifted_at=None,
        defaults={
            "reason": SuppressionReason.ERASURE, "source": source[:120], "received_at": at,
            "erased_at": timezone.now(),
        },
    )  # fmt: skip
    if created:
        audit.append("suppression.added", row, actor=actor, data=entry_data(row))


def _forget_calls(numbers: list[str], *, actor: str) -> None:
    """Our own do-not-call list keeps the number, or we would call again; who said what goes."""
    digits = [int(number[1:]) for number in numbers if is_e164(number)]
    rows = InternalDncNumber.objects.filter(phone__in=digits).exclude(reason=WHY, lift_reason="")
    known = list(rows.select_for_update())
    rows.update(reason=WHY, lift_reason="")
    audit.append_many([audit.Act("dnc.internal_erased", row) for row in known], actor=actor)


def _restrict(addresses: list[str], *, actor: str) -> int:
    rows = Consent.objects.filter(address__in=addresses, restricted_at=None)
    consent.revoke_many(rows, actor=actor, reason=WHY)
    return rows.update(restricted_at=timezone.now())
