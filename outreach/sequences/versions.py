"""Writes and reads versions: a sequence is edited by adding one, never by changing one."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from compliance import audit
from outreach.errors import EditConflict, NotAllowedNow
from outreach.models import Sequence, SequenceVersion
from outreach.sequences.definition import Definition, as_data, parse


class _Stored:
    """A version's row as a cache key: told apart by its id alone."""

    __slots__ = ("data", "pk")

    def __init__(self, pk: UUID, data: Mapping[str, Any]) -> None:
        self.pk, self.data = pk, data

    def __hash__(self) -> int:
        return hash(self.pk)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Stored) and other.pk == self.pk


@lru_cache(maxsize=500)  # versions never change: what was parsed once stays right
def _read(stored: _Stored) -> Definition:
    return parse(stored.data, try_words=False)


def definition_of(version: SequenceVersion) -> Definition:
    """What the version says, as values; parsed once a process."""
    return _read(_Stored(version.pk, version.definition))


def newest(sequence: Sequence) -> SequenceVersion:
    """The version that new campaigns follow; raises NotAllowedNow where nothing is written yet."""
    version = SequenceVersion.objects.filter(sequence=sequence).order_by("-number").first()
    if version is None:
        raise NotAllowedNow(f"“{sequence}” has no steps yet; write them first.")
    return version


@transaction.atomic
def create_sequence(
    name: str, data: Mapping[str, Any], *, actor: str, description: str = "", voice: str = ""
) -> Sequence:
    """A new sequence with its first version; raises DefinitionError for one that cannot run."""
    definition = parse(data)
    sequence = Sequence.objects.create(
        slug=_free_slug(name), name=name[:120], description=description, voice=voice
    )
    audit.append("sequence.created", sequence, actor=actor, data={"name": sequence.name})
    _add(sequence, 1, definition, actor=actor, note="")
    return sequence


@transaction.atomic
def write_version(
    sequence: Sequence,
    data: Mapping[str, Any],
    *,
    actor: str,
    note: str = "",
    based_on: int | None = None,
) -> SequenceVersion:
    """The new wording as the next version; the newest itself where nothing changed.

    People under way stay on theirs. Raises DefinitionError for a wording that cannot run, and
    EditConflict where the newest version is not the one this was written from (`based_on`).
    """
    definition = parse(data)
    Sequence.objects.select_for_update().get(pk=sequence.pk)  # two editors: one after the other
    last = SequenceVersion.objects.filter(sequence=sequence).order_by("-number").first()
    if last is not None and (told := last.conflict_with(based_on)):
        raise EditConflict(told, theirs=last.definition, version=last.number)
    if last is not None and last.definition == as_data(definition):
        return last
    number = last.number + 1 if last else 1
    return _add(sequence, number, definition, actor=actor, note=note)


@transaction.atomic
def offer(sequence: Sequence, *, active: bool, actor: str) -> bool:
    """Offer the sequence for new campaigns, or no more; False where that is so already."""
    changed = Sequence.objects.filter(pk=sequence.pk, active=not active).update(active=active)
    if changed:
        sequence.active = active
        audit.append("sequence.offered" if active else "sequence.retired", sequence, actor=actor)
    return bool(changed)


def _add(
    sequence: Sequence, number: int, definition: Definition, *, actor: str, note: str
) -> SequenceVersion:
    version = SequenceVersion.objects.create(
        sequence=sequence,
        number=number,
        definition=as_data(definition),
        note=note[:200],
        created_by=actor,
    )
    audit.append(
        "sequence.version_written", version, actor=actor, reason=note,
        data={"sequence": sequence.slug, "number": number, "steps": len(definition.steps)},
    )  # fmt: skip
    return version


def _free_slug(name: str) -> str:
    base = slugify(name).replace("-", "_")[:32] or "sequence"
    taken = set(Sequence.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for slug in (base, *(f"{base}_{n}" for n in range(2, 10_000))) if slug not in taken
    )
