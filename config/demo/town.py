"""Reads the demo town from its file into values."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from outreach.conversations.case import Intent


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Answer(Strict):
    """One thing a vendor sends back, `after` seconds from the mail it answers.

    `means` is what a person would read in it; empty where the desk has nothing to understand.
    """

    after: float
    means: Intent | None = None
    kind: Literal["reply", "auto_reply", "bounce"] = "reply"
    subject: str = ""
    text: str = ""
    html: str = ""
    from_name: str = ""
    from_email: str = ""


class Vendor(Strict):
    name: str
    category: str
    domain: str
    contact: str
    role: str
    city: str
    regions: list[str]
    description: str
    temperament: str
    email: str = ""
    phone: str = ""
    whatsapp: str = ""
    web_form: str = ""
    preferred: str = "email"
    answers: list[Answer] = []


class Brief(Strict):
    category: str
    client: str
    text: str


class Desk(Strict):
    from_name: str
    from_email: str
    title: str


class Town(Strict):
    desk: Desk
    request: list[Brief]
    vendor: list[Vendor]


@cache
def load_town() -> Town:
    """The town as shipped; raises pydantic's error when the file is malformed."""
    path = Path(__file__).with_name("town.toml")
    return Town.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
