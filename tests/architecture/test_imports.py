"""The house stands the way the design says: imports run one way, doors do not know each other."""

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_every_import_contract_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename="pyproject.toml")
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out
