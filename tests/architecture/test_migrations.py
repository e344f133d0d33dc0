"""The tables are the models', and every migration says what it does."""

import re

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

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
