"""Where a cold marketing e-mail is lawful: the laws in force in, what they ask for out. Pure.

Only countries whose law somebody entered are open; every other one is refused until they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from compliance.choices import EmailLawBasis
from compliance.countries import name_of
from compliance.implied import Implied, strictest
from compliance.rules.consented import MailDemand


@dataclass(frozen=True, slots=True)
class EmailLaw:
    """What one country (ISO 3166 alpha-2) asks for, and where that is written."""

    country: str
    basis: str  # an EmailLawBasis
    citation: str
    relationship_months: int | None = None
    inquiry_months: int | None = None
    published_address: bool = False

    @property
    def implied(self) -> Implied:
        """What stands for a consent there without anything having been said."""
        return Implied(self.relationship_months, self.inquiry_months, self.published_address)


# By country; several where one gives way to another that night: all of them count.
EmailLaws = Mapping[str, Sequence[EmailLaw]]


# A natural person in a country open to companies only must have agreed in so many words.
EXPRESS_ONLY = frozenset({EmailLawBasis.OPT_IN, EmailLawBasis.COMPANIES})


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
            f"No law on cold e-mail to {name_of(code)} is entered: it is refused without consent "
            "on record.",
        )
    answers = [_by_law(law, to_company) for law in entered]
    return min(answers, key=lambda answer: answer.allowed)


def _by_law(law: EmailLaw, to_company: bool) -> EmailBasis:
    name, citation = name_of(law.country), law.citation
    if law.basis == EmailLawBasis.OPT_OUT or (law.basis == EmailLawBasis.COMPANIES and to_company):
        return EmailBasis(True, f"{name} allows it until the person opts out ({citation}).")
    if law.basis == EmailLawBasis.COMPANIES:
        return EmailBasis(
            False,
            f"{name} allows it to companies only, and this address is not known to be one’s "
            f"({citation}).",
        )
    if law.basis == EmailLawBasis.IMPLIED:
        return EmailBasis(
            False, f"{name} asks for consent, given or implied by {law.implied.words} ({citation})."
        )
    return EmailBasis(False, f"{name} asks for consent before the first e-mail ({citation}).")


def demanded(countries: Iterable[str], laws: EmailLaws, *, to_company: bool = False) -> MailDemand:
    """What marketing must show that may be read in any of these countries: all of their laws."""
    codes = sorted(countries) or [""]
    refused = [
        (code, answer.reason)
        for code in codes
        if not (answer := cold_email_basis(code, laws, to_company=to_company)).allowed
    ]
    if not refused:
        return MailDemand(consent=False)
    reason = " ".join(words for _code, words in refused)
    entered = [laws.get(code, ()) for code, _words in refused]
    binding = list(chain.from_iterable(entered))
    if not all(entered) or any(law.basis in EXPRESS_ONLY for law in binding):
        return MailDemand(True, reason)
    asking = [law.implied for law in binding if law.basis == EmailLawBasis.IMPLIED]
    return MailDemand(True, reason, strictest(asking))


def lasting(kind: str, given_at: datetime, laws: EmailLaws) -> list[tuple[EmailLaw, str]]:
    """The laws that take a consent of this kind as implied, and until when, in words."""
    found = []
    for law in chain.from_iterable(laws.values()):
        if law.basis != EmailLawBasis.IMPLIED or kind not in law.implied.kinds:
            continue
        ends = law.implied.ends(kind, given_at)
        found.append((law, f"until {ends:%d %b %Y}" if ends else "until it is taken down"))
    return found
