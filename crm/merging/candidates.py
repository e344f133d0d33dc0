"""Pairs that may be one: kept once, decided once, and back only when what was compared changed."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from compliance import audit
from crm.dedupe import Known, known_companies
from crm.errors import CrmError
from crm.merging.near import (
    Pair,
    Someone,
    fingerprint_of,
    likely_companies,
    likely_people,
)
from crm.merging.streets import street_key
from crm.models import CandidateState, Contact, ContactPoint, Lead, MergeCandidate, MergeKind

CHUNK = 2000
MOST_NEW = 2000  # pairs a search opens: more than anybody decides before the next
HELD_BACK = "crm:duplicates-held-back:"
REMEMBERED = 3 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search came to."""

    compared: int
    found: int
    new: int
    reopened: int
    gone: int
    held_back: int = 0  # for a later search, once some of these are decided


def search_people() -> Searched:
    """Look for people that may be one among all of them, and keep what was found."""
    people = {one.id: one for one in read_people()}
    return _keep(MergeKind.CONTACT, likely_people(list(people.values())), people)


def search_companies() -> Searched:
    """Look for companies that may be one among all of them, and keep what was found."""
    companies = {one.id: one for one in known_companies()}
    return _keep(MergeKind.COMPANY, likely_companies(list(companies.values())), companies)


def read_people() -> list[Someone]:
    """Everybody who stands for themselves, as they are compared; three questions."""
    points: defaultdict[UUID, list[tuple[str, str]]] = defaultdict(list)
    rows = ContactPoint.objects.order_by().values_list("contact", "kind", "value")
    for contact, kind, value in rows.iterator(chunk_size=CHUNK):
        points[contact].append((kind, value))
    places = _places()
    people = Contact.objects.filter(erased_at=None).order_by("created_at", "pk")
    return [
        Someone(
            pk, name, company, country, postal, tuple(points.get(pk, ())), tuple(places.get(pk, ()))
        )
        for pk, name, company, country, postal in people.values_list(
            "pk", "name", "company", "country", "postal_code"
        ).iterator(chunk_size=CHUNK)
    ]


def _places() -> defaultdict[UUID, list[str]]:
    """Where the properties of people stand, by person."""
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    rows = Lead.objects.filter(contact__isnull=False).exclude(property__situs_address="").order_by()
    for contact, address, county, state in rows.values_list(
        "contact", "property__situs_address", "property__county", "property__state"
    ).iterator(chunk_size=CHUNK):
        if address and (street := street_key(address)):
            found[contact].append(f"{street}|{county.casefold()}|{state}")
    return found


@transaction.atomic
def _keep(
    kind: MergeKind, pairs: Sequence[Pair], rows: Mapping[UUID, Someone] | Mapping[UUID, Known]
) -> Searched:
    """Write what is new or changed; open pairs that are alike no more go.

    Of very many that are new the surest are opened, the others wait for a later search.
    """
    known = {(one.first, one.second): one for one in MergeCandidate.objects.filter(kind=kind)}
    new: list[MergeCandidate] = []
    changed: list[MergeCandidate] = []
    reopened = 0
    for pair in pairs:
        mark = fingerprint_of(rows[pair.one], rows[pair.other])
        row = known.pop((pair.one, pair.other), None)
        if row is None:
            new.append(MergeCandidate(
                kind=kind, first=pair.one, second=pair.other, score=pair.score,
                reasons=pair.reasons, fingerprint=mark,
            ))  # fmt: skip
        elif row.state == CandidateState.OPEN or row.fingerprint != mark:
            reopened += row.state != CandidateState.OPEN
            if (row.score, row.reasons, row.fingerprint, row.state) != (
                pair.score, _reasons(row, pair), mark, CandidateState.OPEN,
            ):  # fmt: skip
                row.score, row.reasons, row.fingerprint = pair.score, _reasons(row, pair), mark
                row.state, row.decided_at = CandidateState.OPEN, None
                changed.append(row)
    new, held_back = new[:MOST_NEW], len(new[MOST_NEW:])
    cache.set(f"{HELD_BACK}{kind}", held_back, REMEMBERED)
    MergeCandidate.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    fields = ["score", "reasons", "fingerprint", "state", "decided_at"]
    MergeCandidate.objects.bulk_update(changed, fields, batch_size=500)
    stale = [one.pk for one in known.values() if one.state == CandidateState.OPEN]
    gone = sum(
        MergeCandidate.objects.filter(
            pk__in=stale[start : start + CHUNK], state=CandidateState.OPEN
        ).delete()[0]
        for start in range(0, len(stale), CHUNK)
    )
    return Searched(len(rows), len(pairs), len(new), reopened, gone, held_back)


