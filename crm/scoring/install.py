"""Brings the shipped scoring models into the database without touching what staff wrote."""

from typing import Any

from django.db import connections

from crm.scoring.catalogue import load_catalogue
from crm.scoring.definition import as_data

BY = "shipped"  # who wrote a version that came with the product


def install_models() -> tuple[int, int]:
    """Create missing shipped models and add new versions; returns (created, renewed).

    A model whose newest version a person wrote is theirs: an upgrade leaves it alone. A new
    version of an unedited one is in force at once, as the old one was.
    """
    from crm.models import ScoringModel, ScoringVersion

    created = renewed = 0
    held = {row.subject: row for row in ScoringModel.objects.all()}
    for shipped in load_catalogue().values():
        data, row = as_data(shipped.definition), held.get(shipped.subject)
        if row is None:
            row = ScoringModel.objects.create(
                slug=shipped.slug, name=shipped.name, subject=shipped.subject,
                description=shipped.description,
            )  # fmt: skip
            created += 1
        last = ScoringVersion.objects.filter(model=row).order_by("number").last()
        if last is not None and (last.created_by != BY or last.definition == data):
            continue
        number = last.number + 1 if last else 1
        version = ScoringVersion.objects.create(
            model=row, number=number, definition=data, created_by=BY
        )
        was = last.pk if last else None
        ScoringModel.objects.filter(pk=row.pk, current=was).update(current=version)
        renewed += last is not None
    return created, renewed


def install_after_migrate(using: str = "default", **_signal: Any) -> None:
    """A `post_migrate` receiver; migrating back to nothing sends the signal too."""
    from crm.models import ScoringModel

    if ScoringModel._meta.db_table in connections[using].introspection.table_names():
        install_models()
