"""No text goes to a landline: nobody reads it there, and some carriers read it aloud."""

from compliance.choices import LineType
from compliance.line_types import line_of


def refusals(channel: str, to: str, line_type: str) -> list[str]:
    """Reasons why this number gets no text; `line_type` is what was told of it (a LineType).

    VoIP numbers and those whose kind nobody knows get texts: see `line_types.WHAT_FOLLOWS`.
    """
    if channel != "sms" or line_of(to, line_type) != LineType.LANDLINE:
        return []
    return [f"{to} is a landline: no text goes to it. Call, or use another number."]
