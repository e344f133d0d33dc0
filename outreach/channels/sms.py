"""Hands texts to Twilio: by number or Messaging Service, never to arrive after the lawful window.

Twilio's library is imported when the first connection opens: it costs a fifth of a second and
twenty megabytes, which web workers that send nothing should not pay.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from compliance.addresses import E164
from compliance.sms_text import MOST_CHARACTERS
from outreach.channels import outcomes
from outreach.channels.outcomes import Outcome
from outreach.channels.sms_errors import Handling, SmsAction, handling_of
from outreach.channels.talk import Talk
from outreach.models import Mailbox, Message

if TYPE_CHECKING:
    from twilio.base.exceptions import TwilioRestException
    from twilio.rest import Client

STATUS_PATH = "/webhooks/twilio/status"
LONGEST_VALIDITY = timedelta(hours=10)  # what the provider takes
# Below this a text in the provider's queue has no fair chance (its own advice is over 5 s).
SHORTEST_VALIDITY = timedelta(seconds=10)
TRANSIT = timedelta(seconds=60)  # from the provider's queue to the phone
BUSY_HTTP = frozenset({429, 503})
# As with mail: any other answer from 500 on leaves open whether the text was taken.
TEMPORARY_HTTP = frozenset({408, 425, 500}) | BUSY_HTTP


@dataclass(frozen=True, slots=True)
class PreparedText:
    """One text ready to leave; `to` in E.164, `deadline` None where no window closes.

    Without a `callback` nobody is told how it went.
    """

    to: str
    body: str
    callback: str
    deadline: datetime | None = None


class SmsConnection:
    """One open connection to the provider, reused for many texts by one thread."""

    shares_thread = False

    def __init__(self, mailbox: Mailbox | None = None) -> None:
        self.sender = (mailbox.from_number if mailbox else "") or settings.TWILIO_FROM
        self.client: Client | None = None

    def open(self) -> Outcome | None:
        """Make ready; None when ready, else why not. Nothing has been handed over yet."""
        if self.client is not None:
            return None
        missing = [
            name for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")
            if not getattr(settings, name)
        ]  # fmt: skip
        if not self.sender:
            missing.append("TWILIO_FROM")
        if missing:
            words = f"Texts are not configured: set {', '.join(missing)}."
            return outcomes.temporary(words, mailbox_trouble=True)
        self.client = _make_client()
        return None

    def prepare(self, message: Message, now: datetime) -> PreparedText:
        """The text as it will leave; `message.deadline` is when the lawful window closes."""
        return PreparedText(
            to=message.to_address,
            body=message.body,
            callback=status_url(message),
            deadline=message.deadline,
        )

    def talk(self, text: PreparedText) -> Talk[Outcome]:
        """As `send`; the provider's client keeps its thread waiting."""
        yield from ()
        return self.send(text)

    def send(self, text: PreparedText) -> Outcome:
        """Hand one text over. Never raises for what a provider or network does.

        The provider drops the text rather than deliver it after its deadline.
        """
        refused = _refusal(text)
        if refused is not None:
            return refused
        validity = validity_of(text.deadline, now=timezone.now())
        if validity is not None and validity < SHORTEST_VALIDITY:
            return outcomes.temporary("The lawful window closes before it could arrive.")
        return self._hand_over(text, validity)

    def _hand_over(self, text: PreparedText, validity: timedelta | None) -> Outcome:
        from requests.exceptions import RequestException
        from twilio.base.exceptions import TwilioException, TwilioRestException

        assert self.client is not None
        options: dict[str, Any] = {"status_callback": text.callback} if text.callback else {}
        options["messaging_service_sid" if self.sender.startswith("MG") else "from_"] = self.sender
        if validity is not None:
            options["validity_period"] = int(validity.total_seconds())
        try:
            taken = self.client.messages.create(to=text.to, body=text.body, **options)
        except TwilioRestException as error:
            return _by_error(error)
        except RequestException as error:
            self.close()
            return _by_network(error)
        except (TwilioException, ValueError, KeyError) as error:
            # An answer came that the library cannot read: the text may be on its way.
            return outcomes.uncertain(f"The provider's answer could not be read: {error!r}"[:1000])
        if taken.error_code:
            words = str(taken.error_message or "")
            return _by_handling(handling_of(int(taken.error_code)), words)
        return outcomes.sent("twilio", taken.sid or "", f"{taken.num_segments or 1} segments")

    def close(self) -> None:
        """Let the connection go."""
        session = getattr(getattr(self.client, "http_client", None), "session", None)
        if session is not None:
            session.close()
        self.client = None


