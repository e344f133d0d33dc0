"""What our own records say of people before anybody is asked: their work, their property."""

from collections.abc import Iterable
from uuid import UUID

from crm.models import Lead
from crm.pipeline.stages import OPEN
from outreach.sequences.people import Person

Known = dict[str, str]


def known_of(people: Iterable[Person]) -> dict[UUID, Known]:
    """The facts a template may use (`wording.FACTS`), by contact id; one query however many.

    Of several properties the one whose lead scores best is written about.
    """
    everybody = list(people)
    leads = _best_leads([person.contact.pk for person in everybody])
    return {
        person.contact.pk: {name: value for name, value in _facts(person, leads).items() if value}
        for person in everybody
    }


def _best_leads(contacts: list[UUID]) -> dict[UUID | None, Lead]:
    rows = Lead.objects.filter(contact__in=contacts, status__in=OPEN, property__isnull=False)
    found = rows.select_related("property").only(
        "contact_id", "score", "market", "created_at", "property__situs_address",
        "property__distress_reason", "property__county", "property__state",
    )  # fmt: skip
    ranked = sorted(found, key=lambda lead: (lead.score or 0.0, lead.created_at))
    return {lead.contact_id: lead for lead in ranked}


def _facts(person: Person, leads: dict[UUID | None, Lead]) -> Known:
    contact, company = person.contact, person.company
    known = {
        "role": contact.role,
        "city": company.city if company else "",
        "owner_name": contact.name,
    }
    lead = leads.get(contact.pk)
    if lead is None or lead.property is None:
        return known
    house = lead.property
    return known | {
        "property_address": house.situs_address,
        "situs_address": house.situs_address,
        "distress_reason": house.distress_reason,
        "market": lead.market or f"{house.county}, {house.state}",
    }
