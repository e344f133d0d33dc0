"""Briefs as clients write them, with what must be understood; today is Saturday, 21 Nov 2026."""

import json
from datetime import date
from pathlib import Path
from typing import Any

TODAY = date(2026, 11, 21)
LINES = (Path(__file__).parent / "data" / "briefs.jsonl").read_text(encoding="utf-8").splitlines()
_ROWS: list[dict[str, Any]] = [json.loads(line) for line in LINES]

# (brief, category, the constraints that must come out)
ENGLISH: list[tuple[str, str, dict[str, Any]]] = [
    (row["text"], row["category"], row["truth"]) for row in _ROWS if row["language"] == "en"
]
# (brief, language, category, the constraints that must come out)
OTHER_LANGUAGES: list[tuple[str, str, str, dict[str, Any]]] = [
    (row["text"], row["language"], row["category"], row["truth"])
    for row in _ROWS
    if row["language"] != "en"
]
