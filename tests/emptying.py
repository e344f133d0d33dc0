"""Puts the database back to how the migrations left it, after a test that committed.

Django empties every table and sends `post_migrate` again, which takes a quarter of a second here
and loses what migrations wrote. This keeps a copy of what they wrote beside each table, looks with
one statement which tables a test has changed, and puts right only those.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from compliance import guards

COPY = "as_migrated__"


class Copies:
    """The tables as the migrations left them; made once, right after these ran."""

    def __init__(self) -> None:
        found = connection.introspection.django_table_names(only_existing=True, include_views=False)
        self.tables = sorted({*found} - {"django_migrations"})
        filled = _which({name: f"EXISTS (SELECT 1 FROM {name})" for name in self.tables})
        with connection.cursor() as cursor:
            for name in filled:
                cursor.execute(f"CREATE TABLE {COPY}{name} AS SELECT * FROM {name}")
        self.copied = {*filled}

    def put_back(self) -> None:
        """Undo what was committed since."""
        ContentType.objects.clear_cache()
        changed = _which({name: self._differs(name) for name in self.tables})
        if {*changed} & {*guards.TABLES}:
            with guards.stood_down():
                self._rewrite(changed)
        elif changed:
            self._rewrite(changed)

    def _differs(self, name: str) -> str:
        if name not in self.copied:
            return f"EXISTS (SELECT 1 FROM {name})"
        now, then = f"SELECT * FROM {name}", f"SELECT * FROM {COPY}{name}"
        return f"EXISTS ({now} EXCEPT {then}) OR EXISTS ({then} EXCEPT {now})"

    def _rewrite(self, changed: list[str]) -> None:
        with (
            connection.constraint_checks_disabled(),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            if connection.vendor == "postgresql":
                # Else each row that goes is looked for in every table that may refer to it.
                cursor.execute("SET LOCAL session_replication_role = replica")
            for name in changed:
                cursor.execute(f"DELETE FROM {name}")
                if name in self.copied:
                    cursor.execute(f"INSERT INTO {name} SELECT * FROM {COPY}{name}")


def _which(questions: dict[str, str]) -> list[str]:
    """The names whose condition holds, in one statement."""
    parts = [f"SELECT '{name}' WHERE {condition}" for name, condition in questions.items()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return [name for (name,) in cursor.fetchall()]
