"""Brings the shipped catalogue into the database without touching what staff edited."""

from typing import Any

from django.db import connections

from crm.categories.catalogue import load_catalogue

SHIPPED = ("name", "tier", "keywords", "fields")


def install_categories(model: Any) -> tuple[int, int]:
    """Create missing shipped categories and refresh the unedited; returns (created, refreshed).

    `model` is `crm.Category`, or its historical form inside a migration.
    """
    stored = {category.slug: category for category in model.objects.all()}
    created = refreshed = 0
    for slug, schema in load_catalogue().items():
        data = schema.model_dump(mode="json")
        wanted = {name: data[name] for name in SHIPPED}
        row = stored.get(slug)
        if row is None:
            model.objects.create(slug=slug, **wanted)
            created += 1
        elif not row.edited and any(getattr(row, n) != v for n, v in wanted.items()):
            for name, value in wanted.items():
                setattr(row, name, value)
            row.save(update_fields=list(SHIPPED))
            refreshed += 1
    return created, refreshed


def install_after_migrate(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """A `post_migrate` receiver: an upgrade brings the new fields of shipped categories along.

    Migrating back to nothing sends the signal too, when the table is gone.
    """
    from crm.models import Category

    if Category._meta.db_table in connections[using].introspection.table_names():
        install_categories(Category)
