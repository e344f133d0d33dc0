"""A campaign out of a request: who is drafted to, and who is left out with the reason."""

import pytest
from django.contrib.auth.models import User

from crm.models import Category, Contact, Request
from outreach.campaigns import create_campaign
from outreach.errors import NothingToSend
from tests.desk import BRIEF, add_mailbox, add_vendors

pytestmark = pytest.mark.django_db


@pytest.fixture
def jet() -> Request:
    return Request.objects.create(
        text=BRIEF,
        category=Category.objects.get(slug="private_jet"),
        constraints={"origin": "TEB", "destination": "ASE"},
    )


def test_a_vendor_without_an_address_is_named_with_what_to_do(jet: Request, ella: User) -> None:
    add_mailbox()
    lost, *others = add_vendors(3)
    Contact.objects.filter(company=lost).delete()
    _campaign, made = create_campaign(jet, actor=ella)
    assert len(made.messages) == len(others)
    ((name, reason),) = made.left_out
    assert name == lost.name
    assert "add one" in reason


def test_only_vendors_asked_for_are_named(jet: Request, ella: User) -> None:
    add_mailbox()
    lost, wanted, _other = add_vendors(3)
    Contact.objects.filter(company=lost).delete()
    _campaign, made = create_campaign(jet, actor=ella, vendor_ids=[wanted.pk])
    assert made.left_out == []


def test_when_nobody_can_be_written_to_nothing_is_made(jet: Request, ella: User) -> None:
    add_mailbox()
    add_vendors(1)
    Contact.objects.all().delete()
    with pytest.raises(NothingToSend, match="Add vendors with this category and an address"):
        create_campaign(jet, actor=ella)
