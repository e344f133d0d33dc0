"""What every API shape shares: text that can be stored, and the one who calls."""

from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, StringConstraints


def storable(text: str) -> str:
    """Refuse what the database cannot hold: NUL and lone surrogates."""
    if "\x00" in text:
        raise ValueError("NUL characters are not allowed")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("the text is not valid Unicode") from error
    return text


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


class Reference(Schema):
    """A row by id and by name."""

    id: UUID
    name: str
