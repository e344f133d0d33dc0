"""What every test may use: named people, and the mark for what only PostgreSQL can prove."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LAW_READ: list[Any] = []


DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database runs: the rest is the same as on SQLite."""
    from django.conf import settings

    if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        same = [item for item in items if not _depends_on_the_database(item)]
        config.hook.pytest_deselected(items=same)
        items[:] = [item for item in items if item not in set(same)]
        return
    for item in items:
        if "postgres" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL's locking"))


def _depends_on_the_database(item: pytest.Item) -> bool:
    """The journeys do not: each brings a desk with a database of its own."""
    asked = {*item.keywords, *getattr(item, "fixturenames", ())}
    return bool(asked & {"postgres", "django_db", *DATABASE_FIXTURES})


@pytest.fixture(scope="session", autouse=True)
def _reference_rates_outlive_a_flush() -> None:
    """A transactional test empties every table at its end, and with it what a migration put in."""
    from django.apps import apps
    from django.db.models.signals import post_migrate

    migration = import_module("quotes.migrations.0002_reference_rates")

    def put_back(**_signal: object) -> None:
        if "quotes_exchangerate" in connection.introspection.table_names():
            migration.add_rates(apps, None)

    post_migrate.connect(
        put_back, sender=apps.get_app_config("quotes"), weak=False, dispatch_uid="test-rates"
    )


@pytest.fixture(scope="session", autouse=True)
def _the_ledger_s_guards_let_a_flush_pass() -> Iterator[None]:
    """Emptying every table after a transactional test is the one thing they must not refuse."""
    from django.test import TransactionTestCase

    from compliance import guards

    empty_tables = TransactionTestCase._fixture_teardown

    def unguarded(case: TransactionTestCase) -> None:
        with guards.stood_down():
            empty_tables(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", unguarded)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The calling law is read once: which test asks first must not change its query counts."""
    from compliance import rulebook

    with django_db_blocker.unblock():
        rulebook.current()
    assert rulebook._known is not None
    rulebook._known.checked = float("inf")
    LAW_READ.append(rulebook._known)


@pytest.fixture(autouse=True)
def _the_law_is_as_shipped() -> None:
    """Tests that edit it ask for `live_rules`; what they read is gone afterwards."""
    from compliance import rulebook

    rulebook._known = LAW_READ[0] if LAW_READ else None


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """What is counted or remembered outside the database begins at zero in each test."""
    from django.core.cache import cache

    from compliance.dnc import editions

    cache.clear()
    editions.forget()


@pytest.fixture
def on_postgres(db: None) -> bool:
    return connection.vendor == "postgresql"


def _person(name: str, role: str | None) -> User:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    user = get_user_model().objects.create_user(
        name.lower(), f"{name.lower()}@desk.example", "pass", first_name=name, is_staff=True
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def ella(db: None) -> User:
    """The executive assistant: reviews, approves, edits, logs quotes."""
    return _person("Ella", "EA")


@pytest.fixture
def sam(db: None) -> User:
    """Staff: everything an assistant may, in bulk, and campaign set-up."""
    return _person("Sam", "Staff")


@pytest.fixture
def ann(db: None) -> User:
    """The analyst: reads."""
    return _person("Ann", "Analyst")


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """`client_of(user)` is a browser logged in as that user."""

    def log_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in
