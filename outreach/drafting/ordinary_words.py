"""Words that begin sentences or stand capitalised in any business letter, and name nobody."""

from pathlib import Path


def _read() -> frozenset[str]:
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


_WORDS = _read()
OPENERS = frozenset(word for word in _WORDS if word.islower())
ACRONYMS = _WORDS - OPENERS
