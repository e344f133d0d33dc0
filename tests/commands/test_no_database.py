"""A command that finds no database, or an old one, says so in a line and not in a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgres://nobody:x@127.0.0.1:1/none", "The database does not answer"),
        ("sqlite:///{folder}/empty.sqlite3", "run `manage.py migrate`"),
    ],
)
def test_it_says_what_to_do(tmp_path: Path, url: str, words: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "contact", "list"],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": url.format(folder=tmp_path),
            "VAR_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
