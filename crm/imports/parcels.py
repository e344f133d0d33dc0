"""The properties and leads a portion of rows names: found by parcel and person, or made."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from simple_history.utils import bulk_update_with_history

from compliance import audit, bulk
from crm.choices import CLOSED_LEADS, LeadStatus
from crm.imports.changes import Changes
from crm.imports.people import Draft
from crm.imports.problems import Reason, RefusedRowError
from crm.leads import lock_people
from crm.models import Contact, Lead, Property
from crm.pipeline.advance import THEY_ASKED, advance
from crm.wishes import want_nothing

ABOUT_PROPERTY = ("situs_address", "city", "postal_code", "distress_reason")
ABOUT_LEAD = ("score", "tier", "market", "deal_value", "currency", "source", "notes")
Place = tuple[str, str, str]  # state, county without case, parcel


@dataclass(slots=True)
class LeadDraft:
    """One sound row of a list of leads: the person, the property and what is said of both."""

    person: Draft
    parcel_id: str = ""
    county: str = ""
    state: str = ""
    situs_address: str = ""
    city: str = ""
    postal_code: str = ""
    distress_reason: str = ""
    score: float | None = None
    tier: str = ""
    market: str = ""
    deal_value: Decimal | None = None
    currency: str = ""
    source: str = ""
    notes: str = ""

    @property
    def place(self) -> Place | None:
        """How its property is known; None for a lead without one."""
        return (self.state, self.county.casefold(), self.parcel_id) if self.parcel_id else None

    @property
    def is_of_somebody(self) -> bool:
        """Whether the row names anybody."""
        return bool(self.person.folded or self.person.points)

    def keys(self) -> list[str]:
        """What no other row of the list may have: the property with each address, else the name."""
        person = self.person
        own = [*person.emails, *(f"{number}|{person.folded}" for number in person.numbers())]
        where = "|".join(self.place or ())
        return [f"l:{where}|{one}" for one in own or [f"n:{person.folded}"]]


@dataclass(slots=True)
class Parcels:
    """Reads the properties and leads of a portion with three questions; writes with one each."""

    changes: Changes
    properties: dict[Place, Property] = field(default_factory=dict)
    made: list[Property] = field(default_factory=list)
    changed: dict[Property, dict[str, None]] = field(default_factory=dict)
    leads_made: list[Lead] = field(default_factory=list)
    leads_changed: dict[Lead, dict[str, None]] = field(default_factory=dict)
    _at: defaultdict[UUID | None, list[Lead]] = field(default_factory=lambda: defaultdict(list))
    _of: defaultdict[UUID | None, list[Lead]] = field(default_factory=lambda: defaultdict(list))

    def read(self, drafts: Sequence[LeadDraft]) -> None:
        """Find the properties of these rows, with their leads and people."""
        named = {draft.place for draft in drafts if draft.place}
        asked = {"state__in": {one[0] for one in named}, "parcel_id__in": {one[2] for one in named}}
        for one in Property.objects.filter(**asked).order_by("created_at", "pk") if named else ():
            self.properties.setdefault((one.state, one.county.casefold(), one.parcel_id), one)
        places = [one.pk for one in self.properties.values()]
        for lead in Lead.objects.filter(property__in=places).select_related("contact"):
            self._at[lead.property_id].append(lead)

    def read_people(self, drafts: Sequence[LeadDraft], people: Sequence[UUID]) -> None:
        """Find the leads without a property of the people known."""
        if any(draft.place is None for draft in drafts):
            for lead in Lead.objects.filter(contact__in=people, property=None):
                self._of[lead.contact_id].append(lead)

    def owner(self, draft: LeadDraft) -> Contact | None:
        """Who is known at the row's property under the row's name."""
        place = self.properties.get(draft.place) if draft.place else None
        folded = draft.person.folded
        people = (lead.contact for lead in self._at[place.pk]) if place and folded else ()
        return next((one for one in people if one and one.name.casefold() == folded), None)

    def owners(self, drafts: Sequence[LeadDraft]) -> set[UUID]:
        """All of them."""
        return {one.pk for one in map(self.owner, drafts) if one}

    def settle_property(
        self, draft: LeadDraft, *, is_claimed: bool
    ) -> tuple[Property | None, bool]:
        """The row's property with what the row says of it, and whether that was news.

        Where an earlier row spoke of it (`is_claimed`), its blanks are filled and differences
        flagged.
        """
        if draft.place is None:
            return None, False
        found = self.properties.get(draft.place)
        if found is None:
            found = Property(
                parcel_id=draft.parcel_id, county=draft.county, state=draft.state,
                batch=self.changes.run.origin, created_at=self.changes.now,
                updated_at=self.changes.now,
                **{name: getattr(draft, name) for name in ABOUT_PROPERTY},
            )  # fmt: skip
            self.properties[draft.place] = found
            self.made.append(found)
            return found, True
        fields = self._say(found, draft, ABOUT_PROPERTY, is_claimed=is_claimed)
        if fields and not found._state.adding:
            self.changed.setdefault(found, {}).update(dict.fromkeys(fields))
        return found, bool(fields)

    def find(
        self, draft: LeadDraft, place: Property | None, contact: Contact | None
    ) -> Lead | None:
        """The lead of this person at this property; one that waits for a person takes them."""
        if place is not None:
            held = self._at[place.pk]
            key = contact.pk if contact else None
            same = [lead for lead in held if lead.contact_id == key]
            if same or contact is None:
                return next(iter(same or held), None)
            return next((lead for lead in held if lead.contact_id is None), None)
        held = self._of[contact.pk] if contact else []
        return min(held, key=lambda lead: lead.status in CLOSED_LEADS, default=None)

    def settle_lead(
        self,
        draft: LeadDraft,
        place: Property | None,
        contact: Contact | None,
        *,
        is_claimed: bool,
        is_stopped: bool,
    ) -> str:
        """Make or complete the row's lead: "created", "updated" or "unchanged".

        Who asked us to stop (`is_stopped`) becomes none; the row is in all the same, and says so.
        """
        lead = self.find(draft, place, contact)
        if is_stopped and (lead is None or lead.contact_id is None):
            draft.person.flags.append(_no_lead(contact, lead))
        elif lead is None:
            self._make(draft, place, contact)
            return "created"
        if lead is None:
            return "unchanged"
        fields = self._say(lead, draft, ABOUT_LEAD, is_claimed=is_claimed)
        if contact and lead.contact_id is None and not is_stopped:
            lead.contact = contact
            fields.append("contact")
            self.changes.differs("person", "", contact)
        if fields and not lead._state.adding:
            self.leads_changed.setdefault(lead, {}).update(dict.fromkeys(fields))
        return "updated" if fields else "unchanged"

    def _make(self, draft: LeadDraft, place: Property | None, contact: Contact | None) -> None:
        told = {name: value for name in ABOUT_LEAD if (value := getattr(draft, name)) is not None}
        lead = Lead(
            contact=contact, property=place, batch=self.changes.run.origin,
            company=contact.company if contact else None, status_changed_at=self.changes.now,
            created_at=self.changes.now, updated_at=self.changes.now,
            **{name: value for name, value in told.items() if value != ""},
        )  # fmt: skip
        lead.market = lead.market or (f"{place.county} County, {place.state}"[:80] if place else "")
        lead.source = lead.source or self.changes.run.source[:120]
        self.leads_made.append(lead)
        if place is not None:
            self._at[place.pk].append(lead)
        elif contact is not None:
            self._of[contact.pk].append(lead)

    def _say(
        self, row: Any, draft: LeadDraft, names: Sequence[str], *, is_claimed: bool
    ) -> list[str]:
        """Set what the draft says otherwise; returns the fields."""
        told = {name: getattr(draft, name) for name in names}
        differing = [
            name
            for name, value in told.items()
            if value not in ("", None) and value != getattr(row, name)
        ]
        if not is_claimed:
            fields = differing
        else:
            fields = [name for name in differing if getattr(row, name) in ("", None)]
            for name in differing:
                if name not in fields:
                    words = (
                        f"“{told[name]}” is not kept: an earlier row says “{getattr(row, name)}”."
                    )
                    draft.person.flags.append(
                        RefusedRowError(Reason.DIFFERS, words, column=name, value=str(told[name]))
                    )
        for name in fields:
            self.changes.differs(name, getattr(row, name), told[name])
            setattr(row, name, told[name])
        return fields

    def write(self) -> None:
        """Keep it all, with history and ledger; the people have to stand already."""
        source, now = self.changes.run.source, self.changes.now
        bulk.insert_with_history(self.made)
        _update(self.changed, Property, [*ABOUT_PROPERTY, "updated_at"], now)
        bulk.insert_with_history(self.leads_made)
        _update(self.leads_changed, Lead, [*ABOUT_LEAD, "contact", "updated_at"], now)
        acts = [audit.Act("property.created", one, data={"source": source}) for one in self.made]
        acts += [audit.Act("lead.created", one, data={"source": source}) for one in self.leads_made]
        for name, changed in (("property", self.changed), ("lead", self.leads_changed)):
            acts += [
                audit.Act(f"{name}.changed", one, data={"source": source, "fields": list(fields)})
                for one, fields in changed.items()
            ]
        audit.append_thousands(acts, actor=self.changes.run.actor)
        self._end_stopped()

    def _end_stopped(self) -> None:
        """Of who asked us to stop while this portion was read no lead stays open."""
        touched = (*self.leads_made, *self.leads_changed)
        people = {one.contact_id for one in touched if one.contact_id}
        lock_people(people)
        acts = advance(want_nothing(people), LeadStatus.OPTED_OUT, reason=THEY_ASKED)
        audit.append_many(acts, actor=self.changes.run.actor)


def _no_lead(contact: Contact | None, lead: Lead | None) -> RefusedRowError:
    words = (
        f"{contact or 'This person'} asked us to stop and was made no lead: the person and the "
        f"property are kept{' and the lead there still waits for a person' if lead else ''}. "
        "Should they want to hear from us again, record their new consent under Compliance and "
        "take the list in once more."
    )
    return RefusedRowError(Reason.STOPPED, words)


def _update(rows: dict[Any, Any], model: type[Any], fields: list[str], now: Any) -> None:
    for one in rows:
        one.updated_at = now
    if rows:
        bulk_update_with_history(list(rows), model, fields)
