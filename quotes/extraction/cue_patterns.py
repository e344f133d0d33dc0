"""How the words around a value become one pattern."""

import re


def cue(*sources: str) -> re.Pattern[str]:
    """One pattern over lower-case text out of several alternatives."""
    return re.compile("|".join(f"(?:{source})" for source in sources))
