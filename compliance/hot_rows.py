"""Rows by a statement written by hand, for what is asked about every single message.

The gate's questions are always the same; to compile them anew each time cost more than to ask.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
Value = str | int | datetime


def where(
    model: type[Row], condition: str, *, among: Sequence[Value], also: Sequence[Value] = ()
) -> list[Row]:
    """The rows for which a condition holds; works alike on every database.

    `condition` is ours alone, never anybody's input: SQL with `{among}` where the list of values
    goes, and one `%s` behind it for each of `also`. Moments are aware. No values, no query.
    """
    if not among:
        return []
    marks = ", ".join(["%s"] * len(among))
    with connection.cursor() as cursor:
        cursor.execute(
            _beginning(model) + condition.format(among=marks), [*among, *map(_told, also)]
        )
        found = cursor.fetchall()
    return list(_read(model, found)) if found else []


@cache
def _beginning(model: type[models.Model]) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in model._meta.concrete_fields)
    return f"SELECT {names} FROM {quote(model._meta.db_table)} WHERE "  # noqa: S608  names of our own


def _told(value: Value) -> Value | None:
    """SQLite keeps moments as text, which has to look as its own do."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def _read(model: type[Row], found: Sequence[tuple[Any, ...]]) -> Iterator[Row]:
    """As a queryset reads them: JSON, moments and ids as the fields have them."""
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    compiler = model._default_manager.all().query.get_compiler(connection=connection)
    converters = compiler.get_converters([field.cached_col for field in fields])
    for values in compiler.apply_converters(found, converters):
        yield model.from_db(connection.alias, names, values)
