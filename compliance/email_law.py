"""Where a cold marketing e-mail is lawful: a country's law in, yes or no with the reason out. Pure.

Only countries whose law somebody entered are open; every other one is refused until they are.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import NamedTuple


class Basis(StrEnum):
    OPT_OUT = "opt_out"  # allowed until the person says no
    COMPANIES = "companies"  # so towards companies; a natural person must have consented
    OPT_IN = "opt_in"  # refused without consent given before


@dataclass(frozen=True, slots=True)
class EmailLaw:
    """What one country (ISO 3166 alpha-2) asks for, and where that is written."""

    country: str
    basis: Basis
    citation: str
    confidence: str
    note: str = ""


class EmailBasis(NamedTuple):
    """May a cold marketing e-mail go there, and why (not), in words with the citation."""

    allowed: bool
    reason: str


def cold_email_basis(country: str, *, to_company: bool = False) -> EmailBasis:
    """Judge a marketing e-mail to somebody who gave no consent, by their country.

    `country` is ISO 3166 alpha-2, a subdivision after it is ignored ("US-FL"); empty or unknown
    is refused. `to_company` says that the address is a company's, where the law tells them apart.
    """
    code = country.strip().upper().split("-")[0]
    if not code:
        return EmailBasis(False, "The person’s country is not known, nor is what its law allows.")
    law = email_laws().get(code)
    if law is None:
        return EmailBasis(
            False,
            f"No law on cold e-mail to {code} is entered: it is refused without consent on record.",
        )
    allowed = law.basis is Basis.OPT_OUT or (law.basis is Basis.COMPANIES and to_company)
    if allowed:
        return EmailBasis(True, f"{code} allows it until the person opts out ({law.citation}).")
    if law.basis is Basis.COMPANIES:
        return EmailBasis(
            False,
            f"{code} allows it to companies only, and this address is not known to be one’s "
            f"({law.citation}).",
        )
    return EmailBasis(False, f"{code} asks for consent before the first e-mail ({law.citation}).")


@cache
def email_laws() -> dict[str, EmailLaw]:
    """Every country entered, by code; ValueError where the file names an unknown basis."""
    text = resources.files("compliance").joinpath("data/email_law.csv").read_text(encoding="utf-8")
    laws = [
        EmailLaw(
            row["country"], Basis(row["basis"]), row["citation"], row["confidence"], row["note"]
        )
        for row in csv.DictReader(text.splitlines())
    ]
    return {law.country: law for law in laws}
