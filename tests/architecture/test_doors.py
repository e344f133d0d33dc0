"""Within an app the doors (admin, api, commands) are strangers, and no room knows a door."""

import ast
from pathlib import Path

from tests.architecture.tree import PACKAGES, ROOT, name_of, sources

DOORS = ("admin", "api", "management")


def door_of(module: str) -> str | None:
    """`outreach.admin.queue` → `outreach.admin`; None for what is no door."""
    parts = module.split(".")
    is_door = len(parts) > 1 and parts[0] in PACKAGES and parts[1] in DOORS
    return ".".join(parts[:2]) if is_door else None


def imported(path: Path) -> set[str]:
    """Every module a file imports anywhere, lazily too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def strangers_met(path: Path) -> set[str]:
    """Doors of its own app that this file imports without belonging to them."""
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    own_app, own_door = module.split(".")[0], door_of(module)
    if own_app == "config":  # the composition root is there to open doors
        return set()
    reached = {door_of(name) for name in imported(path)} - {None, own_door}
    return {door for door in reached if door and door.split(".")[0] == own_app}


def test_only_the_composition_root_reaches_through_doors() -> None:
    met = {name_of(path): strangers_met(path) for path in sources()}
    assert not {name: doors for name, doors in met.items() if doors}


def test_the_walk_sees_a_lazy_import(tmp_path: Path) -> None:
    source = tmp_path / "lazy.py"
    source.write_text("def f():\n    from outreach.admin import queue\n")
    assert "outreach.admin.queue" in imported(source)
