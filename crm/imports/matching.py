"""Who of a portion's rows is known already: by mailbox, number, or name at a company."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from django.db.models.functions import Lower

from crm.choices import PointKind
from crm.imports.cells import is_role_account
from crm.imports.people import Draft
from crm.imports.problems import Reason, RefusedRowError
from crm.merging.near import folded, may_be_one
from crm.models import Contact, ContactPoint

NUMBERS = (PointKind.PHONE, PointKind.WHATSAPP)


class KnownPeople:
    """Reads everybody a portion could mean with a handful of questions.

    `also` are people who may be meant for another reason, by key.
    """

    def __init__(self, drafts: Sequence[Draft], *, also: Collection[UUID] = ()) -> None:
        emails = {email for draft in drafts for email in draft.emails}
        numbers = {number for draft in drafts for number in draft.numbers()}
        held = _holders([PointKind.EMAIL], emails) + _holders(NUMBERS, numbers)
        companies = {d.company.pk for d in drafts if d.company and not d.company._state.adding}
        names = {draft.folded for draft in drafts if draft.name}
        colleagues = _colleagues(companies, names)
        wanted = {contact for contact, _ in held} | {pk for pk, _, _ in colleagues} | set(also)
        self.people = Contact.objects.select_related("company").in_bulk(list(wanted))
        self.points: defaultdict[UUID, list[ContactPoint]] = defaultdict(list)
        for point in ContactPoint.objects.filter(contact__in=wanted):
            self.points[point.contact_id].append(point)
        self._by_value: defaultdict[str, list[Contact]] = defaultdict(list)
        for contact, value in held:
            self._by_value[value].append(self.people[contact])
        self._by_name: defaultdict[tuple[UUID | None, str], list[Contact]] = defaultdict(list)
        for pk, company, name in colleagues:
            self._by_name[company, name].append(self.people[pk])

    def find(self, draft: Draft, is_free: Callable[[Contact], bool]) -> Contact | None:
        """The person of this row; `is_free` tells that no other row of the list is them."""
        return self._by_email(draft) or self._by_number(draft) or self._by_names(draft, is_free)

    def learn(self, contact: Contact, points: Sequence[ContactPoint]) -> None:
        """Know a person of this portion, or more addresses of one, for the rows that follow."""
        self.people[contact.pk] = contact
        self.points[contact.pk] += points
        for point in points:
            self._by_value[point.value].append(contact)

    def _by_email(self, draft: Draft) -> Contact | None:
        for email in draft.emails:
            found = self._by_value.get(email, [])
            if is_role_account(email):  # several people may share it
                found = [one for one in found if one.name.casefold() == draft.folded]
            if found:
                return _best(found, draft)
        return None

    def _by_number(self, draft: Draft) -> Contact | None:
        for number in draft.numbers():
            found = self._by_value.get(number, [])
            if draft.folded:
                same = [one for one in found if one.name.casefold() == draft.folded]
                nameless = [one for one in found if not one.name and not self._has_email(one)]
                found = same or ([] if draft.emails else nameless)
            elif draft.emails:
                found = []  # a number alone does not make a mailbox somebody's
            if found:
                return _best(found, draft)
        return None

    def _by_names(self, draft: Draft, is_free: Callable[[Contact], bool]) -> Contact | None:
        if not draft.folded or draft.company is None:
            return None
        found = [
            one
            for one in self._by_name.get((draft.company.pk, draft.folded), [])
            if is_free(one) and not (draft.emails and self._has_email(one))
        ]
        return found[0] if len(found) == 1 else None

    def _has_email(self, contact: Contact) -> bool:
        return any(point.kind == PointKind.EMAIL for point in self.points[contact.pk])


def _holders(kinds: Collection[PointKind], values: set[str]) -> list[tuple[UUID, str]]:
    if not values:
        return []
    points = ContactPoint.objects.filter(kind__in=kinds, value__in=values)
    return list(points.order_by("created_at", "pk").values_list("contact", "value"))


def _colleagues(companies: set[UUID], names: set[str]) -> list[tuple[UUID, UUID, str]]:
    """Who bears one of the names at one of the companies, with the company and the name.

    Names in ASCII are looked for by the database, or a company's whole staff would be read each
    time; of other letters not every database knows which is which.
    """
    named = Contact.objects.filter(company__in=companies, erased_at=None)
    if all(map(str.isascii, names)):
        named = named.annotate(lowered=Lower("name")).filter(lowered__in=names)
    return [
        (pk, company, name.casefold())
        for pk, company, name in named.order_by().values_list("pk", "company", "name")
        if name and name.casefold() in names
    ]


def _best(found: list[Contact], draft: Draft) -> Contact:
    """Of several with one address: at the row's company, of the row's name, the oldest."""
    company = draft.company.pk if draft.company else None
    return max(
        found, key=lambda one: (one.company_id == company, one.name.casefold() == draft.folded)
    )


def check_name(draft: Draft, contact: Contact, known: KnownPeople) -> None:
    """Who is known by a mailbox may be called otherwise by now; another name is somebody else.

    RefusedRowError where the names have nothing in common; where they have, the row says so.
    """
    if not draft.folded or not contact.name or contact.name.casefold() == draft.folded:
        return
    told, held = folded(draft.name), folded(contact.name)
    if may_be_one(told, held):
        return
    there = {point.value for point in known.points[contact.pk]}
    email = next((one for one in draft.emails if one in there), "")
    # The same name in two alphabets has no letter in common.
    if told.isascii() == held.isascii() and set(told.split()).isdisjoint(held.split()):
        words = (
            f"{email} is the address of {contact.name} already. If {draft.name} is the same "
            "person, correct the name there first; if they are two, give this one an address of "
            "their own."
        )
        raise RefusedRowError(Reason.SHARED, words, column="email", value=email)
    words = (
        f"{email} was the address of {contact.name} and is that of {draft.name} now: the same "
        "person, by that. If they are two, correct the name and give each their own address."
    )
    draft.flags.append(RefusedRowError(Reason.SHARED, words, column="email", value=email))
