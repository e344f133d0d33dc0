"""Who may enter where: three people, every page, and nothing for strangers."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from outreach.models import Message
from tests.factories import make_campaign, make_drafts

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]

READING = [
    "admin:index", "admin:outreach_review", "admin:outreach_inbox",
    "admin:outreach_campaign_changelist", "admin:outreach_message_changelist",
    "admin:crm_company_changelist", "admin:crm_contact_changelist", "admin:crm_request_changelist",
    "admin:crm_category_changelist", "admin:quotes_quote_changelist",
    "admin:compliance_suppression_changelist", "admin:compliance_auditentry_changelist",
    "admin:outreach_providerevent_changelist", "admin:outreach_mailbox_changelist",
]  # fmt: skip


@pytest.mark.parametrize("name", READING)
def test_everybody_at_the_desk_may_read(
    name: str, ann: User, ella: User, client_of: ClientOf
) -> None:
    for person in (ann, ella):
        assert client_of(person).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", READING)
def test_strangers_are_sent_to_the_log_in(name: str) -> None:
    answer = Client().get(reverse(name))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


@pytest.fixture
def draft() -> Message:
    return make_drafts(make_campaign(), 1)[0]


def doors(draft: Message) -> dict[str, dict[str, str]]:
    message, campaign = [draft.pk], [draft.campaign_id]
    return {
        reverse("admin:outreach_message_approve", args=message): {"version": "1"},
        reverse("admin:outreach_message_skip", args=message): {},
        reverse("admin:outreach_message_save", args=message): {"subject": "x", "body": "y"},
        reverse("admin:outreach_message_log", args=message): {},
        reverse("admin:outreach_campaign_approve_all", args=campaign): {},
        reverse("admin:outreach_campaign_pause", args=campaign): {},
        reverse("admin:outreach_pause_everything"): {},
        reverse("admin:outreach_request_create"): {"text": "a jet"},
        reverse("admin:outreach_thread_note", args=[draft.enrollment_id]): {"note": "hello"},
    }


def test_who_only_reads_changes_nothing(draft: Message, ann: User, client_of: ClientOf) -> None:
    client = client_of(ann)
    for url, data in doors(draft).items():
        assert client.post(url, data).status_code == 403, url
    draft.refresh_from_db()
    assert (draft.status, draft.version) == ("ea_review", 1)


def test_a_get_changes_nothing_even_for_an_administrator(
    draft: Message, admin_client: Client
) -> None:
    for url in doors(draft):
        assert admin_client.get(url).status_code == 405, url
    draft.refresh_from_db()
    assert draft.status == "ea_review"


def test_the_queue_shows_no_buttons_to_who_may_not_press_them(
    draft: Message, ann: User, ella: User, client_of: ClientOf
) -> None:
    url = reverse("admin:outreach_campaign_queue", args=[draft.campaign_id])
    reading = client_of(ann).get(url).content.decode()
    working = client_of(ella).get(url).content.decode()
    assert "Approve all" not in reading
    assert "Pause all" not in reading
    assert "Approve all" in working


def test_an_assistant_cannot_pause_everything_but_staff_can(
    ella: User, sam: User, client_of: ClientOf
) -> None:
    url = reverse("admin:outreach_pause_everything")
    assert client_of(ella).post(url).status_code == 403
    assert client_of(sam).post(url).status_code == 200


def test_posts_without_the_page_s_token_are_refused(draft: Message, ella: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ella)
    url = reverse("admin:outreach_message_approve", args=[draft.pk])
    assert client.post(url, {"version": "1"}).status_code == 403


def test_who_is_refused_is_told_so_in_words_with_a_way_back(
    ann: User, client_of: Callable[[User], Client]
) -> None:
    answer = client_of(ann).get(reverse("admin:outreach_new_request"))
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "You do not have the right to do this" in page
    assert f'href="{reverse("admin:index")}"' in page


def test_an_address_that_leads_nowhere_says_so(
    ann: User, client_of: Callable[[User], Client]
) -> None:
    answer = client_of(ann).get(reverse("admin:outreach_thread", args=[uuid4()]))
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()


def test_a_browser_that_asks_for_the_icon_is_sent_to_it(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith("attache/logo.svg")
