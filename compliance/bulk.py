"""Writes thousands of new rows the shortest way a database has: COPY, or one prepared statement."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState
from django.utils import timezone
from psycopg import sql

Column: TypeAlias = "models.Field[Any, Any]"
Model = TypeVar("Model", bound=models.Model)


def new(model: type[Model], **values: Any) -> Model:
    """As `model(**values)` in a tenth of its time, with values by column: `company_id`.

    Nobody may listen to the model's `pre_init` or `post_init`.
    """
    same, made = _blank(model)
    columns = {**same, **{name: default() for name, default in made if name not in values}}
    columns.update(values)
    if len(columns) > len(same):
        raise TypeError(f"{model.__name__} has no column {sorted(values.keys() - same.keys())[0]}.")
    row = model.__new__(model)
    row.__dict__ |= columns  # what `__init__` does, without asking each field
    row._state = ModelState()
    return row


@cache
def _blank(model: type[models.Model]) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """What each column of a new row is, in their order, and those made anew for each row."""
    fields = model._meta.concrete_fields
    made = {one.attname: one.default for one in fields if one.has_default()}
    made = {name: default for name, default in made.items() if callable(default)}
    same = {one.attname: None if one.attname in made else one.get_default() for one in fields}
    return same, list(made.items())


def insert(rows: Sequence[models.Model]) -> list[tuple[Any, ...]]:
    """Insert new rows of one model in the caller's transaction; returns their columns' values.

    What `save` would do has to be done: times that set themselves are set by the caller, defaults
    stand on the rows, no signals are sent. A key that the database gives is left to it and not
    read back. Values come in the order of `columns_of`.
    """
    if not rows:
        return []
    model = type(rows[0])
    values = list(_values(model, rows))
    insert_values(model, columns_of(model), values)
    return values


def insert_with_history(rows: Sequence[models.Model]) -> None:
    """As `insert`, for a model that keeps its history: each row begins one."""
    values = insert(rows)
    if not values:
        return
    model = type(rows[0])
    history = model.history.model  # type: ignore[attr-defined]
    there = {one.attname: one for one in history._meta.concrete_fields}
    own = ("history_date", "history_type", "history_change_reason", "history_user_id")
    fields = [there[name] for name in (*(one.attname for one in columns_of(model)), *own)]
    now, way = timezone.now(), _way(there["history_date"])
    begin = (way(now) if way else now, "+", None, None)
    insert_values(history, fields, (row + begin for row in values))


def columns_of(model: type[models.Model]) -> list[Column]:
    """The columns that a new row brings along."""
    return [one for one in model._meta.concrete_fields if not isinstance(one, models.AutoField)]


def insert_values(
    model: type[models.Model],
    fields: Sequence[Column],
    values: Iterable[Sequence[Any]],
) -> None:
    """Insert rows given as values in the form the database takes; see `insert`."""
    table, names = model._meta.db_table, [str(one.column) for one in fields]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names))
            )
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in values:
                    copy.write_row(row)
            return
        quoted = ", ".join(map(connection.ops.quote_name, names))
        marks = ", ".join(["%s"] * len(names))
        into = connection.ops.quote_name(table)
        # Names of our own tables and columns; every value is a parameter.
        cursor.executemany(f"INSERT INTO {into} ({quoted}) VALUES ({marks})", list(values))  # noqa: S608


def _values(model: type[models.Model], rows: Sequence[models.Model]) -> Iterator[tuple[Any, ...]]:
    fields = columns_of(model)
    read = attrgetter(*(one.attname for one in fields))
    turn = [(n, way) for n, one in enumerate(fields) if (way := _way(one))]
    for row in rows:
        values = list(read(row))
        for n, way in turn:
            values[n] = way(values[n])
        yield tuple(values)


def _way(field: Column) -> Callable[[Any], Any] | None:
    """How the database wants a column's values; None where they go as they are."""
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(kind, models.JSONField):
        return lambda value: None if value is None else json.dumps(value)
    if connection.vendor == "postgresql":
        return None
    if isinstance(kind, models.UUIDField):
        return lambda value: None if value is None else value.hex
    if isinstance(kind, models.DateTimeField):
        known: dict[Any, Any] = {}

        def adapted(value: Any) -> Any:
            if value not in known:
                known[value] = connection.ops.adapt_datetimefield_value(value)
            return known[value]

        return adapted
    return None
