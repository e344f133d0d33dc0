"""Moves the home owners into the demo: people, consents, the do-not-call list, and their drip."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from compliance import consent
from compliance.choices import AddressKind, AffirmativeAct, ConsentChannel, ConsentKind
from config.demo import registry
from config.demo.owners import Owner, Seller, load_owners
from crm import leads
from crm.intake import Address, Person, take_in_person
from crm.models import Contact, Property
from outreach.choices import ApprovalPolicy, CampaignKind, Channel
from outreach.models import Campaign, HandoffPolicy, Mailbox, Sequence, StaffDuty
from outreach.models.duty import AssignBy
from outreach.sequences.advance import advance
from outreach.sequences.enroll import enroll
from outreach.sequences.left_out import Enrolled

SOURCE = "demo home owners"
DRIP = "Home owners, three weeks"
KEEPER = "sam"
ON_DUTY = ("ella", "sam")
# A person approves so many; then the rest of the drip goes by the policy.
APPROVE_FIRST = 8


def moved_in() -> bool:
    """Whether the owners live here already, or the desk has nobody to look after them."""
    if not get_user_model().objects.filter(username=KEEPER).exists():
        return True
    return Campaign.objects.filter(name=DRIP).exists()


def move_in() -> Enrolled:
    """Everything up to the point of approving the drip's first drafts; returns who is in.

    Runs with the demo's settings (seller, registry number), since consents and texts name them.
    """
    town = load_owners()
    keeper = get_user_model().objects.get(username=KEEPER)
    registry.renew()
    with transaction.atomic():
        people = [_take_in(owner) for owner in town.owner]
        for owner, contact in zip(town.owner, people, strict=True):
            _record_consents(owner, town.seller)
            _add_lead(owner, contact)
        campaign = _add_campaign(town.seller, keeper)
        _share_out()
        enrolled = enroll(campaign, [contact.pk for contact in people], actor=KEEPER)
    _draft_first(campaign)
    return enrolled


def _share_out() -> None:
    """Hot conversations go in turn to those who work the inbox; an administrator only steps in."""
    HandoffPolicy.objects.update_or_create(pk=1, defaults={"assign_by": AssignBy.IN_TURN})
    for user in get_user_model().objects.filter(username__in=ON_DUTY):
        StaffDuty.objects.get_or_create(
            user=user, defaults={"quiet_from": None, "quiet_until": None}
        )


def _take_in(owner: Owner) -> Contact:
    addresses = [
        Address("phone", number, preferred=n == 0) for n, number in enumerate(owner.phones)
    ]
    if owner.email:
        addresses.append(Address("email", owner.email, preferred=True))
    person = Person(
        name=owner.name,
        role="Home owner",
        addresses=addresses,
        country="US",
        state=owner.state,
        postal_code=owner.postal_code,
    )
    return take_in_person(person, company=None, source=SOURCE, actor=SOURCE)


def _add_lead(owner: Owner, contact: Contact) -> None:
    """Their house and the lead it makes, as a list of a county would bring them."""
    house = Property.objects.create(
        parcel_id=owner.parcel, county=owner.market, state=owner.state,
        situs_address=owner.property, postal_code=owner.postal_code,
        distress_reason=owner.reason,
    )  # fmt: skip
    leads.create(
        actor=SOURCE, contact=contact, about=house, score=owner.score, tier=owner.tier,
        market=owner.market, source=SOURCE,
    )  # fmt: skip


def _record_consents(owner: Owner, seller: Seller) -> None:
    """What each of them ticked some weeks ago, for every address they gave."""
    if not owner.consent:
        return
    given_at = timezone.now() - timedelta(days=20 + len(owner.name))
    addresses = [(AddressKind.PHONE, number) for number in owner.phones]
    if owner.email:
        addresses.append((AddressKind.EMAIL, owner.email))
    for kind, address in addresses:
        texts = (ConsentChannel.SMS, ConsentChannel.PHONE)
        given = consent.Given(
            address_kind=kind,
            address=address,
            kind=ConsentKind.WRITTEN,
            channels=texts if kind == AddressKind.PHONE else (ConsentChannel.EMAIL,),
            source="website form",
            given_at=given_at,
            seller=seller.name,
            text=seller.consent,
            person_name=owner.name,
            automation_shown=True,
            not_condition_shown=True,
            affirmative_act=AffirmativeAct.CHECKBOX,
            page_url=seller.page,
            form="house value",
            collected_by=seller.name,
            ip="203.0.113.24",
        )
        consent.record(given, actor=SOURCE)


def _add_campaign(seller: Seller, keeper: User) -> Campaign:
    mailbox = Mailbox.objects.create(
        name="Home advice",
        from_name=seller.from_name,
        from_email=seller.from_email,
        sender_title=seller.title,
        owner=keeper,
    )
    number = Mailbox.objects.create(
        name="Home advice by text",
        channel=Channel.SMS,
        from_name=seller.from_name,
        from_number=seller.number,
        sender_title=seller.title,
    )
    newest = Sequence.objects.get(slug="home_owner").versions.order_by("-number").first()
    return Campaign.objects.create(
        kind=CampaignKind.SEQUENCE,
        name=DRIP,
        slug="house",
        sequence_version=newest,
        mailbox=mailbox,
        text_mailbox=number,
        owner=keeper,
        contact_budget=100,
        approval_policy=ApprovalPolicy.FIRST_N,
        approve_first=APPROVE_FIRST,
    )


def _draft_first(campaign: Campaign) -> None:
    """Draft each first mail now, not a day before it leaves, so that there is something to review.

    On a Friday night the first mails leave on Monday, and nobody opens a demo to wait.
    """
    mailed = campaign.enrollments.filter(channel=Channel.EMAIL)
    last = mailed.aggregate(at=Max("next_touch_at"))["at"]
    if last is not None:
        advance(clock=lambda: max(timezone.now(), last))
