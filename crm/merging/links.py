"""What points at a person, company, address or lead, asked of the schema; and what needs care.

Every foreign key is found by itself. A room above names those that two rows cannot both have
(`fold`), those that stay where they are (`stay`), and ids it keeps without a key (`keep_id`), in
its `AppConfig.ready`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from crm.merging.story import Story


@dataclass(frozen=True, slots=True)
class Fold:
    """Two rows that become one, as those see it who settle what both of them have."""

    survivor: Any
    merged: Any
    story: Story
    actor: str

    @property
    def reason(self) -> str:
        """Why something ended, in words without a name: the ledger keeps them for ever."""
        return "Two records of the same one were merged."


@dataclass(frozen=True, slots=True)
class Link:
    """One field by which rows point at another model."""

    model: type[models.Model]
    name: str
    unique: bool

    @property
    def key(self) -> tuple[str, str]:
        return (self.model._meta.label, self.name)


Settle = Callable[[Fold], None]
_folds: dict[tuple[str, str], Settle] = {}
_stays: set[tuple[str, str]] = set()
_ids: dict[str, list[Link]] = {}


def fold(label: str, name: str, settle: Settle) -> None:
    """Call `settle` before rows of this field move, to part those that both cannot have."""
    _folds[label, name] = settle


def stay(label: str, name: str) -> None:
    """Rows of this field go on pointing at the merged one: they tell what was."""
    _stays.add((label, name))


def keep_id(model: type[models.Model], name: str, *, of: str) -> None:
    """A field that holds the id of the model called `of`, without a foreign key."""
    link = Link(model, name, unique=False)
    known = _ids.setdefault(of, [])
    if link not in known:
        known.append(link)


def links_to(model: type[models.Model]) -> Iterator[Link]:
    """Every field whose rows go over with a merge; a model's history and joins stay with it."""
    for found in model._meta.get_fields(include_hidden=True):
        if not found.auto_created or not (found.one_to_many or found.one_to_one):
            continue
        column: Any = found.field  # type: ignore[union-attr]
        owner = column.model
        past = hasattr(owner, "instance_type")  # a model's history
        link = Link(owner, column.name, _is_unique(owner, column))
        if not past and not owner._meta.auto_created and link.key not in _stays:
            yield link
    yield from _ids.get(model._meta.label, [])


def unsettled(model: type[models.Model]) -> list[str]:
    """Fields that two rows cannot both have and nobody settles: merging would fail on them."""
    return [
        f"{link.model._meta.label}.{link.name}"
        for link in links_to(model)
        if link.unique and link.key not in _folds
    ]


def move_all(fold_: Fold, model: type[models.Model]) -> dict[str, int]:
    """Settle and move everything that points at the merged one; counts by what it is called."""
    counts: dict[str, int] = {}
    for link in links_to(model):
        if settle := _folds.get(link.key):
            settle(fold_)
        moved = fold_.story.move(link.model, link.name, fold_.merged.pk, fold_.survivor.pk)
        what = str(link.model._meta.verbose_name_plural)
        counts[what] = counts.get(what, 0) + moved
    return counts


def _is_unique(model: type[models.Model], column: Any) -> bool:
    constrained = (
        one.fields for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)
    )
    return column.unique or any(column.name in fields for fields in constrained)
