"""Addresses in the one form they are stored in: IDNA e-mail, E.164, https URL, domain."""

import re
from urllib.parse import urlsplit

from compliance import addresses
from crm.choices import PointKind
from crm.errors import BadAddressError

# Everybody's mail lives there, so these say nothing about a company.
SHARED_DOMAINS = frozenset(
    {
        "gmail.com", "googlemail.com", "yahoo.com", "hotmail.com", "outlook.com", "live.com",
        "icloud.com", "me.com", "aol.com", "gmx.de", "gmx.net", "gmx.com", "web.de", "t-online.de",
        "orange.fr", "free.fr", "wanadoo.fr", "libero.it", "mail.ru", "yandex.ru", "bk.ru",
        "proton.me", "protonmail.com", "comcast.net", "att.net", "verizon.net", "msn.com",
    }
)  # fmt: skip
# Names that IDNA leaves as they are; the slow way is for all others.
PLAIN_HOST = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+", re.ASCII)


def normalise_email(text: str) -> str:
    """The address in lower case with an IDNA domain; BadAddressError says what is wrong with it."""
    try:
        return addresses.normalise_email(text)
    except addresses.BadAddressError as error:
        raise BadAddressError(str(error)) from error


def normalise_phone(text: str, *, country: str = "US") -> str:
    """The number in E.164; a number without a country code is read as one of `country`."""
    try:
        return addresses.normalise_phone(text, country=country)
    except addresses.BadAddressError as error:
        raise BadAddressError(str(error)) from error


def normalise_url(text: str) -> str:
    """The address of a page, with https where no scheme is given."""
    bare = text.strip()
    url = bare if re.match(r"https?://", bare, re.IGNORECASE) else f"https://{bare}"
    try:
        parts = urlsplit(url)
    except ValueError as error:  # brackets that hold no IPv6 address
        raise BadAddressError(f"“{bare[:100]}” is not the address of a web page.") from error
    if not re.fullmatch(r"[\w.-]+\.[a-zA-Z]{2,}(?::\d+)?", parts.netloc):
        raise BadAddressError(f"“{bare[:100]}” is not the address of a web page.")
    return parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()).geturl()


def normalise_domain(text: str) -> str | None:
    """A company's domain from a site, an e-mail or a bare name; None for shared mail hosts."""
    bare = text.strip().lower()
    if "@" in bare:
        bare = bare.rsplit("@", 1)[1]
    plain = bare.removeprefix("www.")
    if PLAIN_HOST.fullmatch(plain):
        return None if plain in SHARED_DOMAINS else plain
    try:
        host = urlsplit(bare if "//" in bare else f"//{bare}").hostname or ""
    except ValueError:  # brackets that hold no IPv6 address
        return None
    host = host.removeprefix("www.").strip(".")
    try:
        ascii_host = host.encode("idna").decode("ascii") if host else ""
    except UnicodeError:
        return None
    if "." not in ascii_host or ascii_host in SHARED_DOMAINS:
        return None
    return ascii_host


def normalise_point(kind: str, value: str, *, country: str = "US") -> str:
    """One contact point's value in its stored form, by its kind."""
    if kind == PointKind.EMAIL:
        return normalise_email(value)
    if kind in {PointKind.PHONE, PointKind.WHATSAPP}:
        return normalise_phone(value, country=country)
    return normalise_url(value)
