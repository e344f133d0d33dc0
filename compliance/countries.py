"""What countries are called."""

from collections.abc import Mapping
from functools import cache


@cache
def country_names() -> Mapping[str, str]:
    """English names by ISO 3166 alpha-2 code."""
    from babel import Locale  # reads its tables from disk, and only words need them

    territories = Locale("en").territories
    return {code: name for code, name in territories.items() if len(code) == 2 and code != "ZZ"}


def name_of(code: str) -> str:
    """“RU” → “Russia”; what is no country's code stays as it is."""
    return country_names().get(code, code)
