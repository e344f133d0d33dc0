"""A sink to send to, and the settings that point there."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.smtp_sink import Sink, running_sink


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """A real SMTP server on loopback that the desk's mail goes to."""
    with running_sink() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = running.port
        settings.EMAIL_TIMEOUT = 5
        yield running
