"""No page without its right: every address of the admin, opened and posted to by who may not."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

from tests.architecture.test_get import BOOKKEEPING, WRITE, address, rows_of_every_page, walk

# What belongs to whoever is logged in: home, the bell, their own views and counts, log-out.
OWN = re.compile(
    r"admin/($|login/|logout/|password_change/|jsi18n/|second-factor/|views/|demo/clock/|bell/"
    r"|badges/|search/)"
)
LINK = re.compile(r'(?:href|hx-get)="([^"#]+)')
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/)")


def pages() -> Iterator[tuple[str, URLPattern]]:
    for route, pattern in walk(get_resolver().url_patterns):
        if route.startswith("admin/") and not OWN.match(route):
            yield route, pattern


@pytest.fixture
def boss(db: None) -> User:
    return User.objects.create_superuser("boss", "boss@desk.example", "pass")


@pytest.fixture
def nobody(db: None) -> User:
    """May log in, and nothing else."""
    return User.objects.create_user("nobody", "nobody@desk.example", "pass", is_staff=True)


def changes(queries: CaptureQueriesContext) -> list[str]:
    return [
        query["sql"][:150]
        for query in queries.captured_queries
        if WRITE.match(query["sql"]) and not BOOKKEEPING.match(query["sql"])
    ]


def walk_as(user: User, boss: User, method: str) -> Iterator[tuple[str, int, list[str]]]:
    """Where, with what status, and what was written."""
    values = rows_of_every_page(boss)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    for route, _pattern in pages():
        where = address(route, values)
        with CaptureQueriesContext(connection) as queries:
            answer = getattr(client, method)(where)
        yield where, answer.status_code, changes(queries)


def test_who_has_no_right_reads_no_page_and_no_file(nobody: User, boss: User) -> None:
    opened = [where for where, status, _ in walk_as(nobody, boss, "get") if status == 200]
    assert not opened


def test_who_has_no_right_changes_nothing(nobody: User, boss: User) -> None:
    walked = list(walk_as(nobody, boss, "post"))
    assert not [row for row in walked if row[2] or row[1] >= 500 or row[1] == 200]
    assert len(walked) > 150


def test_who_only_reads_changes_nothing(ann: User, boss: User) -> None:
    assert not [row for row in walk_as(ann, boss, "post") if row[2] or row[1] >= 500]


def test_strangers_are_sent_to_the_log_in_from_every_page(boss: User) -> None:
    values, client = rows_of_every_page(boss), Client()
    for route, _pattern in pages():
        for ask in (client.get, client.post):
            answer = ask(address(route, values))
            sent_on = answer.status_code == 302 and "/login/" in answer["Location"]
            assert sent_on or answer.status_code == 404, route


def test_the_walk_sees_who_may(ann: User, boss: User, client_of: Callable[[User], Client]) -> None:
    """An analyst reads most of what the walk opens: the refusals above are about rights."""
    values: dict[str, Any] = rows_of_every_page(boss)
    client = client_of(ann)
    statuses = [client.get(address(route, values)).status_code for route, _pattern in pages()]
    assert statuses.count(200) > 60


def links_on(page: str) -> set[str]:
    """Where the page's links and live parts lead, within the admin."""
    found = (unescape(one) for one in LINK.findall(page))
    return {one for one in found if one.startswith("/admin/") and "logout" not in one}


@pytest.mark.one_database
@pytest.mark.parametrize("role", ["ann", "ella", "sam"])
def test_no_page_shows_a_link_that_refuses_whoever_sees_it(
    role: str, request: pytest.FixtureRequest, boss: User, client_of: Callable[[User], Client]
) -> None:
    """No right, no button: every page a role can open, and where everything on it leads."""
    values = rows_of_every_page(boss)
    for route, _pattern in pages():
        address(route, values)  # makes the rows that are missing, before any page shows them
    client = client_of(request.getfixturevalue(role))
    shown: dict[str, tuple[str, str]] = {}
    known: dict[str, int] = {}
    for route, _pattern in pages():
        where = address(route, values)
        answer = client.get(where)
        known[where] = answer.status_code
        if answer.status_code == 200 and not answer.streaming:
            for link in links_on(answer.content.decode(errors="ignore")):
                shown.setdefault(ID.sub("#", link.split("?")[0]), (link, where))
    refused = [
        (link, on)
        for link, on in shown.values()
        if (known.get(link) or client.get(link).status_code) == 403
    ]
    assert not refused
    assert len(shown) > 60
