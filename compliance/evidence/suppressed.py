"""What the suppression list says about a person, as records of their wishes to stop."""

from collections.abc import Iterator, Sequence

from compliance.evidence.document import Line, Person, Record
from compliance.evidence.moments import moment
from compliance.models import Suppression
from compliance.suppression import keys


def suppressions_of(person: Person) -> list[Suppression]:
    """The list's entries that stop, or once stopped, one of the addresses: lifted ones too."""
    wanted = {key for kind, address in person.addresses for key in keys(kind, address)}
    return list(Suppression.objects.filter(address__in=wanted).order_by("received_at", "pk"))


def rows_of(person: Person) -> Iterator[tuple[str, str]]:
    """The list's entries as rows the ledger may speak of."""
    for row in suppressions_of(person):
        yield (row._meta.label_lower, str(row.pk))


def suppression_records(person: Person, lines: Sequence[Line]) -> Iterator[Record]:
    """One record an entry, and one for each that was lifted since."""
    for row in suppressions_of(person):
        source = f"{row._meta.label_lower} {row.pk}"
        which = "An erased address" if row.erased_at else row.address
        scope = row.get_scope_display()
        yield Record(
            section="opt_out",
            at=row.received_at,
            title=f"{which} suppressed: {row.get_reason_display().lower()}",
            answers={
                "received_at_utc": moment(row.received_at),
                "channel": row.source,
                "raw_text": row.words,
                "class": row.get_reason_display(),
                "effective_at": moment(row.effective_at),
                "latency_ms": f"{row.latency_ms} ms",
                "scope": scope,
                "retention": "For ever: a row is lifted or hashed, never deleted.",
            },
            source=source,
        )
        if row.lifted_at:
            yield Record(
                section="opt_out",
                at=row.lifted_at,
                title=f"{which}: suppression lifted by {row.lifted_by}",
                answers={"reviewer": row.lifted_by, "scope": scope},
                source=source,
            )
