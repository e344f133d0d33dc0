"""Phone numbers as the do-not-call lists know them: ten digits of the American plan."""

import re
from functools import lru_cache

import phonenumbers

from compliance.dnc.errors import DncRefused
from compliance.zones import US_REGIONS

_E164 = re.compile(r"\+[1-9]\d{7,14}")
_AMERICAN = re.compile(r"\+1[2-9]\d{9}")


def is_e164(phone: str) -> bool:
    """Whether the text is a number in international form, such as +15615550123."""
    return _E164.fullmatch(phone) is not None


def ten_digits(phone: str) -> int | None:
    """5615550123 for +15615550123; None for a number no American list can hold."""
    return int(phone[2:]) if _AMERICAN.fullmatch(phone) else None


def area_code_of(phone: str) -> str | None:
    """The area code whose list must be asked; None outside the United States.

    Codes phonenumbers does not place count as American: what is unknown is not let through.
    """
    if _AMERICAN.fullmatch(phone) is None:
        return None
    return phone[2:5] if _on_registry(phone[2:5]) else None


@lru_cache(maxsize=1000)
def _on_registry(area_code: str) -> bool:
    # Any seven digits will do: the plan's regions are told by area code alone.
    number = phonenumbers.parse(f"+1{area_code}2345678")
    region = phonenumbers.region_code_for_number(number)
    return region is None or region in US_REGIONS  # the registry serves the territories too


def read_phone(text: str) -> str:
    """What a person typed, in international form; without a country it is American.

    Raises DncRefused for what is no phone number.
    """
    refusal = DncRefused(f"“{text}” is no phone number: write it as +15615550123.")
    if any(character.isalpha() for character in text):  # a slip, more often than a vanity number
        raise refusal
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException as error:
        raise refusal from error
    phone = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if not phonenumbers.is_possible_number(number) or not is_e164(phone):
        raise refusal
    return phone
