"""Which connection carries the messages of a mailbox."""

from datetime import datetime
from typing import Any, Protocol

from outreach.channels.email import EmailConnection
from outreach.channels.outcomes import Outcome
from outreach.channels.sms import SmsConnection
from outreach.channels.talk import Talk
from outreach.choices import Channel
from outreach.models import Mailbox, Message


class Link(Protocol):
    """One open connection to a provider, reused for many messages by one thread.

    `shares_thread`: its talks say what they wait for, so that its thread can drive others too.
    """

    @property
    def shares_thread(self) -> bool: ...

    def open(self) -> Outcome | None:
        """Make ready; None when ready, else why not. Nothing has been handed over yet."""

    def prepare(self, message: Message, now: datetime) -> Any:
        """What `talk` takes, made before the point of no return."""

    def talk(self, prepared: Any, /) -> Talk[Outcome]:
        """Hand one message over. Never raises for what a provider or network does."""

    def close(self) -> None:
        """Let the connection go."""


def link_of(mailbox: Mailbox) -> Link:
    """A new connection, not opened yet."""
    if mailbox.channel == Channel.SMS:
        return SmsConnection(mailbox)
    return EmailConnection(mailbox)
