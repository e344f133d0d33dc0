"""Files stay small and say what they are for."""

import ast
from pathlib import Path

from tests.architecture.tree import ROOT, name_of, sources

LONGEST = 400
JUNK_DRAWERS = {"utils", "helpers", "common", "managers", "services", "misc"}


def first_sentence(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return docstring.split("\n\n")[0].strip()


def test_no_file_grows_beyond_one_topic() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in sources()}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST}


def test_every_module_opens_with_what_it_is_for() -> None:
    written = [path for path in sources() if path.read_text(encoding="utf-8").strip()]
    assert not [name_of(path) for path in written if not first_sentence(path).endswith((".", "?"))]


def test_only_package_markers_are_empty() -> None:
    empty = [path for path in sources() if not path.read_text(encoding="utf-8").strip()]
    assert not [name_of(path) for path in empty if path.name != "__init__.py"]


def test_rooms_are_named_by_topic() -> None:
    parts = {path: {path.stem, *path.relative_to(ROOT).parts} for path in sources()}
    assert not [name_of(path) for path, names in parts.items() if names & JUNK_DRAWERS]
