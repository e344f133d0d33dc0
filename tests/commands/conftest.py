"""`run("campaign", "status", …)` is what a person types; it gives code, output and errors."""

import io
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.core.management import ManagementUtility


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    out: str
    err: str


def type_in(*words: str) -> Outcome:
    """Run the command line as `manage.py` does, in this process and on the test's database."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    # The command line closes its connection at the end; here that is the test's, in a transaction.
    kept = patch("django.core.management.base.connections.close_all")
    with kept, redirect_stdout(out), redirect_stderr(err):
        try:
            ManagementUtility(["manage.py", *words]).execute()
        except SystemExit as leaving:
            code = int(leaving.code or 0)
    return Outcome(code, out.getvalue(), err.getvalue())


@pytest.fixture
def run(db: None) -> Callable[..., Outcome]:
    return type_in


@pytest.fixture
def boss(db: None) -> User:
    return User.objects.create_superuser("boss", "boss@desk.example", "pass")
