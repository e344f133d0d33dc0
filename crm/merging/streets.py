"""Street addresses in one spelling, to see that two are the same place. Pure."""

import re
import unicodedata

# As the postal service shortens them (USPS Publication 28, appendices B and C2).
SHORT = {
    "street": "st", "str": "st", "avenue": "ave", "av": "ave", "boulevard": "blvd", "drive": "dr",
    "road": "rd", "lane": "ln", "court": "ct", "circle": "cir", "place": "pl", "terrace": "ter",
    "trail": "trl", "parkway": "pkwy", "highway": "hwy", "square": "sq", "way": "way",
    "north": "n", "south": "s", "east": "e", "west": "w",
    "northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw",
    "apartment": "unit", "apt": "unit", "suite": "unit", "ste": "unit", "unit": "unit",
}  # fmt: skip


def street_key(address: str) -> str:
    """“123 N. Main Street, Apt. 4” and “123 north main st #4” are one; “” without a number.

    What stands behind the street (a city, a ZIP code) is not told apart from it: both addresses
    have to be written alike in that.
    """
    folded = unicodedata.normalize("NFKD", address.casefold().replace("#", " unit "))
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    words = [SHORT.get(word, word) for word in re.findall(r"\w+", bare.replace(".", ""))]
    kept = [word for n, word in enumerate(words) if word != "unit" or words[n - 1 : n] != ["unit"]]
    return " ".join(kept) if len(kept) > 1 and any(one[0].isdigit() for one in kept) else ""
