"""Decides who a participant of a thread is: the same person, a colleague, or somebody else."""

from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from compliance import audit
from crm import intake
from crm.choices import PointKind
from crm.errors import CrmError
from crm.models import Company, Contact
from outreach.actors import name_of
from outreach.conversations import proposals
from outreach.errors import NotAllowedNow
from outreach.models import Enrollment, Participant

SOURCE = "took part in a thread"


def others_in(thread: Enrollment) -> list[Participant]:
    """Everybody in a thread but the person it is with; one query."""
    rows = thread.participants.select_related("contact")
    return [row for row in rows if row.contact_id != thread.contact_id]


@transaction.atomic
def same_person(participant_id: UUID, *, actor: User) -> Contact:
    """Add the address to the person the thread is with.

    From then on a wish of either address counts for both, and one that stands already does too.
    Raises NotAllowedNow where the address is somebody's already, or the person was erased.
    """
    found = _undecided(participant_id)
    contact = found.enrollment.contact
    try:
        intake.add_address(
            contact, intake.Address(found.kind, found.value, confidence=0.7),
            source=SOURCE, actor=name_of(actor),
        )  # fmt: skip
    except CrmError as error:
        raise NotAllowedNow(str(error)) from error
    _decide(found, contact, "same_person", actor)
    return contact


@transaction.atomic
def colleague(participant_id: UUID, *, actor: User) -> Contact:
    """Make the participant a contact of the thread's company; nothing is sent to them by this.

    Whoever writes beside a person without a company (a home owner) belongs to none either, and is
    known by their address alone. Raises NotAllowedNow for an address nobody may write to, or where
    the company has somebody of that name: a name in a mail proves nothing.
    """
    found = _undecided(participant_id)
    company, beside = found.enrollment.company, found.enrollment.contact
    if company:
        _refuse_namesakes(company, found)
    is_mail = found.kind == PointKind.EMAIL
    named = proposals.Named(
        found.name, found.value if is_mail else "", "" if is_mail else found.value
    )
    contact = proposals.take_in(
        named, company=company, source=SOURCE, actor=actor, country=beside.country
    )
    _decide(found, contact, "colleague" if company else "apart", actor)
    return contact


def _refuse_namesakes(company: Company, found: Participant) -> None:
    namesakes = Contact.objects.filter(company=company, name__iexact=found.name)
    if found.name and namesakes.exclude(points__value=found.value).exists():
        raise NotAllowedNow(
            f"{company} has a {found.name} already. If it is them, add the address there."
        )


def _undecided(participant_id: UUID) -> Participant:
    found = (
        Participant.objects.select_for_update(of=("self",))
        .select_related("enrollment__contact", "enrollment__company", "enrollment__campaign")
        .get(pk=participant_id)
    )
    if found.contact_id:
        raise NotAllowedNow("It is known already who this is.")
    return found


def _decide(found: Participant, contact: Contact, what: str, actor: User) -> None:
    found.contact = contact
    found.save(update_fields=["contact"])
    whose = Q(enrollment__contact=contact)
    if contact.company_id:
        whose |= Q(enrollment__company=contact.company_id)
    Participant.objects.filter(whose, value=found.value, contact=None).update(contact=contact)
    audit.append(
        f"participant.{what}", found, actor=name_of(actor),
        campaign_id=found.enrollment.campaign_id,
    )  # fmt: skip
