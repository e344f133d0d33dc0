"""What cities are called in other languages, from the CLDR data that Babel carries."""

from functools import cache

from crm.places.airports import key, names, stem_key

LANGUAGES = ("es", "fr", "de", "it", "pt", "nl", "ru")


@cache
def english_names() -> dict[str, str]:
    """Foreign city name (key, and stem for Russian) → English city key."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for local, english in _cldr_cities(language).items():
            found.setdefault(key(local), english)
            found.setdefault(stem_key(local), english)
    for local, english in names()["aliases"].items():
        found[key(local)] = english
        found[stem_key(local)] = english
    return found


def _cldr_cities(language: str) -> dict[str, str]:
    from babel import Locale

    cities = {}
    for zone, data in Locale(language).time_zones.items():
        local = data.get("city")
        if local and "/" in zone:
            cities[str(local)] = key(zone.rsplit("/", 1)[1])
    return cities


def english_key(name: str) -> str:
    """The English key of a city named in any of our languages; unknown names keep their own."""
    plain = key(name)
    table = english_names()
    return table.get(plain) or table.get(stem_key(name)) or plain