def _reasons(row: MergeCandidate, pair: Pair) -> list[str]:
    """A pair that was told apart before says so when it comes back."""
    if not row.decided_by:
        return pair.reasons
    return [*pair.reasons, f"{row.decided_by} told them apart before; something changed since."]


def open_candidates(kind: str = "") -> QuerySet[MergeCandidate]:
    """What waits for a decision, the surest first; what was put off comes last."""
    rows = MergeCandidate.objects.filter(state=CandidateState.OPEN)
    return rows.filter(kind=kind) if kind else rows


def waiting() -> dict[str, int]:
    """How many pairs wait for a decision, by kind."""
    rows = open_candidates().order_by().values_list("kind").annotate(number=Count("pk"))
    return dict(rows)


def held_back() -> dict[str, int]:
    """How many more pairs the last search found than it opened, by kind."""
    found = {kind: cache.get(f"{HELD_BACK}{kind}", 0) for kind in MergeKind.values}
    return {kind: number for kind, number in found.items() if number}


def of_pair(kind: str, one: UUID, other: UUID) -> MergeCandidate | None:
    """What is known about this pair, in whichever order."""
    return _pair(kind, one, other).first()


@transaction.atomic
def tell_apart(kind: str, one: UUID, other: UUID, *, actor: str) -> None:
    """These two are not the same, whether a search found them or a person put them together."""
    known = of_pair(kind, one, other)
    if known is None:
        raise CrmError("No search thinks that they are one: there is nothing to decide.")
    dismiss(known.pk, actor=actor)


@transaction.atomic
def dismiss(candidate_id: UUID, *, actor: str) -> None:
    """They are not the same; CrmError if somebody decided before."""
    row = _open(candidate_id)
    _decide(row, CandidateState.DISMISSED, actor)
    audit.append("merge.dismissed", row, actor=actor, data={"reasons": row.reasons})


def put_off(candidate_id: UUID, *, actor: str) -> None:
    """Later: it comes after everything else that waits."""
    MergeCandidate.objects.filter(pk=candidate_id, state=CandidateState.OPEN).update(
        later_at=timezone.now()
    )


def _open(candidate_id: UUID) -> MergeCandidate:
    row = MergeCandidate.objects.select_for_update().filter(pk=candidate_id).first()
    if row is None:
        raise CrmError("This pair is not there any more.")
    if row.state != CandidateState.OPEN:
        raise CrmError(f"{row.decided_by} decided already: {row.get_state_display().lower()}.")
    return row


def _decide(row: MergeCandidate, state: CandidateState, actor: str) -> None:
    row.state, row.decided_by, row.decided_at = state, actor[:150], timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])


def close_pair(kind: str, survivor: UUID, merged: UUID, *, actor: str) -> None:
    """They are one now; what else was suspected of the merged one waits for the next search."""
    for row in _pair(kind, survivor, merged):
        _decide(row, CandidateState.MERGED, actor)
    open_pairs(kind, [merged]).delete()


def dismiss_pair(kind: str, one: UUID, other: UUID, *, actor: str) -> None:
    """A merge was undone: they are not the same, until what was compared changes."""
    for row in _pair(kind, one, other):
        _decide(row, CandidateState.DISMISSED, actor)


def _pair(kind: str, one: UUID, other: UUID) -> QuerySet[MergeCandidate]:
    first, second = (one, other) if one < other else (other, one)
    return MergeCandidate.objects.filter(kind=kind, first=first, second=second)


def open_pairs(kind: str, ids: Collection[UUID]) -> QuerySet[MergeCandidate]:
    """The undecided pairs of these rows."""
    of_them = Q(first__in=ids) | Q(second__in=ids)
    return MergeCandidate.objects.filter(of_them, kind=kind, state=CandidateState.OPEN)
