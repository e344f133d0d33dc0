"""A sender that was held goes on by a button, and the ledger has who pressed it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance.models import AuditEntry
from outreach.models import Mailbox
from outreach.pause import pause_mailbox, resume_mailbox
from tests.factories import make_mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> Mailbox:
    return make_mailbox(paused_at=timezone.now(), pause_reason="Refused by policy.")


@pytest.fixture
def boss(client: Client) -> User:
    user = User.objects.create_superuser("boss")
    client.force_login(user)
    return user


def form_of(mailbox: Mailbox, **more: str) -> dict[str, object]:
    names = (
        "name", "from_name", "from_email", "sender_title", "connection", "max_connections",
        "per_hour", "daily_cap", "per_domain_hour", "min_gap_ms", "warm_up_first_day",
        "warm_up_growth",
    )  # fmt: skip
    return {name: getattr(mailbox, name) for name in names} | more


def test_the_button_resumes_and_says_what_held_it(
    client: Client, boss: User, held: Mailbox
) -> None:
    url = reverse("admin:outreach_mailbox_change", args=[held.pk])
    page = client.get(url).content.decode()
    assert "outreach_mailbox_resume_this" in page
    assert "outreach_mailbox_pause_this" not in page
    client.post(url, form_of(held, outreach_mailbox_resume_this="1"))
    held.refresh_from_db()
    assert (held.paused_at, held.pause_reason) == (None, "")
    told = AuditEntry.objects.get(action="mailbox.resumed")
    assert (told.actor, told.reason) == ("boss", "It was paused: Refused by policy.")


def test_no_field_of_the_form_lifts_the_brake(client: Client, boss: User, held: Mailbox) -> None:
    url = reverse("admin:outreach_mailbox_change", args=[held.pk])
    client.post(url, form_of(held, paused_at_0="", paused_at_1="", pause_reason=""))
    held.refresh_from_db()
    assert held.paused_at
    assert not AuditEntry.objects.filter(action="mailbox.resumed").exists()


def test_a_list_is_resumed_at_once_and_told_once_each(
    client: Client, boss: User, held: Mailbox
) -> None:
    data = {"action": "resume_chosen", "_selected_action": [str(held.pk)]}
    for _ in range(2):
        client.post(reverse("admin:outreach_mailbox_changelist"), data)
    held.refresh_from_db()
    assert held.paused_at is None
    assert AuditEntry.objects.filter(action="mailbox.resumed").count() == 1


def test_an_address_of_no_mailbox_is_no_failure(client: Client, boss: User) -> None:
    assert client.get(reverse("admin:outreach_mailbox_change", args=["nobody"])).status_code == 302


def test_twice_is_once(held: Mailbox) -> None:
    assert not pause_mailbox(held, actor="boss")
    assert resume_mailbox(held, actor="boss")
    assert not resume_mailbox(held, actor="boss")
    assert pause_mailbox(held, actor="boss", reason="A test")


def test_an_analyst_may_not(client: Client, held: Mailbox) -> None:
    client.force_login(User.objects.create_user("ann", is_staff=True))
    url = reverse("admin:outreach_mailbox_change", args=[held.pk])
    assert client.post(url, {"outreach_mailbox_resume_this": "1"}).status_code in {302, 403}
    held.refresh_from_db()
    assert held.paused_at
