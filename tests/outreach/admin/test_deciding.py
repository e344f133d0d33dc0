"""What only a person can decide: whether an uncertain mail left, and that a campaign is over."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from crm.models import Request
from outreach.models import Message
from tests.factories import make_approved, make_campaign

pytestmark = pytest.mark.django_db
MESSAGES = reverse("admin:outreach_message_changelist")
CAMPAIGNS = reverse("admin:outreach_campaign_changelist")
ClientOf = Callable[[User], Client]


def act(browser: Client, where: str, action: str, pk: object) -> None:
    browser.post(where, {"action": action, "_selected_action": [str(pk)]})


def test_a_campaign_is_listed_by_its_name_once_and_by_its_client(
    sam: User, client_of: ClientOf
) -> None:
    campaign = make_campaign(name="Light jet, Teterboro to Aspen")
    Request.objects.update(summary=campaign.name, client_name="Mr. Whitfield")
    page = client_of(sam).get(CAMPAIGNS).content.decode()
    assert page.count(">Light jet, Teterboro to Aspen<") == 1
    assert "Mr. Whitfield" in page
    assert "Request to vendors" in page


@pytest.fixture
def message(sam: User) -> Message:
    make_approved(1, sam)
    return Message.objects.get()


@pytest.mark.parametrize(
    ("action", "status", "standing"),
    [("it_left", "sent", 1), ("it_did_not_leave", "ea_review", 0)],
)
def test_a_person_decides_about_an_uncertain_mail(
    message: Message, sam: User, client_of: ClientOf, action: str, status: str, standing: int
) -> None:
    Message.objects.update(status="uncertain")
    act(client_of(sam), MESSAGES, action, message.pk)
    message.refresh_from_db()
    assert message.status == status
    assert message.approvals.filter(voided_at=None).count() == standing


@pytest.mark.parametrize("action", ["it_left", "it_did_not_leave"])
def test_what_is_not_uncertain_is_left_alone(
    message: Message, sam: User, client_of: ClientOf, action: str
) -> None:
    act(client_of(sam), MESSAGES, action, message.pk)
    message.refresh_from_db()
    assert message.status == "approved"


def test_a_cancelled_campaign_sends_nothing_more(
    message: Message, sam: User, client_of: ClientOf
) -> None:
    act(client_of(sam), CAMPAIGNS, "cancel_chosen", message.campaign_id)
    message.refresh_from_db()
    assert message.status == "cancelled"
    assert message.campaign is not None
    message.campaign.refresh_from_db()
    assert message.campaign.status == "cancelled"


def test_who_only_reviews_cannot_end_a_campaign(
    message: Message, ella: User, client_of: ClientOf
) -> None:
    act(client_of(ella), CAMPAIGNS, "cancel_chosen", message.campaign_id)
    message.refresh_from_db()
    assert message.status == "approved"
