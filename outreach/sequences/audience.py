"""Finds the people to enroll: by searching contacts, or from a pasted list with what is known."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from compliance.addresses import BadAddressError, kind_of, normalise
from crm.contact_list import find_contacts
from crm.models import Contact, ContactPoint
from outreach.choices import Channel
from outreach.models import Campaign, Enrollment
from outreach.sequences.left_out import LeftOut
from outreach.sequences.people import NEEDED
from outreach.sequences.wording import FACTS

MOST_AT_ONCE = 2000  # in a browser; the command line takes any number
MOST_CHARACTERS = 500_000
ADDRESS_COLUMNS = ("address", "email", "e-mail", "phone", "number")
OWN_FACTS = {name: words for name, words in FACTS.items() if name != "offer"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the search form asks for; empty parts ask nothing."""

    search: str = ""
    company: str = ""
    country: str = ""
    state: str = ""
    channel: str = ""


def find_people(wanted: Wanted, campaign: Campaign | None = None) -> QuerySet[Contact]:
    """Contacts that fit, without those who are in the campaign already and erased people."""
    rows = find_contacts(company=wanted.company, search=wanted.search).filter(erased_at=None)
    if wanted.country:
        country = wanted.country.upper()
        rows = rows.filter(Q(country=country) | Q(country="", company__country=country))
    if wanted.state:
        rows = rows.filter(state=wanted.state.upper())
    if wanted.channel in Channel.values:
        points = ContactPoint.objects.filter(
            contact=OuterRef("pk"), kind=NEEDED[Channel(wanted.channel)]
        )
        rows = rows.filter(Exists(points))
    if campaign is not None:
        inside = Enrollment.objects.filter(campaign=campaign, contact=OuterRef("pk"))
        rows = rows.exclude(Exists(inside))
    return rows


@dataclass(slots=True)
class Audience:
    """People from a list: their ids in its order, what the list knows of them, who was not found.

    `unread` says in words what is wrong with the list itself.
    """

    contacts: list[UUID] = field(default_factory=list)
    facts: dict[UUID, dict[str, str]] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: an address, normalised, with its kind and what is known."""

    kind: str
    address: str
    facts: Mapping[str, str]


def read_list(text: str) -> tuple[list[Line], list[LeftOut], str]:
    """A pasted list as lines, the lines that cannot be read, and what is wrong with the whole.

    One address a line, or a table (commas, semicolons or tabs) whose first line names the columns:
    one of them the address, the others facts such as property_address. Nothing is looked up.
    """
    if len(text) > MOST_CHARACTERS:
        return [], [], f"The list is longer than {MOST_CHARACTERS:,} characters: give it in parts."
    rows = [[cell.strip() for cell in row] for row in _cells(text.strip())]
    rows = [row for row in rows if any(row)]
    header = [cell.lower().replace(" ", "_") for cell in rows[0]] if rows else []
    column = next((n for n, name in enumerate(header) if name in ADDRESS_COLUMNS), None)
    if column is None:
        if rows and len(rows[0]) > 1:
            return [], [], "Name the columns in the first line: address, then what is known."
        return *_lines([(row[0], {}) for row in rows]), ""
    unknown = [name for n, name in enumerate(header)
               if n != column and name and name not in OWN_FACTS]  # fmt: skip
    if unknown:
        may_be = ", ".join(OWN_FACTS)
        return [], [], f"No text uses “{unknown[0][:40]}”. The columns may be: address, {may_be}."
    pairs = [
        (row[column] if column < len(row) else "",
         {name: value for name, value in zip(header, row, strict=False)
          if name in OWN_FACTS and value})
        for row in rows[1:]
    ]  # fmt: skip
    return *_lines(pairs), ""


def match(text: str) -> Audience:
    """The people of a pasted list; one query for all of them."""
    lines, left_out, unread = read_list(text)
    found = Audience(left_out=left_out, unread=unread)
    holders: dict[str, list[tuple[UUID, str]]] = {}
    rows = ContactPoint.objects.filter(
        value__in={line.address for line in lines}, contact__erased_at=None
    ).values_list("value", "contact", "contact__name")
    for value, contact, name in rows:
        holders.setdefault(value, []).append((contact, name))
    for line in lines:
        held = holders.get(line.address, [])
        if len(held) == 1:
            contact = held[0][0]
            found.contacts.append(contact)
            found.facts[contact] = {**found.facts.get(contact, {}), **line.facts}
        else:
            found.left_out.append(_not_found(line.address, held))
    return found


def _not_found(address: str, held: list[tuple[UUID, str]]) -> LeftOut:
    nobody = UUID(int=0)
    if not held:
        words = f"Nobody here has the address {address}: import them first."
        return LeftOut(nobody, address, "unknown", words)
    names = " and ".join(name or "somebody unnamed" for _pk, name in held[:3])
    return LeftOut(nobody, address, "unknown", f"{address} belongs to {names}: choose by search.")


def _cells(text: str) -> list[list[str]]:
    first = text.partition("\n")[0]
    mark = next((mark for mark in ("\t", ";", ",") if mark in first), "\t")
    try:
        return list(csv.reader(StringIO(text), delimiter=mark))
    except csv.Error:  # a stray quote: take the lines as they are
        return [line.split(mark) for line in text.splitlines()]


def _lines(pairs: Sequence[tuple[str, Mapping[str, str]]]) -> tuple[list[Line], list[LeftOut]]:
    lines, left_out = [], []
    for address, facts in pairs:
        kind = kind_of(address)
        try:
            lines.append(Line(str(kind), normalise(kind, address), facts))
        except BadAddressError as error:
            shown = address[:80] or "An empty line"
            left_out.append(LeftOut(UUID(int=0), shown, "unreadable", str(error)))
    return lines, left_out
