"""Where a cold marketing e-mail is lawful: the laws in force in, what they ask for out. Pure.

Only countries whose law somebody entered are open; every other one is refused until they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from compliance.choices import EmailLawBasis
from compliance.rules.consented import MailBasis, MailDemand


@dataclass(frozen=True, slots=True)
class EmailLaw:
    """What one country (ISO 3166 alpha-2) asks for, and where that is written."""

    country: str
    basis: str  # an EmailLawBasis
    citation: str


# By country; several where one gives way to another that night: all of them count.
EmailLaws = Mapping[str, Sequence[EmailLaw]]


class EmailBasis(NamedTuple):
    """May a cold marketing e-mail go there, and why (not), in words with the citation."""

    allowed: bool
    reason: str


def cold_email_basis(country: str, laws: EmailLaws, *, to_company: bool = False) -> EmailBasis:
    """Judge a marketing e-mail to somebody who gave no consent, by their country.

    `country` is ISO 3166 alpha-2, a subdivision after it is ignored ("US-FL"); empty or unknown
    is refused. `to_company` says that the address is a company's, where the law tells them apart.
    """
    code = country.strip().upper().split("-")[0]
    if not code:
        return EmailBasis(False, "The person’s country is not known, nor is what its law allows.")
    entered = laws.get(code)
    if not entered:
        return EmailBasis(
            False,
            f"No law on cold e-mail to {code} is entered: it is refused without consent on record.",
        )
    answers = [_by_law(law, to_company) for law in entered]
    return min(answers, key=lambda answer: answer.allowed)


def _by_law(law: EmailLaw, to_company: bool) -> EmailBasis:
    code, citation = law.country, law.citation
    if law.basis == EmailLawBasis.OPT_OUT or (law.basis == EmailLawBasis.COMPANIES and to_company):
        return EmailBasis(True, f"{code} allows it until the person opts out ({citation}).")
    if law.basis == EmailLawBasis.COMPANIES:
        return EmailBasis(
            False,
            f"{code} allows it to companies only, and this address is not known to be one’s "
            f"({citation}).",
        )
    return EmailBasis(False, f"{code} asks for consent before the first e-mail ({citation}).")


def demanded(countries: Iterable[str], laws: EmailLaws, *, to_company: bool = False) -> MailDemand:
    """What marketing must show that may be read in any of these countries: all of their laws."""
    answers = [
        cold_email_basis(country, laws, to_company=to_company) for country in sorted(countries)
    ]
    if not answers:
        answers = [cold_email_basis("", laws)]
    refused = [answer.reason for answer in answers if not answer.allowed]
    return MailDemand(MailBasis.EXPRESS if refused else MailBasis.NONE, " ".join(refused))
