"""A worker of the month in a process of its own, which dies at the step it is told.

`python -m tests.simulation.worker STEP SECONDS_AHEAD SMTP_PORT TEXT_API`: it lives that many
seconds ahead of the real clock. Steps are those of STEPS.
"""

import itertools
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from outreach.channels.talk import Talk

STEPS = (
    "claimed", "gated", "hand-over committed", "taken by the server", "taken by the provider",
    "about to record", "recorded, batch open", "touches written",
)  # fmt: skip


def settings_of_the_month(port: int, api: str) -> dict[str, Any]:
    """What the month's processes have in common."""
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": port,
        "EMAIL_TIMEOUT": 20,
        "TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000001",
        "TWILIO_AUTH_TOKEN": "stand-in-token",
        "TWILIO_API_URL": api,
        "TWILIO_TIMEOUT": 20.0,
        "SELLER_NAME": "Reed Homes LLC",
        "SELLER_POSTAL_ADDRESS": "1 Main St\nMiami, FL 33130",
        "PUBLIC_URL": "https://desk.example",
        "DNC_SAN": "10021234-56789-23",
    }


def die(*_args: Any, **_options: Any) -> None:
    """As the out-of-memory killer or a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def then_die(function: Callable[..., Any], after: int = 1) -> Callable[..., Any]:
    """The function itself so many times, and death right after the last."""
    calls = itertools.count(1)

    def wrapped(*args: Any, **options: Any) -> Any:
        found = function(*args, **options)
        if next(calls) >= after:
            die()
        return found

    return wrapped


def talk_then_die(talk: Callable[..., Talk[Any]], after: int) -> Callable[..., Talk[Any]]:
    """The talk to its end so many times, and death right after the last."""
    calls = itertools.count(1)

    def wrapped(*args: Any) -> Talk[Any]:
        found = yield from talk(*args)
        if next(calls) >= after:
            die()
        return found

    return wrapped


def main(step: str, ahead: float, port: int, api: str) -> None:
    from django.utils import timezone

    timezone.now = lambda: datetime.now(UTC) + timedelta(seconds=ahead)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.conf import settings

    for name, value in settings_of_the_month(port, api).items():
        setattr(settings, name, value)
    from outreach.channels.email import EmailConnection
    from outreach.channels.sms import SmsConnection
    from outreach.sending import dispatch as room
    from outreach.sending import sender, story
    from outreach.sequences import advance as planning

    places: dict[str, tuple[Any, str, Callable[..., Any]]] = {
        "claimed": (room, "_gate", die),
        "gated": (room.ConnectionPool, "give", die),
        "hand-over committed": (EmailConnection, "talk", die),
        "taken by the server": (EmailConnection, "talk", talk_then_die(EmailConnection.talk, 3)),
        "taken by the provider": (SmsConnection, "send", then_die(SmsConnection.send, 3)),
        "about to record": (sender, "record_sent", die),
        "recorded, batch open": (story, "record_batch", die),
        "touches written": (planning._Batch, "write", then_die(planning._Batch.write)),
    }
    where, name, deadly = places[step]
    setattr(where, name, deadly)
    planning.advance(clock=timezone.now)
    room.dispatch(clock=timezone.now)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
