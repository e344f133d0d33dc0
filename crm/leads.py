"""What people do with leads: make them, move them through the pipeline, give and value them.

Moving and giving are compare-and-swap over what was read; each write leaves its line in the
ledger.
"""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from compliance import audit
from crm.choices import CLOSED_LEADS, LeadStatus
from crm.errors import CrmError
from crm.models import Company, Contact, Lead, Property
from crm.pipeline.stages import may_move
from crm.wishes import took_it_back, wants_nothing

MOST_WORTH = Decimal(10) ** 12  # what the column holds
AMOUNT = re.compile(r"(?:[0-9]{1,16}|[0-9]{1,3}(?:,[0-9]{3}){1,5})(?:\.[0-9]{1,2})?")


class LeadConflict(CrmError):
    """Somebody else has moved the lead meanwhile; `lead` is how it stands now."""

    def __init__(self, lead: Lead) -> None:
        super().__init__(
            f"Somebody else has moved it to “{lead.get_status_display()}” meanwhile. "
            "Look at it again, then move it."
        )
        self.lead = lead


class MoveNotAllowed(CrmError):
    """The lead cannot go there, with the reason and what to do instead."""


class AskedToStop(MoveNotAllowed):
    """They want nothing from us: only the place where wishes are kept can change that."""

    def __init__(self) -> None:
        super().__init__(
            "They asked us to stop: nothing is to be sold here. If they have changed their mind, "
            "record their new consent under Compliance and lift the wish with it."
        )


class LeadExistsError(CrmError):
    """There is such a lead already; `lead` is the one."""

    def __init__(self, lead: Lead) -> None:
        super().__init__(f"There is a lead for this already: {lead}.")
        self.lead = lead


@transaction.atomic
def create(
    *,
    actor: str,
    contact: Contact | None = None,
    company: Company | None = None,
    about: Property | None = None,
    status: LeadStatus = LeadStatus.NEW,
    reason: str = "",
    is_held: bool = False,
    **facts: Any,
) -> Lead:
    """Make a lead of a contact, a company or a property; `facts` are columns of Lead.

    The contact's own company goes with it; `is_held` is as `check_wish` has it. Raises CrmError
    for nobody and nothing or a value that cannot be, AskedToStop for who wants nothing,
    LeadExistsError where the contact has such a lead.
    """
    if contact is None and company is None and about is None:
        raise CrmError("Name a contact, a company or a property.")
    if contact is not None and contact.erased_at:
        raise CrmError("This person was erased: nothing is kept of them any more.")
    if contact is not None:
        check_wish(contact.pk, is_held=is_held)
    check_value(facts.get("deal_value"))
    _check_owner(facts.get("owner"))
    lead = Lead(
        contact=contact, company=company or (contact.company if contact else None), property=about,
        status=status, status_changed_at=timezone.now(), **facts,
    )  # fmt: skip
    try:
        with transaction.atomic():
            lead.save(force_insert=True)
    except IntegrityError:
        same = Lead.objects.filter(contact=contact, property=about).first()
        if contact is None or same is None:
            raise
        raise LeadExistsError(same) from None
    audit.append("lead.created", lead, actor=actor, reason=reason, data={"to": str(status)})
    return lead


def check_wish(contact: UUID, *, is_held: bool = False) -> None:
    """Raises AskedToStop for who wants nothing from us; in the caller's transaction.

    Every wish locks its people before it looks for their leads: who makes one locks them first,
    too, and either sees the wish or is seen by it. Whoever `is_held` holds a thread of theirs,
    which every wish waits for as well: to wait for the person behind it would be a deadlock.
    """
    if not is_held:
        lock_people([contact])
    if wants_nothing(contact):
        raise AskedToStop


def lock_people(contacts: Collection[UUID]) -> None:
    """Wait until nobody stops or merges these people; rows that name them may still come."""
    rows = Contact.everybody.filter(pk__in=contacts).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


@transaction.atomic
def move(
    lead: Lead,
    to: str,
    *,
    actor: str,
    reason: str = "",
    seen: str = "",
    deal_value: Decimal | None = None,
) -> Lead:
    """Move a lead by hand, as it was read or as it was `seen`; where it stands already, nothing.

    `reason` must name nobody: the ledger keeps it. A lost lead needs one. Raises LeadConflict when
    somebody was faster, MoveNotAllowed where the table or a wish to stop forbids it.
    """
    source, target = _status(seen or lead.status), _status(to)
    check_value(deal_value)
    if lead.status == target:
        return lead
    if lead.status != source:
        raise LeadConflict(lead)
    # A wish locks all leads of its people: it finds this one open again, or we see the wish.
    list(Lead.objects.select_for_update(of=("self",), no_key=True).filter(pk=lead.pk))
    _check(lead, target, reason)
    now = timezone.now()
    changes: dict[str, Any] = {"status": target, "status_changed_at": now, "updated_at": now}
    if deal_value is not None:
        changes["deal_value"] = deal_value
    try:
        with transaction.atomic():
            swapped = Lead.objects.filter(pk=lead.pk, status=source).update(**changes)
    except IntegrityError:
        raise MoveNotAllowed("This person has another open lead: close or use that one.") from None
    if not swapped:
        raise LeadConflict(Lead.objects.get(pk=lead.pk))
    act = moved_act(lead, target, reason=reason)
    audit.append(act.action, lead, actor=actor, reason=reason, data=act.data)
    for name, value in changes.items():
        setattr(lead, name, value)
    return lead


