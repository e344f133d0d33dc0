"""Reads the scoring models that ship with the product: one TOML file each, no database."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crm.choices import Scored
from crm.scoring.definition import Definition, parse

FOLDER = Path(__file__).parent / "shipped"


@dataclass(frozen=True, slots=True)
class Shipped:
    """One model as it ships: `slug` is its file's name."""

    slug: str
    name: str
    subject: Scored
    description: str
    definition: Definition


@cache
def load_catalogue() -> dict[str, Shipped]:
    """Every shipped model by slug; a malformed file raises DefinitionError."""
    found = {}
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        subject = Scored(data.pop("subject"))
        told = {name: data.pop(name) for name in ("name", "description")}
        found[path.stem] = Shipped(
            path.stem, subject=subject, definition=parse(data, subject=subject), **told
        )
    return found