def _make_client() -> "Client":
    from twilio.http.http_client import TwilioHttpClient
    from twilio.rest import Client

    # No retries below us: a second try of a post that was taken is a second text.
    http = TwilioHttpClient(pool_connections=True, timeout=settings.TWILIO_TIMEOUT, max_retries=0)
    client = Client(
        settings.TWILIO_ACCOUNT_SID,
        settings.TWILIO_AUTH_TOKEN,
        region=settings.TWILIO_REGION or None,
        edge=settings.TWILIO_EDGE or None,
        http_client=http,
        environment={},
    )
    if settings.TWILIO_API_URL:
        client.api.base_url = settings.TWILIO_API_URL.rstrip("/")
    return client


def status_url(message: Message) -> str:
    """Where the provider reports on a text; our id in it finds one whose answer was lost."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{STATUS_PATH}?message={message.pk}"


def validity_of(deadline: datetime | None, *, now: datetime) -> timedelta | None:
    """How long the provider may hold a text back; None where no window bounds it."""
    if deadline is None:
        return None
    return min(deadline - TRANSIT - now, LONGEST_VALIDITY)


def _refusal(text: PreparedText) -> Outcome | None:
    """What the provider would refuse anyway, told without asking it."""
    if not E164.fullmatch(text.to):
        return outcomes.permanent(f"{text.to!r} is no phone number in E.164.", 21211)
    if not text.body.strip():
        return outcomes.permanent("The text is empty.")
    if len(text.body) > MOST_CHARACTERS:
        return outcomes.permanent(f"The text is over {MOST_CHARACTERS} characters.", 21617)
    return None


def _by_error(error: "TwilioRestException") -> Outcome:
    words = f"{error.code or error.status} {error.msg}"[:1000]
    if error.code:
        handling = handling_of(int(error.code))
        if handling.known:
            return _by_handling(handling, words)
    if error.status in TEMPORARY_HTTP:
        return outcomes.temporary(words, mailbox_trouble=error.status in BUSY_HTTP)
    if error.status > 500:
        return outcomes.uncertain(words)
    if error.status in {401, 403}:
        return _by_handling(handling_of(20003), words)
    return outcomes.permanent(words, int(error.code or 0))


def _by_handling(handling: Handling, words: str) -> Outcome:
    said = f"{words} ({handling.meaning})" if words else handling.meaning
    if handling.action in {SmsAction.SLOW_DOWN, SmsAction.DISABLE_SENDER}:
        return outcomes.temporary(said, handling.code, mailbox_trouble=True)
    if handling.action is SmsAction.ANOTHER_DAY:
        return outcomes.temporary(said, handling.code)
    return outcomes.permanent(said, handling.code)


def _by_network(error: Exception) -> Outcome:
    """Nothing was said before a connection stood; after that the provider may have taken it."""
    from requests.exceptions import ConnectionError as NoConnection
    from requests.exceptions import ConnectTimeout
    from urllib3.exceptions import NewConnectionError

    words = f"{type(error).__name__}: {error}"[:1000]
    inner = getattr(error.args[0], "reason", None) if error.args else None
    never_stood = isinstance(error, ConnectTimeout) or (
        isinstance(error, NoConnection) and isinstance(inner, NewConnectionError)
    )
    if never_stood:
        return outcomes.temporary(words, mailbox_trouble=True)
    return outcomes.uncertain(words)
