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
# Words of Cyrillic letters alone: of others nobody writes the surname first without a comma.
_PATRONYMIC = re.compile(r"^[А-Яа-яЁё]+(?:ович|евич|ьич|овна|евна|ична)$")
_SURNAME = re.compile(
    r"^[А-Яа-яЁё-]+(?:[оеё]в|[иы]н|[оеё]ва|[иы]на|ский|цкий|ская|цкая|енко|[а-я]ук|[ыи]х|ой|ян)$"
)
# First names that end as surnames do.
_FIRST_NAMES = frozenset({
    "августин", "аделина", "алевтина", "алина", "альбина", "ангелина", "антонина", "арина",
    "валентин", "валентина", "вениамин", "галина", "екатерина", "иов", "ирина", "карина",
    "каролина", "кевин", "константин", "кристина", "лев", "мальвина", "марина", "мартин", "нина",
    "павлина", "полина", "регина", "сабина", "севастьян", "устина", "фаина", "эвелина", "эрвин",
    "юстина", "яков", "янина",
})  # fmt: skip


def greet(contact: Contact, vendor: Company | None) -> str:
    """ "Priya", "Dr. Weber", or "Hudson Air Charter team" where no person is known."""
    words = contact.name.split()
    if words and words[0].rstrip(".").lower() in TITLES:
        return f"{words[0]} {words[-1]}"
    if words:
        return _given(words)
    return f"{vendor.name} team" if vendor else "there"


def _given(words: Sequence[str]) -> str:
    """The first name; Russian lists write the surname first: “Волкова Дарья Игоревна”. Pure."""
    first, second = words[0], words[1] if len(words) > 1 else ""
    if len(words) > 2 and _PATRONYMIC.search(words[2]):
        return second
    if second and not _PATRONYMIC.search(second) and _is_surname(first) > _is_surname(second):
        return second
    return first


def _is_surname(word: str) -> bool:
    return bool(_SURNAME.search(word)) and word.casefold() not in _FIRST_NAMES


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
