"""Finds, writes and switches versions: a model is edited by adding one, never by changing one."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from compliance import audit
from crm.choices import Scored
from crm.errors import CrmError
from crm.models import ScoringModel, ScoringRun, ScoringVersion
from crm.scoring import runs
from crm.scoring.definition import as_data, parse
from crm.scoring.portion import take_turn


class SwitchedMeanwhileError(CrmError):
    """Somebody else wrote or switched on another version since this one was looked at."""


def find_model(word: str) -> ScoringModel:
    """The model with this slug; CrmError names those there are."""
    found = ScoringModel.objects.select_related("current").filter(slug=word).first()
    if found is None:
        known = ", ".join(ScoringModel.objects.values_list("slug", flat=True)) or "none yet"
        raise CrmError(f"There is no scoring model “{word[:40]}”. There are: {known}.")
    return found


def find_version(model: ScoringModel, number: int) -> ScoringVersion:
    """The version of this number; CrmError says how far they go."""
    found = ScoringVersion.objects.select_related("model").filter(model=model, number=number)
    version = found.first()
    if version is None:
        last = newest(model)
        raise CrmError(f"“{model}” has no version {number}; the newest is {last.number}.")
    return version


def newest(model: ScoringModel) -> ScoringVersion:
    """The version written last; CrmError where there is none."""
    version = ScoringVersion.objects.filter(model=model).order_by("-number").first()
    if version is None:
        raise CrmError(f"“{model}” has no version yet; write one first.")
    return version


@transaction.atomic
def write_version(
    model: ScoringModel,
    data: Mapping[str, Any],
    *,
    actor: str,
    note: str = "",
    based_on: int | None = None,
) -> ScoringVersion:
    """The definition as the model's next version, not yet in force; the newest where it is that.

    Raises DefinitionError for one that cannot work, SwitchedMeanwhileError where the newest
    version is not the one this was written from.
    """
    definition = parse(data, subject=Scored(model.subject))
    ScoringModel.objects.select_for_update().get(pk=model.pk)  # two editors: one after the other
    last = ScoringVersion.objects.filter(model=model).order_by("-number").first()
    if last is not None and (told := last.conflict_with(based_on)):
        raise SwitchedMeanwhileError(told)
    if last is not None and last.definition == as_data(definition):
        return last
    version = ScoringVersion.objects.create(
        model=model, number=last.number + 1 if last else 1, definition=as_data(definition),
        note=note[:200], created_by=actor,
    )  # fmt: skip
    data = {"model": model.slug, "number": version.number}
    audit.append("scoring.version_written", version, actor=actor, reason=note, data=data)
    return version


@transaction.atomic
def switch_on(version: ScoringVersion, *, actor: str, expected: int | None) -> ScoringRun:
    """Put a version in force and begin to score everybody by it; returns the run.

    `expected` is the number of the version that was in force when this one was compared with it.
    Raises SwitchedMeanwhileError where it is another by now.
    """
    model = ScoringModel.objects.select_for_update().get(pk=version.model_id)
    before = model.current
    if (before.number if before else None) != expected:
        told = f"Version {before.number} is in force" if before else "No version is in force"
        raise SwitchedMeanwhileError(
            f"{told} by now: somebody switched meanwhile. Compare yours with it first."
        )
    parse(version.definition, subject=Scored(model.subject))  # an older program may have known more
    ScoringModel.objects.filter(pk=model.pk).update(current=version)
    data = {"model": model.slug, "from": expected, "to": version.number}
    audit.append("scoring.switched_on", version, actor=actor, data=data)
    return runs.begin(model, actor=actor)


@transaction.atomic
def delete_model(model: ScoringModel, *, actor: str) -> None:
    """Delete a model with its versions, runs and reasons; what leads got stays on them.

    Waits for a portion that is being scored: its scores would point at nothing.
    """
    take_turn()
    audit.append("scoring.model_deleted", model, actor=actor, data={"model": model.slug})
    model.delete()
