"""Reads the sequences that ship with the product: one TOML file each, no database."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from outreach.sequences.definition import Definition, parse

FOLDER = Path(__file__).parent / "shipped"


@dataclass(frozen=True, slots=True)
class Shipped:
    """A sequence as it ships: what it is called, whom it speaks to, what it says."""

    slug: str
    name: str
    description: str
    voice: str
    definition: Definition


@cache
def load_catalogue() -> dict[str, Shipped]:
    """Every shipped sequence by slug; a malformed file raises DefinitionError."""
    found = {}
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        name, description = data.pop("name"), data.pop("description")
        voice = data.pop("voice", "")
        found[path.stem] = Shipped(path.stem, name, description, voice, parse(data))
    return found
