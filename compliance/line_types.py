"""What kind of line a number is, and what the gate makes of each. Pure."""

from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberType

from compliance.choices import LineType

WHAT_FOLLOWS: dict[str, str] = {
    LineType.MOBILE: "Texts and calls may go, within every other rule.",
    LineType.LANDLINE: "No text goes to it; calls may.",
    LineType.VOIP: "Texts may go as to a mobile. Its area code says little of where the person is: "
    "the hours of every place we know of count.",
    LineType.UNKNOWN: "Texts may go: an American number does not show what it is. The carrier’s "
    "first refusal calls it a landline, and no further text goes to it.",
}
BY_PLAN = {
    PhoneNumberType.MOBILE: LineType.MOBILE,
    PhoneNumberType.FIXED_LINE: LineType.LANDLINE,
    PhoneNumberType.VOIP: LineType.VOIP,
}


def line_of(number: str, told: str) -> LineType:
    """What was told of a number (E.164), else what its country's numbering plan shows."""
    known = LineType(told) if told in LineType.values else LineType.UNKNOWN
    return known if known != LineType.UNKNOWN else _by_plan(number)


def in_words(number: str, told: str) -> str:
    """“Landline: No text goes to it; calls may.”, for whoever asks why."""
    line = line_of(number, told)
    return f"{line.label}: {WHAT_FOLLOWS[line]}"


@lru_cache(maxsize=20_000)
def _by_plan(number: str) -> LineType:
    """Most countries keep mobiles apart; North America does not."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return LineType.UNKNOWN
    return BY_PLAN.get(phonenumbers.number_type(parsed), LineType.UNKNOWN)
