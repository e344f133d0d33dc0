"""Whether somebody who serves a region serves a place in it."""

from functools import lru_cache

from crm.places.airports import by_city, key, names
from crm.places.cities import english_key
from crm.places.describe import region_key, regions_of
from crm.places.lookup import country_code, is_known_place

CONTINENTS = frozenset({"europe", "asia", "africa", "america", "australia", "pacific"})


@lru_cache(maxsize=8192)
def covers(region: str, place: str) -> bool | None:
    """Whether a region, in a vendor's words, takes in a place; None if we cannot tell."""
    name = key(region).removesuffix(" us").removesuffix(" usa")
    name = "america" if name == "americas" else name
    areas = names()["areas"]
    inside = regions_of(place)
    if name in areas:
        return not areas[name] or bool(inside & set(areas[name]))
    if {region_key(region), name} & inside:
        return True
    understood = name in CONTINENTS or is_known_place(region) or country_code(region) is not None
    located = len(inside) > 1 or english_key(place) in by_city()
    return False if understood and located else None
