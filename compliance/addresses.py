"""Addresses in the one form compliance stores and finds: IDNA e-mail, E.164, ASCII domain."""

import re
from functools import lru_cache

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from compliance.choices import AddressKind

E164 = re.compile(r"\+[1-9]\d{6,14}")
LETTER = re.compile(r"[^\W\d_]")
# Nothing here needs the slow way: these are in their stored form once they are in lower case.
PLAIN_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)


class BadAddressError(Exception):
    """What cannot be an address, with the reason and what to do."""


def normalise(kind: str, address: str, *, country: str = "US") -> str:
    """The stored form of an address; BadAddressError says what is wrong with it.

    `kind` is an AddressKind; a number without a country code is read as one of `country`
    (ISO 3166).
    """
    if kind == AddressKind.PHONE:
        return normalise_phone(address, country=country)
    if kind == AddressKind.DOMAIN:
        return normalise_domain(address)
    return normalise_email(address)


def normalise_email(text: str) -> str:
    """The address in lower case with an IDNA domain."""
    bare = text.strip().removeprefix("mailto:").strip("<>")
    try:
        found = validate_email(bare, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise BadAddressError(
            f"“{text.strip()[:100]}” is not an e-mail address: {error}"
        ) from error
    local = found.ascii_local_part or found.local_part
    return f"{local}@{found.ascii_domain}".lower()


def normalise_phone(text: str, *, country: str = "US") -> str:
    """The number in E.164.

    Letters are refused: “1-800-FLOWERS” has two readings, and “ext. 5” is no part of a number.
    """
    bare = text.strip().removeprefix("tel:")
    if LETTER.search(bare):
        raise BadAddressError(
            f"“{bare[:60]}” has letters in it. Write the phone number in digits, "
            "without an extension."
        )
    try:
        number = phonenumbers.parse(bare, (country or "US").upper())
    except phonenumbers.NumberParseException as error:
        raise BadAddressError(f"“{bare[:60]}” is not a phone number.") from error
    if not phonenumbers.is_possible_number(number):
        raise BadAddressError(f"“{bare[:60]}” has the wrong number of digits for a phone.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normalise_domain(text: str) -> str:
    """A mail domain in ASCII, without a leading “@”."""
    bare = text.strip().lstrip("@").rstrip(".")
    try:
        found = validate_email(f"x@{bare}", check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise BadAddressError(
            f"“{text.strip()[:100]}” is not a mail domain; one looks like jets.example."
        ) from error
    return found.ascii_domain.lower()


@lru_cache(maxsize=20_000)
def as_heard(kind: str, address: str) -> str:
    """The stored form, or, where it has none, the address as it was heard, in lower case.

    For looking up and for opt-outs: what cannot be read must neither raise nor get lost.
    """
    bare = address.strip()
    if kind == AddressKind.EMAIL and PLAIN_EMAIL.fullmatch(bare):
        return bare.lower()
    if kind == AddressKind.PHONE and E164.fullmatch(bare):
        return bare
    try:
        return normalise(kind, bare)
    except BadAddressError:
        cleaned = bare.lower()
        return cleaned.lstrip("@") if kind == AddressKind.DOMAIN else cleaned


def kind_of(address: str) -> AddressKind:
    """What an address looks like, for lists that don't say.

    “@” within makes mail, a dot before letters at the end a domain, digits otherwise a number.
    """
    bare = address.strip()
    if "@" in bare.lstrip("@"):
        return AddressKind.EMAIL
    is_number = re.search(r"\d", bare) and not re.search(r"\.[^\W\d_][\w-]*$", bare)
    return AddressKind.PHONE if is_number else AddressKind.DOMAIN
