"""Freezes who a segment meant and by what they were chosen, and tells what changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from compliance import audit, bulk
from crm.models import Contact, SegmentMember, SegmentSnapshot, SegmentVersion
from crm.scoring.portion import take_turn
from crm.segments import registry
from crm.segments.compile import find
from crm.segments.definition import DefinitionError, Group, fields_of
from crm.segments.fields import Field, Kind
from crm.segments.known import read_known
from crm.segments.versions import definition_of
from crm.segments.words import in_words, value_words

CHUNK = 5000
MOST_COMPARED = 2000  # members whose values are read anew to say how many changed


@transaction.atomic
def freeze(
    version: SegmentVersion, *, actor: str, taken_for: str = "", now: datetime | None = None
) -> SegmentSnapshot:
    """Write down everybody the version means now, with the values it asks about.

    Raises DefinitionError where it asks for what is no longer there.
    """
    take_turn(shared=True)  # nobody is erased between being read and being written down
    now = now or timezone.now()
    group = definition_of(version)
    asked = fields_of(group)
    keys = list(find(group, now=now).order_by("pk").values_list("pk", flat=True))
    snapshot = SegmentSnapshot.objects.create(
        version=version, words=in_words(group), size=len(keys), taken_by=actor, taken_at=now,
        taken_for=taken_for[:200],
        fields=[{"name": one.name, "label": f"{one.source.prefix}{one.label}",
                 "kind": one.kind.value} for one in asked],
    )  # fmt: skip
    for start in range(0, len(keys), CHUNK):
        portion = keys[start : start + CHUNK]
        known = read_known(portion, asked)
        bulk.insert(
            [SegmentMember(snapshot=snapshot, contact_id=key, values=known[key]) for key in portion]
        )
    audit.append(
        "segment.frozen", snapshot, actor=actor,
        data={"segment": str(version.segment_id), "number": version.number, "size": len(keys)},
    )  # fmt: skip
    return snapshot


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a member in words: as it was, and as it is now where that differs."""

    then: str
    now: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A member as the page shows them."""

    member: SegmentMember
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since a snapshot: how many it would no longer mean, how many it would mean
    besides, and of the first `compared` members how many are told otherwise now. `problem` says
    why that cannot be told."""

    gone: int = 0
    come: int = 0
    changed: int = 0
    compared: int = 0
    problem: str = ""


def compare(snapshot: SegmentSnapshot, *, now: datetime | None = None) -> Since:
    """What the same definition would find now."""
    try:
        group = definition_of(snapshot.version)
    except DefinitionError as error:
        return Since(problem=f"Who would be in now cannot be told: {error}")
    first = list(snapshot.members.order_by("pk")[:MOST_COMPARED])
    rows = told(snapshot, first)
    return Since(
        gone=no_longer(snapshot, group, now).count(),
        come=besides(snapshot, group, now).count(),
        changed=sum(any(cell.now is not None for cell in row.cells) for row in rows),
        compared=len(first),
    )


def no_longer(
    snapshot: SegmentSnapshot, group: Group, now: datetime | None = None
) -> "QuerySet[SegmentMember]":
    """Members whom the definition does not mean any more."""
    still = find(group, now=now).filter(pk=OuterRef("contact"))
    return snapshot.members.filter(~Exists(still))


def besides(
    snapshot: SegmentSnapshot, group: Group, now: datetime | None = None
) -> "QuerySet[Contact]":
    """People whom it means now and did not mean then."""
    member = SegmentMember.objects.filter(snapshot=snapshot, contact=OuterRef("pk"))
    return find(group, now=now).filter(~Exists(member))


def told(snapshot: SegmentSnapshot, members: Sequence[SegmentMember]) -> list[Row]:
    """Members with each value as it was, and as it is now where that differs; a query a source."""
    standing = [registry.find(one["name"]) for one in snapshot.fields]
    asked = [one for one in standing if one is not None]
    current = read_known([one.contact_id for one in members], asked)
    return [
        Row(one, [
            _cell(one.values, field, was, current[one.contact_id])
            for field, was in zip(standing, snapshot.fields, strict=True)
        ])
        for one in members
    ]  # fmt: skip


def _cell(
    values: dict[str, Any], field: Field | None, was: dict[str, str], current: dict[str, Any]
) -> Cell:
    name, kind = was["name"], Kind(was["kind"])
    then = value_words(kind, values.get(name))
    if field is None or not values:  # the field is gone, or the person was erased
        return Cell(then, None)
    now = value_words(kind, current.get(name))
    return Cell(then, now if now != then else None)
