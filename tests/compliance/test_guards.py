"""The ledger refuses change whichever door somebody tries: ORM, bulk, raw SQL, admin, a flush."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test import Client
from django.urls import NoReverseMatch, reverse

from compliance import audit, guards
from compliance.models import AuditEntry, AuditSeal, Suppression

ENTRY, SEAL = guards.TABLES
REFUSED = "append-only"


@pytest.fixture
def entry(db: None) -> AuditEntry:
    """The first of three sealed entries."""
    acts = [audit.Act("tested", Suppression(pk=1), reason=str(n)) for n in range(3)]
    entries = audit.append_many(acts, actor="suite")
    audit.seal()
    return entries[0]


def snapshot() -> tuple[list[object], list[object]]:
    entries = AuditEntry.objects.order_by("id").values_list()
    return list(entries), list(AuditSeal.objects.order_by("position").values_list())


def refused(act: Callable[[], object]) -> None:
    """The act fails in the database, and nothing is different afterwards."""
    before = snapshot()
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        act()
    assert snapshot() == before


def run(sql: str, *values: object) -> Callable[[], object]:
    def execute() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    return execute


ORM = {
    "update": lambda: AuditEntry.objects.update(reason="rewritten"),
    "update of one": lambda: AuditEntry.objects.filter(reason="0").update(actor="nobody"),
    "update by expression": lambda: AuditEntry.objects.update(subject_id=F("actor")),
    "delete": lambda: AuditSeal.objects.all().delete(),
    "raw delete": lambda: AuditEntry.objects.all()._raw_delete("default"),
    "raw delete of seals": lambda: AuditSeal.objects.all()._raw_delete("default"),
    "update of seals": lambda: AuditSeal.objects.update(chain_hash="f" * 64),
    "saving a seal again": lambda: AuditSeal(
        position=1, entry=AuditEntry.objects.order_by("id")[2], chain_hash="f" * 64
    ).save(),
    "base save": lambda: _saved_past_the_model(),
    "bulk update": lambda: _bulk_updated(),
    "upsert": lambda: _upserted(),
}


def _changed() -> AuditEntry:
    entry = AuditEntry.objects.order_by("id")[0]
    entry.reason = "rewritten"
    return entry


def _saved_past_the_model() -> None:
    _changed().save_base(force_update=True)


def _bulk_updated() -> None:
    AuditEntry.objects.bulk_update([_changed()], ["reason"])


def _upserted() -> None:
    AuditEntry.objects.bulk_create(
        [_changed()], update_conflicts=True, update_fields=["reason"], unique_fields=["id"]
    )


@pytest.mark.parametrize("door", ORM)
def test_the_orm_changes_nothing(door: str, entry: AuditEntry) -> None:
    refused(ORM[door])


@pytest.mark.parametrize("table", guards.TABLES)
@pytest.mark.parametrize("verb", ["UPDATE {} SET {}", "DELETE FROM {}"])
def test_raw_sql_changes_nothing(verb: str, table: str, entry: AuditEntry) -> None:
    column = {ENTRY: "reason = 'rewritten'", SEAL: "chain_hash = 'f'"}[table]
    refused(run(verb.format(table, column)))


@pytest.mark.parametrize("table", guards.TABLES)
def test_truncating_is_refused(table: str, entry: AuditEntry, on_postgres: bool) -> None:
    if not on_postgres:
        pytest.skip("SQLite has no TRUNCATE; a DELETE of every row is tried above")
    # Constraint checks still owed would refuse it before the guard is asked.
    connection.check_constraints()
    refused(run(f"TRUNCATE {table} CASCADE"))


def test_an_insert_cannot_take_an_entry_s_place(entry: AuditEntry, on_postgres: bool) -> None:
    if on_postgres:
        pytest.skip("PostgreSQL has no INSERT OR REPLACE; the upsert is tried above")
    columns = "id, at, actor, action, subject_type, subject_id, reason, data, digest"
    refused(
        run(
            f"INSERT OR REPLACE INTO {ENTRY} ({columns}) "
            "SELECT id, at, 'nobody', action, subject_type, subject_id, reason, data, digest "
            f"FROM {ENTRY}"
        )
    )


@pytest.mark.parametrize("position", [1, 99])
def test_an_insert_cannot_take_a_seal_s_place(
    position: int, entry: AuditEntry, on_postgres: bool
) -> None:
    if on_postgres:
        pytest.skip("PostgreSQL has no INSERT OR REPLACE; the upsert is tried above")
    columns = "(position, entry_id, chain_hash)"
    values = (position, entry.pk, "f" * 64)
    refused(run(f"INSERT OR REPLACE INTO {SEAL} {columns} VALUES (%s, %s, %s)", *values))


def test_appending_and_sealing_go_on(entry: AuditEntry) -> None:
    audit.append("tested", Suppression(pk=1), actor="suite")
    assert audit.seal() == 1
    assert audit.verify() == audit.Verification(4, 0, None, "")


def test_the_replica_role_does_not_switch_the_guards_off(
    entry: AuditEntry, on_postgres: bool
) -> None:
    if not on_postgres:
        pytest.skip("only PostgreSQL has replication roles")
    run("SET LOCAL session_replication_role = replica")()
    refused(ORM["update"])


def test_every_guard_stands_after_the_migrations(db: None) -> None:
    assert guards.missing(connection) == []


def test_migrating_puts_back_what_was_taken_down(entry: AuditEntry) -> None:
    guards.remove(connection)
    assert guards.missing(connection)
    guards.ensure_guards()
    assert guards.missing(connection) == []
    refused(ORM["update"])


def test_a_disabled_trigger_counts_as_missing(entry: AuditEntry, on_postgres: bool) -> None:
    if not on_postgres:
        pytest.skip("SQLite cannot disable a trigger")
    connection.check_constraints()
    run(f"ALTER TABLE {ENTRY} DISABLE TRIGGER ALL")()
    assert guards.missing(connection) == [f"{ENTRY}_no_change"]
    guards.install(connection)
    refused(ORM["update"])


def test_the_admin_offers_no_way_to_change_an_entry(
    entry: AuditEntry, admin_client: Client
) -> None:
    before = snapshot()
    change = reverse("admin:compliance_auditentry_change", args=[entry.pk])
    delete = reverse("admin:compliance_auditentry_delete", args=[entry.pk])
    assert admin_client.post(change, {"reason": "rewritten"}).status_code == 403
    assert admin_client.post(delete, {"post": "yes"}).status_code == 403
    assert admin_client.post(reverse("admin:compliance_auditentry_add"), {}).status_code == 403
    listing = reverse("admin:compliance_auditentry_changelist")
    chosen = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    admin_client.post(listing, chosen)
    assert snapshot() == before
    with pytest.raises(NoReverseMatch):
        reverse("admin:compliance_auditseal_changelist")


def test_the_admin_s_list_offers_no_actions_on_entries(
    entry: AuditEntry, sam: User, client_of: Callable[[User], Client]
) -> None:
    shown = client_of(sam).get(reverse("admin:compliance_auditentry_changelist")).content.decode()
    assert "delete_selected" not in shown


@pytest.mark.django_db(transaction=True)
def test_the_flush_command_cannot_empty_the_ledger() -> None:
    audit.append("tested", Suppression(pk=1), actor="suite")
    with pytest.raises(CommandError):
        call_command("flush", interactive=False, verbosity=0)
    assert AuditEntry.objects.filter(action="tested").exists()
