"""Endpoints in the admin: for administrators, refused in words, tried with a button."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from outreach.models import WebhookDelivery, WebhookEndpoint
from outreach.webhooks.endpoints import secrets_of

ClientOf = Callable[[User], Client]

pytestmark = pytest.mark.django_db
LIST = reverse("admin:outreach_webhookendpoint_changelist")
ADD = reverse("admin:outreach_webhookendpoint_add")
LOG = reverse("admin:outreach_webhookdelivery_changelist")


@pytest.fixture
def endpoint(settings: Any, admin_client: Client) -> WebhookEndpoint:
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    form = {"name": "CRM", "url": "http://127.0.0.1:9/hook", "events": ["lead.hot"]}
    admin_client.post(ADD, form)
    return WebhookEndpoint.objects.get()


def act(client: Client, where: str, action: str, *rows: Any) -> None:
    client.post(where, {"action": action, "_selected_action": [row.pk for row in rows]})


def test_a_private_url_is_refused_on_the_form(admin_client: Client) -> None:
    form = {"name": "CRM", "url": "https://127.0.0.1/hook", "events": ["lead.hot"]}
    assert b"not on the public internet" in admin_client.post(ADD, form).content
    assert not WebhookEndpoint.objects.exists()


def test_the_page_shows_the_secret_to_check_signatures_with(
    admin_client: Client, endpoint: WebhookEndpoint
) -> None:
    where = reverse("admin:outreach_webhookendpoint_change", args=[endpoint.pk])
    assert secrets_of(endpoint)[0] in admin_client.get(where).content.decode()


def test_a_test_event_can_be_sent_and_its_log_read(
    admin_client: Client, endpoint: WebhookEndpoint
) -> None:
    act(admin_client, LIST, "send_test", endpoint)
    row = WebhookDelivery.objects.get(event="ping")
    assert b"Waiting" in admin_client.get(LOG).content
    page = admin_client.get(reverse("admin:outreach_webhookdelivery_change", args=[row.pk]))
    assert b"Hello from" in page.content


def test_what_was_refused_does_not_merely_wait(
    admin_client: Client, endpoint: WebhookEndpoint
) -> None:
    act(admin_client, LIST, "send_test", endpoint)
    assert b"Refused, tries again" not in admin_client.get(LIST).content
    WebhookDelivery.objects.update(attempts=1, response_status=503)
    for where in (LIST, LOG):
        assert b"Refused, tries again" in admin_client.get(where).content


def test_off_and_on_again(admin_client: Client, endpoint: WebhookEndpoint) -> None:
    act(admin_client, LIST, "turn_off", endpoint)
    endpoint.refresh_from_db()
    assert endpoint.disabled_at
    act(admin_client, LIST, "turn_on", endpoint)
    endpoint.refresh_from_db()
    assert endpoint.disabled_at is None


def test_a_changed_choice_of_events_is_kept(
    admin_client: Client, endpoint: WebhookEndpoint
) -> None:
    where = reverse("admin:outreach_webhookendpoint_change", args=[endpoint.pk])
    form = {"name": "CRM", "url": endpoint.url, "events": ["lead.hot", "reply.received"]}
    admin_client.post(where, form)
    endpoint.refresh_from_db()
    assert endpoint.events == ["lead.hot", "reply.received"]


@pytest.mark.parametrize("page", [LIST, ADD, LOG])
def test_staff_have_no_business_here(sam: Any, client_of: ClientOf, page: str) -> None:
    assert client_of(sam).get(page).status_code == 403
