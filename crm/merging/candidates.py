"""Pairs that may be one: kept once, decided once, and back only when what was compared changed."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from crm.models import CandidateState, MergeCandidate


def in_order(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """A pair as it is kept: the smaller id first."""
    return (one, other) if one < other else (other, one)


def close_pair(kind: str, survivor: UUID, merged: UUID, *, actor: str) -> None:
    """They are one now; what else was suspected of the merged one waits for the next search."""
    first, second = in_order(survivor, merged)
    decided = {"state": CandidateState.MERGED, "decided_by": actor, "decided_at": timezone.now()}
    MergeCandidate.objects.filter(kind=kind, first=first, second=second).update(**decided)
    open_pairs(kind, [merged]).delete()


def dismiss_pair(kind: str, one: UUID, other: UUID, *, actor: str) -> None:
    """They are not the same, until what was compared changes."""
    first, second = in_order(one, other)
    MergeCandidate.objects.filter(kind=kind, first=first, second=second).update(
        state=CandidateState.DISMISSED, decided_by=actor, decided_at=timezone.now()
    )


def open_pairs(kind: str, ids: Collection[UUID]) -> QuerySet[MergeCandidate]:
    """The undecided pairs of these rows."""
    of_them = Q(first__in=ids) | Q(second__in=ids)
    return MergeCandidate.objects.filter(of_them, kind=kind, state=CandidateState.OPEN)
