"""The source files of the five apps, as the architecture tests see them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("compliance", "crm", "outreach", "quotes", "config")


def sources() -> list[Path]:
    """Every Python file we wrote in the apps; migrations are written by a machine."""
    found = [path for name in PACKAGES for path in (ROOT / name).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))
