"""Reads the demo's home owners, and who writes to them, from their file into values."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from config.demo.town import Answer, Strict
from outreach.conversations.case import Intent


class TextBack(Strict):
    """What an owner texts back to the `on`-th text they got; `means` as in an answer by mail."""

    on: int
    means: Intent | None = None
    text: str


class MailBack(Answer):
    """What an owner mails back to the `on`-th mail they got."""

    on: int


class Owner(Strict):
    name: str
    property: str
    market: str
    state: str
    postal_code: str
    parcel: str = ""
    reason: str = ""
    score: float | None = None
    tier: str = ""
    temperament: str
    email: str = ""
    phones: list[str] = []
    dead: Literal["", "out_of_service", "landline"] = ""
    consent: bool = True
    listed: bool = False
    texts: list[TextBack] = []
    mails: list[MailBack] = []


class Seller(Strict):
    """Who writes to the owners; `consent` is the sentence they ticked, on `page`."""

    name: str
    postal_address: str
    contact: str
    san: str
    number: str
    from_name: str
    from_email: str
    title: str
    page: str
    consent: str


class Owners(Strict):
    seller: Seller
    owner: list[Owner]


@cache
def load_owners() -> Owners:
    """The owners as shipped; raises pydantic's error when the file is malformed."""
    path = Path(__file__).with_name("owners.toml")
    return Owners.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
