"""What a merge does, row by row, written down while it is done, so that it can be taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

Data = dict[str, Any]
PORTION = 500


@dataclass(slots=True)
class Story:
    """Acts and notes at once; `told` are sentences for people.

    `moved` are `{"model", "field", "ids", "from", "to"}`, `changed` are `{"model", "id", "before",
    "after"}`, `removed` `{"model", "id", "values"}`, `added` `{"model", "ids"}`; values as in JSON.
    """

    moved: list[Data] = field(default_factory=list)
    changed: list[Data] = field(default_factory=list)
    removed: list[Data] = field(default_factory=list)
    added: list[Data] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def as_data(self) -> Data:
        """The story as a record keeps it."""
        return {
            "moved": self.moved, "changed": self.changed, "removed": self.removed,
            "added": self.added,
        }  # fmt: skip

    def move(self, model: type[models.Model], name: str, source: Any, target: Any) -> int:
        """Let every row whose field `name` is `source` point at `target`; returns how many."""
        rows = model._base_manager.filter(**{name: source})
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        if not ids:
            return 0
        for part in _portions(ids):
            model._base_manager.filter(pk__in=part).update(**{name: target})
        self.moved.append(
            {"model": model._meta.label, "field": name, "ids": list(map(str, ids)),
             "from": str(source), "to": str(target)}
        )  # fmt: skip
        return len(ids)

    def change(self, row: models.Model, **values: Any) -> bool:
        """Write what differs, with the row's history; False if nothing does."""
        before, after = {}, {}
        for name, value in values.items():
            column = row._meta.get_field(name)
            old = plain(row, column)
            setattr(row, name, value)
            new = plain(row, column)
            if old != new:
                before[name], after[name] = old, new
        if not after:
            return False
        _save(row, list(after))
        self.changed.append(
            {"model": row._meta.label, "id": str(row.pk), "before": before, "after": after}
        )
        return True

    def remove(self, row: models.Model) -> None:
        """Delete a row, keeping what it takes to bring it back under its own key."""
        values = {one.name: plain(row, one) for one in row._meta.concrete_fields}
        self.removed.append({"model": row._meta.label, "id": str(row.pk), "values": values})
        row.delete()

    def add(self, rows: Iterable[models.Model]) -> None:
        """Note rows that were made on the way."""
        made = list(rows)
        if made:
            ids = [str(row.pk) for row in made]
            self.added.append({"model": made[0]._meta.label, "ids": ids})


def take_back(story: Mapping[str, list[Data]]) -> list[str]:
    """Undo what a story did, last first; returns what stayed, in words.

    A value that somebody changed since stays as they left it.
    """
    stayed: list[str] = []
    for act in story.get("added", []):
        apps.get_model(act["model"])._base_manager.filter(pk__in=act["ids"]).delete()
    for act in reversed(story.get("removed", [])):
        _bring_back(act)
    for act in reversed(story.get("moved", [])):
        model = apps.get_model(act["model"])
        for part in _portions(act["ids"]):
            rows = model._base_manager.filter(**{"pk__in": part, act["field"]: act["to"]})
            rows.update(**{act["field"]: act["from"]})
    for act in reversed(story.get("changed", [])):
        stayed += _change_back(act)
    return stayed


def _bring_back(act: Data) -> None:
    model = apps.get_model(act["model"])
    values = {
        model._meta.get_field(name).attname: parse(model._meta.get_field(name), value)  # type: ignore[union-attr]
        for name, value in act["values"].items()
    }
    model._base_manager.bulk_create([model(**values)])
    # Its times are those it had: making it anew set some of them.
    model._base_manager.filter(pk=act["id"]).update(**values)


def _change_back(act: Data) -> list[str]:
    model = apps.get_model(act["model"])
    row = model._base_manager.filter(pk=act["id"]).first()
    if row is None:
        return [f"{model._meta.verbose_name} {act['id']} is gone."]
    stayed, names = [], []
    for name, old in act["before"].items():
        column: Any = model._meta.get_field(name)
        if plain(row, column) != act["after"][name]:
            stayed.append(f"{column.verbose_name} was changed since and stays.".capitalize())
            continue
        setattr(row, column.attname, parse(column, old))
        names.append(name)
    if names:
        _save(row, names)
    return stayed


def _save(row: models.Model, names: list[str]) -> None:
    """With its history, and the time by which scores and segments see that it changed."""
    clock = ["updated_at"] if any(one.name == "updated_at" for one in row._meta.fields) else []
    row.save(update_fields=[*names, *clock])


def plain(row: models.Model, column: Any) -> Any:
    """A field's value as JSON has it, exactly; `parse` reads it back."""
    value = getattr(row, column.attname)
    if value is None or isinstance(column, models.JSONField):
        return value
    return str(value) if column.is_relation else column.value_to_string(row)


def parse(column: Any, value: Any) -> Any:
    """What `plain` wrote, as Python has it."""
    if value is None or isinstance(column, models.JSONField):
        return value
    return column.to_python(value)


def _portions(ids: list[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(ids), PORTION):
        yield ids[start : start + PORTION]
