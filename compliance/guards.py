"""The database's own refusal to change the ledger: triggers on entries and seals."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("compliance_auditentry", "compliance_auditseal")
REFUSAL = "The audit ledger is append-only"

# SQLite fires no DELETE trigger for the row that INSERT OR REPLACE throws out, so an insert that
# would collide is refused as well. A key the database is to choose reads as -1 there.
SQLITE_TAKEN = {
    "compliance_auditentry": "id = NEW.id AND NEW.id > 0",
    "compliance_auditseal": "position = NEW.position OR entry_id = NEW.entry_id",
}
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION compliance_ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL}: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$
"""


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The guards this database should have and does not; empty when the ledger is guarded."""
    with connection.cursor() as cursor:
        cursor.execute(_standing(connection))
        standing = {name for (name,) in cursor.fetchall()}
    return sorted(_guards(connection).keys() - standing)


def install(connection: BaseDatabaseWrapper) -> None:
    """Put up the guards that are missing."""
    absent = missing(connection)
    if not absent:
        return
    statements = _guards(connection)
    _settle(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for name in absent:
            for statement in statements[name]:
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards down; what changes then still shows in the chain."""
    _settle(connection)
    with connection.cursor() as cursor:
        for name in _guards(connection).keys() - set(missing(connection)):
            on = f" ON {_table(name)}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")


def _settle(connection: BaseDatabaseWrapper) -> None:
    """PostgreSQL touches no triggers of a table with reference checks still owed."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


@contextmanager
def stood_down(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """No guards inside the block: only to empty a whole demo or test database."""
    connection = connections[using]
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def ensure_guards(using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """A `post_migrate` receiver: SQLite loses triggers where a migration rebuilds their table."""
    connection = connections[using]
    if set(TABLES) <= set(connection.introspection.table_names()):
        install(connection)


def _guards(connection: BaseDatabaseWrapper) -> dict[str, list[str]]:
    """Every guard by name, with the statements that put it up."""
    build = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}[connection.vendor]
    return {name: made for table in TABLES for name, made in build(table).items()}


def _on_sqlite(table: str) -> dict[str, list[str]]:
    conditions = {
        "update": "",
        "delete": "",
        "insert": f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {SQLITE_TAKEN[table]}) ",  # noqa: S608  our own table names
    }
    return {
        f"{table}_no_{act}": [_refusing(f"{table}_no_{act}", f"{act.upper()} ON {table}", when)]
        for act, when in conditions.items()
    }


def _refusing(name: str, act: str, when: str) -> str:
    words = f"{REFUSAL}: {act.replace(' ON ', ' of ')} is refused"
    return f"CREATE TRIGGER {name} BEFORE {act} {when}BEGIN SELECT RAISE(ABORT, '{words}'); END"


def _on_postgresql(table: str) -> dict[str, list[str]]:
    name = f"{table}_no_change"
    acts = "UPDATE OR DELETE OR TRUNCATE"
    create = (
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {acts} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION compliance_ledger_refuse()"
    )
    # Fires under session_replication_role = replica too, which skips ordinary triggers.
    return {name: [create, f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"]}


def _standing(connection: BaseDatabaseWrapper) -> str:
    if connection.vendor == "postgresql":
        return (
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A' "
            "AND tgrelid IN ('compliance_auditentry'::regclass, 'compliance_auditseal'::regclass)"
        )
    return "SELECT name FROM sqlite_master WHERE type = 'trigger'"


def _table(guard: str) -> str:
    return next(table for table in TABLES if guard.startswith(table))
