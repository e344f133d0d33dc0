"""A campaign that follows a sequence: what it needs before anybody is enrolled."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from outreach.errors import NotAllowedNow, NothingToSend
from outreach.models import Campaign, Mailbox
from outreach.sequences.campaigns import Terms, create_drip
from tests.factories import make_mailbox
from tests.outreach.sequences.build import make_version

pytestmark = pytest.mark.django_db
TEXTS = [{"channel": "sms", "body": "Hi {{ greeting }}"}]


@pytest.fixture
def number() -> Mailbox:
    return Mailbox.objects.create(
        name="Texts", channel="sms", from_name="Ella", from_number="+13055550100"
    )


def test_a_new_campaign_waits_in_draft_with_its_sender(number: Mailbox, ella: User) -> None:
    mailbox, version = make_mailbox(), make_version()
    drip = create_drip(version, name="Spring", actor=ella)
    assert (drip.status, drip.mailbox, drip.text_mailbox) == ("draft", mailbox, None)
    assert (drip.approval_policy, drip.exclusive) == ("every_message", True)


def test_texts_leave_from_the_desks_number(number: Mailbox, ella: User) -> None:
    make_mailbox()
    assert create_drip(make_version(TEXTS), name="Texts", actor=ella).text_mailbox == number


def test_a_sequence_with_texts_needs_a_number(ella: User) -> None:
    make_mailbox()
    with pytest.raises(NotAllowedNow, match="no number to send them from"):
        create_drip(make_version(TEXTS), name="Texts", actor=ella)


def test_a_number_is_no_mailbox(number: Mailbox, ella: User) -> None:
    with pytest.raises(NothingToSend, match="no mailbox"):
        create_drip(make_version(), name="Mails", actor=ella)


def test_an_offer_that_is_needed_must_be_given(ella: User) -> None:
    make_mailbox()
    version = make_version(needs_facts=["offer"])
    with pytest.raises(NotAllowedNow, match="give its offer in one sentence"):
        create_drip(version, name="Spring", actor=ella)
    drip = create_drip(version, name="Spring", actor=ella, terms=Terms(offer="We plan travel."))
    assert drip.offer == "We plan travel."


def test_a_sequence_campaign_always_has_a_version() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.create(kind="sequence", name="x", slug="x", mailbox=make_mailbox())
