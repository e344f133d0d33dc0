"""`field__among=values`: as `__in`, for the many ids of a batch at a fraction of the work.

Django takes a list apart into one parameter a value, checks, converts and quotes each and parses
a statement with as many marks. PostgreSQL takes the list as it is, as one array.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup
from django.db.models.fields import Field
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler


@Field.register_lookup
class Among(Lookup):  # type: ignore[type-arg]  # only the stubs know of an argument
    """Values in the field's own type; a relation is named by its column (`message__pk__among`)."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """Where there are no arrays, what `__in` would say."""
        return In(self.lhs, list(self.rhs)).as_sql(compiler, connection)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        """One parameter, whatever the number of values."""
        if not self.rhs:
            raise EmptyResultSet  # and no query
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*parameters, list(self.rhs)]
