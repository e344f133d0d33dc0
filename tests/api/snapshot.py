"""Writes the API's promise to `tests/api/openapi.json`: `python -m tests.api.snapshot`."""

import json
import os
from pathlib import Path
from typing import Any

PATH = Path(__file__).parent / "openapi.json"


def current() -> dict[str, Any]:
    """The API's documentation as it is served now."""
    from config.api import api

    return json.loads(json.dumps(api.get_openapi_schema(), default=str))


def as_text(schema: dict[str, Any]) -> str:
    """Stable and readable, so that diffs are small."""
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    PATH.write_text(as_text(current()), encoding="utf-8")
    print(f"Wrote {PATH}.")
