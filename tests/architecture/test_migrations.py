"""The tables are the models', and every migration says what it does."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from config.checks import check_history
from config.demo import seed
from tests.architecture.tree import PACKAGES


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_are_named() -> None:
    loader = MigrationLoader(None)
    names = [name for app, name in loader.disk_migrations if app in PACKAGES]
    assert names
    assert not [name for name in names if re.search(r"_auto_|_alter_.*_and_more$", name)]


def test_each_app_has_one_last_migration() -> None:
    loader = MigrationLoader(None)
    assert not loader.detect_conflicts()


@pytest.fixture
def steps(db: None) -> MigrationRecorder:
    """A ledger of migrations that knows nothing of crm's first one."""
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("crm", "0001_tables")
    for step in _replaced():
        recorder.record_unapplied(*step)
    return recorder


def _replaced() -> list[tuple[str, str]]:
    return MigrationLoader(None).disk_migrations["crm", "0001_tables"].replaces


def test_a_database_with_some_of_the_steps_that_became_one_is_told_what_to_do(
    steps: MigrationRecorder,
) -> None:
    for step in _replaced()[:-1]:
        steps.record_applied(*step)
    with pytest.raises(CommandError, match=r"crm\.0001_tables replaces.*\n.*HINT: Run"):
        call_command("migrate", skip_checks=False, verbosity=0)
    with pytest.raises(CommandError, match="start with an empty database"):
        seed.migrate()


def test_a_database_with_all_of_those_steps_or_none_is_well(steps: MigrationRecorder) -> None:
    assert not check_history(["default"])
    for step in _replaced():
        steps.record_applied(*step)
    assert not check_history(["default"])
