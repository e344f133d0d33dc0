"""What nobody would type breaks no page: every address is sent texts that are no key, no number."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.architecture.test_get import address, rows_of_every_page, walk
from tests.architecture.tree import PACKAGES, sources

# How pages read what was sent, whatever they call the form: `request.POST.get("version", …)`.
READ = re.compile(
    r"""\.(?:get|getlist)\(\s*["']([a-z_-]+)["']|(?:POST|GET)\[["']([a-z_-]+)["']\]"""
    r"""|one_of\(\s*request, ["']([a-z_-]+)["']"""
)
GARBAGE = [
    pytest.param("post", "²", id="no number, though str.isdigit takes it for one"),
    pytest.param("post", "9" * 5000, id="too long a number"),
    pytest.param("post", "a\x00b", id="no key, and no text a database keeps"),
    pytest.param("get", "a\x00b", id="the same in an address"),
]


def names() -> list[str]:
    """Every name of a form's field or a query that a page of ours asks for."""
    doors = [path for path in sources() if "/admin/" in str(path) or path.parent.name == "config"]
    found = {"".join(said) for path in doors for said in READ.findall(path.read_text())}
    return sorted(found)


@pytest.fixture
def boss(db: None) -> User:
    return User.objects.create_superuser("boss", "boss@desk.example", "pass")


def is_ours(pattern: URLPattern) -> bool:
    """What Django's own pages do with an address's query is theirs."""
    return str(pattern.callback.__module__).split(".")[0] in PACKAGES


def broken(boss: User, method: str, text: str) -> Iterator[tuple[str, int]]:
    """Where our own pages answer that they broke; what one writes is taken back before the next."""
    values = rows_of_every_page(boss)
    client = Client(raise_request_exception=False)
    client.force_login(boss)
    sent = dict.fromkeys(names(), text)
    for route, pattern in walk(get_resolver().url_patterns):
        if not is_ours(pattern):
            continue
        where = address(route, values)
        with transaction.atomic():
            answer = getattr(client, method)(where, sent)
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            yield where, answer.status_code


@pytest.mark.parametrize(("method", "text"), GARBAGE)
def test_no_page_breaks_on_garbage(boss: User, method: str, text: str) -> None:
    assert not list(broken(boss, method, text))


def test_the_names_are_those_that_pages_read() -> None:
    assert {"version", "thread", "message", "q", "page", "after", "show"} <= set(names())
