"""Places in words: "Teterboro (TEB)", and the regions a place belongs to."""

from crm.places.airports import NOISE, airport_by_code, by_city, by_iata, key, metros, names
from crm.places.cities import english_key
from crm.places.lookup import country_code, resolve_airport


def describe_airport(code: str) -> str:
    """An airport as people write it: "Teterboro (TEB)"; unknown codes come back as given."""
    if code in names()["metros"] or (code in metros() and code not in by_iata()):
        return f"{metros()[code][0]} (any airport)"
    airport = airport_by_code(code)
    if airport is None:
        return code
    city = airport.city or airport.name
    siblings = by_city().get(key(city), ())
    resolved = resolve_airport(city)
    if len(siblings) <= 1 or (resolved is not None and resolved.code == code):
        return f"{city} ({code})"
    return f"{_full_name(city, airport.name)} ({code})"


def _full_name(city: str, name: str) -> str:
    parts = name.replace("/", " ").replace("-", " ").split()
    words = [part for part in parts if not NOISE.fullmatch(part.lower())]
    short = " ".join(words)
    if key(short).startswith(key(city)):
        return short
    return f"{city} {short}" if len(words) <= 2 else city


def regions_of(place: str) -> set[str]:
    """Keys of everything a place (code, city, "City, State") lies in: itself to its continent.

    Unknown places give just their own key, so that a vendor who names the same town still fits.
    """
    bare, _, qualifier = place.partition(",")
    found = {key(place), key(bare), english_key(bare)} - {""}
    if qualifier.strip():
        found.add(key(names()["states"].get(qualifier.strip().upper(), qualifier)))
    for code in _codes_for(place):
        airport = airport_by_code(code)
        if airport:
            found |= {key(airport.city), key(airport.region), airport.country.lower()}
            found.add(key(airport.timezone.split("/")[0]))
            found.add(airport.code.lower())
            found |= {key(name) for name, codes in metros().values() if airport.code in codes}
    country = country_code(place)
    if country:
        found.add(country.lower())
    return {f for f in found if f}


def _codes_for(place: str) -> tuple[str, ...]:
    resolved = resolve_airport(place)
    if resolved is None:
        return ()
    if resolved.code in metros() and resolved.code not in by_iata():
        return metros()[resolved.code][1]
    if resolved.code:
        return (resolved.code,)
    return ()


def region_key(region: str) -> str:
    """A vendor's region as `regions_of` writes it: countries as codes, the rest as keys."""
    country = country_code(region)
    return country.lower() if country else english_key(region)
