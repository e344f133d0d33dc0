"""What every test may use: named people, and the mark for what only PostgreSQL can prove."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LAW_READ: list[Any] = []
# Files here take minutes: begun last, one worker would end long after the other.
LONG = {"simulation", "journeys", "outages", "architecture", "api"}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}

# A machine that is busy is slow at everything: that tells nothing of what is tried.
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("desk")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long ones first; on PostgreSQL only what touches the database, the rest is as on SQLite."""
    from django.conf import settings

    items.sort(key=lambda item: LONG.isdisjoint(item.path.parts))
    if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        same = {item for item in items if not _depends_on_the_database(item)}
        config.hook.pytest_deselected(items=[*same])
        items[:] = [item for item in items if item not in same]
        return
    for item in items:
        if "postgres" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL's locking"))


def _depends_on_the_database(item: pytest.Item) -> bool:
    """The journeys do not: each brings a desk with a database of its own."""
    asked = {*item.keywords, *getattr(item, "fixturenames", ())}
    return "one_database" not in asked and bool(
        asked & {"postgres", "django_db", *DATABASE_FIXTURES}
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After a test that committed, what the migrations wrote is there again and nothing else.

    The calling law is read once: which test asks first must not change its query counts.
    """
    from django.test import TransactionTestCase

    from compliance import rulebook
    from tests.emptying import Copies

    with django_db_blocker.unblock():
        copies = Copies()
        rulebook.current()
    assert rulebook._known is not None
    rulebook._known.checked = float("inf")
    LAW_READ.append(rulebook._known)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: copies.put_back())
        yield


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


@pytest.fixture(autouse=True)
def _every_act_has_words(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test writes to the ledger pages can say; what tests invent has no dot."""
    from compliance import audit
    from compliance.audit_words import WORDS

    unknown: set[str] = set()
    written = audit._entry

    def listened(act: audit.Act, *rest: Any) -> Any:
        unknown.update({act.action} - WORDS.keys() if "." in act.action else ())
        return written(act, *rest)

    monkeypatch.setattr(audit, "_entry", listened)
    yield
    assert not unknown, f"compliance/audit_words.py has no words for {sorted(unknown)}"


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
