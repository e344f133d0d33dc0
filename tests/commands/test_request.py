"""`manage.py request create`."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User

from crm.models import Request
from tests.desk import BRIEF


def test_a_brief_becomes_a_request(run: Any, boss: User) -> None:
    done = run("request", "create", BRIEF, "--client", "Ms. Lee", "--json")
    assert done.code == 0, done.err
    read = json.loads(done.out)
    row = Request.objects.get(pk=read["id"])
    assert (read["category"], row.client_name, row.created_by) == ("private_jet", "Ms. Lee", boss)


def test_what_was_understood_is_shown(run: Any, boss: User) -> None:
    done = run("request", "create", BRIEF)
    assert "Private jet" in done.out
    assert "ASE" in done.out


def test_questions_are_shown(run: Any, boss: User) -> None:
    assert "?" in run("request", "create", "I need a private jet").out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["   "], "text is empty"),
        (["x" * 10_001], "10,001 characters"),
        (["A cake", "--category", "unicorns"], "no category “unicorns”"),
        (["A cake", "--tier", "gold"], "gold"),
        (["A cake", "--user", "nobody"], "no active user"),
        ([], "text"),
    ],
)
def test_bad_input_ends_in_a_sentence_and_code_1(
    run: Any, boss: User, words: list[str], says: str
) -> None:
    done = run("request", "create", *words)
    assert done.code in (1, 2)
    assert says in done.err + done.out
    assert "Traceback" not in done.err + done.out
    assert not Request.objects.exists()
