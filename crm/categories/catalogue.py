"""Reads the categories that ship with the product: one TOML file each, no database."""

import tomllib
from functools import cache
from pathlib import Path

from crm.categories.schema import CategorySchema

FOLDER = Path(__file__).parent / "shipped"


@cache
def load_catalogue() -> dict[str, CategorySchema]:
    """Every shipped category by slug; a malformed file raises pydantic's ValidationError."""
    schemas = {}
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        schemas[path.stem] = CategorySchema(slug=path.stem, **data)
    return schemas
