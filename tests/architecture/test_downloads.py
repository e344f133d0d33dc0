"""Every file that can be taken away: no cell that somebody else wrote is computed in it."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from model_bakery import baker

from compliance.models import Suppression
from crm.models import (
    Contact,
    ContactScore,
    ImportBatch,
    Lead,
    RejectedRow,
    ScoringVersion,
    Segment,
)
from outreach import api_keys
from tests.architecture.test_get import (  # noqa: F401  fixtures
    address,
    boss,
    rows_of_every_page,
    walk,
)
from tests.architecture.test_hostile_names import make_hostile
from tests.architecture.tree import name_of, sources

EVIL = "k9;=HYPERLINK(1)"  # behind what ends a cell for who reads with another separator
FORMULA = re.compile(r"\s*[=@]")
SHEET = "spreadsheetml"
# The only rooms that turn rows into files; everybody else hands them rows.
WRITERS = {"compliance/spreadsheets.py": {"csv.writer"}, "quotes/exports.py": {"Workbook"}}
MAKERS = {"writer", "DictWriter", "Workbook", "Dataset"}


def makers_in(path: Path) -> set[str]:
    """The calls in a module that begin a table's file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name.split(".")[-1] in MAKERS:
                found.add(name)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            ("import_export", "tablib")
        ):
            found.add(str(node.module))
    return found


def test_only_the_rooms_that_make_cells_harmless_write_tables() -> None:
    made = {name_of(path): makers_in(path) for path in sources()}
    assert {name: calls for name, calls in made.items() if calls} == WRITERS


def cells_of(kind: str, file: bytes) -> Iterator[str]:
    """Every cell as each program would cut it: by comma, semicolon or tab."""
    if SHEET in kind:
        book = openpyxl.load_workbook(io.BytesIO(file))
        for row in book.worksheets[0].iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                yield str(cell.value)
        return
    text = file.decode("utf-8-sig")
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(text), delimiter=separator):
            yield from row


def check(where: str, kind: str, file: bytes) -> bool:
    """Whether the hostile text is in it; fails where a program would compute it."""
    cells = list(cells_of(kind, file))
    run = [cell for cell in cells if FORMULA.match(cell)]
    assert not run, (where, run)
    return any("HYPERLINK" in cell for cell in cells)


@pytest.fixture
def values(boss: User) -> dict[str, Any]:  # noqa: F811
    made = rows_of_every_page(boss)
    for batch in ImportBatch.objects.all():
        batch.header = ["name", EVIL]
        batch.save(update_fields=["header"])
        RejectedRow.objects.create(
            batch=batch, row=2, line=2, value=EVIL, cells=json.dumps(["Pat", EVIL])
        )
    baker.make(Suppression, kind="email", address="pat@x.example", words=EVIL)
    version = ScoringVersion.objects.filter(model__subject="contact").first()
    baker.make(ContactScore, contact=Contact.objects.first(), version=version, points=50)
    make_hostile(EVIL)
    assert Contact.objects.filter(name=EVIL).exists()
    return made


def test_no_download_by_page_or_api_holds_a_formula(
    values: dict[str, Any], admin_of: Callable[[], Any]
) -> None:
    client, taken = admin_of(), set()
    for route, _pattern in walk(get_resolver().url_patterns):
        for method in ("get", "post"):
            with transaction.atomic():  # what a post changes is taken back
                answer = getattr(client, method)(address(route, values))
                kind = answer.get("Content-Type", "")
                file = b"".join(answer) if answer.streaming else answer.content
                transaction.set_rollback(True)
            if ("text/csv" in kind or SHEET in kind) and check(route, kind, file):
                taken.add(route)
    assert len(taken) >= 7, sorted(taken)


@pytest.fixture
def admin_of(boss: User) -> Callable[[], Any]:  # noqa: F811
    def log_in() -> Client:
        _key, token = api_keys.create(
            owner=boss, name="walk", scopes=list(api_keys.SCOPES), actor="boss"
        )
        client = Client(headers={"Authorization": f"Bearer {token}"}, raise_request_exception=False)
        client.force_login(boss)
        return client

    return log_in


COMMANDS = {
    "contact export": ("contact", "export", "FILE", "--user", "boss"),
    "lead export": ("lead", "export", "FILE", "--user", "boss"),
    "segment export": ("segment", "export", "SEGMENT", "FILE", "--user", "boss"),
    "suppression export": ("suppression", "export", "FILE", "--user", "boss"),
    "score top": ("score", "prioritise", "--csv", "FILE", "--user", "boss"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_file_of_a_command_holds_a_formula(
    command: str, values: dict[str, Any], tmp_path: Path
) -> None:
    assert Lead.objects.exists()
    file = tmp_path / "out.csv"
    names = {"FILE": str(file), "SEGMENT": str(Segment.objects.values_list("pk", flat=True)[0])}
    call_command(*(names.get(word, word) for word in COMMANDS[command]))
    assert check(command, "text/csv", file.read_bytes())
