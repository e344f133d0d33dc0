"""What the ledger says about a person, each entry checked against its place in the chain."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from compliance import audit, keyed_hash
from compliance.evidence.document import Line, Person, Record
from compliance.models import AuditEntry, AuditSeal

T = TypeVar("T")
PIECE = 500  # keys a statement
EXPORTED = "evidence.exported"


def own_rows(person: Person) -> set[tuple[str, str]]:
    """The subjects under which the evidence itself is recorded."""
    rows = {("address", key) for address in person.values for key in _keys(address)}
    return rows | ({person.row} if person.row else set())


def subject_of(person: Person) -> audit.Named:
    """What an entry about this person's evidence is about; raises IndexError without an address."""
    return audit.Named(*(person.row or ("address", _keys(person.values[0])[0])))


def _keys(address: str) -> list[str]:
    # Hashed as everywhere in the ledger: an address in it could never be erased.
    return [keyed_hash.bare(hashed) for hashed in keyed_hash.all_hashes(address)]


def lines_of(rows: set[tuple[str, str]]) -> list[Line]:
    """The entries about these rows, oldest first, each checked."""
    found: dict[int, AuditEntry] = {}
    by_type: dict[str, list[str]] = {}
    for subject_type, subject_id in sorted(rows):
        by_type.setdefault(subject_type, []).append(subject_id)
    for subject_type, ids in by_type.items():
        for piece in pieces(ids):
            entries = AuditEntry.objects.filter(subject_type=subject_type, subject_id__in=piece)
            found |= {entry.pk: entry for entry in entries}
    ordered = sorted(found.values(), key=lambda entry: (entry.at, entry.pk))
    return _checked(ordered)


def _checked(entries: Sequence[AuditEntry]) -> list[Line]:
    seals: dict[int, AuditSeal] = {}
    for piece in pieces([entry.pk for entry in entries]):
        seals |= {seal.entry_id: seal for seal in AuditSeal.objects.filter(entry__in=piece)}
    before = {seal.position - 1 for seal in seals.values()}
    hashes = {0: audit.GENESIS}
    for numbers in pieces(sorted(before)):
        rows = AuditSeal.objects.filter(position__in=numbers)
        hashes |= dict(rows.values_list("position", "chain_hash"))
    return [_line(entry, seals.get(entry.pk), hashes) for entry in entries]


def _line(entry: AuditEntry, seal: AuditSeal | None, hashes: dict[int, str]) -> Line:
    problem = audit.problem_of(entry)
    if seal and not problem:
        problem = audit.problem_of(entry, seal, hashes.get(seal.position - 1, ""))
    return Line(
        pk=entry.pk,
        at=entry.at,
        actor=entry.actor,
        action=entry.action,
        subject=(entry.subject_type, entry.subject_id),
        reason=entry.reason,
        data=entry.data,
        digest=entry.digest,
        position=seal.position if seal else None,
        chain_hash=seal.chain_hash if seal else "",
        problem=problem,
    )


def programme_records(person: Person, lines: Sequence[Line]) -> Iterator[Record]:
    """How a change would show, and who has read this evidence before."""
    if lines:
        chained = sum(line.position is not None for line in lines)
        broken = sum(bool(line.problem) for line in lines)
        fits = "every one of them fits" if not broken else f"{broken} of them do not fit"
        yield Record(
            section="program",
            at=lines[0].at,
            title="The ledger",
            answers={
                "hash_chain": f"{len(lines)} entries about this person, {chained} of them chained "
                f"by SHA-256 to the entry before; checked just now, {fits}. "
                "The database refuses to change or delete an entry."
            },
        )
    for line in lines:
        if line.action == EXPORTED:
            told = f"{line.actor}, as {line.data.get('form', '?')}"
            yield Record(
                section="program",
                at=line.at,
                title=f"Evidence exported by {line.actor}",
                answers={"export_log": f"{told}: {line.reason}" if line.reason else told},
                source=f"ledger entry {line.pk}",
            )


def pieces(values: Iterable[T]) -> Iterator[list[T]]:
    """The values a handful at a time: a statement takes only so many parameters."""
    rest = iter(values)
    while piece := list(islice(rest, PIECE)):
        yield piece
