"""Brings the shipped sequences into the database without touching what staff wrote."""

from typing import Any

from django.db import connections

from outreach.sequences.catalogue import Shipped, load_catalogue
from outreach.sequences.definition import as_data

BY = "shipped"  # who wrote a version that came with the product


def install_sequences() -> tuple[int, int]:
    """Create missing shipped sequences and add new versions; returns (created, renewed).

    A sequence whose newest version a person wrote is theirs: an upgrade leaves it alone.
    """
    from outreach.models import Sequence, SequenceVersion

    stored = {row.slug: row for row in Sequence.objects.all()}
    newest: dict[Any, SequenceVersion] = {}
    for version in SequenceVersion.objects.filter(sequence__in=stored.values()).order_by("number"):
        newest[version.sequence_id] = version
    created = renewed = 0
    for shipped in load_catalogue().values():
        row, data = stored.get(shipped.slug), as_data(shipped.definition)
        if row is None:
            row = _create(shipped)
            created += 1
        last = newest.get(row.pk)
        if last is None or (last.created_by == BY and last.definition != data):
            number = last.number + 1 if last else 1
            SequenceVersion.objects.create(
                sequence=row, number=number, definition=data, created_by=BY
            )
            renewed += last is not None
    return created, renewed


def _create(shipped: Shipped) -> Any:
    from outreach.models import Sequence

    return Sequence.objects.create(
        slug=shipped.slug,
        name=shipped.name,
        description=shipped.description,
        voice=shipped.voice,
    )


def install_after_migrate(using: str = "default", **_signal: Any) -> None:
    """A `post_migrate` receiver; migrating back to nothing sends the signal too."""
    from outreach.models import SequenceVersion

    if SequenceVersion._meta.db_table in connections[using].introspection.table_names():
        install_sequences()
