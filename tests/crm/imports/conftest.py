"""`take(rows)` takes in a list of leads; `options` are those of `import_list`."""

from pathlib import Path

import pytest

from crm.imports.report import Report
from crm.imports.run import import_list
from tests.crm.imports.lead_lists import HEAD, Take


@pytest.fixture
def take(tmp_path: Path) -> Take:
    def run(rows: str, head: str = HEAD, **options: object) -> Report:
        file = tmp_path / "leads.csv"
        file.write_text(head + rows)
        return import_list(file, "leads", actor="sam", **options)  # type: ignore[arg-type]

    return run
