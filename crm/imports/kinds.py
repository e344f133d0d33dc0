"""The kinds of lists there are: their fields, what they must have, and who takes them in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from crm.choices import CompanyKind
from crm.imports import companies, contacts, leads
from crm.imports.columns import COMPANY_FIELDS, CONTACT_FIELDS, LEAD_FIELDS
from crm.imports.portion import TakeIn
from crm.imports.problems import BadFileError
from crm.imports.table import Table
from crm.models.imported import ImportKind

PROSPECTS = (
    "There are no addresses and no categories: these companies come in as prospects, not as "
    "vendors."
)


@dataclass(frozen=True, slots=True)
class Kind:
    """`check` raises BadFileError for a table that lacks what rows need; `portion` is how many
    rows are kept at once; `permission` is needed to take such a list in."""

    fields: Mapping[str, str]
    example: str
    take_in: TakeIn
    check: Callable[[Table], None]
    portion: int
    permission: str
    needs: str


def _check_companies(table: Table) -> None:
    if "name" not in table.fields:
        raise BadFileError(
            f"The column “name” is missing. A good first line is {companies.EXAMPLE}."
        )
    told = table.plan.company_kind
    if not told and companies.kind_by(table.fields) == CompanyKind.PROSPECT:
        table.notes.append(PROSPECTS)


def _check_nothing(table: Table) -> None:
    """Which columns a row needs depends on the row."""


KINDS: dict[str, Kind] = {
    ImportKind.CONTACTS: Kind(
        CONTACT_FIELDS, contacts.EXAMPLE, contacts.take_in_people, _check_nothing, 1000,
        "crm.add_contact", "at least one of e-mail, phone, WhatsApp or a page in each row",
    ),
    ImportKind.COMPANIES: Kind(
        COMPANY_FIELDS, companies.EXAMPLE, companies.take_in_companies, _check_companies, 50,
        "crm.add_company", "the company’s name; for vendors an address too",
    ),
    ImportKind.LEADS: Kind(
        LEAD_FIELDS, leads.EXAMPLE, leads.take_in_leads, leads.check_leads, 1000,
        "crm.add_lead", "parcel, county and state; or, for people alone, an address",
    ),
}  # fmt: skip
