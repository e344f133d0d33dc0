"""A name is a name: whatever a stranger is called, no page lets it become markup, script or file.

Every text that came from outside, or that a colleague typed, is made hostile in the rows behind
every page; then every address is opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import DatabaseError, models, transaction
from django.urls import get_resolver

from crm.models import Contact
from tests.architecture.test_get import (  # noqa: F401  fixtures
    address,
    boss,
    look,
    rows_of_every_page,
    walk,
)

pytestmark = pytest.mark.one_database
OURS = ("compliance", "crm", "outreach", "quotes", "attache_config")
HOSTILE = "<script>k9()</script>\"'><img src=x onerror=k9()>{{ 7*7 }}"
# What any of them, unescaped, would look like in a page.
LIVE = re.compile("<script>k9|<img src=x")
WORDS = re.compile(
    r"name$|title$|subject$|text$|^body$|note|reason|words|label|description|summary|offer$|"
    r"purpose$|source|city|street|address_line|comment|detail|error|evidence|question|answer|"
    r"website|research|role$|situs|county|quoted|said|held|actor|person$|deal|owner_name"
)
# They decide what a row means: made hostile they would break the page, not endanger it.
MEANING = {"actor", "source", "held_by", "role", "webhook_event", "name_key"}


def _hostile_fields(model: type[models.Model], text: str) -> list[models.Field[Any, Any]]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not field.primary_key
        and not field.unique
        and field.name not in MEANING
        and WORDS.search(field.name)
        and (field.max_length is None or field.max_length >= len(text))
    ]


def make_hostile(text: str) -> set[str]:
    """Put the hostile text into every such field of every row; what was changed."""
    changed = set()
    for model in (found for app in OURS for found in apps.get_app_config(app).get_models()):
        for field in _hostile_fields(model, text):
            try:
                with transaction.atomic():
                    rows = model._default_manager.update(**{field.name: text})
            except DatabaseError:
                continue  # a ledger that refuses, a constraint that says what it may hold
            if rows:
                changed.add(f"{model._meta.label}.{field.name}")
    return changed


def test_no_page_lets_a_name_become_markup(
    boss: User, look: Callable[[str], Any]  # noqa: F811
) -> None:  # fmt: skip
    values = rows_of_every_page(boss)
    changed = make_hostile(HOSTILE)
    boss.first_name = HOSTILE[:150]
    boss.save(update_fields=["first_name"])
    assert {"crm.Contact.name", "crm.Company.name", "outreach.Campaign.name"} <= changed
    shown, trouble = 0, []
    for route, _pattern in walk(get_resolver().url_patterns):
        where = address(route, values)
        answer = look(where)
        if answer.status_code >= 500:
            trouble.append((where, answer.status_code))
        if answer.streaming or "html" not in answer.get("Content-Type", ""):
            continue
        page = answer.content.decode()
        shown += "&lt;script&gt;k9" in page
        live = LIVE.search(page)
        if live:
            trouble.append((where, page[max(0, live.start() - 80) : live.end() + 20]))
    assert not trouble
    assert shown > 30


@pytest.mark.usefixtures("db")
def test_the_walk_would_see_markup() -> None:
    contact = Contact(name=HOSTILE)
    assert LIVE.search(f"<td>{contact}</td>")
    assert LIVE.search(f"<a title='{contact}'>")
