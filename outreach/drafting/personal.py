"""What makes a draft personal: the greeting, and why this vendor is asked."""

import re
from collections.abc import Sequence

from crm.models import Company, Contact
from crm.places import covers, describe_airport

TITLES = frozenset({"mr", "mrs", "ms", "dr", "prof", "mx", "herr", "frau", "m", "mme", "sr", "sra"})

# Regions that English puts an article before.
_THE = re.compile(
    r"(?:north|south|east|west|mid)\w*(?: coast)?|united .+|.+ (?:states|islands|mountains)|"
    r"caribbean|mediterranean|middle east|bahamas|netherlands|hamptons|nordics|balearics|us|uk|usa"
    r"|tri-?state.*",
    re.IGNORECASE,
)


def greet(contact: Contact, vendor: Company | None) -> str:
    """ "Priya", "Dr. Weber", or "Hudson Air Charter team" where no person is known."""
    words = contact.name.split()
    if words and words[0].rstrip(".").lower() in TITLES:
        return f"{words[0]} {words[-1]}"
    if words:
        return words[0]
    return f"{vendor.name} team" if vendor else "there"


def why_this_vendor(vendor: Company | None, category: str, places: Sequence[str]) -> str:
    """One true sentence on why they are asked: a place they serve, else what they offer."""
    if vendor is None:
        return ""
    for place in places:
        for region in map(str, vendor.regions):
            if covers(region, place):
                where = describe_airport(place).split(" (")[0]
                named = where if region.lower() in where.lower() else region
                return f"I am turning to {vendor.name} because you serve {_article(named)}."
    return f"I am turning to {vendor.name} because {category.lower()} is your field."


def _article(region: str) -> str:
    return f"the {region}" if _THE.fullmatch(region) else region
