"""Erases a person: names, addresses and texts go from every room, in one transaction."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from compliance import audit
from compliance.erasure import erase_addresses
from crm.choices import ADDRESS_KINDS, PointKind
from crm.errors import CrmError
from crm.models import (
    Assignment,
    Contact,
    ContactPoint,
    ContactScore,
    Lead,
    LeadScore,
    MergeRecord,
    RejectedRow,
    SegmentMember,
)
from crm.scoring.portion import take_turn
from crm.signals import contact_erased

Answers = list[tuple[object, dict[str, int] | None]]
BLANKED = ("name", "role", "timezone", "country", "state", "postal_code", "county", "source")


class ErasedAlreadyError(CrmError):
    """There is nothing left of this person."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What went: rows by what they are, in words for people."""

    counts: dict[str, int]

    def in_words(self) -> str:
        """“3 messages, 2 addresses, 1 consent kept as evidence”."""
        told = [f"{count} {what}" for what, count in self.counts.items() if count]
        return ", ".join(told) or "nothing but the name"


@transaction.atomic
def erase_contact(contact_id: UUID, *, actor: str, reason: str = "") -> Erasure:
    """Erase a contact for good; ErasedAlreadyError if that was done before.

    What stays: the empty row (threads and the ledger point at it), a keyed hash of each address
    on the suppression list, and consents as restricted evidence. `reason` says how the request
    came and stands in the ledger for ever: no names in it.
    """
    take_turn()
    contact = Contact.everybody.select_for_update(of=("self",)).get(pk=contact_id)
    if contact.merged_into is not None:
        return erase_contact(contact.standing.pk, actor=actor, reason=reason)
    if contact.erased_at is not None:
        raise ErasedAlreadyError("This person was erased already.")
    points = list(ContactPoint.objects.filter(contact=contact).values_list("kind", "value"))
    addresses = [
        (str(ADDRESS_KINDS[PointKind(kind)]), value)
        for kind, value in points
        if kind in ADDRESS_KINDS
    ]
    counts: dict[str, int] = {}
    answers = contact_erased.send(sender=Contact, contact=contact, addresses=addresses, actor=actor)
    for _receiver, rows in cast(Answers, answers):
        for what, count in (rows or {}).items():
            counts[what] = counts.get(what, 0) + count
    put_away = erase_addresses(addresses, actor=actor)
    counts |= {"addresses": len(points), "consents kept as evidence": put_away.consents}
    _forget_leads(contact)
    _blank(contact)
    for other in absorbed_by(contact):
        _blank(other)
    _forget_merges(contact)
    audit.append("contact.erased", contact, actor=actor, reason=reason, data=counts)
    return Erasure(counts)


def _forget_leads(contact: Contact) -> None:
    """Their leads stay as numbers of the pipeline: no score, no reasons, no words, no past."""
    leads = Lead.objects.filter(contact=contact)
    ContactScore.objects.filter(contact=contact).delete()
    Assignment.objects.filter(contact=contact).delete()
    LeadScore.objects.filter(lead__in=leads).delete()
    Lead.history.filter(id__in=leads.values("pk")).delete()  # type: ignore[attr-defined]
    leads.update(score=None, tier="", notes="", source="", updated_at=timezone.now())


def _blank(contact: Contact) -> None:
    for value in ContactPoint.objects.filter(contact=contact).values_list("value", flat=True):
        # A row that once stayed out still holds what the list said.
        RejectedRow.objects.filter(cells__icontains=value).delete()
    ContactPoint.objects.filter(contact=contact).delete()
    # That they were chosen stays, by what and why they stayed out goes.
    SegmentMember.objects.filter(contact=contact).update(values={}, reason="")
    # The history would remember the name, and saving would begin it anew: an UPDATE does neither.
    contact.history.all().delete()
    now = timezone.now()
    blank = {**dict.fromkeys(BLANKED, ""), "tags": [], "ai_research_data": {}}
    Contact.everybody.filter(pk=contact.pk).update(**blank, erased_at=now, updated_at=now)


def absorbed_by(contact: Contact) -> list[Contact]:
    """Everybody who was merged into this contact, over any number of merges."""
    found: list[Contact] = []
    layer = [contact]
    while layer:
        layer = list(Contact.everybody.filter(merged_into__in=layer))
        found += layer
    return found


def _forget_merges(contact: Contact) -> None:
    """The records of merges say that there was one, and of whom nothing any more."""
    people = [contact, *absorbed_by(contact)]
    rows = MergeRecord.objects.filter(Q(contact__in=people) | Q(merged_contact__in=people))
    folded = [
        act["id"]
        for story in rows.values_list("story", flat=True)
        for act in story.get("removed", [])
        if act["model"] == Lead._meta.label
    ]
    Lead.history.filter(id__in=folded).delete()  # type: ignore[attr-defined]
    rows.update(story={}, told=[])


def others_at(contact: Contact) -> list[Contact]:
    """Other people who share an address: erasing stops what is written to them there, too."""
    values = ContactPoint.objects.filter(contact=contact).values("value")
    shared = ContactPoint.objects.filter(value__in=values).exclude(contact=contact)
    return list(Contact.objects.filter(pk__in=shared.values("contact")).select_related("company"))
