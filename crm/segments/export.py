"""The people of a segment as rows for a spreadsheet, read in portions."""

from collections.abc import Iterator
from datetime import datetime

from crm.choices import PointKind
from crm.models import ContactPoint
from crm.segments.compile import find
from crm.segments.definition import Group, fields_of
from crm.segments.preview import load_members
from crm.segments.words import value_words

CHUNK = 2000
OWN = ("id", "name", "company", "email", "phone")


def rows_of(group: Group, *, now: datetime | None = None) -> Iterator[list[str]]:
    """A header, then a row a person: who they are, and the values they were found by.

    Several addresses of a kind are set apart by “;”.
    """
    asked = fields_of(group)
    yield [*OWN, *(one.name for one in asked)]
    keys = list(find(group, now=now).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        portion = keys[start : start + CHUNK]
        held: dict[tuple[object, str], list[str]] = {}
        points = ContactPoint.objects.filter(contact__in=portion).order_by("-preferred", "value")
        for contact, kind, value in points.values_list("contact", "kind", "value"):
            held.setdefault((contact, kind), []).append(value)
        for member in load_members(portion, asked):
            who = member.contact
            cells = [
                str(who.pk), str(who), str(who.company or ""),
                "; ".join(held.get((who.pk, PointKind.EMAIL), [])),
                "; ".join(held.get((who.pk, PointKind.PHONE), [])),
                *(value_words(one.kind, member.known.get(one.name)) for one in asked),
            ]  # fmt: skip
            yield cells
