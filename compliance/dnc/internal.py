"""Our own do-not-call list: who asked us not to call or text; kept for ever (47 CFR 64.1200(d))."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone

from compliance import audit
from compliance.dnc.errors import DncRefused
from compliance.dnc.numbers import read_phone
from compliance.models import DncFile, InternalDncNumber


def add_internal(phone: str, *, actor: str, reason: str) -> InternalDncNumber:
    """Put a number on our own list at once; one that is on it keeps its first entry.

    `reason` says who asked, where, in which words. Raises DncRefused for what is no number.
    """
    number = int(read_phone(phone).removeprefix("+"))
    if not reason.strip():
        raise DncRefused("Say who asked not to be called, and where: the law wants it recorded.")
    known = InternalDncNumber.objects.filter(phone=number, lifted_at=None).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            row = InternalDncNumber.objects.create(
                phone=number, reason=reason.strip(), added_by=actor, added_at=timezone.now()
            )
            # Number and words stand on the row alone: an entry of the ledger could never be erased.
            audit.append("dnc.internal_added", row, actor=actor)
    except IntegrityError:  # somebody else wrote the same request down at this moment
        return InternalDncNumber.objects.get(phone=number, lifted_at=None)
    return row


def lift_internal(row: InternalDncNumber, *, actor: str, reason: str) -> None:
    """End an entry, such as a slip of the finger or a new consent; the row and its story stay."""
    if not reason.strip():
        raise DncRefused("Say why the number may be called again: the law wants it recorded.")
    with transaction.atomic():
        lifted = InternalDncNumber.objects.filter(pk=row.pk, lifted_at=None).update(
            lifted_at=timezone.now(), lifted_by=actor, lift_reason=reason.strip()
        )
        if lifted != 1:
            raise DncRefused(f"{row} was lifted already.")
        audit.append("dnc.internal_lifted", row, actor=actor)
    row.refresh_from_db()


def take_in(numbers: Iterable[int], *, file: DncFile, actor: str) -> None:
    """Add the ten-digit numbers of a file; those on the list already keep their first entry."""
    now = timezone.now()
    InternalDncNumber.objects.bulk_create(
        [
            InternalDncNumber(
                phone=10_000_000_000 + number,
                reason=f"Imported from {file.name}.",
                added_by=actor,
                added_at=now,
                file=file,
            )
            for number in numbers
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
