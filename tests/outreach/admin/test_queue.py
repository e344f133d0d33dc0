"""The queue of a campaign that has sent much: what waits is always seen."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from outreach.admin.inbox import ShortPaginator
from outreach.admin.queue import MOST_ROWS
from outreach.models import Message
from tests.factories import make_campaign, make_drafts

pytestmark = pytest.mark.django_db


def test_a_draft_is_seen_however_much_was_sent_before_it(
    ella: User, client_of: Callable[[User], Client]
) -> None:
    campaign = make_campaign(status="active")
    make_drafts(campaign, MOST_ROWS + 20, status="sent")
    [draft] = make_drafts(campaign, 1)
    url = reverse("admin:outreach_campaign_queue", args=[campaign.pk])
    page = client_of(ella).get(url).content.decode()
    assert f'id="m-{draft.pk}"' in page
    assert page.count('role="listitem"') == MOST_ROWS
    assert "21 more are not shown" in page


def test_what_is_refreshed_brings_no_second_dialog(
    ella: User, client_of: Callable[[User], Client]
) -> None:
    campaign = make_campaign(status="active")
    make_drafts(campaign, 1)
    url = reverse("admin:outreach_campaign_queue", args=[campaign.pk])
    browser = client_of(ella)
    assert browser.get(url).content.decode().count('id="queue-dialog"') == 1
    for part in ("queue-rows", "queue-head"):
        headers = {"HX-Request": "true", "HX-Target": part}
        fragment = browser.get(url, headers=headers).content.decode()
        assert fragment.count("<html") == 0
        assert "<dialog" not in fragment


def test_review_says_what_it_leaves_out(ella: User, client_of: Callable[[User], Client]) -> None:
    make_drafts(make_campaign(status="active"), MOST_ROWS + 1)
    page = client_of(ella).get(reverse("admin:outreach_review")).content.decode()
    assert page.count('role="listitem"') == MOST_ROWS
    assert "1 more is not shown" in page


def test_a_list_is_counted_once_and_no_further_than_anybody_leafs(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Callable[..., object]
) -> None:
    make_drafts(make_campaign(), 5)
    monkeypatch.setattr(ShortPaginator, "MOST", 4)
    pages = ShortPaginator(Message.objects.order_by("-created_at"), 2)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert (pages.count, pages.num_pages, pages.page(2).has_next()) == (4, 2, False)
