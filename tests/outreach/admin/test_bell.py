"""The bell: mine alone, live, and opening what is hot says that I have looked."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from outreach.conversations import alerts
from outreach.models import Alert, ContactProposal, Message, StaffDuty
from outreach.models.alert import AlertKind
from tests.outreach.conversations.conftest import Reply, talk_of

pytestmark = pytest.mark.django_db(transaction=True)

BELL = reverse("admin:outreach_bell")
HOT = "Yes, I am interested. Can you call me tomorrow at 10?"
Browser = Callable[[User], Client]


def test_every_page_carries_the_bell(ann: User, client_of: Browser) -> None:
    assert f'hx-get="{BELL}"' in client_of(ann).get(reverse("admin:index")).content.decode()


def test_it_rings_for_whom_it_is_meant(
    touched: Message, reply: Reply, ella: User, sam: User, client_of: Browser,
    django_assert_max_num_queries: object,
) -> None:  # fmt: skip
    reply(touched, HOT)
    browser = client_of(ella)
    with django_assert_max_num_queries(6):  # type: ignore[operator]  log-in, rights, count, rows
        page = browser.get(BELL).content.decode()
    assert "1 new alert" in page
    assert str(touched.enrollment.company) in page  # type: ignore[union-attr]
    assert "No new alerts" in client_of(sam).get(BELL).content.decode()


def test_opening_it_is_having_looked(
    touched: Message,
    reply: Reply,
    ella: User,
    sam: User,
    client_of: Browser,
) -> None:
    heard = reply(touched, HOT)
    alert = Alert.objects.get()
    open_it = reverse("admin:outreach_bell_open", args=[alert.pk])
    assert client_of(sam).post(open_it).status_code == 404
    assert client_of(ella).get(open_it).status_code == 405
    there = client_of(ella).post(open_it)
    inbox = reverse("admin:outreach_inbox")
    assert there["Location"] == f"{inbox}?show=all&c={heard.enrollment_id}"
    assert talk_of(heard).acknowledged_at
    assert talk_of(heard).pass_on_at is None


def test_clearing_it_leaves_what_is_hot(
    touched: Message,
    reply: Reply,
    ella: User,
    client_of: Browser,
) -> None:
    reply(touched, HOT)
    alerts.tell(ella.pk, AlertKind.REMINDER, enrollment_id=touched.enrollment_id)
    page = client_of(ella).post(reverse("admin:outreach_bell_seen")).content.decode()
    assert "1 new alert" in page
    assert Alert.objects.get(seen_at=None).kind == "hot"
    assert "1 still needs somebody now: open it" in page


def test_clearing_all_of_it_says_so(touched: Message, ella: User, client_of: Browser) -> None:
    alerts.tell(ella.pk, AlertKind.REMINDER, enrollment_id=touched.enrollment_id)
    page = client_of(ella).post(reverse("admin:outreach_bell_seen")).content.decode()
    assert "All read." in page
    assert "<details open>" in page  # the words are seen


def test_everybody_sets_their_own_duty_alone(ella: User, sam: User, client_of: Browser) -> None:
    other = StaffDuty.objects.create(user=sam)
    browser = client_of(ella)
    add = reverse("admin:outreach_staffduty_add")
    values = {
        "takes_leads": "on", "by_email": "on", "by_sms": "on", "phone": "+1 305 555 0100",
        "quiet_from": "22:00", "quiet_until": "07:00", "zone": "", "user": sam.pk,
    }  # fmt: skip
    assert browser.post(add, values).status_code == 302
    own = StaffDuty.objects.get(user=ella)
    assert own.phone == "+13055550100"
    page = reverse("admin:outreach_staffduty_change", args=[other.pk])
    assert browser.post(page, values).status_code == 302
    other.refresh_from_db()
    assert other.phone == ""


def test_who_is_proposed_is_taken_in_or_declined_on_the_page(
    asked: Message,
    reply: Reply,
    ella: User,
    ann: User,
    client_of: Browser,
) -> None:
    reply(asked, "You should talk to Rosa Vega, she handles this: rosa.vega@jets.example")
    proposal = ContactProposal.objects.get()
    url = reverse("admin:outreach_proposal", args=[proposal.pk])
    assert "Rosa Vega" in client_of(ann).get(reverse("admin:outreach_proposals")).content.decode()
    assert client_of(ann).post(url, {"act": "accept"}).status_code == 403
    said = {"act": "accept", "name": "Rosa Vega", "email": "not an address", "phone": ""}
    refused = client_of(ella).post(url, said, follow=True).content.decode()
    assert "not an address" in refused
    client_of(ella).post(url, {**said, "email": "rosa.vega@jets.example"})
    proposal.refresh_from_db()
    assert (proposal.status, str(proposal.contact)) == ("accepted", "Rosa Vega")


def test_who_is_declined_is_named(
    asked: Message, reply: Reply, ella: User, client_of: Browser
) -> None:
    reply(asked, "You should talk to Rosa Vega, she handles this: rosa.vega@jets.example")
    url = reverse("admin:outreach_proposal", args=[ContactProposal.objects.get().pk])
    page = client_of(ella).post(url, {"act": "decline"}, follow=True).content.decode()
    assert "Rosa Vega is declined" in page


def test_whose_a_duty_is_stands_there_in_words(ella: User, client_of: Browser) -> None:
    """A link would lead to a page that only administrators may open."""
    client = client_of(ella)
    assert "you" in client.get("/admin/outreach/staffduty/add/").content.decode()
    client.post("/admin/outreach/staffduty/add/", {"takes_leads": "on", "by_email": "on"})
    mine = StaffDuty.objects.get(user=ella)
    page = client.get(f"/admin/outreach/staffduty/{mine.pk}/change/").content.decode()
    assert "ella" in page.lower()
    assert "/admin/auth/user/" not in page
