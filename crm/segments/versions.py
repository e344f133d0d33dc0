"""Keeps segments: a definition is changed by writing a version, never in place."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from compliance import audit
from crm.errors import CrmError, EditConflictError, NotPossibleError
from crm.models import Segment, SegmentVersion
from crm.segments.definition import Group, as_data, parse

LONGEST_NAME = 120


def definition_of(version: SegmentVersion) -> Group:
    """What the version asks; DefinitionError where it names what is no longer there."""
    return parse(version.definition)


def newest(segment: Segment) -> SegmentVersion:
    """The version that counts now."""
    return SegmentVersion.objects.select_related("segment").filter(segment=segment).latest("number")


def find_segment(words: str) -> Segment:
    """The segment by this id or name, archived ones by their id only; CrmError otherwise."""
    bare = words.strip()
    try:
        found = Segment.objects.filter(pk=UUID(bare)).first()
    except ValueError:
        found = Segment.objects.filter(name__iexact=bare, archived_at=None).first()
    if found is None:
        raise CrmError(f"There is no segment “{bare[:100]}”; “segment list” tells which there are.")
    return found


@transaction.atomic
def create_segment(
    name: str,
    data: Mapping[str, Any],
    *,
    actor: str,
    owner: User | None = None,
    description: str = "",
    note: str = "",
) -> Segment:
    """A segment with its first version.

    Raises DefinitionError for what cannot be asked, NotPossibleError for a name that is taken.
    """
    group = parse(data)
    segment = Segment(name=_name(name), description=description[:2000], owner=owner)
    try:
        with transaction.atomic():
            segment.save(force_insert=True)
    except IntegrityError as error:
        raise _taken(segment.name) from error
    audit.append("segment.created", segment, actor=actor, data={"name": segment.name})
    _add(segment, 1, group, actor=actor, note=note)
    return segment


@transaction.atomic
def write_version(
    segment: Segment,
    data: Mapping[str, Any],
    *,
    actor: str,
    note: str = "",
    based_on: int | None = None,
) -> SegmentVersion:
    """The new definition as the next version; the newest itself where nothing changed.

    Raises DefinitionError for what cannot be asked, and EditConflictError where the newest version
    is not the one this was written from (`based_on`).
    """
    group = parse(data)
    locked = Segment.objects.select_for_update().get(pk=segment.pk)  # two editors: in turn
    if locked.archived_at:
        raise NotPossibleError(f"“{locked}” is archived; bring it back before you change it.")
    last = newest(locked)
    if told := last.conflict_with(based_on):
        raise EditConflictError(told, theirs=last.definition, version=last.number)
    if last.definition == as_data(group):
        return last
    return _add(locked, last.number + 1, group, actor=actor, note=note)


def restore(segment: Segment, number: int, *, actor: str) -> SegmentVersion:
    """An old version written anew as the newest; DefinitionError where it can be asked no more."""
    old = SegmentVersion.objects.filter(segment=segment, number=number).first()
    if old is None:
        raise NotPossibleError(f"“{segment}” has no version {number}.")
    note = f"As in version {number}."
    return write_version(segment, old.definition, actor=actor, note=note)


def duplicate(segment: Segment, *, actor: str, owner: User | None) -> Segment:
    """A new segment that asks the same, by a name that is free."""
    version = newest(segment)
    taken = {
        one.casefold()
        for one in Segment.objects.filter(archived_at=None).values_list("name", flat=True)
    }
    base = f"{segment.name[: LONGEST_NAME - 12]} (copy)"
    names = (base, *(f"{base[:-1]} {n})" for n in range(2, 10_000)))
    name = next(one for one in names if one.casefold() not in taken)
    return create_segment(
        name, version.definition, actor=actor, owner=owner, description=segment.description,
        note=f"A copy of “{segment}”, version {version.number}."[:200],
    )  # fmt: skip


@transaction.atomic
def rename(segment: Segment, *, name: str, description: str, actor: str) -> bool:
    """Call it otherwise; false where that changes nothing."""
    before = Segment.objects.select_for_update().get(pk=segment.pk)
    segment.name, segment.description = _name(name), description.strip()[:2000]
    if (before.name, before.description) == (segment.name, segment.description):
        return False
    try:
        with transaction.atomic():
            segment.save(update_fields=["name", "description", "updated_at"])
    except IntegrityError as error:
        raise _taken(segment.name) from error
    data = {"name": segment.name, "before": before.name}
    audit.append("segment.renamed", segment, actor=actor, data=data)
    return True


@transaction.atomic
def archive(segment: Segment, *, actor: str, back: bool = False) -> bool:
    """Put it out of sight, or with `back` into it again; false where it is so already."""
    rows = Segment.objects.filter(pk=segment.pk, archived_at__isnull=not back)
    now = None if back else timezone.now()
    try:
        with transaction.atomic():
            changed = rows.update(archived_at=now, updated_at=timezone.now())
    except IntegrityError as error:
        raise _taken(segment.name) from error
    if changed:
        act = "segment.brought_back" if back else "segment.archived"
        audit.append(act, segment, actor=actor)
    return bool(changed)


def _add(segment: Segment, number: int, group: Group, *, actor: str, note: str) -> SegmentVersion:
    version = SegmentVersion.objects.create(
        segment=segment, number=number, definition=as_data(group), note=note.strip()[:200],
        created_by=actor,
    )  # fmt: skip
    Segment.objects.filter(pk=segment.pk).update(updated_at=timezone.now())
    audit.append(
        "segment.version_written", version, actor=actor, reason=note,
        data={"segment": str(segment.pk), "number": number},
    )  # fmt: skip
    return version


def _name(name: str) -> str:
    bare = " ".join(name.replace("\x00", "").split())[:LONGEST_NAME]
    if not bare:
        raise NotPossibleError("Give the segment a name.")
    return bare


def _taken(name: str) -> NotPossibleError:
    return NotPossibleError(f"There is a segment “{name}” already; choose another name.")
