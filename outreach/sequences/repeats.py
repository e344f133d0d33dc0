"""Finds who would be told again what they were told, if they followed another version.

Steps are counted, so that whoever stands at step 2 goes on with step 3: where a version puts its
steps in another order, or one between, what it says there may have been said already.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from uuid import UUID

from rapidfuzz import fuzz

from compliance.models import AuditEntry
from outreach.choices import HANDED_OVER, Direction
from outreach.models import Enrollment, Message, SequenceVersion
from outreach.sequences.standing import OPEN
from outreach.sequences.steps import Step
from outreach.sequences.variants import choose
from outreach.sequences.versions import definition_of

NEARLY = 90.0  # of 100: a comma or a word changed
TOLD = HANDED_OVER | OPEN  # what they have, or may get yet


def again(told: Collection[str], steps: Sequence[Step], key: str, *, behind: int) -> Step | None:
    """The first step after those `behind` that says what was told, to the person of this key. Pure.

    What the version itself says once more, having said it at a step they are past, is meant so.
    """
    said = {text for text in told if text.strip()}
    said -= {one for one in said for step in steps[:behind] if _is_said(one, _words(step, key))}
    for step in steps[behind:]:
        words = _words(step, key)
        if any(_is_said(one, words) for one in said):
            return step
    return None


def told_again(rows: Sequence[Enrollment], to: SequenceVersion) -> dict[UUID, Step]:
    """By enrollment, the step of `to` that would repeat what was sent or waits to be.

    Two queries, and one for all versions where somebody was moved before. `version` must be loaded.
    """
    made = _made(rows)
    moved = _moved_before(made)
    every = list(SequenceVersion.objects.filter(sequence=to.sequence_id)) if moved else []
    steps = definition_of(to).steps
    found: dict[UUID, Step] = {}
    for row in rows:
        # Of whom was moved before it is not known which version a step was told by.
        versions = every if row.pk in moved else [row.version] if row.version else []
        touches = made.get(row.pk, [])
        told = [
            text
            for number, variant, status in touches
            if status in TOLD
            for version in versions
            for text in _texts(version, number, variant)
        ]
        behind = max([row.step, *(number for number, _variant, _status in touches)])
        if step := again(told, steps, str(row.pk), behind=behind):
            found[row.pk] = step
    return found


def _made(rows: Sequence[Enrollment]) -> dict[UUID, list[tuple[int, str, str]]]:
    """By enrollment, the step, variant and status of every touch."""
    found: defaultdict[UUID, list[tuple[int, str, str]]] = defaultdict(list)
    messages = Message.objects.filter(
        enrollment__in=[row.pk for row in rows],
        direction=Direction.OUTBOUND,
        step__isnull=False,
    ).values_list("enrollment", "step", "variant", "status")
    for enrollment, number, variant, status in messages:
        if enrollment is not None and number is not None:
            found[enrollment].append((number, variant, status))
    return found


def _moved_before(made: Mapping[UUID, object]) -> set[UUID]:
    entries = AuditEntry.objects.filter(
        subject_type=Enrollment._meta.label_lower,
        subject_id__in=[str(pk) for pk in made],
        action="enrollment.moved",
    )
    return {UUID(pk) for pk in entries.values_list("subject_id", flat=True)} if made else set()


def _texts(version: SequenceVersion, number: int, variant: str) -> Iterator[str]:
    steps = definition_of(version).steps
    if number <= len(steps):
        variants = steps[number - 1].variants
        named = [one for one in variants if one.name == variant]
        yield from (one.body for one in named or variants)


def _words(step: Step, key: str) -> str:
    return choose(step.variants, key).body


@lru_cache(maxsize=4096)
def _is_said(one: str, other: str) -> bool:
    return fuzz.ratio(_plain(one), _plain(other), score_cutoff=NEARLY) > 0


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
