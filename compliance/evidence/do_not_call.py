"""What our own do-not-call list says about a person, as records of their wishes to stop."""

from collections.abc import Iterator, Sequence

from compliance.choices import AddressKind
from compliance.dnc.numbers import is_e164
from compliance.evidence.document import Line, Person, Record
from compliance.evidence.moments import moment
from compliance.models import InternalDncNumber


def entries_of(person: Person) -> list[InternalDncNumber]:
    """Every entry for one of the person's numbers, lifted ones too."""
    numbers = [
        int(address[1:])
        for kind, address in person.addresses
        if kind == AddressKind.PHONE and is_e164(address)
    ]
    return list(InternalDncNumber.objects.filter(phone__in=numbers).order_by("added_at", "pk"))


def rows_of(person: Person) -> Iterator[tuple[str, str]]:
    """The entries as rows the ledger may speak of."""
    for row in entries_of(person):
        yield (row._meta.label_lower, str(row.pk))


def listing_records(person: Person, lines: Sequence[Line]) -> Iterator[Record]:
    """One record an entry, and one for each that was lifted since."""
    for row in entries_of(person):
        source = f"{row._meta.label_lower} {row.pk}"
        scope = "Calls and texts to this number"
        yield Record(
            section="opt_out",
            at=row.added_at,
            title=f"{row} put on our own do-not-call list by {row.added_by}",
            answers={
                "received_at_utc": moment(row.added_at),
                "raw_text": row.reason,
                "effective_at": moment(row.added_at),
                "scope": scope,
                "retention": "For ever: an entry is lifted, never deleted.",
            },
            source=source,
        )
        if row.lifted_at:
            yield Record(
                section="opt_out",
                at=row.lifted_at,
                title=f"{row} taken off our own do-not-call list by {row.lifted_by}",
                answers={"reviewer": row.lifted_by, "raw_text": row.lift_reason, "scope": scope},
                source=source,
            )
