"""What is known of people by the fields of a definition: read in bulk, to be shown and frozen."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from crm.models import Contact
from crm.segments.fields import Choices, Field, Kind, Reach

Known = dict[str, Any]


def read_known(contacts: Sequence[UUID], asked: Sequence[Field]) -> dict[UUID, Known]:
    """For each contact the fields' values as JSON holds them; one query a source, however many.

    Of many rows every different value is told, in order; of many moments the latest.
    """
    known: dict[UUID, Known] = {key: {} for key in contacts}
    own = [one for one in asked if one.reach is Reach.OWN]
    rows = Contact.objects.filter(pk__in=contacts).values_list("pk", *(one.path for one in own))
    for key, *values in rows if own else ():
        for field, value in zip(own, values, strict=True):
            known[key][field.name] = plain(value)
    for field in asked:
        if field.reach is not Reach.OWN:
            _of_rows(field, contacts, known)
        if field.choices:
            _by_label(field.name, field.choices, known)
    return known


def _by_label(name: str, choices: Choices, known: dict[UUID, Known]) -> None:
    """What was chosen from a list is told as people read it there."""
    rows = list(known.values())
    held = {one for row in rows for one in _each(row.get(name))}
    labels = choices.labels(sorted(held))
    for row in rows:
        value = row.get(name)
        if isinstance(value, list):
            row[name] = sorted(labels.get(one, one) for one in value)
        elif value:
            row[name] = labels.get(value, value)


def _each(value: Any) -> list[str]:
    if isinstance(value, list):
        return value
    return [value] if value else []


def _of_rows(field: Field, contacts: Sequence[UUID], known: dict[UUID, Known]) -> None:
    link = field.source.link
    rows = field.query().filter(**{f"{link}__in": contacts}).order_by()
    held: dict[UUID, set[Any]] = defaultdict(set)
    for key, value in rows.values_list(link, field.path).distinct():
        if value is not None and value != "":
            held[key].add(value)
    for key in contacts:
        values = held[key]
        if field.kind is Kind.BOOL:
            known[key][field.name] = bool(values)
        elif field.kind is Kind.DATE:
            known[key][field.name] = plain(max(values)) if values else None
        else:
            known[key][field.name] = sorted((plain(one) for one in values), key=str)


def plain(value: Any) -> Any:
    """A value as JSON holds it; moments as the day they fell on where the desk is."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, UUID):
        return str(value)
    return value
