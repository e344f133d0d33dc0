"""What a place name or airport code means: airports, cities, regions; no database, no network."""

from crm.places.airports import Airport, airport_by_code
from crm.places.describe import describe_airport, region_key, regions_of
from crm.places.lookup import Resolution, is_known_place, resolve_airport
from crm.places.regions import covers

__all__ = [
    "Airport",
    "Resolution",
    "airport_by_code",
    "covers",
    "describe_airport",
    "is_known_place",
    "region_key",
    "regions_of",
    "resolve_airport",
]
