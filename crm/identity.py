"""Which company facts mean: by domain, then tax id, registration number, and name.

A number that two websites claim is a mistake or one firm under two addresses: a person says which.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from crm.errors import SharedNumberError
from crm.models import Company

NUMBERS = {"tin": "Tax id", "registration_number": "Registration number"}


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells a company; `domain` may be that of a mailbox where there is no website."""

    name: str
    domain: str | None
    country: str
    numbers: dict[str, str]  # by the fields of NUMBERS
    has_website: bool


def company_meant(marks: Marks) -> Company | None:
    """The company these mean, if it is known; SharedNumberError where a number is another's.

    What a merged company was known by leads to the one it lives on in.
    """
    known = Company.everybody.order_by(F("merged_into").asc(nulls_first=True), "name", "pk")
    by_domain = known.filter(domain=marks.domain).first() if marks.domain else None
    company = by_domain.standing if by_domain else None
    # Numbers are given by countries: the same one of two countries tells nothing.
    here = Q(country__in=("", marks.country)) if marks.country else Q()
    for field, number in marks.numbers.items():
        if not number or (company and getattr(company, field) == number):
            continue
        first = known.filter(here, **{field: number}).first()
        holder = first.standing if first else None
        if holder is None or holder == company:
            continue
        if company is not None or not _may_be(holder, marks):
            raise _shared(field, number, holder, company)
        company = holder
    if company is None:
        same_name = known.filter(name__iexact=marks.name)
        # The same name under another domain is another company.
        by_name = (same_name.filter(domain=None) if marks.domain else same_name).first()
        company = by_name.standing if by_name else None
    return company


def _may_be(company: Company, marks: Marks) -> bool:
    """Whether who has one of the numbers is the company meant: of one name, or nothing differs."""
    if company.name.casefold() == marks.name.casefold():
        return True
    pairs: list[tuple[Any, Any]] = [
        (number, getattr(company, field)) for field, number in marks.numbers.items()
    ]
    pairs += [(marks.domain, company.domain)] if marks.has_website else []
    return all(told == held for told, held in pairs if told and held)


def _shared(field: str, number: str, holder: Company, company: Company | None) -> SharedNumberError:
    whose = f"“{holder}”" + (f" ({holder.domain})" if holder.domain else "")
    if company is not None:
        make_one = f"merge it with “{company}” first"
    elif holder.domain:
        make_one = f"give {holder.domain} as the website"
    else:
        make_one = "give it the same name"
    return SharedNumberError(
        f"{NUMBERS[field]} {number} is that of {whose} already. If they are one company, "
        f"{make_one}; if they are two, correct the number or leave it out.",
        column=field, value=number,
    )  # fmt: skip
