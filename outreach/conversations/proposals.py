"""People we are pointed to: proposed to staff, taken in by one of them, never written to before."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from compliance import audit, gate
from compliance.addresses import BadAddressError
from compliance.gate import Decision
from crm import intake
from crm.addresses import normalise_point
from crm.choices import PointKind
from crm.errors import CrmError
from crm.models import Company, Contact
from outreach.actors import name_of
from outreach.choices import Channel, ProposalKind, ProposalStatus
from outreach.conversations.persons import EMAIL, PHONE
from outreach.conversations.russian_names import nominative
from outreach.errors import NotAllowedNow
from outreach.models import ContactProposal, Message, MessageReading
from outreach.outbounds import outbound_to


@dataclass(frozen=True, slots=True)
class Named:
    """Who was named, as far as they can be told apart in what was said."""

    name: str = ""
    email: str = ""
    phone: str = ""


def parse_person(said: str) -> Named:
    """The name, e-mail address and number in words such as "Rosa Vega, rosa@x.example". Pure."""
    email = EMAIL.search(said)
    rest = EMAIL.sub("", said)
    phone = PHONE.search(rest)
    name = PHONE.sub("", rest).strip(" ,;.()<>\n\t")
    return Named(
        nominative(" ".join(name.split()))[:160], email.group().lower()[:320] if email else "",
        phone.group().strip()[:40] if phone else "",
    )  # fmt: skip


def propose(heard: Message, reading: MessageReading, *, actor: str) -> ContactProposal:
    """Keep whom they named, for a person to decide on; once a message."""
    return propose_named(heard, reading.referred_to, actor=actor)


def propose_named(heard: Message, said: str, *, actor: str) -> ContactProposal:
    """Keep whom a message names in these words, such as "Rosa Vega, rosa@x.example"."""
    named = parse_person(said)
    values = {
        "said": said[:300], "name": named.name, "email": named.email, "phone": named.phone,
    }  # fmt: skip
    return _put(heard, ProposalKind.NAMED, values, actor=actor)


def look_for(heard: Message, *, actor: str) -> ContactProposal:
    """Ask a person to find the right one at this company; once a message."""
    return _put(heard, ProposalKind.TO_FIND, {}, actor=actor)


def _put(
    heard: Message, kind: ProposalKind, values: dict[str, str], *, actor: str
) -> ContactProposal:
    assert heard.enrollment is not None
    found, created = ContactProposal.objects.get_or_create(
        message=heard, kind=kind, defaults={"enrollment": heard.enrollment, **values}
    )
    if created:
        audit.append(
            "contact.proposed", found, actor=actor, campaign_id=heard.campaign_id,
            data={"kind": kind.value},
        )  # fmt: skip
    return found


@transaction.atomic
def accept(
    proposal_id: UUID, *, actor: User, name: str = "", email: str = "", phone: str = ""
) -> Contact:
    """Take the person in, as corrected by whoever decides; nothing is sent to them by this.

    Whom a person without a company names (a home owner) belongs to none either. Raises
    NotAllowedNow where it was decided before, nothing leads to them, or their address is one
    nobody may write to.
    """
    proposal = _open(proposal_id)
    email, phone = (email or proposal.email).strip(), (phone or proposal.phone).strip()
    if not (email or phone):
        raise NotAllowedNow("Enter an e-mail address or a phone number to reach them at.")
    named = Named(name.strip() or proposal.name, email, phone)
    contact = take_in(
        named, company=proposal.enrollment.company, source="named in a reply", actor=actor,
        country=proposal.enrollment.contact.country,
    )  # fmt: skip
    if not contact.name and not contact.role:
        # Known by a number alone: whoever calls it must know whose it is.
        contact.role = f"Named by {proposal.enrollment.contact}"[:120]
        contact.save(update_fields=["role"])
    _decide(proposal, ProposalStatus.ACCEPTED, actor, contact)
    return contact


def take_in(
    named: Named, *, company: Company | None, source: str, actor: User, country: str = ""
) -> Contact:
    """Make somebody a contact, in the caller's transaction.

    Where they live nobody has said: `country` (ISO 3166) only tells how to read a number that has
    no country code where no company does. Raises NotAllowedNow for what is no address, or one that
    nobody may write to.
    """
    try:
        phone = named.phone
        if phone and company is None:
            phone = normalise_point(PointKind.PHONE, phone, country=country)
        addresses = [
            intake.Address(str(kind), value, confidence=0.7)
            for kind, value in ((PointKind.EMAIL, named.email), (PointKind.PHONE, phone))
            if value
        ]
        contact = intake.take_in_person(
            intake.Person(name=named.name, addresses=addresses),
            company=company, source=source, actor=name_of(actor),
        )  # fmt: skip
    except (CrmError, BadAddressError) as error:
        raise NotAllowedNow(str(error)) from error
    _ask_gate(contact)
    return contact


def _ask_gate(contact: Contact) -> None:
    """Refuse who asked us to stop, whoever names them now; the hour does not matter yet."""
    for point in contact.points.filter(kind=PointKind.EMAIL):
        verdict = gate.check(outbound_to(Channel.EMAIL, point.value, purpose="inquiry"))
        if verdict.decision is Decision.REFUSED:
            raise NotAllowedNow(f"Nobody may write to them: {' '.join(verdict.reasons)}")


@transaction.atomic
def decline(proposal_id: UUID, *, actor: User) -> ContactProposal:
    """Set the proposal aside for good."""
    proposal = _open(proposal_id)
    _decide(proposal, ProposalStatus.DECLINED, actor, None)
    return proposal


def _open(proposal_id: UUID) -> ContactProposal:
    proposal = (
        ContactProposal.objects.select_for_update(of=("self",))
        .select_related("enrollment__company", "enrollment__contact")
        .get(pk=proposal_id)
    )
    if proposal.status != ProposalStatus.OPEN:
        raise NotAllowedNow(f"{proposal.decided_by} has decided on this already.")
    return proposal


def _decide(
    proposal: ContactProposal, status: ProposalStatus, actor: User, contact: Contact | None
) -> None:
    proposal.status, proposal.contact = status, contact
    proposal.decided_by, proposal.decided_at = name_of(actor), timezone.now()
    proposal.save(update_fields=["status", "contact", "decided_by", "decided_at"])
    audit.append(
        f"contact.proposal_{status}", proposal, actor=name_of(actor),
        campaign_id=proposal.enrollment.campaign_id,
    )  # fmt: skip