def moved_act(lead: Lead, to: LeadStatus, *, reason: str) -> audit.Act:
    """The line in the ledger for a move from where `lead` was read."""
    data = {"from": str(lead.status), "to": str(to)}
    return audit.Act("lead.moved", lead, reason, data=data)


@transaction.atomic
def assign(lead: Lead, *, to: User | None, actor: str) -> Lead:
    """Make it somebody's, or nobody's; who cannot see leads cannot have one."""
    _check_owner(to)
    key = to.pk if to else None
    _write(lead, "lead.assigned", {"to": key}, actor=actor, owner_id=key)
    return lead


# What is written about a lead beside its stage.
COLUMNS = frozenset(
    {"market", "source", "notes", "score", "tier", "owner", "deal_value", "currency"}
)


@transaction.atomic
def change(lead: Lead, changes: Mapping[str, Any], *, actor: str) -> Lead:
    """Write what is otherwise than stored; `changes` are of COLUMNS. The ledger keeps no words."""
    changed = sorted(
        n for n, value in changes.items() if n in COLUMNS and getattr(lead, n) != value
    )
    if not changed:
        return lead
    check_value(changes.get("deal_value"))
    _check_owner(changes.get("owner"))
    for name in changed:
        setattr(lead, name, changes[name])
    lead.clean_fields(exclude={one.name for one in Lead._meta.concrete_fields} - set(changed))
    lead.save(update_fields=[*changed, "updated_at"])
    audit.append("lead.changed", lead, actor=actor, data={"fields": changed})
    return lead


def _check_owner(user: User | None) -> None:
    if user is not None and not (user.is_active and user.has_perm("crm.view_lead")):
        raise CrmError(f"{user.get_username()} cannot open leads.")


def amount(text: str) -> Decimal | None:
    """“350,000.00” → Decimal; None for nothing, CrmError for what is no amount.

    Commas stand between thousands and nowhere else: “350,00” is somebody's 350, not 35,000.
    """
    cleaned = text.replace(" ", "")
    if not cleaned:
        return None
    if not AMOUNT.fullmatch(cleaned):
        raise CrmError(f"“{text[:40]}” is no amount: write it like 350,000.00.")
    return Decimal(cleaned.replace(",", ""))


def check_value(value: Decimal | None) -> None:
    """Raises CrmError for an amount that cannot be one."""
    if value is not None and not (value.is_finite() and 0 <= value < MOST_WORTH):
        raise CrmError("A deal's value is a number from 0 up to a million million.")


def _write(lead: Lead, action: str, data: dict[str, Any], *, actor: str, **changes: Any) -> None:
    changed = {name: value for name, value in changes.items() if getattr(lead, name) != value}
    if not changed:
        return
    before = {name: getattr(lead, name) for name in changed}
    now = timezone.now()
    if not Lead.objects.filter(pk=lead.pk, **before).update(**changed, updated_at=now):
        raise CrmError("Somebody else has just changed this lead. Look at it again.")
    for name, value in changed.items():
        setattr(lead, name, value)
    audit.append(action, lead, actor=actor, data=data)


def _status(name: str) -> LeadStatus:
    try:
        return LeadStatus(name)
    except ValueError:
        known = ", ".join(LeadStatus.values)
        raise MoveNotAllowed(f"“{name}” is no stage: use one of {known}.") from None


def _check(lead: Lead, to: LeadStatus, reason: str) -> None:
    source = LeadStatus(lead.status)
    if to is LeadStatus.OPTED_OUT:
        raise MoveNotAllowed(
            "“Opted out” follows from their wish alone: enter the wish on their page."
        )
    if not may_move(source, to):
        raise MoveNotAllowed(f"A lead that is {source.label.lower()} cannot be {to.label.lower()}.")
    if to is LeadStatus.LOST and not reason.strip():
        raise MoveNotAllowed("Say why it was lost: the reason is what one learns from.")
    person = lead.contact_id
    if source is LeadStatus.OPTED_OUT and not (person and took_it_back(person)):
        raise AskedToStop
    if to not in CLOSED_LEADS and person and wants_nothing(person):
        raise AskedToStop
