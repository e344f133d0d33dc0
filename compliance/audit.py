"""The audit ledger: append entries, chain them, verify the chain, export it."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from compliance import bulk
from compliance.models import AuditEntry, AuditSeal
from compliance.redaction import without_addresses

GENESIS = "0" * 64
SEAL_BATCH = 2000
CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Named:
    """A subject that is no row of ours, such as an address nobody is known by."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be recorded: `subject` is the row acted on, `data` must be JSON-serialisable."""

    action: str
    subject: models.Model | Named
    reason: str = ""
    campaign_id: UUID | None = None
    data: dict[str, Any] = field(default_factory=dict)


def append(
    action: str,
    subject: models.Model | Named,
    *,
    actor: str,
    reason: str = "",
    campaign_id: UUID | None = None,
    data: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write one entry in the caller's transaction: act and record stand or fall together."""
    act = Act(action, subject, reason, campaign_id, data or {})
    return append_many([act], actor=actor)[0]


def append_many(acts: Iterable[Act], *, actor: str) -> list[AuditEntry]:
    """Write many entries with one statement; for bulk acts, in the caller's transaction."""
    now = timezone.now()
    entries = [_entry(act, actor, now.replace(microsecond=0), _kept(act.data)) for act in acts]
    return AuditEntry.objects.bulk_create(entries, batch_size=500)


def append_thousands(acts: Iterable[Act], *, actor: str) -> int:
    """As `append_many`, for bulk work that does not need the entries back; returns how many."""
    now = timezone.now().replace(microsecond=0)
    told: dict[int, Any] = {}  # acts of one list share what is told of them
    acts = list(acts)
    for act in acts:
        if id(act.data) not in told:
            told[id(act.data)] = _kept(act.data)
    return len(bulk.insert([_entry(act, actor, now, told[id(act.data)]) for act in acts]))


def _kept(data: dict[str, Any]) -> Any:
    """An address written here could never be erased: the ledger keeps its hash."""
    return without_addresses(json.loads(json.dumps(data, default=str)))


def _entry(act: Act, actor: str, now: Any, data: Any) -> AuditEntry:
    subject = act.subject
    if isinstance(subject, models.Model):
        subject = Named(subject._meta.label_lower, str(subject.pk))
    entry = bulk.new(
        AuditEntry,
        at=now,
        actor=actor[:150],
        action=act.action,
        subject_type=subject.kind,
        subject_id=subject.key,
        campaign_id=act.campaign_id,
        reason=without_addresses(act.reason),
        data=data,
    )
    entry.digest = _digest(entry)
    return entry


def _digest(entry: AuditEntry) -> str:
    content = {
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "action": entry.action,
        "subject": [entry.subject_type, entry.subject_id],
        "campaign": str(entry.campaign_id) if entry.campaign_id else None,
        "reason": entry.reason,
        "data": entry.data,
    }
    canonical = CANONICAL.encode(content)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _link(previous: str, entry: AuditEntry) -> str:
    return hashlib.sha256(f"{previous}:{entry.pk}:{entry.digest}".encode()).hexdigest()


@transaction.atomic
def seal() -> int:
    """Chain the entries not yet chained, oldest first; returns how many.

    Two sealers at once cannot fork the chain: `position` is the primary key.
    """
    head = AuditSeal.objects.select_for_update().order_by("-position").first()
    position, previous = (head.position, head.chain_hash) if head else (0, GENESIS)
    waiting = list(AuditEntry.objects.filter(seal=None).order_by("id")[:SEAL_BATCH])
    seals = []
    for entry in waiting:
        position += 1
        previous = _link(previous, entry)
        seals.append(AuditSeal(position=position, entry=entry, chain_hash=previous))
    AuditSeal.objects.bulk_create(seals, batch_size=500)
    return len(seals)


@dataclass(frozen=True, slots=True)
class Verification:
    """The chain's state: `broken_at` is the first position that does not fit, or None.

    `entry_id` is the entry that stands, or stood, at that position, where its seal still tells.
    """

    checked: int
    unsealed: int
    broken_at: int | None
    problem: str
    entry_id: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A place in the chain and its hash, noted elsewhere: a log, an export, a lawyer's file.

    Who holds the database could take entries off the chain's end, or chain all of it anew; against
    a head that was noted before, both show.
    """

    position: int
    chain_hash: str

    def __str__(self) -> str:
        return f"{self.position}:{self.chain_hash}"


def head() -> Head:
    """Where the chain ends now."""
    last = AuditSeal.objects.order_by("-position").first()
    return Head(last.position, last.chain_hash) if last else Head(0, GENESIS)


def verify(noted: Head | None = None) -> Verification:
    """Recompute every link; points at the first entry that was changed, removed or inserted.

    A head `noted` before must still stand where it stood.
    """
    previous, expected = GENESIS, 0
    for seals in _chain():
        entries = AuditEntry.objects.in_bulk([seal_row.entry_id for seal_row in seals])
        for seal_row in seals:
            expected += 1
            problem = _problem(seal_row, entries.get(seal_row.entry_id), previous, expected)
            if problem:
                found = seal_row.entry_id if seal_row.position == expected else None
                return Verification(expected - 1, 0, expected, problem, found)
            if noted and noted.position == expected and noted.chain_hash != seal_row.chain_hash:
                problem = "the chain up to here is not the one that was noted"
                return Verification(expected - 1, 0, expected, problem, seal_row.entry_id)
            previous = seal_row.chain_hash
    if noted and noted.position > expected:
        problem = f"the chain ends here, but position {noted.position} was noted"
        return Verification(expected, 0, expected + 1, problem)
    unsealed = AuditEntry.objects.filter(seal=None).count()
    return Verification(expected, unsealed, None, "")


def _problem(seal_row: AuditSeal, entry: AuditEntry | None, previous: str, expected: int) -> str:
    if seal_row.position != expected:
        return f"the seal at position {expected} is missing"
    if entry is None:
        return f"entry {seal_row.entry_id} was removed"
    return problem_of(entry, seal_row, previous)


def problem_of(entry: AuditEntry, seal_row: AuditSeal | None = None, previous: str = "") -> str:
    """What does not fit about one entry, in words; empty when it is as it was written.

    With its seal and the chain hash of the position before, its place in the chain is checked too.
    """
    if _digest(entry) != entry.digest:
        return f"entry {entry.pk} was changed after it was written"
    if seal_row and _link(previous, entry) != seal_row.chain_hash:
        return f"entry {entry.pk} does not follow the entry before it"
    return ""


def _chain() -> Iterator[list[AuditSeal]]:
    """The seals in their order, a handful at a time, so that memory stays flat."""
    last = 0
    while seals := list(
        AuditSeal.objects.filter(position__gt=last).order_by("position")[:SEAL_BATCH]
    ):
        yield seals
        last = seals[-1].position
