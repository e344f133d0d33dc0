"""A small desk to try doors on: one mailbox and charter vendors that suit one brief."""

from crm.intake import Address, CompanyFacts, Person, take_in_vendor
from crm.models import Company
from outreach.models import Mailbox

BRIEF = "I need a light jet from Teterboro to Aspen on March 15 for 4 passengers"


def add_mailbox() -> Mailbox:
    return Mailbox.objects.create(
        name="Desk", from_name="Ella Reed", from_email="ella@desk.example", sender_title="Assistant"
    )


def add_vendor(name: str, *, kind: str = "email", value: str = "") -> Company:
    """A charter operator who can be reached at one address."""
    domain = f"{name.lower().replace(' ', '')}.example"
    address = Address(kind, value or f"charter@{domain}", preferred=True)
    facts = CompanyFacts(
        name=name,
        website=f"https://{domain}",
        categories=["private_jet"],
        preferred_channel=kind,
        people=[Person(name="Pat Doe", addresses=[address])],
    )
    return take_in_vendor(facts, source="test", actor="test")


def add_vendors(count: int) -> list[Company]:
    return [add_vendor(f"Charter {letter}") for letter in "ABCDEFGHIJKLMNOP"[:count]]
