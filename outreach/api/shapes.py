"""What every API shape shares: text that can be stored, and the one who calls."""

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, StringConstraints

FIRST_YEAR, LAST_YEAR = 2000, 2100


def storable(text: str) -> str:
    """Refuse what the database cannot hold: NUL and lone surrogates."""
    if "\x00" in text:
        raise ValueError("NUL characters are not allowed")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("the text is not valid Unicode") from error
    return text


def near(moment: datetime) -> datetime:
    """Refuse years in which nobody wrote anything: a day before the first there is no clock."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"the year lies between {FIRST_YEAR} and {LAST_YEAR}")
    return moment


# With its offset from UTC.
Moment = Annotated[AwareDatetime, AfterValidator(near)]
Line = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(storable)]
Text = Annotated[str, AfterValidator(storable)]
# Two letters or nothing: a country by ISO 3166, a state by its postal code.
Country = Annotated[str, StringConstraints(pattern=r"^(?:[A-Za-z]{2})?$")]


class Me(Schema):
    """The key that was sent, and the person it acts for."""

    key: str
    scopes: list[str]
    user: str
    name: str
