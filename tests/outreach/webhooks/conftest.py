"""An endpoint on a real listener, which only these settings allow."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User

from outreach.models import WebhookEndpoint
from outreach.webhooks import endpoints
from outreach.webhooks.events import EVENTS
from tests.outreach.webhooks.listener import Listener, listening


@pytest.fixture
def listener(settings: Any) -> Iterator[Listener]:
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with listening() as found:
        yield found


@pytest.fixture
def endpoint(listener: Listener, ella: User) -> WebhookEndpoint:
    return endpoints.create(
        name="CRM", url=listener.url, events=list(EVENTS), owner=ella, actor="ella"
    )
